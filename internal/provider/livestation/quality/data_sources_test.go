package quality_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	profilesSource = "livestation_quality_profiles"
	setsSource     = "livestation_quality_sets"
)

func TestQualityProfilesDataIsExactUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectQuality, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		sim.AddQualityProfile(simulator.QualityProfile{ID: 9001, Name: "radio", Type: "AUDIO", Audio: simulator.QualityAudio{Codec: "MP3", SampleRate: 48000, Channels: 1, Bitrate: 96}})
		sim.AddQualityProfile(simulator.QualityProfile{ID: 9000, Name: "hd", Video: &simulator.QualityVideo{Profile: "HIGH", Width: 1280, Height: 720, FPS: 29.97, Bitrate: 2_500_000, BFrames: 2, RateControl: "CBR"}})
		p := livestationtest.Configured(t, sim, nil)
		hd := map[string]any{
			"quality_profile_id": int64(9000), "name": "hd", "gen_type": "CUSTOM", "type": "NORMAL",
			"video": map[string]any{"codec": "H264", "profile": "HIGH", "width": int64(1280), "height": int64(720), "fps": 29.97, "bitrate": int64(2_500_000), "rate_control": "CBR", "bframes": int64(2), "orientation": "FIX"},
			"audio": map[string]any{"codec": "AAC", "profile": "LC", "sample_rate": int64(44100), "channels": int64(2), "bitrate": int64(128)},
		}
		radio := map[string]any{
			"quality_profile_id": int64(9001), "name": "radio", "gen_type": "CUSTOM", "type": "AUDIO", "video": nil,
			"audio": map[string]any{"codec": "MP3", "profile": "LC", "sample_rate": int64(48000), "channels": int64(1), "bitrate": int64(96)},
		}
		livestationtest.MustHold(t, p.MustRead(profilesSource, acceptance.Values{"gen_type": "CUSTOM"}), map[string]any{"gen_type": "CUSTOM", "name": nil, "quality_profiles": []any{hd, radio}})
		livestationtest.MustHold(t, p.MustRead(profilesSource, acceptance.Values{"name": "radio"}), map[string]any{"gen_type": nil, "name": "radio", "quality_profiles": []any{radio}})
		livestationtest.MustHold(t, p.MustRead(profilesSource, acceptance.Values{"gen_type": "SYSTEM", "name": "hd"}), map[string]any{"gen_type": "SYSTEM", "name": "hd", "quality_profiles": []any{}})
		livestationtest.MustHaveAsked(t, sim, "quality-profile.list", "quality-profile.list", "quality-profile.list")
		all, _ := p.MustRead(profilesSource, acceptance.Values{})["quality_profiles"].([]any)
		if len(all) != len(sim.QualityProfiles()) {
			t.Errorf("%d profiles are listed, and there are %d", len(all), len(sim.QualityProfiles()))
		}
	})
}

func TestQualitySetsDataIsExactUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectQuality, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		sim.AddQualityProfile(simulator.QualityProfile{ID: 50})
		sim.AddQualitySet(simulator.QualitySet{ID: 9001, Name: "low", LowLatency: true, SegmentDuration: 1000, SegmentCount: 6})
		sim.AddQualitySet(simulator.QualitySet{ID: 9000, Name: "hd", ProfileIDs: []int64{simulator.DefaultQualityProfileID, 50}})
		sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: "olive_live", QualitySetID: 9000})
		p := livestationtest.Configured(t, sim, nil)
		hd := map[string]any{
			"quality_set_id": int64(9000), "name": "hd", "gen_type": "CUSTOM", "low_latency": false, "segment_duration": int64(2000), "segment_count": int64(3),
			"quality_profile_ids": []any{int64(50), simulator.DefaultQualityProfileID}, "in_use_channel_names": []any{"olive_live"},
		}
		low := map[string]any{
			"quality_set_id": int64(9001), "name": "low", "gen_type": "CUSTOM", "low_latency": true, "segment_duration": int64(1000), "segment_count": int64(6),
			"quality_profile_ids": []any{simulator.DefaultQualityProfileID}, "in_use_channel_names": []any{},
		}
		filtered := func(genType, name, kind any, want ...any) {
			t.Helper()
			livestationtest.MustHold(t, p.MustRead(setsSource, acceptance.Values{"gen_type": genType, "name": name, "type": kind}),
				map[string]any{"gen_type": genType, "name": name, "type": kind, "quality_sets": append([]any{}, want...)})
			livestationtest.MustHaveAsked(t, sim, "quality-set.list")
		}
		filtered("CUSTOM", nil, nil, hd, low)
		filtered("CUSTOM", nil, "LL_HLS", low)
		filtered("CUSTOM", nil, "HLS", hd)
		filtered(nil, "low", nil, low)
		filtered(nil, "lo", nil)
		filtered("SYSTEM", "hd", "HLS")
	})
}

func TestQualityDataThatCannotBeReadIsAnErrorAndNoEmptyList(t *testing.T) {
	none := func(*simulator.Simulator) acceptance.Values { return acceptance.Values{} }
	livestationtest.FailedRead(t, profilesSource, "quality-profile.list", none)
	livestationtest.FailedRead(t, setsSource, "quality-set.list", none)
}
