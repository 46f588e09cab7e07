package live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// startAction starts a live like prism_live_session does, without keeping state.
type startAction struct{ service *prism.Service }

// stopAction stops a live.
type stopAction struct{ service *prism.Service }

var (
	_ action.ActionWithConfigure = (*startAction)(nil)
	_ action.ActionWithConfigure = (*stopAction)(nil)
)

// NewStartAction returns the action `prism_start_live`.
func NewStartAction() action.Action { return &startAction{} }

// NewStopAction returns the action `prism_stop_live`.
func NewStopAction() action.Action { return &stopAction{} }

func (a *startAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "prism_start_live"
}

func (a *stopAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "prism_stop_live"
}

func (a *startAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Starts a live of a PRISM service with the guards of `prism_live_session`: if another live of the channel is on air, the start is refused, and the error names that live. " +
			"If the live is on air already, the start is not sent.\n\nCancelling does not undo a start that was accepted.",
		Attributes: map[string]schema.Attribute{
			"live_id": liveIDArgument(),
			"force_close_existing": schema.BoolAttribute{Optional: true,
				MarkdownDescription: "Whether to close another live that is on air on the channel. Default `false`: the start is refused."},
			"timeout": timeouts.ForAction("How long the start may take, including the wait until the service reports the live as on air."),
		},
	}
}

func (a *stopAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Stops a live of a PRISM service. The broadcast ends for all viewers at once. If the live is not on air, nothing is sent.\n\n" +
			"Cancelling does not undo a stop that was accepted.",
		Attributes: map[string]schema.Attribute{
			"live_id": liveIDArgument(),
			"timeout": timeouts.ForAction("How long the stop may take."),
		},
	}
}

func liveIDArgument() schema.Attribute {
	return schema.StringAttribute{Required: true, MarkdownDescription: "Id of the live.", Validators: []validator.String{validate.RequiredID()}}
}

func (a *startAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.service = service.Of[prism.Service](req.ProviderData, &resp.Diagnostics)
}

func (a *stopAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.service = service.Of[prism.Service](req.ProviderData, &resp.Diagnostics)
}

func (a *startAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config startModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := a.service.Client()
	resp.Diagnostics.Append(diags...)
	ctx, cancel := timeouts.OfAction(ctx, config.Timeout)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	liveID := config.LiveID.ValueString()
	progress(resp, "Checking live "+service.Printable(config.LiveID)+" and its channel")
	started, err := client.Start(ctx, api.StartInput{LiveID: liveID, ForceCloseExisting: config.ForceCloseExisting.ValueBool()})
	if err != nil {
		resp.Diagnostics.Append(startError(liveID, err, forceCloseSteps))
		return
	}
	warnings := startWarnings(started)
	resp.Diagnostics.Append(warnings...)
	switch {
	case started.Adopted:
		progress(resp, "Nothing was sent: the "+started.Live.Describe()+"."+unmanagedHint(started.Live.StartAt == ""))
	case len(warnings) == 0:
		progress(resp, "Started: "+started.Live.Describe())
	}
}

// forceCloseSteps is the next step for users of the action if another live is on air.
func forceCloseSteps(occupied *api.ChannelOccupiedError) string {
	return "End the other live first, or set `force_close_existing = true` to consent to closing it." + unmanagedHint(occupied.SinceUnknown())
}

func (a *stopAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config stopModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := a.service.Client()
	resp.Diagnostics.Append(diags...)
	ctx, cancel := timeouts.OfAction(ctx, config.Timeout)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	liveID := config.LiveID.ValueString()
	progress(resp, "Checking live "+service.Printable(config.LiveID))
	live, err := client.Stop(ctx, api.StopInput{LiveID: liveID})
	resp.Diagnostics.Append(stopErrors(liveID, err)...)
	switch {
	case err != nil:
	case live == nil:
		resp.Diagnostics.Append(stopOfMissingLive(liveID))
	default:
		progress(resp, "No longer on air, or about to end: "+live.Describe())
	}
}

func progress(resp *action.InvokeResponse, message string) {
	resp.SendProgress(action.InvokeProgressEvent{Message: message})
}

// startModel mirrors the schema.
type startModel struct {
	LiveID             types.String `tfsdk:"live_id"`
	ForceCloseExisting types.Bool   `tfsdk:"force_close_existing"`
	Timeout            types.String `tfsdk:"timeout"`
}

// stopModel mirrors the schema.
type stopModel struct {
	LiveID  types.String `tfsdk:"live_id"`
	Timeout types.String `tfsdk:"timeout"`
}
