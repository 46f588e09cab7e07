package prism

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// lives are some of each status on the default channel.
func (w *world) lives(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = w.live([]string{StatusReserved, StatusEnd, StatusReserved}[i%3])
	}
	if err := w.StartLive(ids[n/2]); err != nil {
		w.t.Fatal(err)
	}
	w.ResetRequests()
	return ids
}

func (w *world) refresh(id string) *Live {
	w.t.Helper()
	live, err := w.client.RefreshLive(ctx, simulator.DefaultChannelID, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return live
}

func TestLivesOfOneChannelShareItsList(t *testing.T) {
	t.Parallel()
	w := start(t)
	var readers sync.WaitGroup
	for _, id := range w.lives(30) {
		readers.Go(func() { w.refresh(id) })
	}
	readers.Wait()
	routes := w.Routes()
	slices.Sort(routes)
	if want := []string{"channel.lives", "live.get"}; !slices.Equal(routes, want) {
		t.Errorf("requests were %v, want %v", routes, want)
	}
}

func TestOneLiveOfAChannelIsReadByItself(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.lives(3)[0]
	w.refresh(id)
	w.refresh(id)
	w.wantRoutes("live.get", "live.get")
	if _, err := w.client.RefreshLive(ctx, "", id); err != nil {
		t.Error(err)
	}
	w.wantRoutes("live.get")
}

func TestSharedListEqualsTheLivesUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range append(simulator.QuirksOf(simulator.ObjectLive), simulator.QuirksOf(simulator.ObjectLives)...) {
		w := start(t, quirk.Name)
		for _, id := range w.lives(7) {
			shared := w.refresh(id)
			own, err := w.client.Live(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if !sameLive(own, shared) {
				t.Errorf("%s: live %s is %+v, and shared it is %+v", quirk.Name, id, own, shared)
			}
		}
	}
}

func TestSecondRefreshIsFresh(t *testing.T) {
	t.Parallel()
	w := start(t)
	ids := w.lives(5)
	for _, id := range ids {
		w.refresh(id)
	}
	for _, id := range ids {
		if err := w.EditLive(id, func(live *simulator.Live) { live.Title = "Another title" }); err != nil {
			t.Fatal(err)
		}
	}
	w.ResetRequests()
	for _, id := range ids {
		if live := w.refresh(id); live.Title != "Another title" {
			t.Errorf("live %s is still %q", id, live.Title)
		}
	}
}

func TestLiveThatTheListLeavesOutIsReadByItself(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"empty list":   {Status: 200, Body: `{"success":true,"errorCode":0,"data":{"lives":[]}}`},
		"null":         {Status: 200, Body: `{"success":true,"errorCode":0,"data":null}`},
		"no such list": {Status: 404},
		"forbidden":    {Status: 403},
		"broken":       {Status: 500},
		"a page":       {Kind: simulator.FaultNotJSON},
		"cut":          {Kind: simulator.FaultTruncated},
		"reset":        {Kind: simulator.FaultReset},
	} {
		w := start(t)
		ids := w.lives(4)
		fault.Route = "channel.lives"
		w.Inject(fault)
		for _, id := range ids {
			if live := w.refresh(id); live.Status != w.truth(id) {
				t.Errorf("%s: live %s is %s", name, id, live.Status)
			}
		}
		w.wantCount("live.get", 4)
	}
}

func TestLiveThatIsGoneIsGoneByItsOwnAnswer(t *testing.T) {
	t.Parallel()
	w := start(t)
	ids := w.lives(4)
	if err := w.RemoveLive(ids[3]); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		_, err := w.client.RefreshLive(ctx, simulator.DefaultChannelID, id)
		if i == 3 {
			wantKind(t, err, apierror.Gone)
		} else if err != nil {
			t.Error(err)
		}
	}
	w.wantRoutes("live.get", "channel.lives", "live.get")
}

func TestListThatContradictsTheLivesIsNotTrusted(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][2]string{
		"title":      {"Show", "Another show"},
		"rtmp path":  {"rtmpPath", "rtmpPathOfOld"},
		"live link":  {"liveLink", "link"},
		"start time": {"startAt", "started"},
		"status":     {StatusReserved, StatusEnd},
	} {
		w := start(t)
		ids := w.lives(5)
		other := w.listBody()
		w.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: strings.ReplaceAll(other, change[0], change[1])})
		for _, id := range ids {
			own, err := w.client.Live(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if live := w.refresh(id); !sameLive(own, live) {
				t.Errorf("%s: live %s is %+v, and shared it is %+v", name, id, own, live)
			}
		}
	}
}

// listBody is what the service answers to a list of all lives of the default channel.
func (w *world) listBody() string {
	w.t.Helper()
	got, err := w.client.call(ctx, operation{words: "list", method: "GET", path: []string{"channel", simulator.DefaultChannelID, "lives"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(got.response.Body)
}

func TestReadAfterAWriteIsNotStale(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"start", "stop", "reserve"} {
		w := start(t)
		ids := w.lives(5)
		onAir, other := ids[2], ids[0]
		for _, id := range []string{ids[1], ids[3]} {
			w.refresh(id) // so that there is a list
		}
		switch verb {
		case "start":
			if _, err := w.client.Start(ctx, StartInput{LiveID: other, ReplacesLiveID: onAir}); err != nil {
				t.Fatal(err)
			}
		case "stop":
			if _, err := w.client.Stop(ctx, StopInput{LiveID: onAir}); err != nil {
				t.Fatal(err)
			}
		default:
			if _, _, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, LiveInput{Title: "New", ReservedAt: "2031-05-04T10:00:00Z", Scope: "PUBLIC"}); err != nil {
				t.Fatal(err)
			}
		}
		w.ResetRequests()
		for _, id := range ids {
			if live := w.refresh(id); live.Status != w.truth(id) {
				t.Errorf("after %s, live %s is %s and shows %s", verb, id, w.truth(id), live.Status)
			}
		}
		w.wantRoutes("live.get", "channel.lives")
	}
}

func TestListThatWasUnderWayDuringAWriteIsNotForThoseWhoAskLater(t *testing.T) {
	t.Parallel()
	w := start(t)
	ids := w.lives(5)
	w.refresh(ids[0])
	// The list is taken before the start and arrives after it.
	listed, goOn := make(chan struct{}), make(chan struct{})
	past := w.listBody()
	w.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: past, Times: 1, Do: func(*simulator.Simulator) {
		close(listed)
		<-goOn
	}})
	var early sync.WaitGroup
	early.Go(func() { w.refresh(ids[1]) })
	<-listed
	if err := w.StartLive(ids[3]); err != nil { // what the write below does on a service with a guard of its own
		t.Fatal(err)
	}
	if _, err := w.client.Stop(ctx, StopInput{LiveID: ids[3]}); err != nil {
		t.Fatal(err)
	}
	var late sync.WaitGroup
	late.Go(func() {
		for _, id := range ids {
			if live := w.refresh(id); live.Status != w.truth(id) {
				t.Errorf("live %s is %s and shows %s", id, w.truth(id), live.Status)
			}
		}
	})
	late.Wait()
	close(goOn)
	early.Wait()
	w.wantTruth(ids[3], StatusEnd)
}

func TestMembersThatTheListOmitsAreReadFromTheLive(t *testing.T) {
	t.Parallel()
	for _, unsaid := range []string{"startAt", "rtmpPath", "status"} {
		w := start(t, simulator.QuirkRTMPPathAfterStart)
		ids := w.lives(5) // the first is reserved, and tells neither start nor path
		w.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: strings.ReplaceAll(w.listBody(), `"`+unsaid+`"`, `"unsaid"`)})
		for _, id := range ids {
			own, err := w.client.Live(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if live := w.refresh(id); !sameLive(own, live) {
				t.Errorf("without %s: live %s is %+v, and shared it is %+v", unsaid, id, own, live)
			}
		}
	}
}

func TestSharedReadsAreSafeWithConcurrentWriters(t *testing.T) {
	t.Parallel()
	w := start(t)
	ids := w.lives(12)
	var everybody sync.WaitGroup
	for round := range 4 {
		for i, id := range ids {
			everybody.Go(func() { w.refresh(id) })
			if i == round {
				everybody.Go(func() {
					input := LiveInput{Title: fmt.Sprint("New ", round), ReservedAt: "2031-05-04T10:00:00Z", Scope: "PUBLIC"}
					if _, _, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, input); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
	everybody.Wait()
	for _, id := range ids {
		if live := w.refresh(id); live.Status != w.truth(id) {
			t.Errorf("live %s is %s and shows %s", id, w.truth(id), live.Status)
		}
	}
}
