package channels

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

// CrossesLowLatency tells whether a change of `output_protocol` is to LL_HLS or from it, which no edit can do.
func CrossesLowLatency(plan, prior types.String) bool {
	if plan.IsUnknown() || prior.IsNull() {
		return false
	}
	return (plan.ValueString() == api.ProtocolLowLatency) != (prior.ValueString() == api.ProtocolLowLatency)
}

// Differs tells whether a planned value differs from the one in state. One that state does not know differs from nothing.
func Differs(plan, prior attr.Value) bool { return !prior.IsNull() && !plan.Equal(prior) }

// sameDomain compares two domains, in which capitals count for nothing.
func sameDomain(one, other types.String) bool {
	return !one.IsUnknown() && !other.IsUnknown() && strings.EqualFold(one.ValueString(), other.ValueString())
}

// NeedsOtherEdge tells whether another `cdn` replaces the channel. config is the configuration, before defaults.
func NeedsOtherEdge(config, prior types.Object, unreported Unreported) bool {
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
		return !unreported.Has(UnreportedCDN)
	}
	return !wanted.RegionType.Equal(before.RegionType)
}

// NeedsReplacement is the error of an update in place that would change an attribute which the service cannot change: its value became
// known only in the apply, which cannot replace any more.
func NeedsReplacement(attribute string, channelID types.String) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root(attribute), "Channel turned out to need a replacement", fmt.Sprintf(
		"A value that was not known at plan time changes `%s` of channel %s, which the service cannot do in place. Nothing was sent; plan and apply again.",
		attribute, livestation.Printable(channelID)))
}
