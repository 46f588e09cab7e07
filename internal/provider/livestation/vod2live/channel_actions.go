package vod2live

import (
	"github.com/hashicorp/terraform-plugin-framework/action"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

var channelKind = livestation.ChannelKind{
	Noun: "VOD2LIVE channel", Infix: "vod2live_channel",
	Off:   "What it broadcasts ends, and a schedule that waits on it may be deleted by that. One that has neither has nothing to turn off: that is an error which names the status.",
	Calls: func(client *api.Client) *api.Channels { return client.VOD2LIVE },
}

// NewTurnOffAction returns the action `livestation_turn_vod2live_channel_off`.
func NewTurnOffAction() action.Action { return livestation.NewTurnOffAction(channelKind) }

// NewTurnOnAction returns the action `livestation_turn_vod2live_channel_on`.
func NewTurnOnAction() action.Action { return livestation.NewTurnOnAction(channelKind) }
