package quality

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// setResource is the set of renditions that a channel makes of its stream.
type setResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure      = (*setResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*setResource)(nil)
	_ resource.ResourceWithIdentity       = (*setResource)(nil)
	_ resource.ResourceWithImportState    = (*setResource)(nil)
	_ resource.ResourceWithValidateConfig = (*setResource)(nil)
)

// NewSetResource returns the resource `livestation_quality_set`.
func NewSetResource() resource.Resource { return &setResource{} }

func (r *setResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_quality_set"
}

func (r *setResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *setResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan setModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	input, diags := plan.input(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()
	id, found, err := client.CreateQualitySet(ctx, input)
	if err != nil {
		resp.Diagnostics.Append(setCreateError(input.Name, err))
		return
	}
	plan.setID(id)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("quality_set_id"), id)...)
	if found {
		resp.Diagnostics.AddWarning("Answer to the creation was lost", fmt.Sprintf(
			"The service sent no usable response, but then showed exactly one new set of this name and these profiles: %d. It is assumed to be the one requested.", id))
	}
}

func setCreateError(name string, err error) diag.Diagnostic {
	switch {
	case apierror.Is(err, apierror.Lost):
		return diag.NewErrorDiagnostic("Quality set may have been created", fmt.Sprintf(
			"%s\n\nThe request to make set %q was sent, and no response shows whether it took effect. It is not sent again blindly, because names need not be unique. "+
				"List the sets (data source livestation_quality_sets). If there is a new one of this name, import it before you apply again: "+
				"terraform import livestation_quality_set.NAME QUALITY_SET_ID", err, name))
	case apierror.Is(err, apierror.Gone):
		return diag.NewAttributeErrorDiagnostic(path.Root("quality_profile_ids"), "Quality set was not created", fmt.Sprintf(
			"Set %q: %s\n\nOne of `quality_profile_ids` is no profile of this account; the data source livestation_quality_profiles lists them.", name, err))
	}
	return livestation.AtBlamed(diag.NewErrorDiagnostic("Quality set was not created", fmt.Sprintf("Set %q: %s", name, livestation.Explain(err))), err, map[string]path.Path{
		"name": path.Root("name"), "qualityIds": path.Root("quality_profile_ids"), "isEnabledUll": path.Root("low_latency"), "segmentDuration": path.Root("segment_duration"),
		"segmentCount": path.Root("segment_count"), "enableHlsTimedMetadata": path.Root("timed_metadata"), "timedMetadata": path.Root("timed_metadata"),
	})
}

func (r *setResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state setModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := state.QualitySetID.ValueInt64()
	client.ClaimQualitySet(id)
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("quality_set_id"), id)...)
	set, err := client.RefreshQualitySet(ctx, id, func(listed *api.QualitySet) bool { return state.shownBy(ctx, listed) })
	if apierror.Is(err, apierror.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Quality set could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	if set.GenType == api.GenTypeSystem {
		resp.Diagnostics.AddError("Quality set cannot be managed", fmt.Sprintf(
			"Set %d (%s) is the service's own (SYSTEM), which nobody can change or delete. Use the data source livestation_quality_sets, which shows it, instead of a resource.", id, printable.Text(string(set.Name))))
		return
	}
	imported := state.Name.IsNull()
	state.setID(id)
	resp.Diagnostics.Append(state.setFromAPI(ctx, set)...)
	if imported && set.TimedMetadata == nil && !set.EnableTimedMetadata.Valid {
		resp.Diagnostics.Append(incompleteImport.Save(ctx, resp.Private, true)...)
	}
	r.service.QualitySets.Read(planwarnings.Held{ID: state.ID.ValueString(), Like: state.Name.ValueString()})
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

func (r *setResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state setModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("quality_set_id"), state.QualitySetID)...)
	timeout, diags := plan.Timeouts.Update(ctx, updateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	edited := plan.editedAttribute(state)
	if edited != "" { // Changed timeouts need no service.
		resp.Diagnostics.Append(diags...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "update", timeout)
	defer cancel()
	if edited != "" {
		if set, err := client.UpdateQualitySet(ctx, state.QualitySetID.ValueInt64(), plan.segments()); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root(edited), "Quality set was not changed", fmt.Sprintf("Set %d (%s): %s\n\nThe next refresh shows what it has now.",
				state.QualitySetID.ValueInt64(), service.Printable(state.Name), livestation.Explain(err)))
			plan.SegmentDuration, plan.SegmentCount = state.SegmentDuration, state.SegmentCount
			if set != nil {
				resp.Diagnostics.Append(plan.setFromAPI(ctx, set)...)
			}
		}
	}
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *setResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state setModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, deleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	if err := client.DeleteQualitySet(ctx, state.QualitySetID.ValueInt64()); err != nil {
		hint := ""
		if errors.Is(err, api.ErrInUse) {
			hint = "\n\nDelete or replace the channels that use it first. If they are in this configuration, refer to the set by its attribute (livestation_quality_set.NAME.quality_set_id), " +
				"so that they go first. With `create_before_destroy` they may go only with the next apply: apply again, and leave it out."
		}
		resp.Diagnostics.AddError("Quality set was not deleted", fmt.Sprintf("%s%s\n\nSet %d (%s) stays in state.",
			livestation.Explain(err), hint, state.QualitySetID.ValueInt64(), service.Printable(state.Name)))
	}
}

func (r *setResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	validate.ImportNumber(ctx, req, "quality_set_id", "livestation_quality_set.NAME 4501", resp)
}
