package quality_test

import (
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

func TestInvalidQualityInputIsAnErrorOnItsPathAndSendsNothing(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	type bad struct {
		config acceptance.Values
		at     string
		words  string
	}
	at := func(names ...string) string {
		return `AttributeName("` + strings.Join(names, `").AttributeName("`) + `")`
	}
	alone := func(kind string) acceptance.Values { return with(with(hd(), "type", kind), "video", nil) }
	small := with(with(hd(), "video.width", 1278), "video.height", 720)
	five := with(set(), "quality_profile_ids", []any{1, 2, 3, 4, 5})
	for kind, cases := range map[string][]bad{
		profileType: {
			{with(hd(), "name", "hd"), at("name"), "3 to 20"}, {with(hd(), "name", strings.Repeat("a", 21)), at("name"), "3 to 20"}, {with(hd(), "name", "hd_720"), at("name"), "letters"},
			{with(hd(), "name", "한글이름"), at("name"), "English"}, {with(hd(), "type", "BYPASS"), at("type"), "NORMAL"},
			{with(hd(), "type", "AUDIO"), at("video"), "no `video`"}, {with(hd(), "video", nil), at("video"), "needs `video`"}, {alone("NORMAL"), at("video"), "needs `video`"},
			{with(hd(), "audio", nil), "audio", ""},
			{with(hd(), "video.width", 1281), at("video", "width"), "even"}, {with(hd(), "video.height", 721), at("video", "height"), "even"},
			{with(hd(), "video.width", 126), at("video", "width"), "between 128 and 1920"}, {with(hd(), "video.width", 1922), at("video", "width"), "between 128 and 1920"},
			{with(hd(), "video.height", 94), at("video", "height"), "between 96 and 1920"}, {with(hd(), "video.height", 1922), at("video", "height"), "between 96 and 1920"},
			{with(hd(), "video.fps", 0.5), at("video", "fps"), "between"}, {with(hd(), "video.fps", 60.5), at("video", "fps"), "between"},
			{with(hd(), "video.bitrate", 0), at("video", "bitrate"), "between 1"}, {with(hd(), "video.bitrate", 204_800_001), at("video", "bitrate"), "204800000"},
			{with(hd(), "video.codec", "H265"), at("video", "codec"), "H264"}, {with(hd(), "video.profile", "BEST"), at("video", "profile"), "BASELINE"},
			{with(hd(), "video.rate_control", "ABR"), at("video", "rate_control"), "CBR"}, {with(hd(), "video.bframes", 5), at("video", "bframes"), "between 0 and 4"},
			{with(hd(), "video.bframes", -1), at("video", "bframes"), "between 0 and 4"}, {with(hd(), "video.orientation", ""), at("video", "orientation"), "empty"},
			{small, at("video", "profile"), "BASELINE"}, {with(small, "video.profile", "MAIN"), at("video", "profile"), "1278x720"},
			{with(hd(), "audio.codec", "OPUS"), at("audio", "codec"), "AAC"}, {with(hd(), "audio.profile", "HE"), at("audio", "profile"), "LC"},
			{with(hd(), "audio.sample_rate", 44000), at("audio", "sample_rate"), "44100"}, {with(hd(), "audio.channels", 0), at("audio", "channels"), "between 1 and 2"},
			{with(hd(), "audio.channels", 6), at("audio", "channels"), "between 1 and 2"},
			{with(hd(), "audio.bitrate", 0), at("audio", "bitrate"), "kilobits"}, {with(hd(), "audio.bitrate", 128_000), at("audio", "bitrate"), "kilobits"},
			{with(hd(), "timeouts", acceptance.Values{"create": "soon"}), at("timeouts", "create"), "duration"},
		},
		setType: {
			{with(set(), "name", "a b"), at("name"), "3 to 20"}, {five, at("quality_profile_ids"), "at most 4"}, {with(set(), "quality_profile_ids", []any{}), at("quality_profile_ids"), "at least 1"},
			{with(set(), "quality_profile_ids", []any{0}), at("quality_profile_ids"), "at least 1"}, {with(set(), "quality_profile_ids", []any{nil}), at("quality_profile_ids"), "null"},
			{with(set(), "segment_duration", 999), at("segment_duration"), "between 1000 and 10000"}, {with(set(), "segment_duration", 10001), at("segment_duration"), "between 1000 and 10000"},
			{with(set(), "segment_count", 1), at("segment_count"), "between 2 and 10"}, {with(set(), "segment_count", 11), at("segment_count"), "between 2 and 10"},
			{with(set(), "segment_duration", nil), at("segment_duration"), "needs `segment_duration`"}, {with(set(), "segment_count", nil), at("segment_count"), "needs `segment_count`"},
			{with(lowLatency(), "segment_duration", 2000), at("segment_duration"), "no `segment_duration`"}, {with(lowLatency(), "segment_count", 3), at("segment_count"), "no `segment_count`"},
			{with(set(), "timed_metadata", acceptance.Values{"header": "", "interval": 1, "key": "K"}), at("timed_metadata", "header"), "empty"},
			{with(set(), "timed_metadata", acceptance.Values{"header": "H", "interval": 0, "key": "K"}), at("timed_metadata", "interval"), "at least 1"},
			{with(set(), "timed_metadata", acceptance.Values{"header": "H", "interval": 1, "key": ""}), at("timed_metadata", "key"), "empty"},
			{with(set(), "timeouts", acceptance.Values{"update": "0s"}), at("timeouts", "update"), "duration"},
		},
		"livestation_quality_profiles": {{acceptance.Values{"gen_type": "OWN"}, at("gen_type"), "SYSTEM"}, {acceptance.Values{"name": ""}, at("name"), "empty"}},
		"livestation_quality_sets":     {{acceptance.Values{"type": "DASH"}, at("type"), "LL_HLS"}, {acceptance.Values{"gen_type": ""}, at("gen_type"), "CUSTOM"}},
	} {
		for _, one := range cases {
			p.Validate(kind, one.config).MustFail(t, one.at, one.words)
		}
	}
	edge := with(with(with(hd(), "video.width", 1920), "video.height", 480), "video.bframes", 4)
	for kind, configs := range map[string][]acceptance.Values{
		profileType: {
			hd(), edge, with(with(small, "video.profile", "BASELINE"), "name", "abc"), with(with(hd(), "video.width", 720), "video.height", 1280), alone("AUDIO"),
			with(hd(), "video", acceptance.Unknown), with(hd(), "type", acceptance.Unknown), with(hd(), "audio", acceptance.Unknown), with(small, "video.profile", acceptance.Unknown),
			with(hd(), "video.width", acceptance.Unknown), with(hd(), "audio.bitrate", acceptance.Unknown), with(hd(), "name", acceptance.Unknown),
		},
		setType: {
			set(), lowLatency(), with(set(), "quality_profile_ids", []any{1, 2, 3, 4}), with(set(), "quality_profile_ids", acceptance.Unknown), with(set(), "low_latency", acceptance.Unknown),
			with(set(), "segment_count", acceptance.Unknown), with(lowLatency(), "timed_metadata", acceptance.Unknown), with(set(), "quality_profile_ids", []any{acceptance.Unknown}),
		},
	} {
		for _, config := range configs {
			p.Validate(kind, config).MustBeSilent(t)
		}
	}
	livestationtest.MustHaveAsked(t, sim)
}
