package delivery

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// Zone holds the defaults of a zone's channels.
type Zone struct {
	// CDNType is unknown while the provider's settings are.
	CDNType types.String
}

// ZoneOf returns the zone of a client. Without a client the provider's settings, and so the zone, are not known.
func ZoneOf(client *api.Client) Zone {
	switch {
	case client == nil:
		return Zone{CDNType: types.StringUnknown()}
	case client.Financial():
		return Zone{CDNType: types.StringValue(api.CDNPlus)}
	}
	return Zone{CDNType: types.StringValue(api.CDNGlobalEdge)}
}

// CDNWithDefaults is livestation.ConfigOrDefault for the members of `cdn`.
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

// CDNOfZone sets the type of a `cdn` that was planned while the provider's settings were not known.
func CDNOfZone(planned types.Object, zone Zone) types.Object {
	cdn, known := CDNOf(planned)
	if !known || !cdn.Type.IsUnknown() {
		return planned
	}
	cdn.Type = zone.CDNType
	return cdn.Object()
}
