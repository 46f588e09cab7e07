// Package prism holds the Terraform objects of a B2B PRISM Live Studio service, one file each. They decode, call the client,
// convert, and say what happened; the rules of the service are in the client.
package prism

import (
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
)

// Service is the configured service and what the provider's settings say about it.
type Service struct {
	// SecretsInState is the setting of this name.
	SecretsInState bool

	client           *api.Client
	missing, unknown []string

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
	return &Service{client: client, SecretsInState: secretsInState, missing: missing, unknown: unknown, booked: map[string]map[string]struct{}{}, replaced: map[string]struct{}{}, stopping: map[string]struct{}{}}
}

// Client returns the client, or one error that names what the provider's configuration lacks.
func (s *Service) Client() (*api.Client, diag.Diagnostics) {
	var diags diag.Diagnostics
	switch {
	case len(s.unknown) > 0:
		diags.AddError("PRISM settings are not known yet", fmt.Sprintf(
			"The provider's %s depends on something that is not created yet, so the service cannot be called. "+
				"Apply what it depends on first (-target), or give it as a variable.", strings.Join(s.unknown, ", ")))
		return nil, diags
	case len(s.missing) > 0:
		diags.AddError("PRISM is not configured", fmt.Sprintf(
			"This object belongs to a PRISM service, and the provider \"livestation\" lacks settings for it: %s. "+
				"Set them in the provider block or in the environment.", strings.Join(s.missing, "; ")))
		return nil, diags
	}
	return s.client, nil
}

// PlanClient is Client for looks at plan time, which are left out (nil, no error) while settings are not known yet.
func (s *Service) PlanClient() (*api.Client, diag.Diagnostics) {
	if len(s.unknown) > 0 {
		return nil, nil
	}
	return s.Client()
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
	if s.client != nil {
		s.client.HideRTMPPath(path.ValueString())
	}
}

// serviceOf takes the service out of what the provider hands to each object; nil before the provider is configured.
func serviceOf(providerData any, diags *diag.Diagnostics) *Service {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(interface{ Prism() *Service })
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("The provider handed over %T. This is a bug in the provider; please report it.", providerData))
		return nil
	}
	return data.Prism()
}
