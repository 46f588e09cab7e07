package channel_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// clicked is a channel that somebody made in the console.
func clicked(sim *simulator.Simulator, more func(*simulator.GeneralChannel)) string {
	channel := simulator.GeneralChannel{
		ChannelName: "olive_live", EnvType: "DEV", OutputProtocol: "HLS,DASH", UseDVR: true, Status: simulator.StatusReady,
		Record: simulator.Record{Type: "AUTO_UPLOAD", Format: "MP4", BucketName: "demo-rec", FilePath: "/live", AccessControl: "PRIVATE"},
	}
	if more != nil {
		more(&channel)
	}
	return sim.AddGeneralChannel(channel)
}

// written is the configuration of clicked.
func written(more ...acceptance.Values) acceptance.Values {
	return with(show(acceptance.Values{"env_type": "DEV", "output_protocol": "HLS,DASH", "use_dvr": true, "record": upload()}), more...)
}

// generated is what a CLI makes of a state: all attributes that can be configured and are not null.
func (w *world) generated() acceptance.Values {
	config := acceptance.Values{}
	computed := []string{"id", "channel_id", "instance_no", "quality_set_name", "stream_key", "backup_stream_key", "publish_url", "global_publish_url", "created_time"}
	for name, value := range w.State() {
		config[name] = configured(value)
	}
	for _, name := range computed {
		delete(config, name)
	}
	delete(config["cdn"].(acceptance.Values), "service_name")
	return config
}

func configured(value any) any {
	switch value := value.(type) {
	case map[string]any:
		object := acceptance.Values{}
		for name, member := range value {
			object[name] = configured(member)
		}
		return object
	case int64:
		return int(value)
	}
	return value
}

func TestChannel_generatedConfigurationPlansNothingUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectGeneral, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		if quirk == simulator.QuirkChannelForceBlocked {
			return // The operator takes it away in between.
		}
		w := beginOn(t, sim)
		w.take(clicked(sim, nil))
		config := w.generated()
		w.process().Validate(channelType, config).MustBeSilent(t)
		w.NothingToDo(config)
		w.wrote()
	})
}

// A configuration written by hand, which says what the read left out, is taken in place and without a call.
func TestChannel_importTakesOmittedValuesFromTheConfiguration(t *testing.T) {
	for name, config := range map[string]acceptance.Values{
		"record": {"record": upload()}, "ingest protocol": {"ingest_protocol": "SRT", "output_protocol": "HLS"}, "drm": {"drm": acceptance.Values{"site_id": "s", "content_id": "c-1"}},
		"edge": {"cdn": newEdge()}, "force_destroy": {"force_destroy": true}, "timeouts": {"timeouts": acceptance.Values{"create": "1m"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t, simulator.WithQuirks(simulator.QuirkRecordAbsent))
			w.take(clicked(w.sim, func(channel *simulator.GeneralChannel) {
				if config["output_protocol"] != nil {
					channel.OutputProtocol, channel.IngestProtocol = "HLS", "SRT"
				}
			}))
			wanted := with(written(), config)
			plan := w.Plan(wanted)
			if plan.Replaces {
				t.Fatalf("the channel would be replaced: %q", plan.Warnings())
			}
			w.Apply(wanted)
			w.wrote()
			w.NothingToDo(wanted)
			w.Apply(with(wanted, acceptance.Values{"channel_name": "olive_two"}))
			w.wrote("channel.update")
			if channel := w.channel(); !channel.UseDVR || channel.Record.Type != "AUTO_UPLOAD" || channel.EnvType != "DEV" {
				t.Errorf("the edit made %+v", channel)
			}
		})
	}
}

// What was taken once is known from then on: another value replaces.
func TestChannel_valuesAreTakenFromTheConfigurationOnce(t *testing.T) {
	w := begin(t)
	w.take(clicked(w.sim, nil))
	w.Apply(written(acceptance.Values{"drm": acceptance.Values{"site_id": "s", "content_id": "c-1"}}))
	if !w.Plan(written(acceptance.Values{"drm": acceptance.Values{"site_id": "s", "content_id": "c-2"}})).Replaces {
		t.Error("the channel is not replaced")
	}
}

func TestChannel_edgeIsTakenFromTheConfigurationOnce(t *testing.T) {
	w := begin(t)
	w.take(clicked(w.sim, nil))
	w.Apply(written(acceptance.Values{"cdn": newEdge()}))
	w.Apply(written(acceptance.Values{"cdn": ownEdge()}))
	w.wrote()
	if !w.Plan(written(acceptance.Values{"cdn": newEdge()})).Replaces {
		t.Error("the channel is not replaced")
	}
}

func TestChannel_importedChannelOfUnknownRecordingIsNotEdited(t *testing.T) {
	for _, quirk := range []simulator.Quirk{simulator.QuirkRecordAbsent, simulator.QuirkRecordOnlyType} {
		t.Run(string(quirk), func(t *testing.T) {
			w := begin(t, simulator.WithQuirks(quirk))
			w.take(clicked(w.sim, nil))
			config := written()
			delete(config, "record")
			w.NothingToDo(config)
			w.sim.ResetRequests()
			plan := w.process().Plan(channelType, w.Object, with(config, acceptance.Values{"channel_name": "olive_two"}))
			plan.MustFail(t, "record", "not edited", w.id())
			w.wrote()
			w.Apply(written(acceptance.Values{"channel_name": "olive_two"}))
			w.wrote("channel.update")
			if channel := w.channel(); channel.Record.BucketName != "demo-rec" {
				t.Errorf("the edit made %+v", channel.Record)
			}
		})
	}
}

// The edge of an imported channel counts as somebody else's.
func TestChannel_importedEdgeIsNeverDeleted(t *testing.T) {
	w := begin(t)
	edge := w.sim.AddEdge(simulator.Edge{})
	w.take(clicked(w.sim, func(channel *simulator.GeneralChannel) { channel.EdgeID = edge }))
	config := written(acceptance.Values{"cdn": newEdge(acceptance.Values{"delete_edge": true})})
	w.Plan(config).MustWarn(t, "delete_edge", "The edge will not be deleted", "someone else's")
	w.Apply(config)
	w.NothingToDo(config)
	plan := w.Plan(nil)
	plan.MustWarn(t, "delete_edge", "The edge will not be deleted")
	w.sim.ResetRequests()
	_, diags := w.process().Apply(channelType, plan)
	diags.MustWarn(t, "The edge was not deleted")
	w.wrote("channel.delete")
	if at, _ := w.sim.Edge(edge); at.Status != simulator.EdgeRunning {
		t.Errorf("the edge is %s", at.Status)
	}
}

// Where the service tells what is otherwise taken, another value replaces at once.
func TestChannel_changedReportedValuesReplace(t *testing.T) {
	w := begin(t, simulator.WithQuirks(simulator.QuirkChannelTellsIngestAndDRM))
	w.take(clicked(w.sim, func(channel *simulator.GeneralChannel) { channel.OutputProtocol = "HLS" }))
	for name, more := range map[string]acceptance.Values{
		"ingest": {"ingest_protocol": "SRT"}, "drm": {"drm": acceptance.Values{"site_id": "s", "content_id": "c-1"}},
	} {
		if !w.Plan(written(acceptance.Values{"output_protocol": "HLS"}, more)).Replaces {
			t.Errorf("%s: the channel is not replaced", name)
		}
	}
}

// An id is checked whether it comes from the command or from the identity of an import block, and a good one leads to the same object.
func TestChannel_importByIdentityIsCheckedAsOneByIDIs(t *testing.T) {
	w := begin(t)
	id := clicked(w.sim, nil)
	w.sim.ResetRequests()
	for _, bad := range []string{id + "\n", " ", "ls\t1"} {
		_, diags := w.process().ImportByIdentity(channelType, acceptance.Values{"channel_id": bad})
		diags.MustFail(t, "Invalid import id", "terraform import livestation_channel.NAME")
	}
	livestationtest.MustHaveAsked(t, w.sim)
	object, diags := w.process().ImportByIdentity(channelType, acceptance.Values{"channel_id": id})
	diags.MustBeSilent(t)
	w.Object, _, diags = w.process().Refresh(channelType, object)
	diags.MustBeSilent(t)
	w.Has(acceptance.Values{"id": id, "channel_id": id, "channel_name": "olive_live"})
}

// An import has both ids, and what no edit can change is read as the service reports it.
func TestChannel_importHasItsIDsAndWhatCannotChange(t *testing.T) {
	w := begin(t)
	id := clicked(w.sim, func(channel *simulator.GeneralChannel) { channel.FailOver = true })
	w.take(id)
	w.Has(acceptance.Values{"id": id, "channel_id": id, "is_stream_fail_over": true})
	w.NothingToDo(written(acceptance.Values{"is_stream_fail_over": true}))
	if !w.Plan(written()).Replaces {
		t.Error("the channel is not replaced")
	}
}

func TestChannel_importOfAMissingChannel(t *testing.T) {
	w := begin(t)
	object, diags := w.process().Import(channelType, "ls-20260101000000-AbCd1")
	diags.MustBeSilent(t)
	after, _, diags := w.process().Refresh(channelType, object)
	diags.MustBeSilent(t)
	if w.process().Exists(channelType, after) {
		t.Error("something was imported")
	}
	_, diags = w.process().Import(channelType, " ls-1\n")
	diags.MustFail(t, "Invalid import id")
}

// A channel that was turned off in the console is imported as such, and a configuration that says nothing of it plans to turn it on, with a warning.
func TestChannel_importOfATurnedOffChannel(t *testing.T) {
	w := begin(t)
	w.take(clicked(w.sim, func(channel *simulator.GeneralChannel) { channel.Status = simulator.StatusBlock }))
	w.NothingToDo(written(acceptance.Values{"enabled": false}))
	w.Plan(written()).MustWarn(t, "enabled", "will be turned on")
}
