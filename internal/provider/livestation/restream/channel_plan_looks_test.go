package restream_test

import (
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

func TestRestreamChannel_aPlanDoesNotWaitLongToWarn(t *testing.T) {
	sim := acceptance.Start(t)
	channel := livestationtest.Configured(t, sim, nil).Create(channelType, showValues(nil))
	for name, c := range map[string]struct {
		config acceptance.Values
		says   string
	}{
		"destroy":     {nil, "may be streaming and will be terminated"},
		"replacement": {showValues(acceptance.Values{"env_type": "DEV"}), "may be streaming and will be terminated"},
		"edit":        {showTo(acceptance.Values{"youtube": toYouTube("yt-key-2"), "chzzk": toChzzk()}, nil), "Could not look up whether the channel is streaming"},
	} {
		t.Run(name, func(t *testing.T) {
			livestationtest.MustNotWaitFor(t, sim, "restream.get", func(p *acceptance.Protocol) acceptance.Diagnostics {
				return p.Plan(channelType, channel, c.config).Diagnostics
			}, c.says)
		})
	}
}

func TestRestreamChannel_aTerminationSaysHowManyTargetsItEnds(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	one := p.Create(channelType, showTo(acceptance.Values{"youtube": toYouTube("yt-key-1")}, nil))
	p.Plan(channelType, one, nil).MustWarn(t, "ends its relay to 1 target, and")
	two := p.Create(channelType, showValues(acceptance.Values{"channel_name": "second_show"}))
	p.Plan(channelType, two, nil).MustWarn(t, "ends its relay to 2 targets, and")
}
