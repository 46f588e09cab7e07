package delivery

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

// CrossesLowLatency reports whether a change of `output_protocol` is to LL_HLS or from it, which no edit can make.
func CrossesLowLatency(plan, prior types.String) bool {
	if plan.IsUnknown() || prior.IsNull() {
		return false
	}
	return (plan.ValueString() == api.ProtocolLowLatency) != (prior.ValueString() == api.ProtocolLowLatency)
}

// sameDomain compares two domains, ignoring case.
func sameDomain(one, other types.String) bool {
	return !one.IsUnknown() && !other.IsUnknown() && strings.EqualFold(one.ValueString(), other.ValueString())
}

// NeedsOtherEdge reports whether a change of `cdn` replaces the channel. config is the configuration, before defaults.
func NeedsOtherEdge(config, prior types.Object, unreported Unreported) bool {
	wanted, known := CDNOf(config)
	before, had := CDNOf(prior)
	switch {
	case !had:
		return false
	case !known:
		return true
	case !wanted.ProfileID.IsNull() && livestation.Differs(wanted.ProfileID, before.ProfileID), wanted.ProfileID.IsNull() && !before.ProfileID.IsNull():
		return true
	case !wanted.Type.IsNull() && livestation.Differs(wanted.Type, before.Type):
		return true
	case wanted.RegionType.IsNull():
		// The edge that the channel has already, named by its number: nothing changes.
		return livestation.Differs(wanted.InstanceNo, before.InstanceNo) || livestation.Differs(wanted.Domain, before.Domain) && !sameDomain(wanted.Domain, before.Domain)
	case before.RegionType.IsNull():
		return !unreported.Has(UnreportedCDN)
	}
	return !wanted.RegionType.Equal(before.RegionType)
}
