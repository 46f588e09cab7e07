// Package service holds what the objects of both services need: a configured client, the next step after an error, private state, the
// results of a query, and warnings about secrets in state.
package service

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PlanCheckTimeout bounds a request that a plan makes only to add a warning; without an answer the plan goes on without it.
const PlanCheckTimeout = 10 * time.Second

// Configured is a service's client, and what the provider's settings say about it.
type Configured[Client any] struct {
	// SecretsInState is the setting `secrets_in_state`.
	SecretsInState bool
	// Name is what users call the service, and Owner what its objects belong to.
	Name, Owner string
	// Missing names the settings that the client lacks, and Unknown those that are not known before the apply.
	Missing, Unknown []string

	// API is the client, even if settings are missing; nil if one is unknown.
	API *Client
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
	return c.API, nil
}

// PlanClient is Client for checks at plan time. It returns nil without an error while settings are not known yet: the check is omitted.
func (c *Configured[Client]) PlanClient() (*Client, diag.Diagnostics) {
	if len(c.Unknown) > 0 {
		return nil, nil
	}
	return c.Client()
}

// ProviderData is what the provider passes to every object: the services, which are distinguished by their types.
type ProviderData []any

// Mask removes the secrets of all services from a text.
func (p ProviderData) Mask(text string) string {
	for _, one := range p {
		if masker, ok := one.(interface{ Mask(text string) string }); ok {
			text = masker.Mask(text)
		}
	}
	return text
}

// Of returns the service that an object needs from what the provider passes to it; nil before the provider is configured.
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
	diags.AddError("Unexpected provider data", fmt.Sprintf("The provider passed %T. This is a bug in the provider; please report it.", providerData))
	return nil
}
