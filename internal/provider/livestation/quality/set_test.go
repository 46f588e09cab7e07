package quality_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestQualitySetLivesUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectQuality, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		p := livestationtest.Configured(t, sim, nil)
		profile := id(p, profileType, p.Create(profileType, hd()))
		config := with(with(set(), "quality_profile_ids", []any{int(profile), int(simulator.DefaultQualityProfileID)}),
			"timed_metadata", acceptance.Values{"header": "ID3", "interval": 1000, "key": "PRIV"})
		sim.ResetRequests()
		object := p.Create(setType, config)
		if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"quality-set.create"}) {
			t.Errorf("writes were %q", got)
		}
		mustBeQuiet(t, p, setType, object, config)
		sim.ResetRequests()
		config = with(config, "segment_duration", 4000)
		plan := p.Plan(setType, object, config)
		plan.MustBeSilent(t) // No channel uses it.
		if plan.Replaces {
			t.Error("an edit of the segments replaces the set")
		}
		object, diags := p.Apply(setType, plan)
		diags.MustBeSilent(t)
		if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"quality-set.update"}) {
			t.Errorf("writes were %q", got)
		}
		mustBeQuiet(t, p, setType, object, config)
		set := id(p, setType, object)
		_, diags = p.ApplyDelete(setType, p.Plan(setType, object, nil))
		diags.MustBeSilent(t)
		if slices.ContainsFunc(sim.QualitySets(), func(other simulator.QualitySet) bool { return other.ID == set }) {
			t.Error("the set is left")
		}
	})
}

func lowLatency() acceptance.Values {
	return with(with(with(set(), "low_latency", true), "segment_duration", nil), "segment_count", nil)
}

// What the service tells of the segments of a low-latency set is its own choice, and no drift.
func TestQualitySetForLowLatencyHasNoSegments(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(setType, lowLatency())
	livestationtest.Must(t, sim.EditQualitySet(id(p, setType, object), func(set *simulator.QualitySet) { set.SegmentDuration, set.SegmentCount = 1000, 7 }))
	mustBeQuiet(t, p, setType, object, lowLatency())
	imported, diags := importAndRead(t, p, setType, fmt.Sprint(id(p, setType, object)))
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, setType, imported, lowLatency())
	if plan := p.Plan(setType, object, set()); !plan.Replaces {
		t.Error("a low-latency set cannot become another one in place")
	}
}

func TestQualitySetReplacements(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(setType, set())
	for name, value := range map[string]any{
		"name": "set-other", "quality_profile_ids": acceptance.Unknown, "timed_metadata": acceptance.Values{"header": "ID3", "interval": 1000, "key": "PRIV"},
	} {
		if plan := p.Plan(setType, object, with(set(), name, value)); !plan.Replaces {
			t.Errorf("%s does not replace the set", name)
		}
	}
}

func TestQualitySetDriftIsDetectedAndCorrected(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(setType, set())
	livestationtest.Must(t, sim.EditQualitySet(id(p, setType, object), func(set *simulator.QualitySet) { set.SegmentCount = 9 }))
	object, changed, diags := p.Refresh(setType, object)
	diags.MustBeSilent(t)
	if !slices.Equal(changed, []string{"segment_count"}) {
		t.Errorf("the refresh changed %q", changed)
	}
	object, diags = p.Apply(setType, p.Plan(setType, object, set()))
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, setType, object, set())
	sim.RemoveQualitySet(id(p, setType, object))
	if after, _, _ := p.Refresh(setType, object); p.Exists(setType, after) {
		t.Error("a set that is gone stays in state")
	}
}

func TestQualitySetIsImportedAndPlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	custom := sim.AddQualitySet(simulator.QualitySet{Name: "set-hd"})
	object, diags := importAndRead(t, p, setType, fmt.Sprint(custom))
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, setType, object, set())
	livestationtest.BadNumber(t, sim, setType, "quality_set_id", "terraform import livestation_quality_set.NAME 4501")
}

// What the service does not report of a set neither replaces it, and with it channels, nor restarts broadcasts.
func TestImportOfAPartlyReportedQualitySetPlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	sim.Inject(simulator.Fault{Route: "quality-set.get", Status: 200, Body: `{"content":{"id":4501,"name":"set-hd","genType":"CUSTOM"}}`})
	imported, diags := importAndRead(t, p, setType, "4501")
	diags.MustBeSilent(t)
	metadata := acceptance.Values{"header": "h", "interval": 1000, "key": "k"}
	config := with(set(), "timed_metadata", metadata)
	plan := p.Plan(setType, imported, config)
	for _, attribute := range []string{"quality_profile_ids", "segment_duration", "segment_count", "timed_metadata"} {
		plan.MustWarn(t, `AttributeName("`+attribute+`")`, "taken from the configuration", "set 4501")
	}
	if plan.Replaces {
		t.Fatal("what the service does not report replaces the set")
	}
	object, diags := p.Apply(setType, plan)
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, setType, object, config)
	if !p.Plan(setType, object, with(config, "timed_metadata", nil)).Replaces {
		t.Error("a value that was taken is no value of the set")
	}
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}

// Metadata count as on unless the service says that they are off, whichever of their values it still shows.
func TestQualitySetHasTheMetadataThatTheServiceHasOn(t *testing.T) {
	metadata := acceptance.Values{"header": "h", "interval": 1000, "key": "k"}
	for told, on := range map[string]bool{`"enableHlsTimedMetadata":true,`: true, ``: true, `"enableHlsTimedMetadata":false,`: false} {
		t.Run(fmt.Sprint(on, told), func(t *testing.T) {
			sim := acceptance.Start(t)
			p := livestationtest.Configured(t, sim, nil)
			sim.Inject(simulator.Fault{Route: "quality-set.get", Status: 200, Body: fmt.Sprintf(
				`{"content":{"id":4501,"name":"set-hd","genType":"CUSTOM",%s"timedMetadata":{"header":"h","interval":1000,"key":"k"}}}`, told)})
			imported, diags := importAndRead(t, p, setType, "4501")
			diags.MustBeSilent(t)
			if got := member(p, setType, imported, "timed_metadata", "key"); (got == "k") != on {
				t.Errorf("%s: the key is %v", told, got)
			}
			if got := member(p, setType, imported, "low_latency"); got != false {
				t.Errorf("low_latency is %v", got)
			}
			if p.Plan(setType, imported, with(set(), "timed_metadata", metadata)).Replaces == on {
				t.Errorf("%s: the set is replaced: %t", told, !on)
			}
		})
	}
}

// Metadata that the service has turned off are gone, whatever state knows of them.
func TestQualitySetWhoseMetadataAreOffIsReplaced(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := with(set(), "timed_metadata", acceptance.Values{"header": "h", "interval": 1000, "key": "k"})
	object := p.Create(setType, config)
	sim.Inject(simulator.Fault{Route: "quality-set.get", Status: 200, Body: fmt.Sprintf(
		`{"content":{"id":%d,"name":"set-hd","genType":"CUSTOM","enableHlsTimedMetadata":false}}`, id(p, setType, object))})
	object, changed, diags := p.Refresh(setType, object)
	diags.MustBeSilent(t)
	if !slices.Equal(changed, []string{"timed_metadata"}) || !p.Plan(setType, object, config).Replaces {
		t.Errorf("a refresh changed %q; the set is replaced: %t", changed, p.Plan(setType, object, config).Replaces)
	}
}

// Only what is sent needs the service.
func TestQualitySetWhoseTimeoutsChangeNeedsNoService(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(setType, set())
	changed := with(set(), "timeouts", acceptance.Values{"delete": "1m"})
	offline := livestationtest.Configured(t, sim, acceptance.Values{"secret_key": acceptance.Unknown})
	sim.ResetRequests()
	_, diags := offline.Apply(setType, offline.Plan(setType, object, changed))
	diags.MustBeSilent(t)
	livestationtest.MustHaveAsked(t, sim)
}

// An edit restarts what is on air: the plan says whose broadcasts, and nothing of it where nobody uses the set.
func TestQualitySetEditNamesTheBroadcastsThatRestart(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(setType, set())
	used := id(p, setType, object)
	live := sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", QualitySetID: used, Status: simulator.StatusPublishing})
	sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_idle", QualitySetID: used, Status: simulator.StatusReady})
	sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "another", Status: simulator.StatusPublishing})
	for name, value := range map[string]any{"segment_duration": 4000, "segment_count": acceptance.Unknown} {
		plan := p.Plan(setType, object, with(set(), name, value))
		plan.MustWarn(t, "Broadcasts on the quality set will restart", `AttributeName("`+name+`")`, "set-hd", "olive_live, olive_idle", "On air now: olive_live ("+live+").")
		for _, warning := range plan.Warnings() {
			if strings.Contains(warning, "another") {
				t.Errorf("the plan names a channel of another set: %s", warning)
			}
		}
	}
	// Nothing is looked up for a plan that changes nothing of the segments.
	sim.ResetRequests()
	p.Plan(setType, object, with(set(), "timeouts", acceptance.Values{"delete": "1m"})).MustBeSilent(t)
	p.Plan(setType, object, nil).MustBeSilent(t)
	livestationtest.MustHaveAsked(t, sim)
	// A plan that cannot look succeeds, and says so.
	lift := sim.Inject(simulator.Fault{Route: "quality-set.get", Status: 403})
	p.Plan(setType, object, with(set(), "segment_count", 5)).MustWarn(t, "Broadcasts on the quality set will restart", "could not be determined")
	lift()
	lift = sim.Inject(simulator.Fault{Route: "channel.list", Status: 403})
	p.Plan(setType, object, with(set(), "segment_count", 5)).MustWarn(t, "olive_live, olive_idle", "on air now could not be determined")
	lift()
	plan := p.Plan(setType, object, with(set(), "segment_count", 5))
	_, diags := p.Apply(setType, plan)
	diags.MustBeSilent(t)
	if channel, _ := sim.GeneralChannel(live); channel.Restarts != 1 {
		t.Errorf("the broadcast was restarted %d times", channel.Restarts)
	}
}

// What an answer leaves out does not make a plan say that nobody is cut.
func TestQualitySetEditNamesBroadcastsWhateverTheServiceLeavesOut(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(setType, set())
	used := id(p, setType, object)
	edit := func() acceptance.Planned { return p.Plan(setType, object, with(set(), "segment_count", 5)) }
	edit().MustBeSilent(t)

	lift := sim.Inject(simulator.Fault{Route: "quality-set.get", Status: 200, Body: fmt.Sprintf(`{"content": {"id": %d, "name": "set-hd", "genType": "CUSTOM"}}`, used)})
	edit().MustBeSilent(t)
	live := sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", QualitySetID: used, Status: simulator.StatusPublishing})
	sim.AddVODChannel(simulator.VODChannel{ChannelName: "olive_vod", QualitySetID: used})
	edit().MustWarn(t, "Broadcasts on the quality set will restart", "olive_live ("+live+"), which is on air now", "olive_vod (")
	broken := sim.Inject(simulator.Fault{Route: "vod-channel.list", Status: 403})
	edit().MustWarn(t, "Broadcasts on the quality set will restart", "Which channels use it could not be determined")
	broken()
	lift()

	sim.Inject(simulator.Fault{Route: "channel.list", Status: 200, Body: fmt.Sprintf(
		`{"content": [{"channelId": %q, "channelName": "olive_live", "channelStatus": "PUBLISHING"}, {"channelId": "ls-2", "channelName": "another", "channelStatus": "PUBLISHING"}], "total": 2}`, live)})
	edit().MustWarn(t, "On air now: olive_live ("+live+").")
}

func TestQualitySetInUseStaysAndItsChannelsAreNamed(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkSetInUseFalse}, func(t *testing.T, sim *simulator.Simulator) {
		p := livestationtest.Configured(t, sim, nil)
		object := p.Create(setType, set())
		sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", QualitySetID: id(p, setType, object)})
		left, diags := p.ApplyDelete(setType, p.Plan(setType, object, nil))
		diags.MustFail(t, "Quality set was not deleted", "in use", "channel olive_live", "stays in state")
		if !p.Exists(setType, left) {
			t.Error("the set is lost from state")
		}
		if sim.Count("quality-set.delete") != 1 {
			t.Errorf("%d deletions were sent", sim.Count("quality-set.delete"))
		}
	})
}

// Two of 1920x1080 are refused where their ids are known, and left to the service where they are not, or cannot be looked at.
func TestQualitySetHasOneProfileOfFullHD(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	full := &simulator.QualityVideo{Profile: "HIGH", Width: 1920, Height: 1080, FPS: 30, Bitrate: 5_000_000}
	one, other := int(sim.AddQualityProfile(simulator.QualityProfile{Name: "full-1", Video: full})), int(sim.AddQualityProfile(simulator.QualityProfile{Name: "full-2", Video: full}))
	two := with(set(), "quality_profile_ids", []any{one, other, int(simulator.DefaultQualityProfileID)})
	p.Plan(setType, acceptance.Object{}, two).MustFail(t, "Several profiles of 1920x1080", `AttributeName("quality_profile_ids")`, "full-1", "full-2")
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
	p.Plan(setType, acceptance.Object{}, with(set(), "quality_profile_ids", []any{one, int(simulator.DefaultQualityProfileID)})).MustBeSilent(t)
	p.Plan(setType, acceptance.Object{}, with(set(), "quality_profile_ids", []any{one, acceptance.Unknown})).MustBeSilent(t)
	for _, route := range []string{"quality-profile.get", "quality-profile.list"} {
		sim.Inject(simulator.Fault{Route: route, Status: 403})
	}
	if plan := livestationtest.Configured(t, sim, nil).Plan(setType, acceptance.Object{}, two); len(plan.Errors()) > 0 {
		t.Errorf("a plan that cannot look has errors: %q", plan.Errors())
	}
}

func TestQualitySetOfAnUnknownProfileIsAnErrorOnItsAttribute(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	plan := p.Plan(setType, acceptance.Object{}, with(set(), "quality_profile_ids", []any{999999}))
	_, diags := p.Apply(setType, plan)
	diags.MustFail(t, "Quality set was not created", `AttributeName("quality_profile_ids")`, "set-hd", "250004", "livestation_quality_profiles")
}

func TestQualitySetOfAKilledRunIsPointedOut(t *testing.T) {
	sim := acceptance.Start(t)
	orphan := sim.AddQualitySet(simulator.QualitySet{Name: "set-hd"})
	plan := livestationtest.Configured(t, sim, nil).Plan(setType, acceptance.Object{}, set())
	plan.MustWarn(t, "A quality set like this exists already", fmt.Sprintf("terraform import %s.NAME %d", setType, orphan))
}

func TestQualitySetEditThatFailsLosesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, acceptance.Values{"max_retries": 0})
	object := p.Create(setType, set())
	changed := with(with(set(), "segment_count", 5), "segment_duration", 3000)
	for name, fault := range map[string]simulator.Fault{"refused": {Status: 400}, "not in truth": {Status: 500}} {
		fault.Route = "quality-set.update"
		lift := sim.Inject(fault)
		left, diags := p.Apply(setType, p.Plan(setType, object, changed))
		diags.MustFail(t, "Quality set was not changed", `AttributeName("segment_duration")`, "set-hd")
		if got := member(p, setType, left, "segment_count"); got != int64(3) {
			t.Errorf("%s: segment_count is %v", name, got)
		}
		lift()
	}
	// An edit whose answer is lost is proven by a look.
	sim.Inject(simulator.Fault{Route: "quality-set.update", Kind: simulator.FaultReset, AfterEffect: true, Times: 1})
	object, diags := p.Apply(setType, p.Plan(setType, object, changed))
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, setType, object, changed)
}

// Many that are refreshed together share lists.
func TestQualityRefreshOfManyCostsTheLists(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	var profiles, sets []acceptance.Object
	for i := range 20 {
		profiles = append(profiles, p.Create(profileType, with(hd(), "name", fmt.Sprintf("hd-%02d", i))))
		sets = append(sets, p.Create(setType, with(set(), "name", fmt.Sprintf("set-%02d", i))))
	}
	p = livestationtest.Configured(t, sim, nil)
	sim.ResetRequests()
	for kind, objects := range map[string][]acceptance.Object{profileType: profiles, setType: sets} {
		for _, object := range objects {
			_, changed, diags := p.Refresh(kind, object)
			diags.MustBeSilent(t)
			if len(changed) > 0 {
				t.Errorf("a refresh changed %q", changed)
			}
		}
	}
	if got := len(sim.Requests()); got > 6 {
		t.Errorf("%d requests: %q", got, sim.Routes())
	}
	// What a list shows otherwise than the state is read by itself.
	livestationtest.Must(t, sim.EditQualitySet(id(p, setType, sets[7]), func(set *simulator.QualitySet) { set.SegmentCount = 9 }))
	p = livestationtest.Configured(t, sim, nil)
	sim.ResetRequests()
	for i, object := range sets {
		if _, changed, _ := p.Refresh(setType, object); (len(changed) > 0) != (i == 7) {
			t.Errorf("a refresh of set %d changed %q", i, changed)
		}
	}
	if got := sim.Count("quality-set.get"); got < 2 || got > 3 {
		t.Errorf("%d sets were read by themselves", got)
	}
}
