// Package prism holds the Terraform objects of a B2B PRISM Live Studio service, one file each. They decode, call the client,
// convert, and say what happened; the rules of the service are in the client.
package prism

import (
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Service is the configured service and what the provider's settings say about it.
type Service struct {
	service.Configured[api.Client]

	mu sync.Mutex
	// booked has, per channel, the lives that this run plans to start on it.
	booked map[string]map[string]struct{}
	// replaced has the lives whose session this run plans to replace, which stops them first.
	replaced map[string]struct{}
	// stopping has the lives that this run plans to stop. Only where one session depends on another is the stop known to be
	// planned, and done, before the start.
	stopping map[string]struct{}
}

// NewService returns a service that is usable if no setting is missing or unknown.
func NewService(client *api.Client, secretsInState bool, missing, unknown []string) *Service {
	return &Service{
		Configured: service.Configured[api.Client]{
			Name: "PRISM", Owner: "a PRISM service", Made: client, SecretsInState: secretsInState, Missing: missing, Unknown: unknown,
		},
		booked: map[string]map[string]struct{}{}, replaced: map[string]struct{}{}, stopping: map[string]struct{}{},
	}
}

// Book notes that a live is planned to start on a channel, and returns the others that are.
func (s *Service) Book(channelID, liveID string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.booked[channelID] == nil {
		s.booked[channelID] = map[string]struct{}{}
	}
	s.booked[channelID][liveID] = struct{}{}
	var others []string
	for other := range s.booked[channelID] {
		if other != liveID {
			others = append(others, other)
		}
	}
	return others
}

// BookReplacement notes that the session of a live is planned to be replaced.
func (s *Service) BookReplacement(liveID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replaced[liveID] = struct{}{}
}

// Replaced tells whether the session of a live is planned to be replaced.
func (s *Service) Replaced(liveID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.replaced[liveID]
	return ok
}

// BookStop notes that a live is planned to be stopped.
func (s *Service) BookStop(liveID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopping[liveID] = struct{}{}
}

// Stopping tells whether a live is planned to be stopped, as far as the plan has come.
func (s *Service) Stopping(liveID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.stopping[liveID]
	return ok
}

// HideRTMPPath keeps an ingest address of a state out of errors and logs, should the service repeat it.
func (s *Service) HideRTMPPath(path types.String) {
	if s.Made != nil {
		s.Made.HideRTMPPath(path.ValueString())
	}
}

// Mask takes the secrets that the client knows out of a text.
func (s *Service) Mask(text string) string {
	if s.Made == nil {
		return text
	}
	return s.Made.Mask(text)
}
