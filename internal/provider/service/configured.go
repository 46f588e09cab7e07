// Package service holds what the objects of both services have in common: what they need of the provider's configuration, how
// an error tells the next step, and what is said of secrets in state.
package service

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Configured is a service's client, and what the provider's settings say about it.
type Configured[Client any] struct {
	// SecretsInState is the setting of this name.
	SecretsInState bool
	// Name is what users call the service, and Owner what its objects belong to.
	Name, Owner string
	// Missing and Unknown are the settings that the client lacks, and those that are not known before the apply.
	Missing, Unknown []string

	// Made is the client as it is, complete or not; nil where a setting is unknown.
	Made *Client
}

// Client returns the client, or one error that names what the provider's configuration lacks.
func (c *Configured[Client]) Client() (*Client, diag.Diagnostics) {
	var diags diag.Diagnostics
	switch {
	case len(c.Unknown) > 0:
		diags.AddError(fmt.Sprintf("%s settings are not known yet", c.Name), fmt.Sprintf(
			"The provider's %s depends on something that is not created yet, so the service cannot be called. "+
				"Apply what it depends on first (-target), or give it as a variable.", strings.Join(c.Unknown, ", ")))
		return nil, diags
	case len(c.Missing) > 0:
		diags.AddError(fmt.Sprintf("%s is not configured", c.Name), fmt.Sprintf(
			"This object belongs to %s, and the provider \"livestation\" lacks settings for it: %s. "+
				"Set them in the provider block or in the environment.", c.Owner, strings.Join(c.Missing, "; ")))
		return nil, diags
	}
	return c.Made, nil
}

// PlanClient is Client for looks at plan time, which are left out (nil, no error) while settings are not known yet.
func (c *Configured[Client]) PlanClient() (*Client, diag.Diagnostics) {
	if len(c.Unknown) > 0 {
		return nil, nil
	}
	return c.Client()
}

// ProviderData is what the provider hands to every object: the services, each of which is known by its type.
type ProviderData []any

// Mask takes the secrets of all services out of a text.
func (a ProviderData) Mask(text string) string {
	for _, one := range a {
		if knows, ok := one.(interface{ Mask(text string) string }); ok {
			text = knows.Mask(text)
		}
	}
	return text
}

// Of takes the one service that an object works with out of what the provider hands to it; nil before the provider is configured.
func Of[Service any](providerData any, diags *diag.Diagnostics) *Service {
	if providerData == nil {
		return nil
	}
	all, _ := providerData.(ProviderData)
	for _, one := range all {
		if wanted, ok := one.(*Service); ok {
			return wanted
		}
	}
	diags.AddError("Unexpected provider data", fmt.Sprintf("The provider handed over %T. This is a bug in the provider; please report it.", providerData))
	return nil
}
