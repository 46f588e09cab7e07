// Package livestation holds what the objects of Live Station share: the configured service, next steps for errors, conversions, and what
// channels of several kinds do alike. The objects themselves are in one package per family below this one, and no family imports another.
// They decode, call the client, convert and report; the rules of the service are in the client.
package livestation

import (
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/edge"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Service is the configured service and what the provider's settings say about it.
type Service struct {
	service.Configured[api.Client]
	// What a run has read from state and not planned yet; a channel is recognised by its name, a curtain or a schedule that has not run by its
	// channel, and a content by its files.
	Channels, VOD2LIVEChannels, RestreamChannels, Curtains, Contents, Schedules planwarnings.Unplanned
	// Quality profiles and sets are recognised by their names.
	QualityProfiles, QualitySets planwarnings.Unplanned
	// What a run has created.
	CreatedChannels, CreatedVOD2LIVEChannels planwarnings.Created
	// HeldSchedules are the ids of the schedules that this run has read from state.
	HeldSchedules sync.Map
	// Edge is Global Edge, which delivers channels to their viewers. It may lack settings that Live Station does not need, and the reverse.
	Edge *EdgeService
}

// EdgeService is Global Edge as the provider's settings reach it.
type EdgeService = service.Configured[edge.Client]

// NewEdgeService returns a service that is usable if no setting is missing or unknown.
func NewEdgeService(client *edge.Client, missing, unknown []string) *EdgeService {
	return &EdgeService{Name: edge.ServiceName, Owner: edge.ServiceName, API: client, Missing: missing, Unknown: unknown}
}

// NewService returns a service that is usable if no setting is missing or unknown.
func NewService(client *api.Client, secretsInState bool, missing, unknown []string) *Service {
	return &Service{Configured: service.Configured[api.Client]{
		Name: "Live Station", Owner: "Live Station", API: client, SecretsInState: secretsInState, Missing: missing, Unknown: unknown,
	}}
}

// HideTarget hides the secrets of a re-stream target in errors and logs, in case the service repeats them: its address, which may contain a
// key, its stream key and its password.
func (s *Service) HideTarget(rtmpURL, streamKey, password types.String) {
	s.API.HideTarget(rtmpURL.ValueString(), streamKey.ValueString(), password.ValueString())
}

// HideStreamKey hides an ingest key likewise.
func (s *Service) HideStreamKey(key types.String) { s.API.HideTarget("", key.ValueString(), "") }

// HideCallback hides the URL to which events are reported likewise.
func (s *Service) HideCallback(endpoint types.String) { s.API.HideCallback(endpoint.ValueString()) }

// Mask removes the secrets that the client knows from a text.
func (s *Service) Mask(text string) string {
	if s.API == nil {
		return text
	}
	return s.API.Mask(text)
}
