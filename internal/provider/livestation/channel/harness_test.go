package channel_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const channelType = "livestation_channel"

// ownEdge is a `cdn` that names the edge which every account of the simulator has; newEdge is one that makes an edge.
func ownEdge() acceptance.Values {
	return acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain}
}

func newEdge(more ...acceptance.Values) acceptance.Values {
	return with(acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "region_type": "KOREA"}, more...)
}

// upload is a `record` that uploads.
func upload() acceptance.Values {
	return acceptance.Values{"type": "AUTO_UPLOAD", "format": "MP4", "bucket_name": "demo-rec", "file_path": "/live", "access_control": "PRIVATE"}
}

// show is a channel on an edge that exists, with nothing else set; more are further attributes.
func show(more ...acceptance.Values) acceptance.Values {
	return with(acceptance.Values{"channel_name": "olive_live", "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": ownEdge()}, more...)
}

func with(values acceptance.Values, more ...acceptance.Values) acceptance.Values {
	values = maps.Clone(values)
	for _, one := range more {
		maps.Copy(values, one)
	}
	return values
}

// world is a service with one managed channel.
type world struct {
	*acceptance.Managed
	t   *testing.T
	sim *simulator.Simulator
}

func begin(t *testing.T, options ...simulator.Option) *world {
	t.Helper()
	return beginOn(t, acceptance.Start(t, options...))
}

func beginOn(t *testing.T, sim *simulator.Simulator) *world {
	t.Helper()
	return &world{acceptance.Manage(t, channelType, func() *acceptance.Protocol { return livestationtest.Configured(t, sim, nil) }), t, sim}
}

// process is a new process of the provider.
func (w *world) process() *acceptance.Protocol {
	w.t.Helper()
	return livestationtest.Configured(w.t, w.sim, nil)
}

// take imports a channel, and reads it as a CLI does.
func (w *world) take(id string) {
	w.t.Helper()
	object, diags := w.process().Import(channelType, id)
	diags.MustBeSilent(w.t)
	object, _, diags = w.process().Refresh(channelType, object)
	diags.MustBeSilent(w.t)
	w.Object = object
	w.sim.ResetRequests()
}

// channel is the one channel that exists.
func (w *world) channel() simulator.GeneralChannel {
	w.t.Helper()
	channels := w.sim.ActiveGeneralChannels()
	if len(channels) != 1 {
		w.t.Fatalf("%d channels exist, want 1: %+v", len(channels), channels)
	}
	return channels[0]
}

func (w *world) id() string { return w.channel().ChannelID }

// wrote fails the test unless exactly these writes were made since the log was last emptied, and empties it.
func (w *world) wrote(routes ...string) {
	w.t.Helper()
	if got := livestationtest.Writes(w.sim); !slices.Equal(got, routes) {
		w.t.Errorf("writes were %q, want %q", got, routes)
	}
	w.sim.ResetRequests()
}

func (w *world) goOnAir() {
	w.t.Helper()
	livestationtest.Must(w.t, w.sim.StartEncoder(w.id()))
}

// onAirUncut fails the test unless the channel streams.
func (w *world) onAirUncut() {
	w.t.Helper()
	if channel := w.channel(); channel.Status != simulator.StatusPublishing {
		w.t.Errorf("the channel is %s", channel.Status)
	}
}

// edit changes the channel behind the provider's back.
func (w *world) edit(change func(*simulator.GeneralChannel)) {
	w.t.Helper()
	livestationtest.Must(w.t, w.sim.EditGeneralChannel(w.id(), change))
}

// replan plans anew in a process of its own after a refresh.
func (w *world) gone() {
	w.t.Helper()
	if left := w.sim.ActiveGeneralChannels(); len(left) > 0 {
		w.t.Errorf("channels are left: %+v", left)
	}
}
