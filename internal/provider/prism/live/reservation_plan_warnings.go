package live

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// warnOfLookalikes warns if a live like the planned one is reserved already and in no state that this run has read, as after a run that was
// killed during the reservation.
func (r *reservationResource) warnOfLookalikes(ctx context.Context, plan reservationModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // The apply reports missing settings.
	if client == nil || plan.ChannelID.IsUnknown() || plan.Title.IsUnknown() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
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
		"Channel %s has %s, %s Applying this reserves another. If an earlier run was killed while it was reserving it, import it instead: "+
			"terraform import prism_live.NAME %s", service.Printable(plan.ChannelID), strings.Join(names, "; "), r.service.Reservations.HeldByNone(), service.ShellArgument(alike[0].LiveID)))
	return diags
}

func (m reservationModel) forgotten(what string) string {
	text := fmt.Sprintf("%s only forgets live %s %q: the service has no call to delete a live, so it stays reserved and visible", what, service.Printable(m.LiveID), service.Printable(m.Title))
	if !m.LiveLink.IsNull() {
		text += " at " + service.Printable(m.LiveLink)
	}
	return text + ". Remove it in the service itself if viewers should not see it."
}

func titleRecorded(prior, plan reservationModel) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("title"), "The title is only recorded", fmt.Sprintf(
		"Live %s was imported, and the service calls it %q, while the configuration says %q. The service has no call to change a title, so applying this records the title of the "+
			"configuration in state, sends nothing, and viewers go on seeing the other one. Change the title in the service itself, or reserve another live with `-replace`.",
		service.Printable(prior.LiveID), service.Printable(prior.Title), service.Printable(plan.Title)))
}

func descriptionRecorded(prior reservationModel) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("description"), "The description is only recorded", fmt.Sprintf(
		"Live %s was imported, and the service reports no description of it. The service has no call to change one either, so applying this records the description of the "+
			"configuration in state and sends nothing. If the live has none, add it in the service itself, or reserve another live with `-replace`.", service.Printable(prior.LiveID)))
}
