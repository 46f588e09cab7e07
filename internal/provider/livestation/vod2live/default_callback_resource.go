package vod2live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// defaultCallbackResource is where events of channels go that have no callback endpoint of their own. An account has one.
type defaultCallbackResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure   = (*defaultCallbackResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*defaultCallbackResource)(nil)
	_ resource.ResourceWithImportState = (*defaultCallbackResource)(nil)
)

// NewDefaultCallbackResource returns the resource `livestation_default_callback`.
func NewDefaultCallbackResource() resource.Resource { return &defaultCallbackResource{} }

// defaultCallbackID is the id in state, whatever it was imported with.
const defaultCallbackID = "default"

// defaultCallbackModel mirrors the schema.
type defaultCallbackModel struct {
	CallbackURL types.String `tfsdk:"callback_url"`
	ID          types.String `tfsdk:"id"`
}

func (r *defaultCallbackResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_default_callback"
}

func (r *defaultCallbackResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets the URL to which Live Station reports the events of every channel, of any kind, without its own `callback_endpoint`. An account has one default callback, so use this resource once per account.\n\n" +
			"It cannot be unset through the API. Destroying the resource only removes it from state: the service continues to report to the URL.",
		Attributes: map[string]schema.Attribute{
			"callback_url": schema.StringAttribute{
				Required: true, Sensitive: true,
				MarkdownDescription: "`https` URL to which events are posted. The service documents no signature, so put a secret into the query, by which the receiver recognises the caller. It changes in place.",
				Validators:          []validator.String{livestation.SecureCallbackURL()},
			},
			"id": schema.StringAttribute{
				Computed: true, MarkdownDescription: "Always `default`.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

func (r *defaultCallbackResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

// ModifyPlan warns where a plan takes the place of what somebody else has set, and that a destroy leaves it.
func (r *defaultCallbackResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	switch {
	case r.service == nil:
	case req.Plan.Raw.IsNull():
		resp.Diagnostics.Append(callbackStays())
	case req.State.Raw.IsNull() && !planwarnings.InApply(req):
		var plan defaultCallbackModel
		resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
		client, _ := r.service.PlanClient() // what is missing is told by the apply
		if client == nil || resp.Diagnostics.HasError() {
			return
		}
		r.service.HideCallback(plan.CallbackURL)
		ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
		defer cancel()
		if shown, err := client.DefaultCallback(ctx); err == nil && shown != "" && !livestation.CallbackOrPrior(plan.CallbackURL, shown, false).Equal(plan.CallbackURL) {
			resp.Diagnostics.AddAttributeWarning(path.Root("callback_url"), "The account has a default callback already",
				"Applying this replaces it for all channels that have none of their own, and the service does not keep the one before. If it is meant to stay, import it: "+
					"terraform import livestation_default_callback.NAME default")
		}
	}
}

func (r *defaultCallbackResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan defaultCallbackModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	if !r.set(ctx, plan, &resp.Diagnostics) {
		return
	}
	plan.ID = types.StringValue(defaultCallbackID)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *defaultCallbackResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state defaultCallbackModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.service.HideCallback(state.CallbackURL)
	shown, err := client.DefaultCallback(ctx)
	switch {
	case err != nil:
		resp.Diagnostics.AddError("Default callback could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	case shown == "":
		resp.State.RemoveResource(ctx)
		return
	}
	state.ID, state.CallbackURL = types.StringValue(defaultCallbackID), livestation.CallbackOrPrior(state.CallbackURL, shown, false)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

func (r *defaultCallbackResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state defaultCallbackModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	r.service.HideCallback(state.CallbackURL) // The service may still show the one before.
	if r.set(ctx, plan, &resp.Diagnostics) {
		resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	}
}

// set registers the URL, and reports whether it is.
func (r *defaultCallbackResource) set(ctx context.Context, plan defaultCallbackModel, diags *diag.Diagnostics) bool {
	client, more := r.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		return false
	}
	err := client.SetDefaultCallback(ctx, plan.CallbackURL.ValueString())
	if err == nil {
		return true
	}
	then := "Nothing was changed."
	if apierror.Is(err, apierror.Lost) {
		then = "It was sent, and no response shows whether it took effect. Apply again: setting it twice does no harm."
	}
	diags.AddAttributeError(path.Root("callback_url"), "Default callback was not set", fmt.Sprintf("%s\n\n%s", livestation.Explain(err), then))
	return false
}

func (r *defaultCallbackResource) Delete(_ context.Context, _ resource.DeleteRequest, resp *resource.DeleteResponse) {
	resp.Diagnostics.Append(callbackStays())
}

func callbackStays() diag.Diagnostic {
	return diag.NewWarningDiagnostic("The service keeps the default callback",
		"Live Station has no way to unset it. Destroying the resource only forgets it, and the service keeps reporting to the URL until another one is set.")
}

func (r *defaultCallbackResource) ImportState(ctx context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), defaultCallbackID)...)
}
