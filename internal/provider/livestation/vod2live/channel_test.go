package vod2live_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const channelType = "livestation_vod2live_channel"

// onEdge is an edge that exists, and newEdge one that is made.
func onEdge() acceptance.Values {
	return acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain}
}

func newEdge() acceptance.Values {
	return acceptance.Values{"profile_id": int(simulator.DefaultEdgeProfileID), "region_type": "KOREA"}
}

func shows(more acceptance.Values) acceptance.Values {
	return with(acceptance.Values{"channel_name": "olive_shows", "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": onEdge()}, more)
}

// channelStory is a provider and a channel that it has made.
type channelStory struct {
	*acceptance.Protocol
	t      *testing.T
	sim    *simulator.Simulator
	config acceptance.Values
	object acceptance.Object
	id     string
}

func channelOf(t *testing.T, sim *simulator.Simulator, config acceptance.Values) *channelStory {
	t.Helper()
	block := acceptance.Values{"edge_endpoint": sim.EdgeURL()}
	s := &channelStory{Protocol: livestationtest.Configured(t, sim, block), t: t, sim: sim, config: config}
	s.object = s.Create(channelType, config)
	livestationtest.Must(t, s.Attributes(channelType, s.object)["channel_id"].As(&s.id))
	sim.ResetRequests()
	return s
}

func (s *channelStory) status() string {
	channel, _ := s.sim.VODChannel(s.id)
	return channel.Status
}

func (s *channelStory) refresh(changed ...string) {
	s.t.Helper()
	object, got, diags := s.Refresh(channelType, s.object)
	diags.MustBeSilent(s.t)
	if s.object = object; !slices.Equal(got, changed) {
		s.t.Errorf("a refresh changed %q, want %q", got, changed)
	}
}

func (s *channelStory) quiet() {
	s.t.Helper()
	s.sim.ResetRequests()
	s.refresh()
	plan := s.Plan(channelType, s.object, s.config)
	plan.MustBeSilent(s.t)
	if s.Changes(channelType, plan) {
		s.t.Error("the plan changes something")
	}
	s.wrote()
}

func (s *channelStory) wrote(routes ...string) {
	s.t.Helper()
	if got := livestationtest.Writes(s.sim); !slices.Equal(got, routes) && len(got)+len(routes) > 0 {
		s.t.Errorf("writes were %q, want %q", got, routes)
	}
	s.sim.ResetRequests()
}

func (s *channelStory) plan(more acceptance.Values) acceptance.Planned {
	s.t.Helper()
	s.config = with(s.config, more)
	return s.Plan(channelType, s.object, s.config)
}

func (s *channelStory) apply(plan acceptance.Planned) acceptance.Diagnostics {
	s.t.Helper()
	s.sim.ResetRequests()
	object, diags := s.Apply(channelType, plan)
	s.object = object
	return diags
}

// scheduleOf puts somebody else's schedule on the channel.
func (s *channelStory) scheduleOf() int64 {
	s.t.Helper()
	id, err := s.sim.AddSchedule(simulator.Schedule{ChannelID: s.id})
	livestationtest.Must(s.t, err)
	return id
}

func (s *channelStory) goOnAir() int64 {
	s.t.Helper()
	id := s.scheduleOf()
	s.sim.Advance(61 * time.Minute)
	if s.status() != simulator.StatusPublishing {
		s.t.Fatalf("the channel is %s", s.status())
	}
	return id
}

// The whole life of a channel, under every choice that the API reference leaves open.
func TestVOD2LIVEChannel_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectVOD, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		if quirk == simulator.QuirkCreateDuplicated { // two are made, and which is ours cannot be told: neither is taken
			p := livestationtest.Configured(t, sim, nil)
			_, diags := p.Apply(channelType, p.Plan(channelType, acceptance.Object{}, shows(nil)))
			diags.MustFail(t, "Channel may have been created", sim.VODChannels()[0].ChannelID, sim.VODChannels()[1].ChannelID)
			return
		}
		s := channelOf(t, sim, shows(acceptance.Values{"callback_endpoint": hook, "drm": acceptance.Values{"site_id": "site-1", "content_id": "olive-1"}}))
		made, _ := sim.VODChannel(s.id)
		if made.ChannelName != "olive_shows" || made.EdgeID != simulator.DefaultEdgeID || made.DRM == nil || made.CallbackEndpoint != hook || made.EnvType != "REAL" {
			t.Fatalf("the service holds %+v", made)
		}
		s.quiet()
		s.apply(s.plan(acceptance.Values{"channel_name": "olive_nights", "env_type": "DEV", "output_protocol": "HLS,DASH"})).MustBeSilent(t)
		s.wrote("vod-channel.update")
		if now, _ := sim.VODChannel(s.id); now.ChannelName != "olive_nights" || now.EnvType != "DEV" || now.OutputProtocol != "HLS,DASH" {
			t.Errorf("the service holds %+v", now)
		}
		s.quiet()
		s.apply(s.Plan(channelType, s.object, nil)).MustBeSilent(t)
		if left := sim.ActiveVODChannels(); len(left) > 0 || s.Exists(channelType, s.object) {
			t.Errorf("left: %+v; in state: %t", left, s.Exists(channelType, s.object))
		}
		if len(sim.ActiveEdges()) != 1 {
			t.Errorf("edges: %+v", sim.ActiveEdges())
		}
	})
}

// READY, RESERVED and PUBLISHING are one thing to a refresh: the channel is on. The statuses move by themselves.
func TestVOD2LIVEChannel_isQuietWhileItsScheduleRuns(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.quiet()
	s.scheduleOf()
	s.quiet()
	s.sim.Advance(61 * time.Minute)
	s.quiet()
	s.sim.Advance(10 * time.Hour)
	s.quiet()
}

func TestVOD2LIVEChannel_isEditedWhileReservedAndNotWhileOnAir(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	s.scheduleOf()
	s.apply(s.plan(acceptance.Values{"env_type": "STAGE"})).MustBeSilent(t)
	s.wrote("vod-channel.update")
	s.sim.Advance(61 * time.Minute)
	plan := s.plan(acceptance.Values{"env_type": "DEV"})
	plan.MustWarn(t, `AttributeName("env_type")`, "cannot be changed while it is streaming")
	s.apply(plan).MustFail(t, `AttributeName("env_type")`, "was not changed", "PUBLISHING")
	s.wrote()
}

func TestVOD2LIVEChannel_replacements(t *testing.T) {
	for name, more := range map[string]acceptance.Values{
		"quality_set_id": {"quality_set_id": int(simulator.DefaultLowLatencySetID), "output_protocol": "LL_HLS"}, "cdn": {"cdn": newEdge()},
		"drm": {"drm": acceptance.Values{"site_id": "site-1", "content_id": "olive-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := channelOf(t, acceptance.Start(t), shows(nil))
			plan := s.plan(more)
			plan.MustBeSilent(t)
			if !plan.Replaces {
				t.Fatal("the plan does not replace it")
			}
			s.apply(plan).MustBeSilent(t)
			s.wrote("vod-channel.delete", "vod-channel.create")
			s.quiet()
		})
	}
}

func TestVOD2LIVEChannel_turnedOffElsewhereIsDrift(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(nil))
	livestationtest.Must(t, s.sim.SetVODChannelStatus(s.id, simulator.StatusBlock))
	s.refresh("enabled")
	plan := s.plan(nil)
	plan.MustWarn(t, "will be turned on")
	s.apply(plan).MustBeSilent(t)
	s.wrote("vod-channel.on")
	s.quiet()
}

func TestVOD2LIVEChannel_importTakesOmittedValuesFromTheConfiguration(t *testing.T) {
	s := channelOf(t, acceptance.Start(t), shows(acceptance.Values{"cdn": newEdge(), "callback_endpoint": hook}))
	object, diags := s.Import(channelType, s.id)
	diags.MustBeSilent(t)
	object, _, diags = s.Refresh(channelType, object)
	diags.MustBeSilent(t)
	s.object = object
	plan := s.plan(nil)
	plan.MustBeSilent(t)
	if plan.Replaces {
		t.Fatal("the plan replaces it")
	}
	s.apply(plan).MustBeSilent(t)
	s.wrote()
	s.quiet()
	_, diags = s.Import(channelType, " x ")
	diags.MustFail(t, "white space")
}

func TestVOD2LIVEChannel_badInputIsRefusedOnItsPathWithoutARequest(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	for name, c := range map[string]struct {
		more acceptance.Values
		at   string
	}{
		"short name":       {acceptance.Values{"channel_name": "ab"}, `AttributeName("channel_name")`},
		"name with a dash": {acceptance.Values{"channel_name": "olive-shows"}, `AttributeName("channel_name")`},
		"environment":      {acceptance.Values{"env_type": "PROD"}, `AttributeName("env_type")`},
		"protocol":         {acceptance.Values{"output_protocol": "DASH"}, `AttributeName("output_protocol")`},
		"no edge":          {acceptance.Values{"cdn": acceptance.Values{"profile_id": 11}}, `AttributeName("cdn")`},
		"both edges":       {acceptance.Values{"cdn": with(onEdge(), newEdge())}, `AttributeName("cdn").AttributeName("region_type")`},
		"no domain":        {acceptance.Values{"cdn": acceptance.Values{"profile_id": 11, "instance_no": 7001}}, `AttributeName("cdn").AttributeName("domain")`},
		"content of DRM":   {acceptance.Values{"drm": acceptance.Values{"site_id": "s", "content_id": "a b"}}, `AttributeName("drm").AttributeName("content_id")`},
		"callback by http": {acceptance.Values{"callback_endpoint": "http://hooks.example.com"}, `AttributeName("callback_endpoint")`},
		"quality set":      {acceptance.Values{"quality_set_id": 0}, `AttributeName("quality_set_id")`},
	} {
		t.Run(name, func(t *testing.T) { p.Validate(channelType, shows(c.more)).MustFail(t, c.at) })
	}
	livestationtest.MustHaveAsked(t, sim)
}

func TestVOD2LIVEChannel_lostCreationIsSearchedForAndNeverRepeated(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "vod-channel.create", Kind: simulator.FaultReset, AfterEffect: true, Times: 1})
	p := livestationtest.Configured(t, sim, nil)
	_, diags := p.Apply(channelType, p.Plan(channelType, acceptance.Object{}, shows(nil)))
	diags.MustWarn(t, "Answer to the creation was lost")
	sim.Inject(simulator.Fault{Route: "vod-channel.create", Kind: simulator.FaultReset})
	object, diags := p.Apply(channelType, p.Plan(channelType, acceptance.Object{}, shows(acceptance.Values{"channel_name": "another", "cdn": newEdge()})))
	diags.MustFail(t, "Channel may have been created", "edge", "terraform import livestation_vod2live_channel.NAME")
	if p.Exists(channelType, object) || sim.Count("vod-channel.create") != 2 {
		t.Errorf("in state: %t; %d creations", p.Exists(channelType, object), sim.Count("vod-channel.create"))
	}
}

// A refresh of many costs the list's pages from the second on.
func TestVOD2LIVEChannel_aRefreshOfManyReadsTheList(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	var objects []acceptance.Object
	for range 6 {
		imported, diags := p.Import(channelType, sim.AddVODChannel(simulator.VODChannel{}))
		diags.MustBeSilent(t)
		object, _, diags := p.Refresh(channelType, imported)
		diags.MustBeSilent(t)
		objects = append(objects, object)
	}
	fresh := livestationtest.Configured(t, sim, nil)
	sim.ResetRequests()
	for _, object := range objects {
		if _, changed, diags := fresh.Refresh(channelType, object); len(changed)+len(diags) > 0 {
			t.Errorf("a refresh changed %q: %q", changed, diags.Errors())
		}
	}
	if got := len(sim.Requests()); got > 3 {
		t.Errorf("%d requests for 6 channels: %q", got, sim.Routes())
	}
}
