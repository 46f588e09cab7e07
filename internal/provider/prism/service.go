// Package prism holds the read-only Terraform objects of a B2B PRISM Live Studio service, one file each, and what they share with
// package live below it in the tree: the service, errors and values. Objects decode, call the client, convert and report; the rules of the
// service are in the client.
package prism

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Service is the configured service and what the provider's settings say about it.
type Service struct {
	service.Configured[api.Client]
	plannedSessions
	// Reservations are the lives that a run has read from state and not planned yet, recognised by channel and title.
	Reservations planwarnings.Unplanned
}

// NewService returns a service that is usable if no setting is missing or unknown.
func NewService(client *api.Client, secretsInState bool, missing, unknown []string) *Service {
	return &Service{
		Configured: service.Configured[api.Client]{
			Name: "PRISM", Owner: "a PRISM service", API: client, SecretsInState: secretsInState, Missing: missing, Unknown: unknown,
		},
		plannedSessions: newPlannedSessions(),
	}
}

// HideRTMPPath hides an ingest address in errors and logs, in case the service repeats it.
func (s *Service) HideRTMPPath(path types.String) {
	if s.API != nil {
		s.API.HideRTMPPath(path.ValueString())
	}
}

// Mask removes the secrets that the client knows from a text.
func (s *Service) Mask(text string) string {
	if s.API == nil {
		return text
	}
	return s.API.Mask(text)
}
