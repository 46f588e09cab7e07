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

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ModifyPlan decides whether a profile is replaced, which any change of it means, and keeps what the configuration leaves out of one
// that is not. The deletion of a profile ends nothing that is on air, since the service refuses it while the profile is in use.
func (r *profileResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var prior, plan, config profileModel
	create, destroy := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !create {
		resp.Diagnostics.Append(models.Get(ctx, req.State, &prior)...)
		r.claim(prior)
	}
	if destroy {
		return
	}
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !create {
		kept := plan
		kept.setDefaults(config, &prior)
		unreported, diags := incompleteImport.Load(ctx, req.Private)
		resp.Diagnostics.Append(diags...)
		if kept.requiresReplace(prior, unreported, &resp.RequiresReplace); len(resp.RequiresReplace) == 0 {
			kept.ID, kept.QualityProfileID = prior.ID, prior.QualityProfileID
			resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &kept)...)
			resp.Diagnostics.Append(kept.warnOfTaken(prior)...)
			return
		}
	}
	plan.setDefaults(config, nil)
	plan.ID, plan.QualityProfileID = types.StringUnknown(), types.Int64Unknown()
	resp.Diagnostics.Append(models.Set(ctx, &resp.Plan.Raw, &plan)...)
	if r.service != nil && !planwarnings.InApply(req) {
		resp.Diagnostics.Append(r.warnOfDuplicates(ctx, plan)...)
	}
}

// claim notes that a profile is in state and planned: it is not the trace of an earlier run.
func (r *profileResource) claim(prior profileModel) {
	if r.service == nil {
		return
	}
	r.service.QualityProfiles.Planned(prior.ID.ValueString())
	if client, _ := r.service.PlanClient(); client != nil {
		client.ClaimQualityProfile(prior.QualityProfileID.ValueInt64())
	}
}

// setDefaults sets the members that the configuration leaves out to their default, or to what prior has; without prior the service chooses.
func (m *profileModel) setDefaults(config profileModel, prior *profileModel) {
	if prior == nil {
		prior = &profileModel{Video: types.ObjectUnknown(videoTypes), Audio: types.ObjectUnknown(audioTypes)}
	}
	m.Video = withDefaults(m.Video, config.Video, prior.Video, map[string]attr.Value{
		"codec": types.StringValue("H264"), "rate_control": types.StringNull(), "bframes": types.Int64Null(), "orientation": types.StringNull(),
	})
	audioDefaults := map[string]attr.Value{"codec": types.StringValue("AAC"), "profile": types.StringNull()}
	if codec, ok := config.Audio.Attributes()["codec"].(types.String); ok && (codec.IsNull() || codec.ValueString() == "AAC") {
		audioDefaults["profile"] = types.StringValue("LC")
	}
	m.Audio = withDefaults(m.Audio, config.Audio, prior.Audio, audioDefaults)
}

// withDefaults returns a planned object with the defaults of the members that the configuration leaves out. A null default stands for a value
// that the service chooses; it stays null where state lacks the whole object. prior is unknown for a new object.
func withDefaults(plan, config, prior types.Object, defaults map[string]attr.Value) types.Object {
	if plan.IsNull() || plan.IsUnknown() {
		return plan
	}
	members, stored := plan.Attributes(), prior.Attributes()
	for name, configured := range config.Attributes() {
		before, inState := stored[name]
		fallback, hasDefault := defaults[name]
		switch {
		case !configured.IsNull():
			if inState && same(before, members[name]) {
				members[name] = before
			}
		case !hasDefault:
		case inState && (fallback.IsNull() || before.IsNull()): // The service has not reported what state lacks.
			members[name] = before
		case fallback.IsNull() && prior.IsUnknown():
			members[name] = unknownLike(fallback)
		default:
			members[name] = fallback
		}
	}
	return types.ObjectValueMust(plan.AttributeTypes(context.Background()), members)
}

func unknownLike(null attr.Value) attr.Value {
	if _, ok := null.(types.Int64); ok {
		return types.Int64Unknown()
	}
	return types.StringUnknown()
}

// requiresReplace adds the paths of what differs, since nothing of a profile can change in place. If the service has not reported all of an
// imported profile, what state lacks for that reason is no difference.
func (m *profileModel) requiresReplace(prior profileModel, unreported bool, paths *path.Paths) {
	if !m.Name.Equal(prior.Name) {
		paths.Append(path.Root("name"))
	}
	if !m.Type.Equal(prior.Type) {
		paths.Append(path.Root("type"))
	}
	for name, objects := range map[string][2]types.Object{"video": {m.Video, prior.Video}, "audio": {m.Audio, prior.Audio}} {
		for _, member := range differences(objects[0], objects[1]) {
			if unreported && lacks(objects[1], member) {
				continue
			}
			at := path.Root(name)
			if member != "" {
				at = at.AtName(member)
			}
			paths.Append(at)
		}
	}
}

// lacks reports whether a member of an object is null, or with "" the object itself.
func lacks(object types.Object, member string) bool {
	if member == "" {
		return object.IsNull()
	}
	value, ok := object.Attributes()[member]
	return ok && value.IsNull()
}

// warnOfTaken warns of members that state takes from the configuration, since the service has not reported them of an imported profile.
func (m *profileModel) warnOfTaken(prior profileModel) (diags diag.Diagnostics) {
	for name, objects := range map[string][2]types.Object{"video": {m.Video, prior.Video}, "audio": {m.Audio, prior.Audio}} {
		for _, member := range differences(objects[0], objects[1]) {
			at := path.Root(name)
			if member != "" {
				at = at.AtName(member)
			}
			diags.Append(takenFromConfiguration(at, "profile", prior.ID))
		}
	}
	return diags
}

// takenFromConfiguration warns of a value that the service does not report of an imported object; what is "profile" or "set".
func takenFromConfiguration(at path.Path, what string, id types.String) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(at, "Value is taken from the configuration", fmt.Sprintf(
		"The service does not report `%s` of %s %s, which was imported. State takes the value from the configuration, and the %s stays as it is. "+
			"If it was created with another value, only a replacement changes that.", at, what, service.Printable(id), what))
}

// incompleteImport is set for an imported profile or set of which the service did not report everything.
const incompleteImport service.PrivateFlag = "unreported"

// isComplete reports whether state has a value for each member.
func (m *profileModel) isComplete() bool {
	if m.Audio.IsNull() || m.Video.IsNull() && m.Type.ValueString() != typeAudio {
		return false
	}
	for _, object := range []types.Object{m.Video, m.Audio} {
		for name := range object.Attributes() {
			if lacks(object, name) {
				return false
			}
		}
	}
	return true
}

// differences names the members in which two objects differ, in order; "" if one of them is there and the other is not.
func differences(one, other types.Object) (names []string) {
	switch {
	case one.IsNull() && other.IsNull():
		return nil
	case one.IsNull() || other.IsNull() || one.IsUnknown() || other.IsUnknown():
		return []string{""}
	}
	for name, value := range one.Attributes() {
		if !same(value, other.Attributes()[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// warnOfDuplicates warns if a profile like the planned one exists already and is in no state that this run has read, as after a run
// that was killed while it made one.
func (r *profileResource) warnOfDuplicates(ctx context.Context, plan profileModel) (diags diag.Diagnostics) {
	client, _ := r.service.PlanClient() // The apply reports missing settings.
	if client == nil || plan.Name.IsUnknown() || plan.Type.IsUnknown() || !inputsKnown(plan.Video) || !inputsKnown(plan.Audio) {
		return nil
	}
	input, diags := plan.input()
	if diags.HasError() {
		return diags
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	alike := client.QualityProfilesLike(ctx, input)
	if len(alike) == 0 {
		return nil
	}
	ids := make([]string, len(alike))
	for i, profile := range alike {
		ids[i] = fmt.Sprint(profile.ID.Value)
	}
	diags.AddAttributeWarning(path.Root("name"), "A quality profile like this exists already", fmt.Sprintf(
		"There is a profile %q of these values, %s, %s Applying this creates another. "+
			"If an earlier run was killed while it was creating it, import it instead: terraform import livestation_quality_profile.NAME %s",
		plan.Name.ValueString(), strings.Join(ids, ", "), r.service.QualityProfiles.HeldByNone(), ids[0]))
	return diags
}

// inputsKnown reports whether every member is known that the service does not choose itself.
func inputsKnown(object types.Object) bool {
	if object.IsUnknown() {
		return false
	}
	for name, value := range object.Attributes() {
		chosenByService := slices.Contains([]string{"profile", "rate_control", "bframes", "orientation"}, name)
		if value.IsUnknown() && !chosenByService {
			return false
		}
	}
	return true
}
