package livestation

import (
	"context"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestLookalikesAreExistingUnmanagedObjects(t *testing.T) {
	t.Parallel()
	w := start(t)
	ctx := context.Background()
	input := RestreamChannelInput{ChannelName: "evening_show", PlanType: "STANDARD", EnvType: "REAL", Restream: []PlatformInput{{TargetName: "CUSTOM", RTMPURL: "rtmp://a.example.net/live", StreamKey: "key-1"}}}
	left := w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
	held := w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
	w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show", PlanType: "PROFESSIONAL"})
	w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show", EnvType: "DEV"})
	w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "morning_show"})
	w.ClaimRestreamChannel(held)
	for range 3 {
		if alike := w.RestreamChannelsLike(ctx, input); len(alike) != 1 || string(alike[0].ChannelID) != left {
			t.Errorf("%v, want %s alone", alike, left)
		}
		if _, _, err := w.CreateRestreamChannel(ctx, input); err != nil {
			t.Fatal(err)
		}
	}
	w.wantRoutes("restream.list", "restream.create", "restream.create", "restream.create")

	files := []ContentInput{{"media-bkt", "/a.png"}, {"media-bkt", "/b.mp3"}}
	old := w.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/b.mp3"}, {BucketName: "media-bkt", FilePath: "/a.png"}}})
	w.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/a.png"}}})
	if alike := w.CurtainContentsLike(ctx, files); len(alike) != 1 || alike[0].ID.Value != old {
		t.Errorf("%v, want %d alone", alike, old)
	}
	w.ClaimCurtainContent(old)
	if alike := w.CurtainContentsLike(ctx, files); len(alike) > 0 {
		t.Errorf("%v is held by a state", alike)
	}
}

func TestFailedListShowsNoLookalikesAndIsNotRequestedAgain(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "evening_show"})
	w.Inject(simulator.Fault{Route: "restream.list", Status: 403, Times: 1})
	for range 2 {
		if alike := w.RestreamChannelsLike(context.Background(), RestreamChannelInput{ChannelName: "evening_show", PlanType: "STANDARD", EnvType: "REAL"}); len(alike) > 0 {
			t.Errorf("%v", alike)
		}
	}
	w.wantRoutes("restream.list")
}
