package restream_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

// one returns targets with one entry, "a", that differs from a good one in these attributes.
func one(more acceptance.Values) acceptance.Values {
	entry := acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://a.example.net/live", "stream_key": "key-a"}
	maps.Copy(entry, more)
	return acceptance.Values{"restream": acceptance.Values{"a": entry}}
}

func many(count int) acceptance.Values {
	targets := acceptance.Values{}
	for i := range count {
		targets[fmt.Sprintf("t%d", i)] = acceptance.Values{"target_name": "CUSTOM", "rtmp_url": fmt.Sprintf("rtmp://t%d.example.net/live", i), "stream_key": "key"}
	}
	return acceptance.Values{"restream": targets}
}

func with(values acceptance.Values, more acceptance.Values) acceptance.Values {
	maps.Copy(values, more)
	return values
}

// Bad input is an error on the attribute that is to blame, and no request leaves for it.
func TestRestreamChannel_badInput(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	entry := func(name string) string {
		return `AttributeName("restream").ElementKeyString("a").AttributeName("` + name + `")`
	}
	for name, c := range map[string]struct {
		more acceptance.Values
		at   string
	}{
		"name of 2 characters":        {acceptance.Values{"channel_name": "ab"}, `AttributeName("channel_name")`},
		"name of 21 characters":       {acceptance.Values{"channel_name": strings.Repeat("a", 21)}, `AttributeName("channel_name")`},
		"name of 21 syllables":        {acceptance.Values{"channel_name": strings.Repeat("가", 21)}, `AttributeName("channel_name")`},
		"name with a space":           {acceptance.Values{"channel_name": "evening show"}, `AttributeName("channel_name")`},
		"name with a dash":            {acceptance.Values{"channel_name": "evening-show"}, `AttributeName("channel_name")`},
		"name with lone jamo":         {acceptance.Values{"channel_name": "ㄱㄴㄷㅏ"}, `AttributeName("channel_name")`},
		"name with a line break":      {acceptance.Values{"channel_name": "evening\n"}, `AttributeName("channel_name")`},
		"unknown plan":                {acceptance.Values{"plan_type": "BASIC"}, `AttributeName("plan_type")`},
		"plan in lower case":          {acceptance.Values{"plan_type": "standard"}, `AttributeName("plan_type")`},
		"unknown environment":         {acceptance.Values{"env_type": "PROD"}, `AttributeName("env_type")`},
		"no targets":                  {acceptance.Values{"restream": acceptance.Values{}}, `AttributeName("restream")`},
		"4 targets on STANDARD":       {many(4), `AttributeName("restream")`},
		"6 targets on PROFESSIONAL":   {with(many(6), acceptance.Values{"plan_type": "PROFESSIONAL"}), `AttributeName("restream")`},
		"unknown target":              {one(acceptance.Values{"target_name": "TWITCH"}), entry("target_name")},
		"address with another scheme": {one(acceptance.Values{"rtmp_url": "http://a.example.net/live"}), entry("rtmp_url")},
		"address without host":        {one(acceptance.Values{"rtmp_url": "rtmp://"}), entry("rtmp_url")},
		"address with a line break":   {one(acceptance.Values{"rtmp_url": "rtmp://a.example.net/live\n"}), entry("rtmp_url")},
		"address with a blank":        {one(acceptance.Values{"rtmp_url": "rtmp://a.example.net/my live"}), entry("rtmp_url")},
		"key with a line break":       {one(acceptance.Values{"stream_key": "key-a\n"}), entry("stream_key")},
		"key with a blank before it":  {one(acceptance.Values{"stream_key": " key-a"}), entry("stream_key")},
		"whole address as key":        {one(acceptance.Values{"stream_key": "rtmp://a.example.net/live/key-a"}), entry("stream_key")},
		"key that begins with /":      {one(acceptance.Values{"stream_key": "/key-a"}), entry("stream_key")},
		"write-only key, line break": {
			one(acceptance.Values{"stream_key": nil, "stream_key_wo": "key-a\r\n", "stream_key_wo_version": 1}), entry("stream_key_wo"),
		},
		"empty user":                 {one(acceptance.Values{"auth_id": ""}), entry("auth_id")},
		"empty password":             {one(acceptance.Values{"auth_password": ""}), entry("auth_password")},
		"empty address":              {one(acceptance.Values{"rtmp_url": ""}), entry("rtmp_url")},
		"no key":                     {one(acceptance.Values{"stream_key": nil}), entry("stream_key")},
		"empty key":                  {one(acceptance.Values{"stream_key": ""}), entry("stream_key")},
		"both keys":                  {one(acceptance.Values{"stream_key_wo": "k", "stream_key_wo_version": 1}), entry("stream_key")},
		"write-only key, no version": {one(acceptance.Values{"stream_key": nil, "stream_key_wo": "k"}), entry("stream_key_wo")},
		"version without its key":    {one(acceptance.Values{"stream_key_wo_version": 1}), entry("stream_key_wo_version")},
		"both passwords": {
			one(acceptance.Values{"auth_id": "u", "auth_password": "p", "auth_password_wo": "p", "auth_password_wo_version": 1}), entry("auth_password"),
		},
		"write-only password, no version": {one(acceptance.Values{"auth_id": "u", "auth_password_wo": "p"}), entry("auth_password_wo")},
		"version without its password":    {one(acceptance.Values{"auth_id": "u", "auth_password_wo_version": 1}), entry("auth_password_wo_version")},
		"callback that is no URL":         {acceptance.Values{"callback_endpoint": "hooks.example.com"}, `AttributeName("callback_endpoint")`},
		"callback with another scheme":    {acceptance.Values{"callback_endpoint": "ftp://hooks.example.com/a"}, `AttributeName("callback_endpoint")`},
		"empty callback":                  {acceptance.Values{"callback_endpoint": ""}, `AttributeName("callback_endpoint")`},
		"malformed create timeout":        {acceptance.Values{"timeouts": acceptance.Values{"create": "soon"}}, `AttributeName("timeouts").AttributeName("create")`},
		"malformed read timeout":          {acceptance.Values{"timeouts": acceptance.Values{"read": "1 day"}}, `AttributeName("timeouts").AttributeName("read")`},
		"malformed update timeout":        {acceptance.Values{"timeouts": acceptance.Values{"update": "5"}}, `AttributeName("timeouts").AttributeName("update")`},
		"malformed delete timeout":        {acceptance.Values{"timeouts": acceptance.Values{"delete": ""}}, `AttributeName("timeouts").AttributeName("delete")`},
	} {
		t.Run(name, func(t *testing.T) { p.Validate(channelType, showValues(c.more)).MustFail(t, c.at) })
	}
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
}

// A refusal says what is wrong and what to do, and shows nothing of a value that may hold a key.
func TestRestreamChannel_refusedTextsAreNotShown(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	for _, c := range []struct{ attribute, value, says string }{
		{"rtmp_url", "srt://h.example:9000?streamid=S3CRET&passphrase=S3CRET", "begins with rtmp:// or rtmps://"},
		{"rtmp_url", "rtmp://h.example/app/S3CRET\n", "trimspace"},
		{"rtmp_url", "rtmp://h.example/app/S3CRET S3CRET", "white space"},
		{"rtmp_url", "rtmp:///S3CRET", "no host"},
		{"stream_key", "S3CRET\n", "trimspace"},
		{"stream_key", "rtmp://h.example/app/S3CRET", "parse_rtmp_path"},
		{"stream_key", "/S3CRET", "take it off"},
		{"auth_id", "", "leave it out, or set it to null"},
		{"auth_password", "", "leave it out, or set it to null"},
		{"stream_key", "", "leave the attribute out"},
	} {
		diags := p.Validate(channelType, showValues(one(acceptance.Values{c.attribute: c.value})))
		diags.MustFail(t, `AttributeName("`+c.attribute+`")`, c.says)
		if said := strings.Join(diags.Errors(), "\n"); strings.Contains(said, "S3CRET") || strings.Contains(said, "length must be") {
			t.Errorf("%s = %q: %s", c.attribute, c.value, said)
		}
	}
}

// What is right, or not known yet, is not turned away.
func TestRestreamChannel_goodInput(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	for name, more := range map[string]acceptance.Values{
		"name of 3 characters":      {"channel_name": "abc"},
		"name of 20 syllables":      {"channel_name": strings.Repeat("힣", 20)},
		"3 targets on STANDARD":     many(3),
		"5 targets on PROFESSIONAL": with(many(5), acceptance.Values{"plan_type": "PROFESSIONAL"}),
		"rtmps":                     one(acceptance.Values{"rtmp_url": "rtmps://a.example.net:443/live?x=1"}),
		"address with a query":      one(acceptance.Values{"rtmp_url": "rtmp://b.rtmp.youtube.com/live2?backup=1"}),
		"key with a query":          one(acceptance.Values{"stream_key": "KEY?s_bl=1&a=Ab/Cd%3D"}),
		"key that is a query":       one(acceptance.Values{"stream_key": "?streamname=x&key=K"}),
		"key with a blank in it":    one(acceptance.Values{"stream_key": "my key"}),
		"write-only forms": one(acceptance.Values{
			"stream_key": nil, "stream_key_wo": "k", "stream_key_wo_version": 0, "auth_id": "u", "auth_password_wo": "p", "auth_password_wo_version": 7,
		}),
		"unknown everything": {
			"channel_name": acceptance.Unknown, "plan_type": acceptance.Unknown, "env_type": acceptance.Unknown, "callback_endpoint": acceptance.Unknown, "restream": acceptance.Unknown,
		},
		"unknown plan": with(many(4), acceptance.Values{"plan_type": acceptance.Unknown}),
		"unknown in a target": one(acceptance.Values{
			"target_name": acceptance.Unknown, "rtmp_url": acceptance.Unknown, "stream_key": acceptance.Unknown, "auth_id": acceptance.Unknown, "auth_password": acceptance.Unknown,
		}),
	} {
		t.Run(name, func(t *testing.T) {
			p.Validate(channelType, showValues(more)).MustBeSilent(t)
			p.Plan(channelType, acceptance.Object{}, showValues(more)).MustBeSilent(t)
		})
	}
}

// A CLI stops at bad input before it plans.
func TestAccRestreamChannel_badInputStopsTheCLI(t *testing.T) {
	sim := acceptance.Start(t)
	for _, c := range []struct {
		config string
		says   []string
	}{
		{show(sim, restream(youtube, chzzk, target("c", "CUSTOM", "rtmp://c.example.net/live", key("c")), target("d", "CUSTOM", "rtmp://d.example.net/live", key("d")))), []string{"restream", "STANDARD", "up to 3", "PROFESSIONAL"}},
		{show(sim, restream(target("youtube", "YOUTUBE", "http://a.example.com/live2", key("k")))), []string{"rtmp_url", "rtmp://"}},
	} {
		livestationtest.Run(t, resource.TestStep{Config: c.config, ExpectError: livestationtest.Says(c.says...)})
	}
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
}
