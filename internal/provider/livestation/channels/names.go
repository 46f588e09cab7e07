// Package channels holds what general and VOD2LIVE channels have in common: the attributes and rules of their edge, content protection
// and names, the notes that they leave in private state, and what a plan or an error says of them.
package channels

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// Name returns a validator of names of channels.
func Name() validator.String {
	return stringvalidator.RegexMatches(name, "must be 3 to 20 characters long, of Hangul syllables, English letters, digits and _")
}

var name = regexp.MustCompile(`^[가-힣A-Za-z0-9_]{3,20}$`)

// CrossesLowLatency tells whether a change of `output_protocol` is to LL_HLS or from it, which no edit can do.
func CrossesLowLatency(plan, prior types.String) bool {
	if plan.IsUnknown() || prior.IsNull() {
		return false
	}
	return (plan.ValueString() == api.ProtocolLowLatency) != (prior.ValueString() == api.ProtocolLowLatency)
}

// CDNInput is what a new channel is made with.
func CDNInput(object types.Object) api.CDNInput {
	cdn, _ := CDNOf(object)
	return api.CDNInput{
		Type: cdn.Type.ValueString(), ProfileID: cdn.ProfileID.ValueInt64(), RegionType: cdn.RegionType.ValueString(),
		InstanceNo: cdn.InstanceNo.ValueInt64(), Domain: cdn.Domain.ValueString(),
	}
}
