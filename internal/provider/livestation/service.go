// Package livestation holds the Terraform objects of Live Station, one file each. They decode, call the client, convert, and
// say what happened; the rules of the service are in the client.
package livestation

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

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
