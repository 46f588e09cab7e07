package channel_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What the configuration alone says is refused on its path, before any request.
func TestChannel_badInputIsRefusedOnItsPathWithoutARequest(t *testing.T) {
	w := begin(t)
	bad := func(name string, value any) acceptance.Values { return show(acceptance.Values{name: value}) }
	cdn := func(values acceptance.Values) acceptance.Values { return show(acceptance.Values{"cdn": values}) }
	record := func(without string) acceptance.Values {
		values := upload()
		delete(values, without)
		return show(acceptance.Values{"record": values})
	}
	for name, of := range map[string]struct {
		config acceptance.Values
		at     string
	}{
		"short name":         {bad("channel_name", "ab"), "channel_name"},
		"long name":          {bad("channel_name", strings.Repeat("a", 21)), "channel_name"},
		"dash in a name":     {bad("channel_name", "olive-live"), "channel_name"},
		"env":                {bad("env_type", "TEST"), "env_type"},
		"output":             {bad("output_protocol", "DASH"), "output_protocol"},
		"ingest":             {bad("ingest_protocol", "RIST"), "ingest_protocol"},
		"SRT with DASH":      {show(acceptance.Values{"ingest_protocol": "SRT", "output_protocol": "HLS,DASH"}), "ingest_protocol"},
		"SRT with LL_HLS":    {show(acceptance.Values{"ingest_protocol": "SRT", "output_protocol": "LL_HLS"}), "ingest_protocol"},
		"quality set 0":      {bad("quality_set_id", 0), "quality_set_id"},
		"record at once":     {bad("immediate_on_air", true), "immediate_on_air"},
		"record nothing":     {show(acceptance.Values{"immediate_on_air": true, "record": acceptance.Values{"type": "NO_RECORD"}}), "immediate_on_air"},
		"no format":          {record("format"), "format"},
		"no bucket":          {record("bucket_name"), "bucket_name"},
		"no path":            {record("file_path"), "file_path"},
		"no access":          {record("access_control"), "access_control"},
		"format too much":    {bad("record", acceptance.Values{"type": "MANUAL_UPLOAD", "format": "MP4"}), "format"},
		"bucket too much":    {bad("record", acceptance.Values{"bucket_name": "b"}), "bucket_name"},
		"path without slash": {show(acceptance.Values{"record": with(upload(), acceptance.Values{"file_path": "live"})}), "file_path"},
		"region and edge":    {cdn(with(ownEdge(), acceptance.Values{"region_type": "KOREA"})), "region_type"},
		"region and domain":  {cdn(newEdge(acceptance.Values{"domain": "edge.example"})), "region_type"},
		"no edge":            {cdn(acceptance.Values{"profile_id": 11}), "cdn"},
		"no domain":          {cdn(acceptance.Values{"profile_id": 11, "instance_no": 7001}), "domain"},
		"no instance":        {cdn(acceptance.Values{"profile_id": 11, "domain": "edge.example"}), "instance_no"},
		"region":             {cdn(acceptance.Values{"profile_id": 11, "region_type": "EUROPE"}), "region_type"},
		"delete_edge":        {cdn(with(ownEdge(), acceptance.Values{"delete_edge": true})), "delete_edge"},
		"no profile":         {cdn(acceptance.Values{"region_type": "KOREA"}), "profile_id"},
		"other zone's CDN":   {cdn(newEdge(acceptance.Values{"type": "CDN_PLUS"})), "type"},
		"drm":                {bad("drm", acceptance.Values{"site_id": "s", "content_id": "a b"}), "content_id"},
		"callback":           {bad("callback_endpoint", "hooks.example.com"), "callback_endpoint"},
		"timeout":            {bad("timeouts", acceptance.Values{"create": "soon"}), "create"},
	} {
		t.Run(name, func(t *testing.T) {
			process := w.process()
			diags := process.Validate(channelType, of.config)
			if len(diags.Errors()) == 0 {
				diags = process.Plan(channelType, acceptance.Object{}, of.config).Diagnostics
			}
			diags.MustFail(t, `"`+of.at+`"`)
			livestationtest.MustHaveAsked(t, w.sim)
		})
	}
}

// What is not known yet is not refused.
func TestChannel_unknownValuesAreNotRefused(t *testing.T) {
	w := begin(t)
	for name, value := range map[string]any{
		"record": acceptance.Unknown, "cdn": acceptance.Unknown, "drm": acceptance.Unknown, "immediate_on_air": acceptance.Unknown, "output_protocol": acceptance.Unknown, "enabled": acceptance.Unknown,
	} {
		config := show(acceptance.Values{"ingest_protocol": "SRT", name: value})
		w.process().Validate(channelType, config).MustBeSilent(t)
		w.process().Plan(channelType, acceptance.Object{}, config).MustBeSilent(t)
	}
	members := show(acceptance.Values{"cdn": acceptance.Values{"profile_id": acceptance.Unknown, "instance_no": acceptance.Unknown, "domain": acceptance.Unknown},
		"record": acceptance.Values{"type": acceptance.Unknown, "format": "MP4"}})
	w.process().Validate(channelType, members).MustBeSilent(t)
	w.process().Plan(channelType, acceptance.Object{}, members).MustBeSilent(t)
}

func TestChannel_documentedContradictionIsAWarning(t *testing.T) {
	w := begin(t)
	w.process().Validate(channelType, show(acceptance.Values{"output_protocol": "LL_HLS", "cdn": newEdge(acceptance.Values{"region_type": "JAPAN"})})).MustWarn(t, "region_type", "KOREA")
	w.process().Validate(channelType, show(acceptance.Values{"ingest_protocol": "SRT", "is_stream_fail_over": true})).MustWarn(t, "is_stream_fail_over", "SRT")
}

func TestChannel_theFinancialZoneHasItsOwnRules(t *testing.T) {
	sim := acceptance.Start(t)
	w := &world{acceptance.Manage(t, channelType, func() *acceptance.Protocol {
		return livestationtest.Configured(t, sim, acceptance.Values{"site": "fin"})
	}), t, sim}
	plus := sim.AddEdge(simulator.Edge{ProfileID: -1})
	edge, _ := sim.Edge(plus)
	config := show(acceptance.Values{"cdn": acceptance.Values{"instance_no": int(plus), "domain": edge.Domain}})
	w.Apply(config)
	if cdn, _ := w.State()["cdn"].(map[string]any); cdn["type"] != "CDN_PLUS" || cdn["profile_id"] != nil {
		t.Errorf("the CDN is %v", cdn)
	}
	w.NothingToDo(config)
	livestationtest.Configured(t, sim, acceptance.Values{"site": "fin"}).Plan(channelType, acceptance.Object{}, with(config, acceptance.Values{
		"drm": acceptance.Values{"site_id": "s", "content_id": "c-1"},
	})).MustFail(t, "drm", "financial zone")
	livestationtest.Configured(t, sim, acceptance.Values{"site": "fin"}).Plan(channelType, acceptance.Object{}, show(acceptance.Values{
		"cdn": acceptance.Values{"instance_no": int(plus), "domain": edge.Domain, "type": "GLOBAL_EDGE"},
	})).MustFail(t, `AttributeName("type")`, "CDN_PLUS")
}

// A refusal names the code, the object and the next step, and nothing is made.
func TestChannel_refusalsOfTheService(t *testing.T) {
	for name, of := range map[string]struct {
		quirk  simulator.Quirk
		config acceptance.Values
		words  []string
	}{
		// A failure of the service behind it may have come after it made the channel.
		"edge quota":          {simulator.QuirkEdgeLimitReached, show(acceptance.Values{"cdn": newEdge()}), []string{"250009", "may have been created", "100 edges", "instance_no"}},
		"unknown quality set": {"", show(acceptance.Values{"quality_set_id": 4711}), []string{"quality_set_id", "250004", "quality set 4711"}},
		"low latency set":     {"", show(acceptance.Values{"quality_set_id": 8}), []string{"250002", "low-latency"}},
		"LL_HLS in Japan":     {simulator.QuirkLowLatencyKoreaOnly, show(acceptance.Values{"output_protocol": "LL_HLS", "quality_set_id": 8, "cdn": newEdge(acceptance.Values{"region_type": "JAPAN"})}), []string{"250002"}},
		"SRT with failover":   {simulator.QuirkSRTFailOverRefused, show(acceptance.Values{"ingest_protocol": "SRT", "is_stream_fail_over": true}), []string{"250002"}},
	} {
		t.Run(name, func(t *testing.T) {
			var options []simulator.Option
			if of.quirk != "" {
				options = append(options, simulator.WithQuirks(of.quirk))
			}
			w := begin(t, options...)
			w.Try(of.config).MustFail(t, append(of.words, "created")...)
			w.gone()
			if w.process().Exists(channelType, w.Object) {
				t.Error("something is in state")
			}
		})
	}
}

// An answer that is lost is looked for: one new channel is taken, two are named, none is an error.
func TestChannel_lostAnswersToTheCreation(t *testing.T) {
	w := begin(t, simulator.WithQuirks(simulator.QuirkCreateAnswerLost))
	w.Apply(show())
	w.wrote("channel.create")
	w.NothingToDo(show())

	w = begin2(t, simulator.QuirkCreateDuplicated)
	w.Try(show(acceptance.Values{"cdn": newEdge()})).MustFail(t, "Channel may have been created", "more than one channel of this name", "data source livestation_channels", "terraform import livestation_channel.NAME", "An edge may have been made")
	w.wrote("channel.create")
}

func begin2(t *testing.T, quirk simulator.Quirk) *world {
	t.Helper()
	sim, err := simulator.Start(simulator.WithQuirks(quirk))
	livestationtest.Must(t, err)
	t.Cleanup(sim.Close)
	return beginOn(t, sim)
}

func TestChannel_lostAnswersToOtherWrites(t *testing.T) {
	for _, route := range []string{"channel.update", "channel.callback", "channel.off", "channel.on", "channel.delete"} {
		t.Run(route, func(t *testing.T) {
			w := begin(t)
			w.Apply(show())
			w.sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultReset, AfterEffect: true, Times: 1})
			off := show(acceptance.Values{"env_type": "DEV", "callback_endpoint": "https://hooks.example.com/a", "enabled": false})
			w.Apply(off)
			w.NothingToDo(off)
			on := with(off, acceptance.Values{"enabled": true})
			w.Apply(on)
			w.NothingToDo(on)
			w.Apply(nil)
			w.gone()
			for _, written := range []string{"channel.update", "channel.callback", "channel.off", "channel.on", "channel.delete"} {
				if w.sim.Count(written) != 1 {
					t.Errorf("%s was sent %d times", written, w.sim.Count(written))
				}
			}
		})
	}
}

// A channel whose creation does not get to its end is in state with its id.
func TestChannel_aCreationThatFailsHalfwayIsKept(t *testing.T) {
	for route, words := range map[string][]string{
		"channel.get": {"Channel is not ready"}, "channel.callback": {"callback_endpoint", "Callback endpoint was not set"}, "channel.off": {"enabled", "Channel was not turned off"},
	} {
		t.Run(route, func(t *testing.T) {
			w := begin(t)
			lift := w.sim.Inject(simulator.Fault{Route: route, Status: 403})
			config := show(acceptance.Values{"callback_endpoint": "https://hooks.example.com/a", "enabled": false, "cdn": newEdge(acceptance.Values{"delete_edge": true})})
			w.Try(config).MustFail(t, append(words, "terraform untaint livestation_channel.NAME")...)
			if w.State()["channel_id"] != w.id() {
				t.Errorf("state has %v", w.State()["channel_id"])
			}
			lift()
			edge := w.channel().EdgeID
			w.Apply(nil)
			w.gone()
			if at, _ := w.sim.Edge(edge); at.Status != simulator.EdgeDeleted {
				t.Errorf("the edge is %s", at.Status)
			}
		})
	}
}

// A call whose answer was lost is looked behind as often at a service that takes long for each answer as at a quick one.
func TestChannel_aSlowServiceIsNotTakenForOneThatTurnedNothingOff(t *testing.T) {
	t.Parallel()
	memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		w := &world{acceptance.Manage(t, channelType, process), t, sim}
		w.Apply(show())
		sim.Inject(simulator.Fault{Route: "channel.off", Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) {
			sim.Inject(simulator.Fault{Route: "channel.get", Delay: 25 * time.Second})
		}})
		w.Do(acceptance.Update, show(acceptance.Values{"enabled": false}))
		w.wrote("channel.create", "channel.off")
	})
}
