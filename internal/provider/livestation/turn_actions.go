package livestation

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// ChannelKind is a kind of channel that can be turned off and on.
type ChannelKind struct {
	// Noun is what people call one, such as "VOD2LIVE channel".
	Noun string
	// Infix stands for it in the names of actions, such as "vod2live_channel".
	Infix string
	// Off says what turning one off does beside the rest.
	Off string
	// Calls are the client's calls of the kind.
	Calls func(*api.Client) *api.Channels
}

// turnAction turns a channel off or on.
type turnAction struct {
	kind    ChannelKind
	off     bool
	service *Service
}

var _ action.ActionWithConfigure = (*turnAction)(nil)

// NewTurnOffAction returns the action `livestation_turn_..._off` of a kind.
func NewTurnOffAction(kind ChannelKind) action.Action { return &turnAction{kind: kind, off: true} }

// NewTurnOnAction returns the action `livestation_turn_..._on` of a kind.
func NewTurnOnAction(kind ChannelKind) action.Action { return &turnAction{kind: kind} }

func (a *turnAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "livestation_turn_" + a.kind.Infix + "_on"
	if a.off {
		resp.TypeName = "livestation_turn_" + a.kind.Infix + "_off"
	}
}

func (a *turnAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"channel_id": schema.StringAttribute{
			Required: true, MarkdownDescription: "Id of the " + a.kind.Noun + ".", Validators: []validator.String{validate.RequiredID()},
		},
		"timeout": timeouts.ForAction("How long it may take."),
	}
	description, undone := "Turns a "+a.kind.Noun+" back on after it was turned off. If it is on already, nothing is sent.", "If a configuration manages the channel with `enabled = false`, the next apply turns it off again."
	if a.off {
		undone = "If a configuration manages the channel with `enabled = true`, which is the default, the next apply turns it on again."
		description = "Turns a " + a.kind.Noun + " off. " + a.kind.Off + " If it is off already, nothing is sent."
		attributes["force"] = schema.BoolAttribute{
			Optional: true, MarkdownDescription: "Whether a channel that is streaming may be turned off, which ends the broadcast for all viewers at once. Default `false`: that is refused.",
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: description + "\n\n" + undone + " Cancelling does not undo a request that was accepted.",
		Attributes:          attributes,
	}
}

func (a *turnAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (a *turnAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var channelID, timeout types.String
	var force types.Bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("timeout"), &timeout)...)
	if a.off {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("force"), &force)...)
	}
	client, diags := a.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.OfAction(ctx, timeout)
	defer cancel()
	name := a.kind.Noun + " " + service.Printable(channelID)
	var err error
	if a.off {
		resp.SendProgress(action.InvokeProgressEvent{Message: "Turning " + name + " off"})
		_, err = a.kind.Calls(client).TurnOff(ctx, channelID.ValueString(), force.ValueBool())
	} else {
		resp.SendProgress(action.InvokeProgressEvent{Message: "Turning " + name + " on"})
		_, err = a.kind.Calls(client).TurnOn(ctx, channelID.ValueString())
	}
	switch {
	case err == nil && a.off:
		resp.SendProgress(action.InvokeProgressEvent{Message: "The " + name + " is off"})
	case err == nil:
		resp.SendProgress(action.InvokeProgressEvent{Message: "The " + name + " is on"})
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Channel does not exist", Explain(err)+fmt.Sprintf("\n\n`channel_id` is the id of a %s.", a.kind.Noun))
	case errors.Is(err, api.ErrStreaming):
		resp.Diagnostics.AddAttributeError(path.Root("force"), "Channel is streaming", err.Error()+"\n\nWait until the broadcast is over, or set `force = true` to end it.")
	default:
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Channel was not turned off or on", Explain(err))
	}
}
