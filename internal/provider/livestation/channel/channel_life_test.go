package channel_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestChannel_createFillsInAllDefaults(t *testing.T) {
	w := begin(t)
	w.Apply(show())
	w.wrote("channel.create")
	channel := w.channel()
	state := w.State()
	delete(state, "timeouts")
	livestationtest.MustHold(t, state, map[string]any{
		"id": channel.ChannelID, "channel_id": channel.ChannelID, "channel_name": "olive_live", "env_type": "REAL", "output_protocol": "HLS", "ingest_protocol": "RTMP",
		"quality_set_id": simulator.DefaultQualitySetID, "quality_set_name": "1080p", "use_dvr": false, "immediate_on_air": false, "is_stream_fail_over": false,
		"record": map[string]any{"type": "NO_RECORD", "format": nil, "bucket_name": nil, "file_path": nil, "access_control": nil}, "drm": nil,
		"cdn": map[string]any{"profile_id": simulator.DefaultEdgeProfileID, "region_type": nil, "instance_no": simulator.DefaultEdgeID, "domain": simulator.DefaultEdgeDomain,
			"service_name": "simulator", "type": "GLOBAL_EDGE", "delete_edge": false},
		"callback_endpoint": nil, "enabled": true, "force_destroy": false, "instance_no": strconv.FormatInt(channel.InstanceNo, 10),
		"stream_key": channel.StreamKey, "backup_stream_key": nil, "publish_url": "rtmp://in.simulator.example:8080/relay", "global_publish_url": "rtmp://gin.simulator.example:8080/relay",
		"created_time": livestationtest.InUTC(channel.CreatedTime),
	})
	w.NothingToDo(show())
}

// whole is a channel with everything set.
func whole() acceptance.Values {
	return show(acceptance.Values{
		"env_type": "DEV", "output_protocol": "HLS,DASH", "use_dvr": true, "immediate_on_air": true, "record": upload(), "is_stream_fail_over": true,
		"callback_endpoint": "https://hooks.example.com/a?token=callback-secret", "cdn": newEdge(acceptance.Values{"delete_edge": true}),
	})
}

// The whole life of a channel under every choice that the reference leaves open: each step ends in an empty plan, the writes are the same,
// and what was never to change did not.
func TestChannel_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectGeneral, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		switch quirk {
		case simulator.QuirkCreateDuplicated, simulator.QuirkChannelForceBlocked, simulator.QuirkEdgeLimitReached, simulator.QuirkEdgeResultFalse, simulator.QuirkEdgeNeverRunning:
			return // Each has a test of its own: its life does not get to its end.
		}
		w := beginOn(t, sim)
		w.Apply(whole())
		w.wrote("channel.create", "channel.callback")
		made := w.channel()
		w.NothingToDo(whole())

		edited := with(whole(), acceptance.Values{"channel_name": "olive_late", "env_type": "STAGE", "output_protocol": "HLS", "record": acceptance.Values{"type": "MANUAL_UPLOAD"}})
		w.Apply(edited)
		w.wrote("channel.update")
		channel := w.channel()
		if channel.ChannelID != made.ChannelID || !channel.UseDVR || !channel.ImmediateOnAir || channel.EnvType != "STAGE" || channel.OutputProtocol != "HLS" || channel.Record.Type != "MANUAL_UPLOAD" || !channel.FailOver {
			t.Errorf("after the edit the service has %+v", channel)
		}
		w.NothingToDo(edited)

		off := with(edited, acceptance.Values{"enabled": false, "callback_endpoint": "https://hooks.example.com/b"})
		w.Apply(off)
		w.wrote("channel.callback", "channel.off")
		w.NothingToDo(off)

		// On comes first, so that the edit finds the channel on; an encoder that never stopped trying gets in between.
		on := with(off, acceptance.Values{"enabled": true, "env_type": "REAL"})
		if quirk == simulator.QuirkStreamsAfterOn {
			on = with(off, acceptance.Values{"enabled": true})
			w.Apply(on)
			w.wrote("channel.on")
			w.NothingToDo(on)
			livestationtest.Must(t, sim.StopEncoder(w.id()))
		} else {
			w.Apply(on)
			w.wrote("channel.on", "channel.update")
		}
		w.NothingToDo(on)

		w.Apply(nil)
		w.wrote("channel.delete", "edge.stop", "edge.delete")
		w.gone()
		if edge, _ := sim.Edge(made.EdgeID); edge.Status != simulator.EdgeDeleted {
			t.Errorf("the edge is %s", edge.Status)
		}
	})
}

// A channel whose answers leave out `record`, or spell things otherwise, keeps DVR, its protocol and its recording through an edit of something else.
func TestChannel_editSendsAllSevenFieldsEvenIfAReadOmitsSome(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{
		"", simulator.QuirkRecordAbsent, simulator.QuirkRecordOnlyType, simulator.QuirkUseDvrSpelling, simulator.QuirkOutputProtocolSpaced, simulator.QuirkOutputProtocolReversed,
	}, func(t *testing.T, sim *simulator.Simulator) {
		w := beginOn(t, sim)
		config := show(acceptance.Values{"env_type": "DEV", "output_protocol": "HLS,DASH", "use_dvr": true, "record": upload()})
		w.Apply(config)
		w.sim.ResetRequests()
		w.Apply(with(config, acceptance.Values{"channel_name": "olive_two"}))
		body := string(sim.RequestsTo("channel.update")[0].Body)
		for _, part := range []string{`"channelName":"olive_two"`, `"envType":"DEV"`, `"outputProtocol":"HLS,DASH"`, `"useDvr":true`, `"timemachineMin":360`, `"immediateOnAir":false`,
			`"bucketName":"demo-rec"`, `"filePath":"/live"`, `"format":"MP4"`, `"accessControl":"PRIVATE"`} {
			if !strings.Contains(body, part) {
				t.Errorf("the edit %s lacks %s", body, part)
			}
		}
		w.wrote("channel.update")
	})
}

func TestChannel_driftIsShownAndRepairedInPlace(t *testing.T) {
	for name, change := range map[string]struct {
		edit func(*simulator.GeneralChannel)
		want []string
	}{
		"channel_name":      {func(c *simulator.GeneralChannel) { c.ChannelName = "console" }, []string{"channel.update"}},
		"env_type":          {func(c *simulator.GeneralChannel) { c.EnvType = "DEV" }, []string{"channel.update"}},
		"output_protocol":   {func(c *simulator.GeneralChannel) { c.OutputProtocol = "HLS,DASH" }, []string{"channel.update"}},
		"use_dvr":           {func(c *simulator.GeneralChannel) { c.UseDVR = true }, []string{"channel.update"}},
		"record":            {func(c *simulator.GeneralChannel) { c.Record = simulator.Record{Type: "MANUAL_UPLOAD"} }, []string{"channel.update"}},
		"callback_endpoint": {func(c *simulator.GeneralChannel) { c.CallbackEndpoint = "https://other.example.com" }, []string{"channel.callback"}},
		"enabled":           {func(c *simulator.GeneralChannel) { c.Status = simulator.StatusBlock }, []string{"channel.on"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			config := show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"})
			w.Apply(config)
			w.edit(change.edit)
			if _, changed, _ := w.process().Refresh(channelType, w.Object); len(changed) != 1 || changed[0] != name {
				t.Errorf("the refresh sees %q", changed)
			}
			w.sim.ResetRequests()
			w.Apply(config)
			w.wrote(change.want...)
			w.NothingToDo(config)
		})
	}
}

// While a broadcast runs undisturbed, a refresh sees nothing and costs no more than one request.
func TestChannel_refreshIsQuietWhileItStreams(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"record": upload(), "immediate_on_air": true})
	w.Apply(config)
	w.goOnAir()
	w.sim.Advance(3600e9)
	w.sim.ResetRequests()
	w.NothingToDo(config)
	livestationtest.MustHaveAsked(t, w.sim, "channel.get", "channel.get")
	livestationtest.Must(t, w.sim.StopEncoder(w.id()))
	w.NothingToDo(config)
}

func TestChannel_missingChannelIsPlannedAgain(t *testing.T) {
	for name, end := range map[string]func(w *world){
		"deleted": func(w *world) {
			livestationtest.Must(t, w.sim.SetGeneralChannelStatus(w.id(), simulator.StatusDeleted))
		},
		"force-deleted": func(w *world) {
			livestationtest.Must(t, w.sim.SetGeneralChannelStatus(w.id(), simulator.StatusForceDeleted))
		},
		"reclaimed": func(w *world) { livestationtest.Must(t, w.sim.RemoveGeneralChannel(w.id())) },
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.Apply(show())
			end(w)
			after, _, diags := w.process().Refresh(channelType, w.Object)
			diags.MustBeSilent(t)
			if w.process().Exists(channelType, after) {
				t.Error("the channel is still in state")
			}
			// Deleted between plan and apply: that is success.
			w.sim.ResetRequests()
			_, diags = w.process().DeleteUnplanned(channelType, w.Object)
			diags.MustBeSilent(t)
			w.wrote()
		})
	}
}

func TestChannel_callbackTakenOutStaysWithAWarning(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a"}))
	w.sim.ResetRequests()
	w.Plan(show()).MustWarn(t, "callback_endpoint", "The service keeps the callback endpoint", w.id())
	w.NothingToDo(show())
	w.wrote()
}

// The name, and all else that an edit sends, changes in place; what the service cannot change replaces the channel.
func TestChannel_replacements(t *testing.T) {
	for name, change := range map[string]struct {
		attribute string
		value     any
		replaces  bool
	}{
		"name": {"channel_name", "another", false}, "dash": {"output_protocol", "HLS,DASH", false}, "dvr": {"use_dvr", true, false}, "record": {"record", upload(), false},
		"force_destroy": {"force_destroy", true, false}, "low latency": {"output_protocol", "LL_HLS", true}, "ingest": {"ingest_protocol", "SRT", true},
		"quality": {"quality_set_id", 8, true}, "failover": {"is_stream_fail_over", true, true}, "drm": {"drm", acceptance.Values{"site_id": "s", "content_id": "c-1"}, true},
		"new edge": {"cdn", newEdge(), true}, "another edge": {"cdn", with(ownEdge(), acceptance.Values{"instance_no": 7002}), true},
		"another profile":  {"cdn", with(ownEdge(), acceptance.Values{"profile_id": 12}), true},
		"type written out": {"cdn", with(ownEdge(), acceptance.Values{"type": "GLOBAL_EDGE"}), false},
		"unknown quality":  {"quality_set_id", acceptance.Unknown, true}, "unknown name": {"channel_name", acceptance.Unknown, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			w.Apply(show())
			plan := w.Plan(show(acceptance.Values{change.attribute: change.value}))
			if plan.Replaces != change.replaces {
				t.Errorf("replaces: %t; warnings %q", plan.Replaces, plan.Warnings())
			}
			if change.replaces {
				plan.MustWarn(t, "Channel "+w.id()+" will be deleted", "`"+change.attribute+"`")
			}
		})
	}
}

func TestChannel_deleteEdgeChangesInPlaceWithoutACall(t *testing.T) {
	w := begin(t)
	w.Apply(show(acceptance.Values{"cdn": newEdge()}))
	w.sim.ResetRequests()
	config := show(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true}), "force_destroy": true})
	w.Apply(config)
	w.wrote()
	w.NothingToDo(config)
}

func TestChannel_secretsStayOutOfState(t *testing.T) {
	sim := acceptance.Start(t)
	w := &world{acceptance.Manage(t, channelType, func() *acceptance.Protocol {
		return livestationtest.Configured(t, sim, acceptance.Values{"secrets_in_state": false})
	}), t, sim}
	config := show(acceptance.Values{"is_stream_fail_over": true})
	w.Apply(config)
	if state := w.State(); state["stream_key"] != nil || state["backup_stream_key"] != nil || state["publish_url"] == nil {
		t.Errorf("state has %v, %v, %v", state["stream_key"], state["backup_stream_key"], state["publish_url"])
	}
	w.NothingToDo(config)
}

// With -refresh=false no read has taken the keys out of state when the first change is planned. A plan that was created with the other setting
// is carried out as it was shown.
func TestChannel_aChangeWithoutARefreshFollowsSecretsInState(t *testing.T) {
	for _, test := range []struct{ planned, applied bool }{{false, false}, {true, false}, {false, true}} {
		t.Run(fmt.Sprintf("%+v", test), func(t *testing.T) {
			sim := acceptance.Start(t)
			storing := func(secrets bool) *acceptance.Protocol {
				return livestationtest.Configured(t, sim, acceptance.Values{"secrets_in_state": secrets})
			}
			stored := storing(true).Create(channelType, show())
			plan := storing(test.planned).Plan(channelType, stored, show(acceptance.Values{"use_dvr": true}))
			changed, diags := storing(test.applied).Apply(channelType, plan)
			diags.MustBeSilent(t)
			if key := acceptance.Plain(storing(true).Attributes(channelType, changed)["stream_key"]); (key != nil) != test.planned {
				t.Errorf("state holds %v", key)
			}
		})
	}
}
