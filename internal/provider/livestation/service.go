// Package livestation holds the Terraform objects of Live Station, one file each. They decode, call the client, convert, and
// say what happened; the rules of the service are in the client.
package livestation

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// Service is the configured service and what the provider's settings say about it.
type Service struct {
	// SecretsInState is the setting of this name.
	SecretsInState bool

	client           *api.Client
	missing, unknown []string
}

// NewService returns a service that is usable if no setting is missing or unknown.
func NewService(client *api.Client, secretsInState bool, missing, unknown []string) *Service {
	return &Service{client: client, SecretsInState: secretsInState, missing: missing, unknown: unknown}
}

// Client returns the client, or one error that names what the provider's configuration lacks.
func (s *Service) Client() (*api.Client, diag.Diagnostics) {
	var diags diag.Diagnostics
	switch {
	case len(s.unknown) > 0:
		diags.AddError("Live Station settings are not known yet", fmt.Sprintf(
			"The provider's %s depends on something that is not created yet, so the service cannot be called. "+
				"Apply what it depends on first (-target), or give it as a variable.", strings.Join(s.unknown, ", ")))
		return nil, diags
	case len(s.missing) > 0:
		diags.AddError("Live Station is not configured", fmt.Sprintf(
			"This object belongs to Live Station, and the provider \"livestation\" lacks settings for it: %s. "+
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

// Hide keeps secrets of a state or a configuration out of errors and logs, should the service repeat them.
func (s *Service) Hide(secrets ...types.String) {
	for _, secret := range secrets {
		s.client.Hide(secret.ValueString())
	}
}

// serviceOf takes the service out of what the provider hands to each object; nil before the provider is configured.
func serviceOf(providerData any, diags *diag.Diagnostics) *Service {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(interface{ LiveStation() *Service })
	if !ok {
		diags.AddError("Unexpected provider data", fmt.Sprintf("The provider handed over %T. This is a bug in the provider; please report it.", providerData))
		return nil
	}
	return data.LiveStation()
}
