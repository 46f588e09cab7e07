package channel

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
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

var channelKind = livestation.ChannelKind{
	Noun: "channel", Infix: "channel", Off: "It then accepts no stream.",
	Calls: func(client *api.Client) *api.Channels { return client.General },
}

// NewTurnOffAction returns the action `livestation_turn_channel_off`.
func NewTurnOffAction() action.Action { return livestation.NewTurnOffAction(channelKind) }

// NewTurnOnAction returns the action `livestation_turn_channel_on`.
func NewTurnOnAction() action.Action { return livestation.NewTurnOnAction(channelKind) }

// broadcastAction does one thing to a channel that is on air.
type broadcastAction struct {
	service *livestation.Service
	of      broadcastCall
}

// broadcastCall is what an action does, and how its progress and plan describe it.
type broadcastCall struct {
	typeName, description string
	doing, done           string // as in "Starting to record", "is recorded"
	// warn is what a plan says of it; "" if there is nothing to say.
	warn func(channel *api.Channel) (summary, detail string)
	call func(ctx context.Context, client *api.Client, channelID string) error
}

var (
	_ action.ActionWithConfigure  = (*broadcastAction)(nil)
	_ action.ActionWithModifyPlan = (*broadcastAction)(nil)
)

// NewSwitchStreamAction returns the action `livestation_switch_stream`.
func NewSwitchStreamAction() action.Action {
	return &broadcastAction{of: broadcastCall{
		typeName: "livestation_switch_stream",
		description: "Switches a channel that is on air from its main stream to its backup, or back. It requires `is_stream_fail_over`. The service does not report which of the two viewers see, so each " +
			"invocation switches to the other one.",
		doing: "Switching the stream of channel", done: "has switched its stream", call: func(ctx context.Context, client *api.Client, id string) error { return client.SwitchStream(ctx, id) },
		warn: func(channel *api.Channel) (string, string) {
			if channel.Publishing() {
				return "The stream of channel %s will be switched", "It is on air. Viewers see the other of its two streams from then on; if no encoder sends that one, they see nothing."
			}
			return notOnAir, "Applying this will be refused until that changes."
		},
	}}
}

// NewStartRecordingAction returns the action `livestation_start_recording`.
func NewStartRecordingAction() action.Action {
	return &broadcastAction{of: broadcastCall{
		typeName: "livestation_start_recording",
		description: "Starts recording a channel that is on air, according to its `record`. If it is being recorded already, nothing is sent. Without an upload to a bucket, the " +
			"service keeps recordings for three days.",
		doing: "Starting to record channel", done: "is being recorded", call: func(ctx context.Context, client *api.Client, id string) error { return client.StartRecording(ctx, id) },
		warn: func(channel *api.Channel) (string, string) {
			if channel.Publishing() {
				return "", ""
			}
			return notOnAir, "Applying this will be refused until that changes."
		},
	}}
}

// NewStopRecordingAction returns the action `livestation_stop_recording`.
func NewStopRecordingAction() action.Action {
	return &broadcastAction{of: broadcastCall{
		typeName:    "livestation_stop_recording",
		description: "Ends the recording of a channel, **and a curtain that is on**: the service ends both. The broadcast continues. If nothing is being recorded, nothing is sent.",
		doing:       "Ending the recording of channel", done: "is not being recorded",
		call: func(ctx context.Context, client *api.Client, id string) error { return client.StopRecording(ctx, id) },
		warn: func(channel *api.Channel) (string, string) {
			if channel.Publishing() && (channel.IsRecording.Value || !channel.IsRecording.Valid) {
				return "The recording of channel %s will end", "A curtain that is on ends with it, and viewers see the channel's picture again."
			}
			return "", ""
		},
	}}
}

const notOnAir = "Channel %s is not on air"

func (a *broadcastAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.of.typeName
}

func (a *broadcastAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: a.of.description + "\n\nCancelling does not undo a request that was accepted.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Gn7Ch`.", Validators: []validator.String{validate.RequiredID()},
			},
			"timeout": timeouts.ForAction("How long it may take."),
		},
	}
}

func (a *broadcastAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

// ModifyPlan warns of what viewers will see, and of what would make the action fail now. It never refuses.
func (a *broadcastAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var channelID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	if a.service == nil || resp.Diagnostics.HasError() {
		return
	}
	channel, diags := livestation.ChannelOfAction(ctx, a.service, channelKind.Calls, channelID)
	resp.Diagnostics.Append(diags...)
	if channel == nil {
		return
	}
	switch summary, detail := a.of.warn(channel); {
	case summary == notOnAir:
		resp.Diagnostics.AddAttributeWarning(path.Root("channel_id"), fmt.Sprintf("Channel %s is not on air", service.Printable(channelID)), detail)
	case summary != "":
		resp.Diagnostics.AddAttributeWarning(path.Root("channel_id"), fmt.Sprintf("Viewers of channel %s are affected", service.Printable(channelID)), fmt.Sprintf(summary, service.Printable(channelID))+". "+detail)
	}
}

func (a *broadcastAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var channelID, timeout types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("timeout"), &timeout)...)
	client, diags := a.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.OfAction(ctx, timeout)
	defer cancel()
	id, at := service.Printable(channelID), path.Root("channel_id")
	resp.SendProgress(action.InvokeProgressEvent{Message: a.of.doing + " " + id})
	err := a.of.call(ctx, client, channelID.ValueString())
	switch {
	case err == nil:
		resp.SendProgress(action.InvokeProgressEvent{Message: "Channel " + id + " " + a.of.done})
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.AddAttributeError(at, "Channel does not exist", livestation.Explain(err)+"\n\n`channel_id` is the id of a general channel.")
	case apierror.Is(err, apierror.Lost):
		resp.Diagnostics.AddAttributeError(at, "The action may have had its effect", err.Error()+"\n\nThe request was sent, and no answer proves what became of it. Look at the broadcast before you invoke it again.")
	case errors.Is(err, api.ErrNotPublishing):
		resp.Diagnostics.AddAttributeError(at, fmt.Sprintf("Channel %s is not on air", id), err.Error()+"\n\nInvoke the action once an encoder sends.")
	default:
		resp.Diagnostics.AddAttributeError(at, "The action had no effect", livestation.Explain(err))
	}
}
