package live

import (
	"context"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
)

// notes are a private state.
type notes map[string]string

func (n notes) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	n[key] = string(value)
	return nil
}

// What a session's live says is in state, save the counts of its audience, which move; and said again it changes nothing.
func TestSessionLosesNothingOfALive(t *testing.T) {
	t.Parallel()
	state := lossless.ResourceState(&sessionResource{})
	rapid.Check(t, func(t *rapid.T) {
		live := lossless.Live(t)
		model := lossless.ThroughState(t, state, newSessionModel(context.Background(), live))
		lossless.MustHold(t, live, model, lossless.Names{"LiveStat": ""})
		again := model
		if again.setFromAPI(live); !reflect.DeepEqual(again, model) {
			t.Errorf("the same live changes %v to %v", model, again)
		}
		noted, told := notes{}, !model.RTMPPath.IsNull()
		if diags := model.withholdSecrets(context.Background(), false, noted); diags.HasError() || !model.RTMPPath.IsNull() || (noted[string(rtmpPathWithheld)] != "") != told {
			t.Errorf("a secret stays, or it is not noted that one was left out: %v, %v", noted, diags)
		}
	})
}

// An answer that leaves something out takes nothing out of state, save what the live is doing now.
func TestSessionKeepsOmittedValues(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		full := newSessionModel(context.Background(), lossless.Live(t))
		less := full
		less.setFromAPI(&api.Live{LiveID: "900017"})
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
	state := lossless.ResourceState(&reservationResource{})
	rapid.Check(t, func(t *rapid.T) {
		live, other := lossless.Live(t), lossless.Live(t)
		var model reservationModel
		model.LiveID, model.ID = models.TextOrNull(live.LiveID), models.TextOrNull(live.LiveID)
		model.setFromAPI(live)
		model = lossless.ThroughState(t, state, model)
		lossless.MustHold(t, live, model, lossless.Names{"StartAt": "", "RTMPPath": "", "Status": "", "LiveStat": ""})
		again := model
		if again.setFromAPI(live); !reflect.DeepEqual(again, model) {
			t.Errorf("the same live changes %v to %v", model, again)
		}
		again.setFromAPI(other)
		if !model.Title.IsNull() && !again.Title.Equal(model.Title) || !model.ChannelID.IsNull() && !again.ChannelID.Equal(model.ChannelID) {
			t.Errorf("what was ordered became %v, was %v", again, model)
		}
	})
}

func TestLiveDataSourceLosesNothing(t *testing.T) {
	t.Parallel()
	state := lossless.DataState(&dataSource{})
	rapid.Check(t, func(t *rapid.T) {
		live := lossless.Live(t)
		model := lossless.ThroughState(t, state, dataSourceModel{LiveModel: prism.NewLiveModel(live, true), ChannelID: models.TextOrNull(live.ChannelID)})
		lossless.MustHold(t, live, model, nil)
	})
}
