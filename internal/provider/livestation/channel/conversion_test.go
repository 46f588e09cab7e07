package channel

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/lossless"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

func TestGeneralChannelDataSourceLosesNothing(t *testing.T) {
	t.Parallel()
	state := lossless.DataState(&channelDataSource{})
	rapid.Check(t, func(t *rapid.T) {
		channel := lossless.Draw[api.Channel](t, "channel")
		channel.StreamKey, channel.BackupStreamKey = lossless.Secret(t, "key"), lossless.Secret(t, "backup key")
		model := lossless.ThroughState(t, state, newChannelData(&channel, true))
		lossless.MustHold(t, &channel, model, lossless.Names{
			"RecentPublishTime": "", "RecentPublishStartTime": "", "IsLiveCurtain": "", // the last is not documented
			"Type": "", "UpdatedTime": "", "ScheduleList": "", // of VOD2LIVE channels
			"DRM": "", // in no answer that the reference shows of general channels
		})
		if hidden := newChannelData(&channel, false); !hidden.StreamKey.IsNull() || !hidden.BackupStreamKey.IsNull() {
			t.Error("a secret stays")
		}
	})
}
