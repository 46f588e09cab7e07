// Package livestation holds what the objects of Live Station share: the configured service, next steps for errors, and
// conversions. The objects themselves are in one package per family below this one, and no family imports another. They decode,
// call the client, convert and report; the rules of the service are in the client.
package livestation

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// PlanCheckTimeout bounds a request that a plan makes only to add a warning; without an answer the plan goes on without it.
const PlanCheckTimeout = 10 * time.Second

// Service is the configured service and what the provider's settings say about it.
type Service struct {
	service.Configured[api.Client]
}

// NewService returns a service that is usable if no setting is missing or unknown.
func NewService(client *api.Client, secretsInState bool, missing, unknown []string) *Service {
	return &Service{service.Configured[api.Client]{
		Name: "Live Station", Owner: "Live Station", Made: client, SecretsInState: secretsInState, Missing: missing, Unknown: unknown,
	}}
}

// Hide keeps secrets of a state or a configuration out of errors and logs, should the service repeat them.
func (s *Service) Hide(secrets ...types.String) {
	for _, secret := range secrets {
		s.Made.Hide(secret.ValueString())
	}
}

// Mask takes the secrets that the client knows out of a text.
func (s *Service) Mask(text string) string {
	if s.Made == nil {
		return text
	}
	return s.Made.Mask(text)
}
