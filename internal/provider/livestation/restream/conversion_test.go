package restream

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// someChannel draws a channel with up to five targets that have ids, and whose keys are shown.
func someChannel(t *rapid.T) *api.RestreamChannel {
	channel := lossless.Draw[api.RestreamChannel](t, "channel")
	channel.ChannelID, channel.StreamKey = "ls-1", lossless.Secret(t, "ingest key")
	for i := range channel.Restream {
		target := &channel.Restream[i]
		target.PlatformID = lenientjson.String(fmt.Sprint(4000 + i))
		target.TargetName = lenientjson.String(rapid.SampledFrom(targetNames).Draw(t, "target name"))
		target.RTMPURL = lenientjson.String("rtmp://a.example.com/" + rapid.StringMatching(`[a-z0-9]{0,8}`).Draw(t, "rtmp url"))
		target.StreamKey = lossless.Secret(t, "key")
	}
	return &channel
}

// moving are the members of a channel that move by themselves, which only data sources have.
var moving = lossless.Names{
	"ChannelStatus": "", "IsPublishing": "", "PlatformCount": "", "TotalPublishSeconds": "", "RecentPublishTime": "", "RecentPublishStartTime": "",
	"AlertOn": "", "AlertOptions": "", "Restream": "", "CallbackEndpoint": "",
}

// What a channel says is in state, targets and their keys too; it can be made again from there; and said again it changes
// nothing.
func TestRestreamChannelLosesNothing(t *testing.T) {
	t.Parallel()
	ctx, state := context.Background(), lossless.ResourceState(&channelResource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := someChannel(t)
		model := channelModel{ChannelID: types.StringValue("ls-1"), ID: types.StringValue("ls-1"), Timeouts: timeouts.None(ctx, &channelResource{})}
		model.setFromAPI(channel)
		targets := targetModels{}.refresh(channel.Restream, nil, true)
		written := tfsdk.State{Schema: state.Schema, Raw: tftypes.NewValue(state.Schema.Type().TerraformType(ctx), nil)}
		if diags := model.save(ctx, &written.Raw, targets, true); diags.HasError() {
			t.Fatal(diags)
		}
		var back channelModel
		if diags := written.Get(ctx, &back); diags.HasError() {
			t.Fatal(diags)
		}
		lossless.MustHold(t, channel, back, moving)
		kept, known, diags := targetsOf(back.Restream)
		if !known || diags.HasError() || len(kept) != len(channel.Restream) {
			t.Fatalf("%d targets of %d are in state: %v", len(kept), len(channel.Restream), diags)
		}
		byID := map[string]targetModel{}
		for _, target := range kept {
			byID[target.PlatformID.ValueString()] = target
		}
		for _, said := range channel.Restream {
			held := byID[string(said.PlatformID)]
			want := api.PlatformInput{TargetName: string(said.TargetName), RTMPURL: string(said.RTMPURL), StreamKey: string(said.StreamKey), ID: string(said.ID)}
			if got := held.input(); got != want {
				t.Errorf("target %s can be made again as %+v, want %+v", said.PlatformID, got, want)
			}
			if edit := held.edit(); edit != (api.PlatformEdit{RTMPURL: want.RTMPURL, StreamKey: want.StreamKey, ID: want.ID}) {
				t.Errorf("target %s can be changed to %+v", said.PlatformID, edit)
			}
		}
		if again := kept.refresh(channel.Restream, nil, true); !same(again, kept) {
			t.Errorf("the same targets change %v to %v", kept, again)
		}
		again := back
		if again.setFromAPI(channel); !reflect.DeepEqual(again, back) {
			t.Errorf("the same channel changes %v to %v", back, again)
		}
		if again.setFromAPI(&api.RestreamChannel{ChannelID: "ls-1"}); !reflect.DeepEqual(again, back) {
			t.Errorf("an answer that leaves everything out changes %v to %v", back, again)
		}
	})
}

// Nothing secret is written where secrets do not belong in state, whatever the channel says.
func TestRestreamChannelWithholdsSecrets(t *testing.T) {
	t.Parallel()
	ctx, state := context.Background(), lossless.ResourceState(&channelResource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := someChannel(t)
		model := channelModel{Timeouts: timeouts.None(ctx, &channelResource{})}
		model.setFromAPI(channel)
		written := tfsdk.State{Schema: state.Schema, Raw: tftypes.NewValue(state.Schema.Type().TerraformType(ctx), nil)}
		if diags := model.save(ctx, &written.Raw, targetModels{}.refresh(channel.Restream, fingerprints{}, false), false); diags.HasError() {
			t.Fatal(diags)
		}
		var key types.String
		if diags := written.GetAttribute(ctx, path.Root("stream_key"), &key); diags.HasError() || !key.IsNull() {
			t.Errorf("the ingest key is in state: %v, %v", key, diags)
		}
		var back channelModel
		written.Get(ctx, &back)
		targets, _, _ := targetsOf(back.Restream)
		for label, target := range targets {
			if !target.StreamKey.IsNull() || !target.StreamKeyWO.IsNull() || !target.AuthPassword.IsNull() || !target.AuthPasswordWO.IsNull() {
				t.Errorf("a secret of %q is in state: %v", label, target)
			}
		}
	})
}

// ofPlatforms is how the attributes of targets are called.
var ofPlatforms = lossless.Names{"RTMPURL": "rtmp_url", "ID": "auth_id", "Password": "auth_password", "TotalPlaySecond": "total_play_seconds"}

func TestRestreamChannelDataSourcesLoseNothing(t *testing.T) {
	t.Parallel()
	one, list := lossless.DataState(&channelDataSource{}), lossless.DataState(&channelsDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := someChannel(t)
		for i := range channel.Restream {
			channel.Restream[i].Password = lossless.Secret(t, "password")
		}
		recent := channel.RecentPublish()
		model := lossless.ThroughState(t, one, channelDataModel{newChannelListModel(channel, true), newTargetHealthModels(channel.Restream, true)})
		lossless.MustHold(t, channel, model, lossless.Names{"Restream": "", "RecentPublishTime": "", "RecentPublishStartTime": ""})
		if !model.RecentPublishTime.Equal(livestation.UTC(recent)) {
			t.Errorf("streamed last at %v, want %s", model.RecentPublishTime, recent)
		}
		for i, target := range channel.Restream {
			lossless.MustHold(t, target, model.Restream[i], ofPlatforms)
		}
		all := lossless.ThroughState(t, list, channelsModel{Channels: []channelListModel{newChannelListModel(channel, true)}})
		lossless.MustHold(t, channel, all.Channels[0], lossless.Names{"Restream": "", "RecentPublishTime": "", "RecentPublishStartTime": ""})
		if hidden := newChannelListModel(channel, false); !hidden.StreamKey.IsNull() {
			t.Error("a secret stays")
		}
	})
}

func TestEventsLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		event := lossless.Draw[api.Event](t, "event")
		lossless.MustHold(t, event, newEventModel(event), lossless.Names{"Timestamp": "time", "ChannelID": ""}) // the channel is the one asked about
	})
}

func TestTargetTypeMatchesItsSchema(t *testing.T) {
	t.Parallel()
	described := targetSchema()
	described.CustomType = nil
	if derived := described.Type(); !derived.Equal(targetType) {
		t.Errorf("the schema describes %s, and the type is %s", derived, targetType)
	}
}
