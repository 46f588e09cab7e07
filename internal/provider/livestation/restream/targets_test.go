package restream_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
)

// A target without a stream key, or with both forms of it, is named before any request.
func TestRestreamChannel_aTargetHasExactlyOneStreamKey(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	validate := func(keys acceptance.Values) acceptance.Diagnostics {
		target := acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://relay.example.net/live"}
		for name, value := range keys {
			target[name] = value
		}
		return p.Validate("livestation_restream_channel", acceptance.Values{
			"channel_name": "evening_show", "plan_type": "STANDARD", "restream": acceptance.Values{"relay": target},
		})
	}
	at := `AttributeName("restream").ElementKeyString("relay").AttributeName("stream_key")`
	validate(nil).MustFail(t, at, `restream["relay"]`, "Stream key is missing", "stream_key_wo_version")
	validate(acceptance.Values{"stream_key": "k", "stream_key_wo": "k", "stream_key_wo_version": 1}).MustFail(t, at, `restream["relay"]`, "Two stream keys")
	validate(acceptance.Values{"stream_key": "k"}).MustBeSilent(t)
	if got := len(sim.Requests()); got != 0 {
		t.Errorf("%d requests were made", got)
	}
}
