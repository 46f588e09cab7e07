package live

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

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
		"Channel %s has %s, %s Applying reserves another. If an earlier run was killed while it reserved it, take it into state instead: "+
			"terraform import prism_live.NAME %s", shown(plan.ChannelID), strings.Join(names, "; "), r.service.Reservations.HeldByNone(), service.ShellArgument(alike[0].LiveID)))
	return diags
}

func (m reservationModel) forgotten(what string) string {
	text := fmt.Sprintf("%s only forgets live %s %q: the service has no call to delete a live, so it stays reserved and visible", what, shown(m.LiveID), shown(m.Title))
	if !m.LiveLink.IsNull() {
		text += " at " + shown(m.LiveLink)
	}
	return text + ". Remove it in the service itself if viewers should not see it."
}

func titleRecorded(prior, plan reservationModel) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("title"), "The title is only recorded", fmt.Sprintf(
		"Live %s was imported, and the service calls it %q, while the configuration says %q. The service has no call to change a title, so applying this records the title of the "+
			"configuration in state, sends nothing, and viewers go on seeing the other one. Change the title in the service itself, or reserve another live with `-replace`.",
		shown(prior.LiveID), shown(prior.Title), shown(plan.Title)))
}
