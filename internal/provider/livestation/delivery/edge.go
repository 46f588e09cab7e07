package delivery

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// WarnOfForeignEdge warns if `delete_edge` is enabled for an edge that this resource did not make.
func WarnOfForeignEdge(ctx context.Context, private service.PrivateReader, prior, plan types.Object) diag.Diagnostics {
	made, diags := LoadMadeEdge(ctx, private)
	before, _ := CDNOf(prior)
	after, _ := CDNOf(plan)
	if made == 0 && after.DeleteEdge.ValueBool() && !before.DeleteEdge.ValueBool() {
		diags.AddAttributeWarning(path.Root("cdn").AtName("delete_edge"), "The edge will not be deleted", foreignEdge(before))
	}
	return diags
}

func foreignEdge(cdn CDN) string {
	return fmt.Sprintf("Edge %s was not created by this resource; the edge of an imported channel never is. It is treated as someone else's: a destroy leaves it, and it is billed until it is deleted in Global Edge.", edgeName(cdn))
}

func edgeName(cdn CDN) string {
	name := "of the channel"
	if !cdn.InstanceNo.IsNull() {
		name = fmt.Sprint(cdn.InstanceNo.ValueInt64())
	}
	if cdn.Domain.ValueString() != "" {
		name += " (" + service.Printable(cdn.Domain) + ")"
	}
	return name
}

// ChannelEdge is the edge of a channel in state.
type ChannelEdge struct {
	ChannelID types.String
	// CDN is the attribute `cdn` in state.
	CDN types.Object
	// Made is the instance number of the edge that was created with the channel, as LoadMadeEdge returns it.
	Made int64
}

// LoadChannelEdge returns the edge of a channel whose private state this is.
func LoadChannelEdge(ctx context.Context, private service.PrivateReader, channelID types.String, cdn types.Object) (ChannelEdge, diag.Diagnostics) {
	made, diags := LoadMadeEdge(ctx, private)
	return ChannelEdge{ChannelID: channelID, CDN: cdn, Made: made}, diags
}

// WarnIfKept warns, in the plan of the channel's deletion, of an edge that the deletion leaves behind.
func (e ChannelEdge) WarnIfKept() (diags diag.Diagnostics) {
	cdn, _ := CDNOf(e.CDN)
	switch {
	case e.Made == 0 && cdn.DeleteEdge.ValueBool():
		diags.AddAttributeWarning(path.Root("cdn").AtName("delete_edge"), "The edge will not be deleted", foreignEdge(cdn))
	case e.Made != 0 && !cdn.DeleteEdge.ValueBool():
		edge := madeEdge(cdn, e.Made)
		diags.AddAttributeWarning(path.Root("cdn"), fmt.Sprintf("Edge %s stays", edge), fmt.Sprintf(
			"The edge %s that was created with channel %s stays when the channel is deleted, and is billed until it is deleted in Global Edge. To delete it with the channel, apply `cdn.delete_edge = true` beforehand.",
			edge, service.Printable(e.ChannelID)))
	}
	return diags
}

// madeEdge names the edge that was created with a channel: by its number or, if the service has not reported that, by what was requested.
func madeEdge(cdn CDN, made int64) string {
	if made == EdgeNumberUnknown {
		made = cdn.InstanceNo.ValueInt64()
	}
	if made <= 0 {
		return fmt.Sprintf("in profile %d and region %s", cdn.ProfileID.ValueInt64(), service.Printable(cdn.RegionType))
	}
	return fmt.Sprint(made)
}

// LostDeletion ends the error of a deletion of the channel: if its answer was lost and the deletion took effect, the edge is left. It is
// empty where that cannot be.
func (e ChannelEdge) LostDeletion(err error) string {
	cdn, _ := CDNOf(e.CDN)
	if e.Made == 0 || !apierror.Is(err, apierror.Lost) {
		return ""
	}
	return fmt.Sprintf("\n\nIf the channel was deleted all the same, the edge %s that was created with it is still there, and is billed until it is deleted. The next plan says what there is.", madeEdge(cdn, e.Made))
}

// WarnIfLeft warns that the edge may have outlived its channel, which no longer exists, whoever deleted it: no other message names it.
func (e ChannelEdge) WarnIfLeft() (diags diag.Diagnostics) {
	cdn, _ := CDNOf(e.CDN)
	if e.Made == 0 {
		return nil
	}
	edge, command := madeEdge(cdn, e.Made), ""
	if e.number(cdn) > 0 && cdn.DeleteEdge.ValueBool() {
		command = " " + deleteEdgeAlone
	}
	diags.AddAttributeWarning(path.Root("cdn"), fmt.Sprintf("Channel %s is gone, and its edge may be left", service.Printable(e.ChannelID)), fmt.Sprintf(
		"The edge %s was created with channel %s, which no longer exists. A channel that is deleted leaves its edge behind, and an edge is billed until it is deleted. "+
			"If no other channel uses it, stop and delete it in the console of Global Edge.%s", edge, service.Printable(e.ChannelID), command))
	return diags
}

// deleteEdgeAlone is how to delete the edge of a channel that no longer exists, and that a CLI still has in state. A destroy that refreshes
// drops such a channel from state, and CLIs do not show the warnings of its refresh.
const deleteEdgeAlone = "Or destroy the channel once more without a refresh, which deletes only its edge: terraform destroy -refresh=false -target=ADDRESS. " +
	"A destroy that refreshes just forgets the channel, and does not mention the edge."

// WarnOfOrphan warns, in the plan of a deletion of the channel, which no longer exists, of what becomes of its edge.
func (e ChannelEdge) WarnOfOrphan() (diags diag.Diagnostics) {
	cdn, _ := CDNOf(e.CDN)
	switch {
	case e.Made == 0:
		return e.WarnIfKept()
	case e.number(cdn) <= 0, !cdn.DeleteEdge.ValueBool():
		return e.WarnIfLeft()
	}
	diags.AddAttributeWarning(path.Root("cdn").AtName("delete_edge"), fmt.Sprintf("Channel %s is gone, and its edge will be deleted", service.Printable(e.ChannelID)), fmt.Sprintf(
		"Channel %s no longer exists. The edge %s that was created with it may be left, and is billed until it is deleted. Unless another channel uses it, it is deleted now.",
		service.Printable(e.ChannelID), madeEdge(cdn, e.Made)))
	return diags
}

// number is the instance number of the edge that was created with the channel; 0 or less if there is none, or if the service has not reported it.
func (e ChannelEdge) number(cdn CDN) int64 {
	if e.Made == EdgeNumberUnknown && cdn.InstanceNo.ValueInt64() > 0 {
		return cdn.InstanceNo.ValueInt64()
	}
	return e.Made
}

// Delete deletes the edge that was created with the channel, or reports that it stays. The channel is deleted already.
func (e ChannelEdge) Delete(ctx context.Context, configured *livestation.Service, client *api.Client) (diags diag.Diagnostics) {
	cdn, _ := CDNOf(e.CDN)
	e.Made = e.number(cdn)
	if e.Made == 0 || e.Made == EdgeNumberUnknown || !cdn.DeleteEdge.ValueBool() {
		return e.reportKept(cdn)
	}
	id, at := service.Printable(e.ChannelID), path.Root("cdn").AtName("delete_edge")
	failed := func(reason string) diag.Diagnostics {
		diags.AddAttributeError(at, fmt.Sprintf("Edge %d was not deleted", e.Made), fmt.Sprintf(
			"%s\n\nChannel %s is deleted, and its edge %d (%s, profile %d) stays, and is billed until it is deleted. Stop and delete it in the console of Global Edge. %s",
			reason, id, e.Made, service.Printable(cdn.Domain), cdn.ProfileID.ValueInt64(), deleteEdgeAlone))
		return diags
	}
	edges, missing := configured.Edge.Client()
	if edges == nil {
		return failed(firstDetail(missing))
	}
	users, err := client.UsersOfEdge(ctx, fmt.Sprint(e.Made), e.ChannelID.ValueString())
	if err != nil {
		return failed("Whether another channel uses the edge could not be looked up. " + livestation.Explain(err))
	}
	if len(users) > 0 {
		names := make([]string, len(users))
		for i, user := range users {
			names[i] = fmt.Sprintf("%s (%s)", printable.Text(string(user.ChannelID)), printable.Text(string(user.ChannelName)))
		}
		diags.AddAttributeWarning(at, fmt.Sprintf("Edge %d stays", e.Made), fmt.Sprintf(
			"Channel %s is deleted. The edge %d that was created with it delivers other channels as well, so it was not deleted: %s. It is billed until it is deleted in Global Edge.",
			id, e.Made, strings.Join(names, ", ")))
		return diags
	}
	if err := edges.Delete(ctx, cdn.ProfileID.ValueInt64(), e.Made); err != nil {
		return failed(livestation.Explain(err))
	}
	return diags
}

// reportKept reports an edge that is not deleted with its channel: it is somebody else's, the configuration keeps it, or its number is not
// known.
func (e ChannelEdge) reportKept(cdn CDN) (diags diag.Diagnostics) {
	id, at := service.Printable(e.ChannelID), path.Root("cdn").AtName("delete_edge")
	switch {
	case e.Made == 0 && cdn.DeleteEdge.ValueBool():
		diags.AddAttributeWarning(at, "The edge was not deleted", foreignEdge(cdn))
	case e.Made == 0:
	case !cdn.DeleteEdge.ValueBool():
		edge := madeEdge(cdn, e.Made)
		diags.AddAttributeWarning(path.Root("cdn"), fmt.Sprintf("Edge %s stays", edge), fmt.Sprintf(
			"Channel %s is deleted. The edge %s that was created with it stays, and is billed until it is deleted in Global Edge.", id, edge))
	case e.Made == EdgeNumberUnknown:
		diags.AddAttributeError(at, "The edge was not deleted", fmt.Sprintf(
			"Channel %s is deleted. The service has not reported the number of the edge that was created with it, %s. It stays, and is billed until it is deleted: look in Global Edge for one that no channel uses.",
			id, madeEdge(cdn, e.Made)))
	}
	return diags
}

func firstDetail(diags diag.Diagnostics) string {
	for _, one := range diags {
		return one.Summary() + ". " + one.Detail()
	}
	return ""
}

// EdgeHint is the next step if a new edge was refused; "" where none was requested.
func EdgeHint(input api.ChannelInput) string {
	if !input.CDN.NewEdge() {
		return ""
	}
	return "\n\nIf the service says that a limit is reached: an account can have 100 edges. Delete one that no channel uses, or give `cdn.instance_no` and `cdn.domain` of one that exists " +
		"instead of `cdn.region_type`."
}
