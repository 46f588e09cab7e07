package quality

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan decides between an edit of the segments and a replacement, and warns of the broadcasts that an edit restarts. The deletion
// of a set ends nothing that is on air, since the service refuses it while a channel uses the set.
func (r *setResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var prior, plan setModel
	create, destroy := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !create {
		resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
		r.claim(prior)
	}
	if destroy || !create && models.Unchanged(req.State, req.Plan) {
		return
	}
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	checks := r.service != nil && !planwarnings.InApply(req)
	if !create {
		unreported, diags := incompleteImport.Load(ctx, req.Private)
		resp.Diagnostics.Append(diags...)
		if plan.requiresReplace(prior, unreported, &resp.RequiresReplace); len(resp.RequiresReplace) == 0 {
			plan.ID, plan.QualitySetID = prior.ID, prior.QualitySetID
			resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
			resp.Diagnostics.Append(plan.warnOfTaken(prior)...)
			if checks {
				resp.Diagnostics.Append(r.warnOfRestarts(ctx, prior, plan)...)
			}
			return
		}
	}
	plan.ID, plan.QualitySetID = types.StringUnknown(), types.Int64Unknown()
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	if checks && !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(r.refuseTwoOfFullHD(ctx, plan)...)
		if !resp.Diagnostics.HasError() { // A configuration that is refused sends no more requests.
			resp.Diagnostics.Append(r.warnOfDuplicates(ctx, plan)...)
		}
	}
}

// claim notes that a set is in state and planned: it is not the trace of an earlier run.
func (r *setResource) claim(prior setModel) {
	if r.service == nil {
		return
	}
	r.service.QualitySets.Planned(prior.ID.ValueString())
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimQualitySet(prior.QualitySetID.ValueInt64())
	}
}

// requiresReplace adds the paths of what differs and cannot change in place. What the service has not reported of an imported set is no
// difference.
func (m *setModel) requiresReplace(prior setModel, unreported bool, paths *path.Paths) {
	for name, differs := range map[string]bool{
		"name": livestation.Differs(m.Name, prior.Name), "quality_profile_ids": livestation.Differs(m.QualityProfileIDs, prior.QualityProfileIDs),
		"low_latency": livestation.Differs(m.LowLatency, prior.LowLatency),
	} {
		if differs {
			paths.Append(path.Root(name))
		}
	}
	for _, member := range differences(m.TimedMetadata, prior.TimedMetadata) {
		if unreported && lacks(prior.TimedMetadata, member) {
			continue
		}
		at := path.Root("timed_metadata")
		if member != "" {
			at = at.AtName(member)
		}
		paths.Append(at)
	}
}

// warnOfTaken warns of what state takes from the configuration, since the service has not reported it of an imported set.
func (m *setModel) warnOfTaken(prior setModel) (diags diag.Diagnostics) {
	for _, member := range []struct {
		name         string
		plan, before attr.Value
	}{
		{"quality_profile_ids", m.QualityProfileIDs, prior.QualityProfileIDs}, {"segment_duration", m.SegmentDuration, prior.SegmentDuration},
		{"segment_count", m.SegmentCount, prior.SegmentCount}, {"timed_metadata", m.TimedMetadata, prior.TimedMetadata},
	} {
		if member.before.IsNull() && !member.plan.IsNull() {
			diags.Append(takenFromConfiguration(path.Root(member.name), "set", prior.ID))
		}
	}
	return diags
}

// editedAttribute names the first attribute of the segments that changes, "" if none does. What is not known yet may change.
func (m *setModel) editedAttribute(prior setModel) string {
	switch {
	case livestation.Differs(m.SegmentDuration, prior.SegmentDuration):
		return "segment_duration"
	case livestation.Differs(m.SegmentCount, prior.SegmentCount):
		return "segment_count"
	}
	return ""
}

// warnOfRestarts names the channels whose broadcasts an edit of the segments restarts, and says which of them are on air.
func (r *setResource) warnOfRestarts(ctx context.Context, prior, plan setModel) (diags diag.Diagnostics) {
	edited := plan.editedAttribute(prior)
	if edited == "" {
		return nil
	}
	client, more := r.service.PlanClient()
	diags.Append(more...)
	if client == nil {
		return diags
	}
	id := prior.QualitySetID.ValueInt64()
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	set, err := client.QualitySet(ctx, id)
	users := ""
	switch {
	case apierror.Is(err, apierror.Gone):
		return diags // The apply reports it.
	case err != nil:
		users = "Which channels use it could not be determined: " + livestation.Explain(err)
	case set.InUseChannelNames == nil: // The service leaves the names out where nobody uses the set, or always.
		if users = usersListed(ctx, client, id); users == "" {
			return diags
		}
	case len(set.InUseChannelNames) == 0:
		return diags
	default:
		names := make([]string, len(set.InUseChannelNames))
		for i, name := range set.InUseChannelNames {
			names[i] = printable.Text(string(name))
		}
		users = "These channels use it: " + strings.Join(names, ", ") + ". " + onAir(ctx, client, set)
	}
	diags.AddAttributeWarning(path.Root(edited), "Broadcasts on the quality set will restart", fmt.Sprintf(
		"Changing the segments of quality set %d (%s) interrupts every broadcast that uses it, and starts it again. %s", id, service.Printable(prior.Name), users))
	return diags
}

// onAir says which channels of either kind that use a set are on air. The set names its channels only, and names may repeat.
func onAir(ctx context.Context, client *api.Client, set *api.QualitySet) string {
	var live []string
	for _, kind := range []*api.Channels{client.General, client.VOD2LIVE} {
		channels, err := kind.List(ctx, api.ChannelFilter{Status: api.StatusPublishing})
		if err != nil {
			return "Which of them are on air now could not be determined."
		}
		for _, channel := range channels {
			uses := channel.QualitySetID == set.ID
			if !channel.QualitySetID.Valid { // The list leaves it out.
				uses = slices.Contains(set.InUseChannelNames, channel.ChannelName)
			}
			if channel.Publishing() && uses {
				live = append(live, named(channel))
			}
		}
	}
	if len(live) == 0 {
		return "None of them is on air now."
	}
	return "On air now: " + strings.Join(live, ", ") + "."
}

// usersListed says which channels of either kind show that they use a set, and which of them are on air; "" if none does.
func usersListed(ctx context.Context, client *api.Client, setID int64) string {
	var users []string
	for _, kind := range []*api.Channels{client.General, client.VOD2LIVE} {
		channels, err := kind.List(ctx, api.ChannelFilter{})
		if err != nil {
			return "Which channels use it could not be determined: " + livestation.Explain(err)
		}
		for _, channel := range channels {
			switch {
			case !channel.QualitySetID.Valid || channel.QualitySetID.Value != setID:
			case channel.Publishing():
				users = append(users, named(channel)+", which is on air now")
			default:
				users = append(users, named(channel))
			}
		}
	}
	if len(users) == 0 {
		return ""
	}
	return "These channels use it: " + strings.Join(users, "; ") + "."
}

func named(channel *api.Channel) string {
	return fmt.Sprintf("%s (%s)", printable.Text(string(channel.ChannelName)), printable.Text(string(channel.ChannelID)))
}

// refuseTwoOfFullHD refuses a second profile of 1920x1080, as far as the profiles are known and can be looked at.
func (r *setResource) refuseTwoOfFullHD(ctx context.Context, plan setModel) (diags diag.Diagnostics) {
	var ids []int64
	for _, element := range plan.QualityProfileIDs.Elements() {
		if id, ok := element.(types.Int64); ok && !id.IsUnknown() && !id.IsNull() {
			ids = append(ids, id.ValueInt64())
		}
	}
	client, _ := r.service.PlanClient() // The apply reports missing settings.
	if client == nil || len(ids) < 2 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	var large []string
	for _, id := range ids {
		profile, err := client.RefreshQualityProfile(ctx, id, func(listed *api.QualityProfile) bool { return listed.Video != nil })
		if err != nil {
			return nil // The apply says what is wrong.
		}
		if video := profile.Video; video != nil && video.Width.Value == 1920 && video.Height.Value == 1080 {
			large = append(large, fmt.Sprintf("%d (%s)", id, printable.Text(string(profile.Name))))
		}
	}
	if len(large) > 1 {
		diags.AddAttributeError(path.Root("quality_profile_ids"), "Several profiles of 1920x1080", fmt.Sprintf(
			"A quality set may have one profile of 1920x1080 at most, and these all have that size: %s. Keep one of them.", strings.Join(large, ", ")))
	}
	return diags
}

// warnOfDuplicates warns if a set like the planned one exists already and is in no state that this run has read, as after a run that
// was killed while it made one.
func (r *setResource) warnOfDuplicates(ctx context.Context, plan setModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // The apply reports missing settings.
	if client == nil || plan.Name.IsUnknown() || plan.LowLatency.IsUnknown() || plan.TimedMetadata.IsUnknown() || plan.QualityProfileIDs.IsUnknown() {
		return nil
	}
	for _, element := range plan.QualityProfileIDs.Elements() {
		if element.IsUnknown() {
			return nil
		}
	}
	input, diags := plan.input(ctx)
	if diags.HasError() {
		return diags
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	alike := client.QualitySetsLike(ctx, input)
	if len(alike) == 0 {
		return nil
	}
	ids := make([]string, len(alike))
	for i, set := range alike {
		ids[i] = fmt.Sprint(set.ID.Value)
	}
	diags.AddAttributeWarning(path.Root("name"), "A quality set like this exists already", fmt.Sprintf(
		"There is a set %q of these profiles, %s, %s Applying this creates another. "+
			"If an earlier run was killed while it was creating it, import it instead: terraform import livestation_quality_set.NAME %s",
		plan.Name.ValueString(), strings.Join(ids, ", "), r.service.QualitySets.HeldByNone(), ids[0]))
	return diags
}
