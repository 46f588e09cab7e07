package quality

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// profileResource is one rendition of a stream, which the service cannot change.
type profileResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure      = (*profileResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*profileResource)(nil)
	_ resource.ResourceWithIdentity       = (*profileResource)(nil)
	_ resource.ResourceWithImportState    = (*profileResource)(nil)
	_ resource.ResourceWithValidateConfig = (*profileResource)(nil)
)

// NewProfileResource returns the resource `livestation_quality_profile`.
func NewProfileResource() resource.Resource { return &profileResource{} }

func (r *profileResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_quality_profile"
}

// How long the operations on both kinds of objects may take.
const (
	createTimeout = 5 * time.Minute
	updateTimeout = 5 * time.Minute
	deleteTimeout = 5 * time.Minute
)

func (r *profileResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *profileResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan profileModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	input, diags := plan.input()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()
	id, found, err := client.CreateQualityProfile(ctx, input)
	if err != nil {
		resp.Diagnostics.Append(profileCreateError(input.Name, err))
		return
	}
	// The id is in state before anything else can fail.
	saved := plan
	saved.setID(id)
	resp.Diagnostics.Append(saved.fillUnknown(nil)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &saved)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("quality_profile_id"), id)...)
	if found {
		resp.Diagnostics.AddWarning("Answer to the creation was lost", fmt.Sprintf(
			"The service sent no usable response, but then showed exactly one new profile of this name and these values: %d. It is assumed to be the one requested.", id))
	}
	profile, err := client.QualityProfile(ctx, id)
	if err != nil {
		resp.Diagnostics.AddWarning("Quality profile could not be read back", livestation.Explain(err)+"\n\nThe service has accepted the creation of the profile. The next refresh fills in what the service chose; if the profile is gone by then, it is removed from state.")
	}
	plan.setID(id)
	resp.Diagnostics.Append(plan.fillUnknown(profile)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func profileCreateError(name string, err error) diag.Diagnostic {
	if apierror.Is(err, apierror.Lost) {
		return diag.NewErrorDiagnostic("Quality profile may have been created", fmt.Sprintf(
			"%s\n\nThe request to make profile %q was sent, and no response shows whether it took effect. It is not sent again blindly, because names need not be unique. "+
				"List the profiles (data source livestation_quality_profiles). If there is a new one of this name, import it before you apply again: "+
				"terraform import livestation_quality_profile.NAME QUALITY_PROFILE_ID", err, name))
	}
	video, audio := path.Root("video"), path.Root("audio")
	return livestation.AtBlamed(diag.NewErrorDiagnostic("Quality profile was not created", fmt.Sprintf("Profile %q: %s", name, livestation.Explain(err))), err, map[string]path.Path{
		"name": path.Root("name"), "type": path.Root("type"), "video": video, "audio": audio,
		"video.codec": video.AtName("codec"), "video.profile": video.AtName("profile"), "video.width": video.AtName("width"), "video.height": video.AtName("height"),
		"video.fps": video.AtName("fps"), "video.bitrate": video.AtName("bitrate"), "video.rateControl": video.AtName("rate_control"), "video.bframes": video.AtName("bframes"),
		"video.orientation": video.AtName("orientation"), "audio.codec": audio.AtName("codec"), "audio.profile": audio.AtName("profile"),
		"audio.samplerate": audio.AtName("sample_rate"), "audio.channels": audio.AtName("channels"), "audio.bitrate": audio.AtName("bitrate"),
	})
}

func (r *profileResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state profileModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := state.QualityProfileID.ValueInt64()
	client.ClaimQualityProfile(id)
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("quality_profile_id"), id)...)
	profile, err := client.RefreshQualityProfile(ctx, id, state.shownBy)
	if apierror.Is(err, apierror.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Quality profile could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	if why := unmanageable(profile); why != "" {
		resp.Diagnostics.AddError("Quality profile cannot be managed", fmt.Sprintf(
			"Profile %d (%s) %s. Use the data source livestation_quality_profiles, which shows it, instead of a resource.", id, printable.Text(string(profile.Name)), why))
		return
	}
	imported := state.Name.IsNull()
	state.setID(id)
	resp.Diagnostics.Append(state.setFromAPI(profile)...)
	if imported && !state.isComplete() {
		resp.Diagnostics.Append(incompleteImport.Save(ctx, resp.Private, true)...)
	}
	r.service.QualityProfiles.Read(planwarnings.Held{ID: state.ID.ValueString(), Like: state.Name.ValueString()})
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

// unmanageable says why a profile cannot be managed, "" if it can.
func unmanageable(profile *api.QualityProfile) string {
	switch {
	case profile.GenType == api.GenTypeSystem:
		return "is the service's own (SYSTEM), which nobody can change or delete"
	case profile.Type != "" && profile.Type != typeNormal && profile.Type != typeAudio:
		return "is of type " + printable.Text(string(profile.Type)) + ", which cannot be made"
	}
	return ""
}

// Update only records changed timeouts, and what the service has not reported of an imported profile.
func (r *profileResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan profileModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("quality_profile_id"), plan.QualityProfileID)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *profileResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state profileModel
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
	if err := client.DeleteQualityProfile(ctx, state.QualityProfileID.ValueInt64()); err != nil {
		hint := ""
		if errors.Is(err, api.ErrInUse) {
			hint = "\n\nDelete or replace the quality sets that use it first. If they are in this configuration, refer to the profile by its attribute (livestation_quality_profile.NAME.quality_profile_id), " +
				"so that they go first. With `create_before_destroy` they may go only with the next apply: apply again, and leave it out."
		}
		resp.Diagnostics.AddError("Quality profile was not deleted", fmt.Sprintf("%s%s\n\nProfile %d (%s) stays in state.",
			livestation.Explain(err), hint, state.QualityProfileID.ValueInt64(), service.Printable(state.Name)))
	}
}

func (r *profileResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	validate.ImportNumber(ctx, req, "quality_profile_id", "livestation_quality_profile.NAME 3102", resp)
}
