package channels

import (
	"strings"

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

// Settled is what the configuration says, or else the default: in a new channel, and where state knows the value.
func Settled[V attr.Value](config, prior, fallback V, isNew bool) V {
	switch {
	case !config.IsNull():
		return config
	case isNew || !prior.IsNull():
		return fallback
	}
	return prior
}

// SettledCDN is Settled for the members of `cdn`.
func SettledCDN(config, prior types.Object, z Zone, isNew bool) types.Object {
	cdn, known := CDNOf(config)
	if !known {
		return config
	}
	before, _ := CDNOf(prior)
	if isNew {
		before = CDN{InstanceNo: types.Int64Unknown(), Domain: types.StringUnknown(), ServiceName: types.StringUnknown(), Type: z.CDNType}
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

// Differs is false for what state does not know.
func Differs(plan, prior attr.Value) bool { return !prior.IsNull() && !plan.Equal(prior) }

// sameDomain compares two domains, in which capitals count for nothing.
func sameDomain(one, other types.String) bool {
	return !one.IsUnknown() && !other.IsUnknown() && strings.EqualFold(one.ValueString(), other.ValueString())
}

// NeedsOtherEdge tells whether another `cdn` replaces the channel. config is what the plan was settled from.
func NeedsOtherEdge(config, prior types.Object, unseen Untold) bool {
	wanted, known := CDNOf(config)
	before, had := CDNOf(prior)
	switch {
	case !had:
		return false
	case !known:
		return true
	case !wanted.ProfileID.IsNull() && Differs(wanted.ProfileID, before.ProfileID), wanted.ProfileID.IsNull() && !before.ProfileID.IsNull():
		return true
	case !wanted.Type.IsNull() && Differs(wanted.Type, before.Type):
		return true
	case wanted.RegionType.IsNull():
		// The very edge that the channel has, by its number: nothing is to be changed.
		return Differs(wanted.InstanceNo, before.InstanceNo) || Differs(wanted.Domain, before.Domain) && !sameDomain(wanted.Domain, before.Domain)
	case before.RegionType.IsNull():
		return !unseen.Has(UntoldCDN)
	}
	return !wanted.RegionType.Equal(before.RegionType)
}
