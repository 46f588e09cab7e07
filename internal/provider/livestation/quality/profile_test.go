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

func TestQualityProfileLivesUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectQuality, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		p := livestationtest.Configured(t, sim, nil)
		object := p.Create(profileType, hd())
		profile := id(p, profileType, object)
		for names, want := range map[[2]string]any{
			{"video", "codec"}: "H264", {"video", "rate_control"}: "VBR", {"video", "bframes"}: int64(0), {"video", "orientation"}: "FIX", {"video", "fps"}: 29.97,
			{"audio", "codec"}: "AAC", {"audio", "profile"}: "LC", {"audio", "bitrate"}: int64(128),
		} {
			if got := member(p, profileType, object, names[0], names[1]); got != want {
				t.Errorf("%s.%s is %v, want %v", names[0], names[1], got, want)
			}
		}
		if got := member(p, profileType, object, "id"); got != fmt.Sprint(profile) {
			t.Errorf("id is %v, want %d", got, profile)
		}
		if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"quality-profile.create"}) {
			t.Errorf("writes were %q", got)
		}
		mustBeQuiet(t, p, profileType, object, hd())
		// Timeouts alone change nothing at the service.
		sim.ResetRequests()
		later := with(hd(), "timeouts", acceptance.Values{"delete": "1m"})
		plan := p.Plan(profileType, object, later)
		if plan.Replaces {
			t.Error("changed timeouts replace the profile")
		}
		object, diags := p.Apply(profileType, plan)
		diags.MustBeSilent(t)
		livestationtest.MustHaveAsked(t, sim)
		mustBeQuiet(t, p, profileType, object, later)
		_, diags = p.ApplyDelete(profileType, p.Plan(profileType, object, nil))
		diags.MustBeSilent(t)
		if slices.ContainsFunc(sim.QualityProfiles(), func(other simulator.QualityProfile) bool { return other.ID == profile }) {
			t.Error("the profile is left")
		}
	})
}

// 29.97 is no number that a Float of the service can have exactly.
func TestQualityProfileWithARoundedFrameRatePlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(profileType, hd())
	sim.Inject(simulator.Fault{Route: "quality-profile.get", Status: 200, Body: fmt.Sprintf(`{"content":{"id":%d,"name":"hd-720","genType":"CUSTOM","type":"NORMAL",
		"video":{"profile":"HIGH","width":1280,"height":720,"fps":29.969999313354492,"bitrate":2500000},"audio":{"samplerate":44100,"channels":2,"bitrate":128}}}`, id(p, profileType, object))})
	mustBeQuiet(t, p, profileType, object, hd())
}

func TestAudioOnlyQualityProfileHasNoVideo(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := acceptance.Values{"name": "radio", "type": "AUDIO", "audio": acceptance.Values{"codec": "MP3", "sample_rate": 48000, "channels": 1, "bitrate": 96}}
	object := p.Create(profileType, config)
	if got := member(p, profileType, object, "video"); got != nil {
		t.Errorf("video is %v", got)
	}
	mustBeQuiet(t, p, profileType, object, config)
}

// What the configuration leaves to the service is not sent, or the service would take a value that nobody chose. A picture that the service
// shows of sound alone is none.
func TestQualityProfileIsMadeOfWhatIsConfiguredAlone(t *testing.T) {
	for want, config := range map[string]acceptance.Values{
		`"video":{"codec":"H264","profile":"HIGH","level":-1,"width":1280,"height":720,"fps":29.97,"bitrate":2500000},"audio":{"codec":"AAC","profile":"LC","samplerate":44100,"channels":2,"bitrate":128}}`: hd(),
		`"audio":{"codec":"MP3","samplerate":48000,"channels":1,"bitrate":96}}`: {
			"name": "radio", "type": "AUDIO", "audio": acceptance.Values{"codec": "MP3", "sample_rate": 48000, "channels": 1, "bitrate": 96},
		},
	} {
		t.Run(config["name"].(string), func(t *testing.T) {
			sim := acceptance.Start(t)
			p := livestationtest.Configured(t, sim, nil)
			object := p.Create(profileType, config)
			if body := string(sim.RequestsTo("quality-profile.create")[0].Body); !strings.HasSuffix(body, want) {
				t.Errorf("sent %s, want %s", body, want)
			}
			if config["type"] == "AUDIO" {
				sim.Inject(simulator.Fault{Route: "quality-profile.get", Status: 200, Body: fmt.Sprintf(`{"content":{"id":%d,"name":"radio","genType":"CUSTOM","type":"AUDIO",
					"video":{"width":0,"height":0},"audio":{"codec":"MP3","samplerate":48000,"channels":1,"bitrate":96}}}`, id(p, profileType, object))})
			}
			mustBeQuiet(t, p, profileType, object, config)
		})
	}
}

// Every change replaces, on the path of what changed.
func TestQualityProfileIsReplacedByEachChange(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(profileType, hd())
	for name, value := range map[string]any{
		"name": "hd-other", "video.profile": "MAIN", "video.width": 1920, "video.height": 1080, "video.fps": 30.0, "video.bitrate": 1, "video.rate_control": "CBR", "video.bframes": 2,
		"video.orientation": "FREEFIX", "audio.codec": "MP3", "audio.sample_rate": 48000, "audio.channels": 1, "audio.bitrate": 64, "video": acceptance.Unknown, "video.bitrates": nil,
	} {
		if name == "video.bitrates" {
			continue
		}
		if plan := p.Plan(profileType, object, with(hd(), name, value)); !plan.Replaces {
			t.Errorf("%s = %v does not replace the profile", name, value)
		}
	}
	// What the service chose is what it was asked for.
	mustBeQuiet(t, p, profileType, object, with(with(hd(), "video.rate_control", "VBR"), "video.orientation", "FIX"))
	sim.ResetRequests()
	plan := p.Plan(profileType, object, with(hd(), "video.bitrate", 1_000_000))
	_, diags := p.Apply(profileType, plan)
	diags.MustBeSilent(t)
	if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"quality-profile.delete", "quality-profile.create"}) {
		t.Errorf("writes were %q", got)
	}
}

func TestQualityProfileThatIsGoneIsPlannedAgain(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(profileType, hd())
	sim.RemoveQualityProfile(id(p, profileType, object))
	if after, _, diags := p.Refresh(profileType, object); p.Exists(profileType, after) || len(diags) > 0 {
		t.Errorf("a profile that is gone stays in state: %q", diags.Errors())
	}
	// Deleting what is gone already is success.
	_, diags := p.ApplyDelete(profileType, p.Plan(profileType, object, nil))
	diags.MustBeSilent(t)
}

func TestQualityProfileIsImportedAndPlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	custom := sim.AddQualityProfile(simulator.QualityProfile{Name: "hd-720", Video: &simulator.QualityVideo{Profile: "HIGH", Width: 1280, Height: 720, FPS: 29.97, Bitrate: 2_500_000}})
	object, diags := importAndRead(t, p, profileType, fmt.Sprint(custom))
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, profileType, object, hd())
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
	livestationtest.BadNumber(t, sim, profileType, "quality_profile_id", "terraform import livestation_quality_profile.NAME 3102")
}

// What the service does not tell of a profile that it has is no reason to replace it, and with it a set and a channel.
func TestImportOfAPartlyReportedQualityProfilePlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	sim.Inject(simulator.Fault{Route: "quality-profile.get", Status: 200, Body: `{"content":{"id":3102,"name":"hd-720","genType":"CUSTOM","type":"NORMAL",
		"video":{"profile":"HIGH","width":1280,"height":720,"fps":29.97,"bitrate":2500000},"audio":{"samplerate":44100,"channels":2,"bitrate":128}}}`})
	imported, diags := importAndRead(t, p, profileType, "3102")
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, profileType, imported, hd())
	// What the configuration says of it is taken from there.
	said := with(with(with(hd(), "video.rate_control", "CBR"), "video.codec", "H264"), "audio.profile", "LC")
	plan := p.Plan(profileType, imported, said)
	plan.MustWarn(t, "taken from the configuration", "rate_control")
	if plan.Replaces {
		t.Error("what the service does not tell replaces the profile")
	}
	object, diags := p.Apply(profileType, plan)
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, profileType, object, said)
	if !p.Plan(profileType, object, with(said, "video.rate_control", "VBR")).Replaces {
		t.Error("another value than the one that was taken does not replace the profile")
	}
	if !p.Plan(profileType, imported, with(hd(), "video.bitrate", 1_000_000)).Replaces {
		t.Error("another value than the one that the service tells does not replace the profile")
	}
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}

func TestImportOfAQualityProfileWithoutItsSoundPlansNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	sim.Inject(simulator.Fault{Route: "quality-profile.get", Status: 200, Body: `{"content":{"id":3102,"name":"hd-720","genType":"CUSTOM","type":"NORMAL"}}`})
	imported, diags := importAndRead(t, p, profileType, "3102")
	diags.MustBeSilent(t)
	plan := p.Plan(profileType, imported, hd())
	plan.MustWarn(t, `AttributeName("audio")`, "taken from the configuration", "`audio` of profile 3102")
	plan.MustWarn(t, `AttributeName("video")`, "taken from the configuration")
	if plan.Replaces {
		t.Fatal("what the service does not report replaces the profile")
	}
	object, diags := p.Apply(profileType, plan)
	diags.MustBeSilent(t)
	mustBeQuiet(t, p, profileType, object, hd())
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}

func TestQualityObjectsOfTheServiceCannotBeManaged(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	bypass := sim.AddQualityProfile(simulator.QualityProfile{Name: "source", Type: "BYPASS"})
	for _, one := range []struct {
		kind, id, dataSource string
	}{
		{profileType, fmt.Sprint(simulator.DefaultQualityProfileID), "livestation_quality_profiles"}, {profileType, fmt.Sprint(bypass), "livestation_quality_profiles"},
		{setType, fmt.Sprint(simulator.DefaultQualitySetID), "livestation_quality_sets"},
	} {
		_, diags := importAndRead(t, p, one.kind, one.id)
		diags.MustFail(t, "cannot be managed", one.id, "data source "+one.dataSource)
	}
}

func TestQualityProfileInUseStaysAndItsUsersAreNamed(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(profileType, hd())
	used := sim.AddQualitySet(simulator.QualitySet{Name: "set-of-it", ProfileIDs: []int64{id(p, profileType, object)}})
	sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", QualitySetID: used})
	left, diags := p.ApplyDelete(profileType, p.Plan(profileType, object, nil))
	diags.MustFail(t, "Quality profile was not deleted", "in use", "set-of-it", "olive_live", "stays in state")
	if !p.Exists(profileType, left) {
		t.Error("the profile is lost from state")
	}
}

func TestQualityProfileOfAKilledRunIsPointedOut(t *testing.T) {
	sim := acceptance.Start(t)
	orphan := sim.AddQualityProfile(simulator.QualityProfile{Name: "hd-720", Video: &simulator.QualityVideo{Profile: "HIGH", Width: 1280, Height: 720, FPS: 29.97, Bitrate: 2_500_000}})
	plan := livestationtest.Configured(t, sim, nil).Plan(profileType, acceptance.Object{}, hd())
	plan.MustWarn(t, "A quality profile like this exists already", fmt.Sprintf("terraform import %s.NAME %d", profileType, orphan))
	sim.ResetRequests()
	livestationtest.Configured(t, sim, nil).InApply().Plan(profileType, acceptance.Object{}, hd()).MustBeSilent(t)
	livestationtest.MustHaveAsked(t, sim)
}

// A creation whose answer is lost is looked for, and never sent twice.
func TestQualityObjectsAreMadeOnceWhereTheAnswerIsLost(t *testing.T) {
	for kind, config := range map[string]acceptance.Values{profileType: hd(), setType: set()} {
		route := map[string]string{profileType: "quality-profile.create", setType: "quality-set.create"}[kind]
		for name, fault := range map[string]simulator.Fault{
			"it was made": {Kind: simulator.FaultReset, AfterEffect: true}, "it was not": {Kind: simulator.FaultReset},
			"its id is none": {Kind: simulator.FaultWrongShape, Body: `{"content":{"id":0}}`, AfterEffect: true},
		} {
			t.Run(kind+"/"+name, func(t *testing.T) {
				sim := acceptance.Start(t)
				p := livestationtest.Configured(t, sim, nil)
				plan := p.Plan(kind, acceptance.Object{}, config)
				fault.Route, fault.Times = route, 1
				sim.Inject(fault)
				object, diags := p.Apply(kind, plan)
				if sim.Count(route) != 1 {
					t.Errorf("%d creations were sent", sim.Count(route))
				}
				if fault.AfterEffect {
					diags.MustWarn(t, "Answer to the creation was lost")
					mustBeQuiet(t, p, kind, object, config)
					return
				}
				diags.MustFail(t, "may have been created", "terraform import "+kind)
			})
		}
	}
}

func TestQualityProfileThatCannotBeReadBackIsKept(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, acceptance.Values{"max_retries": 0})
	plan := p.Plan(profileType, acceptance.Object{}, hd())
	sim.Inject(simulator.Fault{Route: "quality-profile.get", Status: 500, Times: 1})
	object, diags := p.Apply(profileType, plan)
	diags.MustWarn(t, "Quality profile could not be read back")
	if got := member(p, profileType, object, "video", "rate_control"); got != nil {
		t.Errorf("rate_control is %v", got)
	}
	// It was made without what is not in state: another value needs another profile.
	if !p.Plan(profileType, object, with(hd(), "video.rate_control", "CBR")).Replaces {
		t.Error("a value that is not in state is taken for the profile's")
	}
	object, changed, diags := p.Refresh(profileType, object)
	diags.MustBeSilent(t)
	if !slices.Equal(changed, []string{"video"}) || member(p, profileType, object, "video", "rate_control") != "VBR" {
		t.Errorf("the refresh changed %q", changed)
	}
	mustBeQuiet(t, p, profileType, object, hd())
}
