package prism

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/fields"
)

// someLive draws a live as the client gives it: its id is known, and its times are RFC 3339.
func someLive(t *rapid.T) *api.Live {
	live := lossless.Draw[api.Live](t, "live")
	live.LiveID = "900017"
	for _, at := range []*string{&live.ReservedAt, &live.StartAt} {
		if *at = ""; rapid.Bool().Draw(t, "time is told") {
			zone := time.FixedZone("", 3600*rapid.IntRange(-12, 14).Draw(t, "zone"))
			*at = time.Unix(rapid.Int64Range(1, 250000000000).Draw(t, "time"), 0).In(zone).Format(time.RFC3339)
		}
	}
	return &live
}

// notes are a private state.
type notes map[string]string

func (n notes) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	n[key] = string(value)
	return nil
}

// What a session's live says is in state, save the counts of its audience, which move; and said again it changes nothing.
func TestSessionLosesNothingOfALive(t *testing.T) {
	t.Parallel()
	state := lossless.ResourceState(&liveSessionResource{})
	rapid.Check(t, func(t *rapid.T) {
		live := someLive(t)
		model := lossless.ThroughState(t, state, newLiveSessionModel(context.Background(), live))
		lossless.MustHold(t, live, model, lossless.Names{"LiveStat": ""})
		again := model
		if again.fill(live); !reflect.DeepEqual(again, model) {
			t.Errorf("the same live changes %v to %v", model, again)
		}
		noted, told := notes{}, !model.RTMPPath.IsNull()
		if diags := model.withhold(context.Background(), false, noted); diags.HasError() || !model.RTMPPath.IsNull() || (noted[rtmpPathWithheld] != "") != told {
			t.Errorf("a secret stays, or it is not noted that one was left out: %v, %v", noted, diags)
		}
	})
}

// An answer that leaves something out takes nothing out of state, save what the live is doing now.
func TestSessionKeepsWhatAnAnswerLeavesOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		full := newLiveSessionModel(context.Background(), someLive(t))
		less := full
		less.fill(&api.Live{LiveID: "900017"})
		if !less.Status.IsNull() || !less.StartAt.IsNull() {
			t.Errorf("status %v and start %v are left over", less.Status, less.StartAt)
		}
		if less.Status, less.StartAt = full.Status, full.StartAt; !reflect.DeepEqual(less, full) {
			t.Errorf("%v became %v", full, less)
		}
	})
}

// A reserved live keeps what was ordered, and an imported one takes over all that the service says and that the resource has.
func TestReservedLiveLosesNothing(t *testing.T) {
	t.Parallel()
	state := lossless.ResourceState(&liveResource{})
	rapid.Check(t, func(t *rapid.T) {
		live, other := someLive(t), someLive(t)
		var model liveResourceModel
		model.LiveID, model.ID = textOrNull(live.LiveID), textOrNull(live.LiveID)
		model.fill(live)
		model = lossless.ThroughState(t, state, model)
		lossless.MustHold(t, live, model, lossless.Names{"StartAt": "", "RTMPPath": "", "Status": "", "LiveStat": ""})
		again := model
		if again.fill(live); !reflect.DeepEqual(again, model) {
			t.Errorf("the same live changes %v to %v", model, again)
		}
		again.fill(other)
		if !model.Title.IsNull() && !again.Title.Equal(model.Title) || !model.ChannelID.IsNull() && !again.ChannelID.Equal(model.ChannelID) {
			t.Errorf("what was ordered became %v, was %v", again, model)
		}
	})
}

func TestLiveDataSourcesLoseNothing(t *testing.T) {
	t.Parallel()
	one, list := lossless.DataState(&liveDataSource{}), lossless.DataState(&channelLivesDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		live := someLive(t)
		model := lossless.ThroughState(t, one, liveDataSourceModel{liveModel: newLiveModel(live, true), ChannelID: textOrNull(live.ChannelID)})
		lossless.MustHold(t, live, model, nil)
		list.Raw = tftypes.NewValue(list.Schema.Type().TerraformType(t.Context()), nil)
		lives := []*api.Live{live, someLive(t)}
		diags := fields.SetRows(t.Context(), &list, &channelLivesModel{ChannelID: textOrNull("4100")}, liveRows(lives, true))
		var all struct {
			Lives types.List `tfsdk:"lives"`
		}
		diags.Append(fields.Get(t.Context(), list, &all)...)
		var first liveModel
		object, ok := all.Lives.Elements()[0].(types.Object)
		diags.Append(fields.FromObject(object, &first)...)
		if !ok || diags.HasError() {
			t.Fatal(diags)
		}
		lossless.MustHold(t, live, first, lossless.Names{"ChannelID": ""}) // it is that of the list
		if hidden := newLiveModel(live, false); !hidden.RTMPPath.IsNull() {
			t.Error("a secret stays")
		}
	})
}

func TestChannelAndUserDataSourcesLoseNothing(t *testing.T) {
	t.Parallel()
	list, user := lossless.DataState(&channelsDataSource{}), lossless.DataState(&userDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := lossless.Draw[api.Channel](t, "channel")
		channel.ChannelEnabled.Valid = true // a service that does not tell it means true
		model := lossless.ThroughState(t, list, channelsModel{UserName: textOrNull("u"), Channels: []channelModel{newChannelModel(&channel)}})
		lossless.MustHold(t, &channel, model.Channels[0], nil)
		said := lossless.Draw[api.User](t, "user")
		lossless.MustHold(t, &said, lossless.ThroughState(t, user, *newUserModel(&said)), nil)
	})
}
