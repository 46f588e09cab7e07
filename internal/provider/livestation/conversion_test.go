package livestation

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/waits"
)

// drawnKey draws a secret that the service shows.
func drawnKey(t *rapid.T, label string) lenientjson.String {
	return lenientjson.String(rapid.StringMatching(`[!-)+-~]{1,20}`).Draw(t, label))
}

// someChannel draws a channel with up to five targets that have ids, and whose keys are shown.
func someChannel(t *rapid.T) *api.RestreamChannel {
	channel := lossless.Draw[api.RestreamChannel](t, "channel")
	channel.ChannelID, channel.StreamKey = "ls-1", drawnKey(t, "ingest key")
	for i := range channel.Restream {
		target := &channel.Restream[i]
		target.PlatformID = lenientjson.String(fmt.Sprint(4000 + i))
		target.TargetName = lenientjson.String(rapid.SampledFrom(targetNames).Draw(t, "target name"))
		target.RTMPURL = lenientjson.String("rtmp://a.example.com/" + rapid.StringMatching(`[a-z0-9]{0,8}`).Draw(t, "rtmp url"))
		target.StreamKey = drawnKey(t, "key")
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
	ctx, state := context.Background(), lossless.ResourceState(&restreamChannelResource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := someChannel(t)
		model := restreamChannelModel{ChannelID: types.StringValue("ls-1"), ID: types.StringValue("ls-1"), Timeouts: waits.None(ctx, &restreamChannelResource{})}
		model.fill(channel)
		targets := restreamTargets{}.refreshed(channel.Restream, nil, true)
		written := tfsdk.State{Schema: state.Schema, Raw: tftypes.NewValue(state.Schema.Type().TerraformType(ctx), nil)}
		if diags := model.save(ctx, &written.Raw, targets, true); diags.HasError() {
			t.Fatal(diags)
		}
		var back restreamChannelModel
		if diags := written.Get(ctx, &back); diags.HasError() {
			t.Fatal(diags)
		}
		lossless.MustHold(t, channel, back, moving)
		kept, known, diags := targetsOf(back.Restream)
		if !known || diags.HasError() || len(kept) != len(channel.Restream) {
			t.Fatalf("%d targets of %d are in state: %v", len(kept), len(channel.Restream), diags)
		}
		byID := map[string]restreamTarget{}
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
		if again := kept.refreshed(channel.Restream, nil, true); !same(again, kept) {
			t.Errorf("the same targets change %v to %v", kept, again)
		}
		again := back
		if again.fill(channel); !reflect.DeepEqual(again, back) {
			t.Errorf("the same channel changes %v to %v", back, again)
		}
		if again.fill(&api.RestreamChannel{ChannelID: "ls-1"}); !reflect.DeepEqual(again, back) {
			t.Errorf("an answer that leaves everything out changes %v to %v", back, again)
		}
	})
}

// Nothing secret is written where secrets do not belong in state, whatever the channel says.
func TestRestreamChannelWithholdsSecrets(t *testing.T) {
	t.Parallel()
	ctx, state := context.Background(), lossless.ResourceState(&restreamChannelResource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := someChannel(t)
		model := restreamChannelModel{Timeouts: waits.None(ctx, &restreamChannelResource{})}
		model.fill(channel)
		written := tfsdk.State{Schema: state.Schema, Raw: tftypes.NewValue(state.Schema.Type().TerraformType(ctx), nil)}
		if diags := model.save(ctx, &written.Raw, restreamTargets{}.refreshed(channel.Restream, nil, false), false); diags.HasError() {
			t.Fatal(diags)
		}
		var key types.String
		if diags := written.GetAttribute(ctx, path.Root("stream_key"), &key); diags.HasError() || !key.IsNull() {
			t.Errorf("the ingest key is in state: %v, %v", key, diags)
		}
		var back restreamChannelModel
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
	one, list := lossless.DataState(&restreamChannelDataSource{}), lossless.DataState(&restreamChannelsDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := someChannel(t)
		for i := range channel.Restream {
			channel.Restream[i].Password = drawnKey(t, "password")
		}
		recent := channel.RecentPublish()
		model := lossless.ThroughState(t, one, restreamChannelDataModel{newRestreamChannelListModel(channel, true), newRestreamTargetHealth(channel.Restream, true)})
		lossless.MustHold(t, channel, model, lossless.Names{"Restream": "", "RecentPublishTime": "", "RecentPublishStartTime": ""})
		if !model.RecentPublishTime.Equal(utc(recent)) {
			t.Errorf("streamed last at %v, want %s", model.RecentPublishTime, recent)
		}
		for i, target := range channel.Restream {
			lossless.MustHold(t, target, model.Restream[i], ofPlatforms)
		}
		all := lossless.ThroughState(t, list, restreamChannelsModel{Channels: []restreamChannelListModel{newRestreamChannelListModel(channel, true)}})
		lossless.MustHold(t, channel, all.Channels[0], lossless.Names{"Restream": "", "RecentPublishTime": "", "RecentPublishStartTime": ""})
		if hidden := newRestreamChannelListModel(channel, false); !hidden.StreamKey.IsNull() {
			t.Error("a secret stays")
		}
	})
}

func TestGeneralChannelDataSourceLosesNothing(t *testing.T) {
	t.Parallel()
	state := lossless.DataState(&channelDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := lossless.Draw[api.Channel](t, "channel")
		channel.StreamKey, channel.BackupStreamKey = drawnKey(t, "key"), drawnKey(t, "backup key")
		model := lossless.ThroughState(t, state, newChannelModel(&channel, true))
		lossless.MustHold(t, &channel, model, lossless.Names{"RecentPublishTime": "", "RecentPublishStartTime": "", "IsLiveCurtain": ""}) // the last is not documented
		if hidden := newChannelModel(&channel, false); !hidden.StreamKey.IsNull() || !hidden.BackupStreamKey.IsNull() {
			t.Error("a secret stays")
		}
	})
}

// ofContents is how the attributes of curtain contents are called.
var ofContents = lossless.Names{"ID": "content_id", "RegisterTime": "registered_time"}

func TestCurtainContentLosesNothing(t *testing.T) {
	t.Parallel()
	ctx, state, list := context.Background(), lossless.ResourceState(&curtainContentResource{}), lossless.DataState(&curtainContentsDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		content := lossless.Draw[api.CurtainContent](t, "content")
		content.ID = lenientjson.Int{Value: rapid.Int64Range(1, 1<<62).Draw(t, "id"), Valid: true}
		var files []api.ContentInput
		for i := range content.Input {
			file := api.ContentInput{BucketName: rapid.StringMatching(`[a-z0-9.-]{3,20}`).Draw(t, "bucket"), FilePath: "/" + strings.TrimPrefix(lossless.Text().Draw(t, "path"), "/")}
			files, content.Input[i] = append(files, file), lenientjson.String(file.BucketName+file.FilePath)
		}
		all := lossless.ThroughState(t, list, curtainContentsModel{Contents: []curtainContentListModel{newCurtainContentListModel(&content)}})
		lossless.MustHold(t, &content, all.Contents[0], ofContents)

		model := curtainContentModel{Timeouts: waits.None(ctx, &curtainContentResource{})}
		model.begin(content.ID.Value)
		if diags := model.takeInputs(ctx, &content); diags.HasError() {
			t.Fatal(diags)
		}
		model.fill(&content)
		model = lossless.ThroughState(t, state, model)
		lossless.MustHold(t, &content, model, lossless.Names{"ID": "content_id", "RegisterTime": "registered_time", "UpdatedTime": "", "Input": ""})
		back, diags := model.inputs(ctx)
		if diags.HasError() || fmt.Sprint(back) != fmt.Sprint(append([]api.ContentInput{}, files...)) {
			t.Errorf("the sources came back as %q, want %q: %v", back, files, diags)
		}
		again := model
		if again.fill(&content); !reflect.DeepEqual(again, model) {
			t.Errorf("the same content changes %v to %v", model, again)
		}
	})
}

func TestCurtainLosesNothing(t *testing.T) {
	t.Parallel()
	ctx, state := context.Background(), lossless.ResourceState(&curtainResource{})
	rapid.Check(t, func(t *rapid.T) {
		curtain := &api.Curtain{StartedAt: lossless.Moment().Draw(t, "start"), On: rapid.Bool().Draw(t, "on")}
		curtain.EndsAt = curtain.StartedAt.Add(time.Duration(rapid.IntRange(1, 10).Draw(t, "minutes")) * time.Minute)
		if curtain.EndsAt.Year() > 9999 {
			return
		}
		model := curtainModel{ChannelID: types.StringValue("ls-1"), ContentIDs: types.ListNull(types.Int64Type), Triggers: types.MapNull(types.StringType), Timeouts: waits.None(ctx, &curtainResource{})}
		model.fill(curtain)
		model = lossless.ThroughState(t, state, model)
		if !instant(model.StartedAt).Equal(curtain.StartedAt) || !instant(model.EndsAt).Equal(curtain.EndsAt) || model.IsLiveCurtain.ValueBool() != curtain.On ||
			model.ID.ValueString() != fmt.Sprintf("ls-1/%d", curtain.StartedAt.UnixMilli()) {
			t.Errorf("%+v became %v", curtain, model)
		}
	})
}

// A time of the service is the same moment in state, or null where RFC 3339 cannot write it; nothing panics.
func TestEveryTimeIsTheSameMomentOrNull(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64().Draw(t, "milliseconds"))
		got := utc(at)
		if writable := at.UTC().Year() >= 0 && at.UTC().Year() <= 9999 && !at.IsZero(); got.IsNull() == writable {
			t.Errorf("%s is %v", at, got)
		}
		if back, diags := got.ValueRFC3339Time(); !got.IsNull() && (diags.HasError() || !back.Equal(at)) {
			t.Errorf("%s came back as %s: %v", at, back, diags)
		}
	})
	if !utc(time.Time{}).Equal(timetypes.NewRFC3339Null()) {
		t.Error("no time is not null")
	}
}

func TestEventsLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		event := lossless.Draw[api.Event](t, "event")
		lossless.MustHold(t, event, newRestreamEventModel(event), lossless.Names{"Timestamp": "time"})
	})
}

func TestTheTypeOfATargetIsThatOfItsSchema(t *testing.T) {
	t.Parallel()
	described := restreamTargetSchema()
	described.CustomType = nil
	if derived := described.Type(); !derived.Equal(restreamTargetType) {
		t.Errorf("the schema describes %s, and the type is %s", derived, restreamTargetType)
	}
}
