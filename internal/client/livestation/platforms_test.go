package livestation

import (
	"errors"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// target is a channel with one target that has a password.
func (w *world) target() (channelID, platformID string) {
	w.t.Helper()
	channelID = w.AddRestreamChannel(simulator.RestreamChannel{Platforms: []simulator.Platform{
		{TargetName: "CUSTOM", RTMPURL: "rtmp://a.example/live", StreamKey: "first-key", ID: "relay", Password: "first-pass"},
	}})
	platforms, err := w.Platforms(ctx, channelID)
	if err != nil || len(platforms) != 1 {
		w.t.Fatalf("got %+v, %v", platforms, err)
	}
	w.ResetRequests()
	return channelID, string(platforms[0].PlatformID)
}

// kept is the first target as the service has it.
func (w *world) kept(channelID string) simulator.Platform {
	channel, _ := w.Simulator.RestreamChannel(channelID)
	return channel.Platforms[0]
}

var newTarget = PlatformEdit{RTMPURL: "rtmps://b.example/live", StreamKey: "second-key", ID: "relay2", Password: "second-pass"}

func TestPlatformIsEditedUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectChannel) {
		w := start(t, simulator.WithQuirks(quirk.Name))
		channel, platform := w.target()
		if err := w.UpdatePlatform(ctx, channel, platform, newTarget); err != nil {
			t.Errorf("%s: %v", quirk.Name, err)
		}
		if got := w.kept(channel); got.RTMPURL != newTarget.RTMPURL || got.StreamKey != newTarget.StreamKey || got.ID != newTarget.ID || got.Password != newTarget.Password {
			t.Errorf("%s: got %+v", quirk.Name, got)
		}
		w.wantCount("platforms.update", 1)
	}
}

func TestEditShowsWhenItIsReportedDone(t *testing.T) {
	t.Parallel()
	w := start(t, simulator.WithQuirks(simulator.QuirkEditsVisibleLate))
	channel, platform := w.target()
	if err := w.UpdatePlatform(ctx, channel, platform, newTarget); err != nil {
		t.Fatal(err)
	}
	if platforms, err := w.Platforms(ctx, channel); err != nil || string(platforms[0].StreamKey) != newTarget.StreamKey {
		t.Errorf("got %+v, %v", platforms, err)
	}
}

func TestEditWithALostAnswerIsConfirmedAndNotRepeated(t *testing.T) {
	t.Parallel()
	for name, fault := range afterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			channel, platform := w.target()
			fault.Route = "platforms.update"
			w.Inject(fault)
			if err := w.UpdatePlatform(ctx, channel, platform, newTarget); err != nil {
				t.Error(err)
			}
			w.wantCount("platforms.update", 1)
		})
	}
}

func TestUnconfirmedEditIsLost(t *testing.T) {
	t.Parallel()
	sameButPassword := PlatformEdit{RTMPURL: "rtmp://a.example/live", StreamKey: "first-key", ID: "relay", Password: "second-pass"}
	sameButKey := PlatformEdit{RTMPURL: "rtmp://a.example/live", StreamKey: "second-key", ID: "relay"}
	for name, test := range map[string]struct {
		edit   PlatformEdit
		fault  simulator.Fault
		quirks []simulator.Quirk
	}{
		"not done":               {newTarget, simulator.Fault{Kind: simulator.FaultReset}, nil},
		"only a hidden password": {sameButPassword, simulator.Fault{Kind: simulator.FaultReset}, nil},
		"only a hidden key":      {sameButKey, simulator.Fault{Kind: simulator.FaultReset}, []simulator.Quirk{simulator.QuirkStreamKeyMaskedInPlatforms}},
		"done but hidden":        {sameButPassword, simulator.Fault{Kind: simulator.FaultReset, AfterEffect: true}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, simulator.WithQuirks(test.quirks...))
			channel, platform := w.target()
			test.fault.Route = "platforms.update"
			w.Inject(test.fault)
			err := w.UpdatePlatform(ctx, channel, platform, test.edit)
			wantText(t, wantKind(t, err, apierror.Lost), channel, platform)
			wantText(t, err.Error(), "Whether it took effect could not be checked")
			w.wantCount("platforms.update", 1)
		})
	}
}

func TestStreamingChannelRefusesAnEdit(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{"", simulator.QuirkEditPublishingCustomMessage, simulator.QuirkStatusPublish} {
		w := start(t)
		if quirk != "" {
			w.SetQuirk(quirk, true)
		}
		channel, platform := w.target()
		if err := w.CheckEditable(ctx, channel); err != nil {
			t.Error(err)
		}
		if err := w.SetPublishing(channel, true); err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{w.CheckEditable(ctx, channel), w.UpdatePlatform(ctx, channel, platform, newTarget)} {
			wantKind(t, err, apierror.Conflict)
			if !errors.Is(err, ErrStreaming) {
				t.Errorf("%v does not wrap ErrStreaming", err)
			}
		}
		if got := w.kept(channel); got.StreamKey != "first-key" {
			t.Errorf("got %+v", got)
		}
	}
}

func TestRefusedEditIsAnError(t *testing.T) {
	t.Parallel()
	w := start(t)
	channel, platform := w.target()
	bad := newTarget
	bad.RTMPURL = "http://b.example"
	wantKind(t, w.UpdatePlatform(ctx, channel, platform, bad), apierror.Refused)
	wantKind(t, w.UpdatePlatform(ctx, channel, "999999", newTarget), apierror.Gone)
	wantKind(t, w.UpdatePlatform(ctx, "ls-nowhere", platform, newTarget), apierror.Gone)
	if got := w.kept(channel); got.StreamKey != "first-key" {
		t.Errorf("got %+v", got)
	}
}

func TestMaskedRecognisesMaskedValues(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{"": true, "a****": true, "****": true, "plain": false} {
		if Masked(value) != want {
			t.Errorf("Masked(%q) is %v", value, !want)
		}
	}
}

func TestTooManyTargetsAreAnUnreadableAnswer(t *testing.T) {
	t.Parallel()
	targets := "[" + strings.TrimSuffix(strings.Repeat(`{"targetName":"CUSTOM"},`, maxPlatforms+1), ",") + "]"
	_, err := said(t, 200, nil, `{"content":`+targets+`}`).Platforms(ctx, "ls-1")
	wantText(t, wantKind(t, err, apierror.Unreadable), "31 targets")
	_, err = said(t, 200, nil, `{"content":{"channelId":"ls-1","restream":`+targets+`}}`).RestreamChannel(ctx, "ls-1")
	wantText(t, wantKind(t, err, apierror.Unreadable), "31 targets")
}
