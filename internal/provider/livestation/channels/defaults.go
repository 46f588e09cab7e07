package channels

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// Zone says what the zone's channels have by default.
type Zone struct {
	// CDNType is unknown as long as the provider's settings are.
	CDNType types.String
}

// ZoneOf says what is known of the zone: nothing without a client, since the provider's settings are not known then.
func ZoneOf(client *api.Client) Zone {
	switch {
	case client == nil:
		return Zone{CDNType: types.StringUnknown()}
	case client.Financial():
		return Zone{CDNType: types.StringValue(api.CDNPlus)}
	}
	return Zone{CDNType: types.StringValue(api.CDNGlobalEdge)}
}

// ConfigOrDefault is the configured value or, where there is none, the default. Of a channel that exists, a value that state does not know
// stays null: it would be sent with the next edit.
func ConfigOrDefault[V attr.Value](config, prior, fallback V, isNew bool) V {
	switch {
	case !config.IsNull():
		return config
	case isNew || !prior.IsNull():
		return fallback
	}
	return prior
}

// CDNWithDefaults is ConfigOrDefault for the members of `cdn`.
func CDNWithDefaults(config, prior types.Object, zone Zone, isNew bool) types.Object {
	cdn, known := CDNOf(config)
	if !known {
		return config
	}
	before, _ := CDNOf(prior)
	if isNew {
		before = CDN{InstanceNo: types.Int64Unknown(), Domain: types.StringUnknown(), ServiceName: types.StringUnknown(), Type: zone.CDNType}
	}
	if cdn.InstanceNo.IsNull() {
		cdn.InstanceNo = before.InstanceNo
	}
	if cdn.Domain.IsNull() {
		cdn.Domain = before.Domain
	}
	if cdn.Type.IsNull() {
		cdn.Type = before.Type
	}
	if cdn.DeleteEdge.IsNull() {
		cdn.DeleteEdge = types.BoolValue(false)
	}
	cdn.ServiceName = before.ServiceName
	return cdn.Object()
}

// CDNOfZone fills in the type of a `cdn` that was planned while the provider's settings were not known.
func CDNOfZone(planned types.Object, zone Zone) types.Object {
	cdn, known := CDNOf(planned)
	if !known || !cdn.Type.IsUnknown() {
		return planned
	}
	cdn.Type = zone.CDNType
	return cdn.Object()
}
