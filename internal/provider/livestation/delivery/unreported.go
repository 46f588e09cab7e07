package delivery

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Unreported names the attributes of an imported channel that the service has not reported so far. Their values in state are assumptions,
// so a configuration that differs is trusted: it neither replaces the channel nor sends a request.
type Unreported []string

// Attributes of every channel that may be unreported.
const (
	UnreportedDRM = "drm"
	UnreportedCDN = "cdn"
)

// LoadUnreported returns those that Save has kept in private state.
func LoadUnreported(ctx context.Context, private service.PrivateReader) (names Unreported, diags diag.Diagnostics) {
	value, diags := private.GetKey(ctx, unreportedKey)
	if len(value) > 0 && json.Unmarshal(value, &names) != nil {
		names = nil
	}
	return names, diags
}

// Save keeps them in private state.
func (u Unreported) Save(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	if len(u) == 0 {
		return private.SetKey(ctx, unreportedKey, nil)
	}
	value, _ := json.Marshal(u) // strings alone, which cannot fail
	return private.SetKey(ctx, unreportedKey, value)
}

// Has reports whether an attribute is one of them.
func (u Unreported) Has(name string) bool { return slices.Contains(u, name) }

// Without leaves one out.
func (u Unreported) Without(name string) Unreported {
	return slices.DeleteFunc(slices.Clone(u), func(one string) bool { return one == name })
}

// WithoutReported leaves out what a read has reported now. No read says whether the edge was created with the channel.
func (u Unreported) WithoutReported(channel *api.Channel) Unreported {
	if channel.DRM != nil && channel.DRM.SiteID != "" || channel.DRMEnabled.Valid && !channel.DRMEnabled.Value {
		return u.Without(UnreportedDRM)
	}
	return u
}

// WithoutConfigured leaves out what state has taken from the configuration.
func (u Unreported) WithoutConfigured(cdn, drm types.Object) Unreported {
	if !drm.IsNull() {
		u = u.Without(UnreportedDRM)
	}
	if configured, _ := CDNOf(cdn); !configured.RegionType.IsNull() {
		u = u.Without(UnreportedCDN)
	}
	return u
}
