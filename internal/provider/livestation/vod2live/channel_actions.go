package vod2live

import (
	"github.com/hashicorp/terraform-plugin-framework/action"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

var channelKind = livestation.ChannelKind{
	Noun: "VOD2LIVE channel", Infix: "vod2live_channel",
	Off:   "A broadcast ends, and a schedule that waits may be deleted by the service. A channel with neither has nothing to turn off, which is an error that names its status.",
	Calls: func(client *api.Client) *api.Channels { return client.VOD2LIVE },
}

// NewTurnOffAction returns the action `livestation_turn_vod2live_channel_off`.
func NewTurnOffAction() action.Action { return livestation.NewTurnOffAction(channelKind) }

// NewTurnOnAction returns the action `livestation_turn_vod2live_channel_on`.
func NewTurnOnAction() action.Action { return livestation.NewTurnOnAction(channelKind) }
