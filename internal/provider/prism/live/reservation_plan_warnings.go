package live

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// lookAtPlan bounds a look that a plan can do without.
const lookAtPlan = 10 * time.Second

// warnOfLookalikes warns if a live like the one that is planned is reserved already and in no state that this run has seen: a
// run that was killed while it reserved it could not hand it over.
func (r *reservationResource) warnOfLookalikes(ctx context.Context, plan reservationModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // What is missing is told by the apply.
	if client == nil || plan.ChannelID.IsUnknown() || plan.Title.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookAtPlan)
	defer cancel()
	alike := client.LivesLike(ctx, plan.ChannelID.ValueString(), plan.Title.ValueString(), plan.ReservedAt.ValueString())
	if len(alike) == 0 {
		return nil
	}
	names := make([]string, len(alike))
	for i, live := range alike {
		names[i] = fmt.Sprintf("%s, reserved for %s", live.Describe(), live.ReservedAt)
	}
	diags.AddAttributeWarning(path.Root("title"), "A live like this is reserved already", fmt.Sprintf(
		"Channel %s has %s, and no resource that this run has read so far holds it. Applying reserves another. If an earlier run was killed while it reserved it, take it into state instead: "+
			"terraform import prism_live.NAME %s", shown(plan.ChannelID), strings.Join(names, "; "), service.Argument(alike[0].LiveID)))
	return diags
}

// claim keeps a live that a state holds from being taken for one that nobody holds.
func (r *reservationResource) claim(liveID types.String) {
	if r.service == nil {
		return
	}
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimLive(liveID.ValueString())
	}
}
