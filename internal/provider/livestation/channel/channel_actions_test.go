package channel_test

import (
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// broadcast is a channel on air with a backup stream, which is not being recorded.
func broadcast(t *testing.T, sim *simulator.Simulator) *world {
	t.Helper()
	w := beginOn(t, sim)
	sim.AddGeneralChannel(simulator.GeneralChannel{FailOver: true, Record: simulator.Record{Type: "MANUAL_UPLOAD"}})
	return w
}

// invoke runs an action on the channel, which must make these writes.
func (w *world) invoke(action string, more acceptance.Values, writes ...string) (progress string, diags acceptance.Diagnostics) {
	w.t.Helper()
	w.sim.ResetRequests()
	lines, diags := w.process().Invoke("livestation_"+action, with(acceptance.Values{"channel_id": w.id()}, more))
	w.wrote(writes...)
	return strings.Join(lines, "\n"), diags
}

func (w *world) planAction(action string, more acceptance.Values) acceptance.Diagnostics {
	w.t.Helper()
	return w.process().PlanAction("livestation_"+action, with(acceptance.Values{"channel_id": w.id()}, more))
}

func TestChannelActions_turnAChannelOffAndOnUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectGeneral, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		if quirk == simulator.QuirkChannelForceBlocked {
			return // The operator takes it away in between.
		}
		w, force := broadcast(t, sim), acceptance.Values{"force": true}
		w.planAction("turn_channel_off", nil).MustWarn(t, "force", "Channel "+w.id()+" is streaming", "refused", "on air since")
		_, diags := w.invoke("turn_channel_off", nil)
		diags.MustFail(t, "force", "Channel is streaming")
		w.onAirUncut()
		w.planAction("turn_channel_off", force).MustWarn(t, "force", "Channel "+w.id()+" is streaming and will be turned off", "all viewers")
		progress, diags := w.invoke("turn_channel_off", force, "channel.off")
		diags.MustBeSilent(t)
		if !strings.Contains(progress, w.id()+" is off") {
			t.Errorf("progress: %s", progress)
		}
		w.planAction("turn_channel_off", nil).MustBeSilent(t)
		_, diags = w.invoke("turn_channel_off", nil)
		diags.MustBeSilent(t)
		w.planAction("turn_channel_on", nil).MustWarn(t, "channel_id", "Channel "+w.id()+" will be turned on")
		_, diags = w.invoke("turn_channel_on", nil, "channel.on")
		diags.MustBeSilent(t)
		_, diags = w.invoke("turn_channel_on", nil)
		diags.MustBeSilent(t)
	})
}

func TestChannelActions_recordAndStop(t *testing.T) {
	w := broadcast(t, acceptance.Start(t))
	w.planAction("start_recording", nil).MustBeSilent(t)
	for _, writes := range [][]string{{"recording.start"}, nil} {
		_, diags := w.invoke("start_recording", nil, writes...)
		diags.MustBeSilent(t)
	}
	w.planAction("stop_recording", nil).MustWarn(t, "Viewers of channel "+w.id()+" are affected", "curtain")
	for _, writes := range [][]string{{"recording.stop"}, nil} {
		_, diags := w.invoke("stop_recording", nil, writes...)
		diags.MustBeSilent(t)
	}
	w.edit(func(channel *simulator.GeneralChannel) { channel.Record.Type = "NO_RECORD" })
	_, diags := w.invoke("start_recording", nil)
	diags.MustFail(t, "The action had no effect", "NO_RECORD")
}

func TestChannelActions_switchTheStream(t *testing.T) {
	w := broadcast(t, acceptance.Start(t))
	w.planAction("switch_stream", nil).MustWarn(t, "Viewers of channel "+w.id()+" are affected", "switched")
	_, diags := w.invoke("switch_stream", nil, "channel.switch_stream")
	diags.MustBeSilent(t)
	if !w.channel().OnBackup {
		t.Error("the backup stream is not on")
	}
	w.sim.Inject(simulator.Fault{Route: "channel.switch_stream", Kind: simulator.FaultReset, AfterEffect: true, Times: 1})
	_, diags = w.invoke("switch_stream", nil, "channel.switch_stream")
	diags.MustFail(t, "may have had its effect", "Look at the broadcast")
	w.edit(func(channel *simulator.GeneralChannel) { channel.FailOver = false })
	_, diags = w.invoke("switch_stream", nil)
	diags.MustFail(t, "The action had no effect", "is_stream_fail_over")
}

func TestChannelActions_offAirAndMissing(t *testing.T) {
	w := broadcast(t, acceptance.Start(t))
	livestationtest.Must(t, w.sim.StopEncoder(w.id()))
	for _, action := range []string{"switch_stream", "start_recording"} {
		w.planAction(action, nil).MustWarn(t, "channel_id", "Channel "+w.id()+" is not on air")
		_, diags := w.invoke(action, nil)
		diags.MustFail(t, "channel_id", "Channel "+w.id()+" is not on air")
	}
	w.planAction("stop_recording", nil).MustBeSilent(t)
	for _, action := range []string{"switch_stream", "start_recording", "stop_recording", "turn_channel_off", "turn_channel_on"} {
		missing := acceptance.Values{"channel_id": "ls-20260101000000-AbCd1"}
		w.planAction(action, missing).MustWarn(t, "channel_id", "Channel does not exist")
		_, diags := w.invoke(action, missing)
		diags.MustFail(t, "channel_id", "Channel does not exist")
		w.planAction(action, acceptance.Values{"channel_id": acceptance.Unknown}).MustBeSilent(t)
	}
	w.edit(func(channel *simulator.GeneralChannel) { channel.Status = "FORCE_BLOCK" })
	w.planAction("turn_channel_on", nil).MustWarn(t, "channel_id", "Channel "+w.id()+" is blocked", "FORCE_BLOCK", "refused")
	_, diags := w.invoke("turn_channel_on", nil)
	diags.MustFail(t, "channel_id", "FORCE_BLOCK")
}

func TestChannelStreamKey_opensBothKeys(t *testing.T) {
	w := broadcast(t, acceptance.Start(t))
	values, diags := w.process().Open("livestation_channel_stream_key", acceptance.Values{"channel_id": w.id()})
	diags.MustBeSilent(t)
	livestationtest.MustHold(t, values, map[string]any{
		"channel_id": w.id(), "stream_key": w.channel().StreamKey, "backup_stream_key": w.channel().BackupStreamKey,
		"publish_url": "rtmp://in.simulator.example:8080/relay", "global_publish_url": "rtmp://gin.simulator.example:8080/relay",
	})
	_, diags = w.process().Open("livestation_channel_stream_key", acceptance.Values{"channel_id": "ls-20260101000000-AbCd1"})
	diags.MustFail(t, "channel_id", "Channel does not exist")
	w.edit(func(channel *simulator.GeneralChannel) { channel.BackupStreamKey = "b***" })
	values, diags = w.process().Open("livestation_channel_stream_key", acceptance.Values{"channel_id": w.id()})
	diags.MustBeSilent(t)
	if values["backup_stream_key"] != nil {
		t.Error("a masked key is handed out")
	}
	w.edit(func(channel *simulator.GeneralChannel) { channel.StreamKey = "k***" })
	for _, resource := range []string{"livestation_channel_stream_key", "livestation_stream_key"} {
		_, diags = w.process().Open(resource, acceptance.Values{"channel_id": w.id()})
		diags.MustFail(t, "channel_id", "Ingest key is masked", w.id())
	}
}

func TestChannelList_findsAllByTheirExactName(t *testing.T) {
	w := beginOn(t, acceptance.Start(t))
	clicked(w.sim, nil)
	w.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live_2"})
	livestationtest.Must(t, w.sim.SetGeneralChannelStatus(w.sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live"}), simulator.StatusDeleted))
	for config, want := range map[string]int{"": 2, "olive_live": 1, "olive": 0} {
		values := acceptance.Values{}
		if config != "" {
			values["channel_name"] = config
		}
		found, diags := w.process().Query(channelType, values)
		diags.MustBeSilent(t)
		if len(found) != want {
			t.Errorf("%q finds %d channels, want %d", config, len(found), want)
		}
	}
	w.sim.Inject(simulator.Fault{Route: "channel.list", Status: 403})
	_, diags := w.process().Query(channelType, acceptance.Values{})
	diags.MustFail(t, "General channels could not be listed")
}
