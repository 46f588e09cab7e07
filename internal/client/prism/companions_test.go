package prism

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

var show = LiveInput{Title: "Evening demo", ReservedAt: "2031-05-04T10:00:00Z", Description: "kitchen", Scope: "LIMITED"}

// lostAfterEffect are the ways in which the answer to a write that took effect is lost.
var lostAfterEffect = map[string]simulator.Fault{
	"reset": {Kind: simulator.FaultReset, AfterEffect: true}, "closed": {Kind: simulator.FaultClose, AfterEffect: true}, "body cut": {Kind: simulator.FaultCutBody},
	"JSON cut": {Kind: simulator.FaultTruncated}, "HTML": {Kind: simulator.FaultNotJSON, AfterEffect: true}, "empty": {Kind: simulator.FaultEmptyBody, AfterEffect: true},
	"another shape": {Kind: simulator.FaultWrongShape, AfterEffect: true}, "500": {Status: 500, AfterEffect: true}, "502": {Kind: simulator.FaultNotJSON, Status: 502, AfterEffect: true},
	"success without a live": {Status: 200, AfterEffect: true, Body: `{"success":true,"errorCode":0,"data":null}`},
	"a live without an id":   {Status: 200, AfterEffect: true, Body: `{"success":true,"data":{"live":{"title":"Evening demo","rtmpPath":"rtmp://h/a/key-123"}}}`},
}

func TestLiveIsReservedOnceUnderEveryQuirk(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectLive, simulator.ObjectLives) {
		w := start(t, quirk.Name)
		live, found, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show)
		if err != nil || found {
			t.Errorf("%s: %v, %v", quirk.Name, found, err)
			continue
		}
		held, ok := w.Live(live.LiveID)
		if !ok || held.Title != show.Title || held.Description != "kitchen" || held.Scope != "LIMITED" || !SameInstant(held.ReservedAt.Format(time.RFC3339), show.ReservedAt) ||
			!SameInstant(live.ReservedAt, show.ReservedAt) {
			t.Errorf("%s: got %+v of %+v", quirk.Name, live, held)
		}
		w.wantRoutes("channel.lives", "live.create")
	}
}

func TestLostReservationIsFoundAmongNewLives(t *testing.T) {
	t.Parallel()
	for name, fault := range lostAfterEffect {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			at := time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)
			w.AddLive(simulator.Live{Title: show.Title, ReservedAt: at})
			// Neither Ctrl-C in the middle of it loses the live.
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			fault.Route, fault.Do = "live.create", func(sim *simulator.Simulator) {
				sim.AddLive(simulator.Live{Title: "Another", ReservedAt: at})
				sim.AddLive(simulator.Live{Title: show.Title, ReservedAt: at.Add(time.Second)})
				cancel()
			}
			w.Inject(fault)
			live, found, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show)
			lives := w.Lives()
			if err != nil || !found || live.LiveID != lives[len(lives)-1].LiveID {
				t.Errorf("got %+v, %v, %v; the lives are %+v", live, found, err, lives)
			}
			w.wantCount("live.create", 1)
		})
	}
}

// Neither an old live of the same title and moment nor anything else is taken for one that was not made.
func TestReservationThatWasNotMadeIsLostAfterOneWrite(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.AddLive(simulator.Live{Title: show.Title, ReservedAt: time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)})
	w.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset})
	_, _, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show)
	wantText(t, wantKind(t, err, apierror.Lost), `reserve live "Evening demo" on channel 4100`)
	wantText(t, err.Error(), "shows no live of this title that is reserved for 2031-05-04T10:00:00Z")
	w.wantRoutes("channel.lives", "live.create", "channel.lives", "channel.lives", "channel.lives")
}

func TestNewObjectsOfOthersAreNotAdopted(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) {
		sim.AddLive(simulator.Live{Title: show.Title, ReservedAt: time.Date(2031, 5, 4, 10, 0, 0, 0, time.UTC)})
	}})
	_, _, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show)
	wantKind(t, err, apierror.Lost)
	wantText(t, err.Error(), "2 lives of this title", "cannot be told")
	w.wantCount("live.create", 1)
}

// Reservations on one channel run one at a time, so that each finds its own live; those on two channels do not wait.
func TestLostReservationsOfOneProcessAreDistinguished(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.Inject(simulator.Fault{Route: "live.create", Kind: simulator.FaultReset, AfterEffect: true})
	var all sync.WaitGroup
	ids := make([]string, 4)
	for i := range ids {
		all.Go(func() {
			live, found, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show)
			if err != nil || !found {
				t.Errorf("got %v, %v", found, err)
				return
			}
			ids[i] = live.LiveID
		})
	}
	all.Wait()
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 4 {
		t.Errorf("the lives are %q", ids)
	}
	wantApart(t, w.RequestsTo("live.create"))
	w.wantCount("live.create", 4)
}

func TestNothingIsReservedIfTheListCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{"HTML": {Kind: simulator.FaultNotJSON}, "500": {Status: 500}, "403": {Status: 403}, "reset": {Kind: simulator.FaultReset}} {
		w := start(t)
		fault.Route = "channel.lives"
		w.Inject(fault)
		if _, _, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show); err == nil || apierror.Is(err, apierror.Lost) {
			t.Errorf("%s: got %v", name, err)
		}
		w.wantCount("live.create", 0)
	}
	w := start(t)
	_, _, err := w.client.CreateLive(ctx, "4199", show)
	wantKind(t, err, apierror.Gone)
	_, _, err = w.client.CreateLive(ctx, simulator.ForeignChannelID, show)
	wantKind(t, err, apierror.Unauthorised)
	w.wantCount("live.create", 0)
}

func TestReservationOfAnotherUserSendsNoReads(t *testing.T) {
	t.Parallel()
	w := startWith(t, func(c *Config) { c.ExpectedUserID = simulator.ForeignUserID })
	_, _, err := w.client.CreateLive(ctx, simulator.DefaultChannelID, show)
	wantText(t, wantKind(t, err, apierror.Unauthorised), "expected_user_id")
	w.wantRoutes("user.get")
}

func TestChannelsAreListedByIDInEveryShape(t *testing.T) {
	t.Parallel()
	const two = `[{"channelId":20,"channelName":"B","channelEnabled":false,"channelFollowerCount":"812"},{"channelId":"10","channelName":"A","channelTags":"x;y","channelDescription":null}]`
	for _, body := range []string{
		`{"success":true,"data":{"userName":"mina","channels":` + two + `}}`, `{"userName":"mina","channels":` + two + `}`, `{"success":true,"userName":"mina","data":` + two + `}`,
	} {
		channels, user, err := said(t, 200, body).Channels(ctx)
		if err != nil || user != "mina" || len(channels) != 2 {
			t.Errorf("%s: got %v, %q, %v", body, channels, user, err)
			continue
		}
		a, b := channels[0], channels[1]
		if a.ChannelID != "10" || !a.Enabled() || a.ChannelTags != "x;y" || a.ChannelDescription != "" || a.ChannelFollowerCount.Valid || b.ChannelID != "20" || b.Enabled() || b.ChannelFollowerCount.Value != 812 {
			t.Errorf("%s: got %+v, %+v", body, a, b)
		}
	}
	for _, body := range []string{`{"success":true,"data":{"channels":{"channelId":"10","channelName":"A"}}}`, `{"channels":[{"channelId":"10"}]}`} {
		if channels, _, err := said(t, 200, body).Channels(ctx); err != nil || len(channels) != 1 || channels[0].ChannelID != "10" {
			t.Errorf("%s: got %v, %v", body, channels, err)
		}
	}
	for _, body := range []string{`{"success":true,"data":{"channels":[{"channelId":{}}]}}`, `{"success":true,"data":{"channels":"none"}}`, `{}`, ``, `<html>`} {
		_, _, err := said(t, 200, body).Channels(ctx)
		wantKind(t, err, apierror.Unreadable)
	}
}

func TestChannelIsFoundWhereverTheServicePutsIt(t *testing.T) {
	t.Parallel()
	const one = `{"channelId":4100,"channelName":"Olive TV","channelEnabled":"true"}`
	for _, body := range []string{
		`{"success":true,"data":{"userName":"mina","channel":` + one + `}}`, `{"success":true,"userName":"mina","data":` + one + `}`,
		`{"userName":"mina","channel":` + one + `}`, strings.Replace(one, "{", `{"userName":"mina",`, 1),
	} {
		channel, user, err := said(t, 200, body).Channel(ctx, "4100")
		if err != nil || user != "mina" || channel.ChannelID != "4100" || channel.ChannelName != "Olive TV" || !channel.Enabled() {
			t.Errorf("%s: got %+v, %q, %v", body, channel, user, err)
		}
	}
	for body, want := range map[string]apierror.Kind{
		`{"success":true,"data":null}`: apierror.Gone, `{"success":true,"data":{}}`: apierror.Gone, `{"success":true}`: apierror.Gone,
		`{}`: apierror.Unreadable, `<html>`: apierror.Unreadable, `{"success":true,"data":{"userName":"mina"}}`: apierror.Unreadable, `{"success":true,"data":[1]}`: apierror.Unreadable,
		`{"success":false,"errorCode":40402,"message":"no"}`: apierror.Refused,
	} {
		_, _, err := said(t, 200, body).Channel(ctx, "4100")
		wantKind(t, err, want)
	}
}

func TestListWithAnEntryThatIsNoChannelIsUnreadable(t *testing.T) {
	t.Parallel()
	for _, entry := range []string{`null`, `"4100"`, `4100`, `[]`} {
		_, _, err := said(t, 200, `{"success":true,"data":{"channels":[{"channelId":4100},`+entry+`]}}`).Channels(ctx)
		wantText(t, wantKind(t, err, apierror.Unreadable), "an entry is no channel")
	}
}

func TestUserIsFoundWhereverTheServicePutsIt(t *testing.T) {
	t.Parallel()
	const one = `{"userId":17,"userName":"mina","profileThumbnail":null}`
	for _, body := range []string{`{"success":true,"data":{"user":` + one + `}}`, `{"success":true,"data":` + one + `}`, `{"user":` + one + `}`, one} {
		user, err := said(t, 200, body).User(ctx)
		if err != nil || user.UserID != "17" || user.UserName != "mina" || user.ProfileThumbnail != "" {
			t.Errorf("%s: got %+v, %v", body, user, err)
		}
	}
	for _, body := range []string{`{"success":true,"data":null}`, `{"success":true,"data":{"user":{}}}`, `{"userName":"mina"}`, `[]`, ``, `<html>`} {
		_, err := said(t, 200, body).User(ctx)
		wantKind(t, err, apierror.Unreadable)
	}
}

func TestIngestAddressIsSplitAsEncodersWantIt(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][2]string{
		"rtmp://ingest.example:1935/app/k-51f0":       {"rtmp://ingest.example:1935/app", "k-51f0"},
		"rtmps://ingest.example/app/inst/k-51f0":      {"rtmps://ingest.example/app/inst", "k-51f0"},
		"rtmp://ingest.example/k-51f0":                {"rtmp://ingest.example", "k-51f0"},
		"rtmp://ingest.example/app/k?token=a/b&c=d/e": {"rtmp://ingest.example/app", "k?token=a/b&c=d/e"},
		"rtmp://ingest.example/app/k?":                {"rtmp://ingest.example/app", "k?"},
		"rtmp://ingest.example/app/k?s_bl=1&a=Ab/Cd":  {"rtmp://ingest.example/app", "k?s_bl=1&a=Ab/Cd"},
		"rtmp://ingest.example/live2?backup=1/k-51f0": {"rtmp://ingest.example/live2?backup=1", "k-51f0"},
		"rtmp://ingest.example/live2?backup=1/k?a=/b": {"rtmp://ingest.example/live2?backup=1", "k?a=/b"},
		"rtmp://ingest.example/live2?t=a/b/k-51f0":    {"rtmp://ingest.example/live2?t=a/b", "k-51f0"},
		"rtmp://ingest.example/live2?backup=1/":       {"rtmp://ingest.example/live2?backup=1/", ""},
		"rtmp://ingest.example/live2?backup=1":        {"rtmp://ingest.example", "live2?backup=1"},
		"rtmp://ingest.example/app/?streamname=x&k=y": {"rtmp://ingest.example/app", "?streamname=x&k=y"},
		"rtmp://ingest.example/app/?k=a/b":            {"rtmp://ingest.example/app", "?k=a/b"},
		"rtmp://ingest.example/app/?":                 {"rtmp://ingest.example/app/?", ""},
		"rtmp://ingest.example?k=a/b":                 {"rtmp://ingest.example?k=a/b", ""},
		"rtmp://ingest.example/app/":                  {"rtmp://ingest.example/app/", ""},
		"rtmp://ingest.example":                       {"rtmp://ingest.example", ""},
		"rtmp://ingest.example/":                      {"rtmp://ingest.example/", ""},
		"ingest.example/app/key":                      {"ingest.example/app", "key"},
		"/key":                                        {"", "key"},
		"key":                                         {"key", ""},
		"":                                            {"", ""},
	} {
		if server, key := SplitRTMPPath(path); server != want[0] || key != want[1] {
			t.Errorf("%q is split into %q and %q, want %q", path, server, key, want)
		}
	}
}

func TestAccessTokenIsMadeFromTheRefreshMaterialOfThisProcess(t *testing.T) {
	t.Parallel()
	for _, quirk := range append([]simulator.QuirkInfo{{}}, simulator.QuirksOf(simulator.ObjectAuth)...) {
		for _, given := range []bool{false, true} {
			var quirks []simulator.Quirk
			if quirk.Name != "" {
				quirks = append(quirks, quirk.Name)
			}
			w := renewing(t, func(c *Config) {
				if !given {
					c.AccessToken = ""
				}
				if quirk.Name == simulator.QuirkTokenParameter {
					c.RefreshTokenParameter = "token"
				}
			}, quirks...)
			began := time.Now()
			token, expires, err := w.client.AccessToken(ctx)
			if err != nil || token == "" || token == w.AccessToken() {
				t.Errorf("%s: got %q, %v", quirk.Name, token, err)
				continue
			}
			if known := quirk.Name != simulator.QuirkTokenWithoutExpiry; known == expires.IsZero() || known && expires.Before(began) {
				t.Errorf("%s: it expires at %v", quirk.Name, expires)
			}
			again, sameExpiry, err := w.client.AccessToken(ctx)
			if err != nil || again != token || !sameExpiry.Equal(expires) {
				t.Errorf("%s: then got %q, %v, %v", quirk.Name, again, sameExpiry, err)
			}
			w.wantRoutes("token")
			if _, err := w.client.User(ctx); err != nil {
				t.Errorf("%s: the token is not good: %v", quirk.Name, err)
			}
			wantNone(t, w.log.String(), token)
		}
	}
}

func TestAccessTokenWithoutRefreshMaterialIsAnErrorWithoutARequest(t *testing.T) {
	t.Parallel()
	for _, change := range []func(*Config){
		nil, func(c *Config) { c.ClientID, c.ClientSecret = "id", "secret-1" }, func(c *Config) { c.ClientID, c.RefreshToken = "id", "refresh-1" },
	} {
		w := startWith(t, change)
		token, _, err := w.client.AccessToken(ctx)
		wantText(t, wantKind(t, err, apierror.Unauthorised), "prism.client_id", "prism.client_secret", "prism.refresh_token")
		if token != "" {
			t.Errorf("got %q", token)
		}
		w.wantRoutes()
	}
}

func TestRefusedAccessTokenIsAnError(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil)
	w.RevokeRefreshToken()
	token, _, err := w.client.AccessToken(ctx)
	if err == nil || token != "" {
		t.Errorf("got %q, %v", token, err)
	}
	var failure *apierror.Error
	if !errors.As(err, &failure) || failure.Kind != apierror.Unauthorised {
		t.Errorf("got %v", err)
	}
	wantNone(t, fmt.Sprint(err), w.RefreshToken(), w.ClientSecret())
}
