package prism

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// renewing is a client with refresh credentials.
func renewing(t *testing.T, change func(*Config), quirks ...simulator.Quirk) *world {
	t.Helper()
	w := startWith(t, nil, simulator.WithQuirks(quirks...))
	w.client = w.another(func(c *Config) {
		c.ClientID, c.ClientSecret, c.RefreshToken = w.ClientID(), w.ClientSecret(), w.RefreshToken()
		if change != nil {
			change(c)
		}
	})
	return w
}

func TestExpiredTokenIsRenewedOnceAndTheCallRepeatedOnce(t *testing.T) {
	t.Parallel()
	for _, quirk := range simulator.QuirksOf(simulator.ObjectAuth) {
		w := renewing(t, func(c *Config) {
			if quirk.Name == simulator.QuirkTokenParameter {
				c.RefreshTokenParameter = "token"
			}
		}, quirk.Name)
		id := w.live(StatusReserved)
		for range 2 {
			w.ExpireToken()
			if _, err := w.client.Live(ctx, id); err != nil {
				t.Errorf("%s: %v", quirk.Name, err)
			}
			w.wantRoutes("live.get", "token", "live.get")
			if _, err := w.client.Live(ctx, id); err != nil {
				t.Errorf("%s: %v", quirk.Name, err)
			}
			w.wantRoutes("live.get")
		}
	}
}

func TestTokenCallCarriesItsOwnCredentialsAlone(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil)
	w.ExpireToken()
	if _, err := w.client.User(ctx); err != nil {
		t.Fatal(err)
	}
	request := w.RequestsTo("token")[0]
	if request.Method != "GET" || request.Header.Get("x-prism-access-token") != "" || request.Query.Get("refresh_token") != w.RefreshToken() || len(request.Query) != 2 {
		t.Errorf("%s with %v", request.URI, request.Header)
	}
	if got := w.RequestsTo("user.get")[1].Header.Values("x-prism-access-token"); len(got) != 1 || got[0] == w.AccessToken() {
		t.Errorf("the call was repeated with %v", got)
	}
}

func TestExpiredTokenDoesNotDoubleAWrite(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil)
	id := w.live(StatusReserved)
	w.Inject(simulator.Fault{Route: "live.start", Kind: simulator.FaultDelay, Times: 1, Do: func(s *simulator.Simulator) { s.ExpireToken() }})
	if _, err := w.client.Start(ctx, StartInput{LiveID: id}); err != nil {
		t.Fatal(err)
	}
	if live, _ := w.Live(id); live.Starts != 1 {
		t.Errorf("%d starts", live.Starts)
	}
	w.wantCount("live.start", 2)
	w.wantCount("token", 1)
}

func TestTokenIsRenewedAtMostOncePerCall(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil)
	w.Inject(simulator.Fault{Route: "user.get", Status: 401})
	_, err := w.client.User(ctx)
	wantKind(t, err, apierror.Unauthorised)
	w.wantRoutes("user.get", "token", "user.get")
}

func TestWithoutRefreshMaterialA401IsReturned(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.ExpireToken()
	_, err := w.client.User(ctx)
	wantKind(t, err, apierror.Unauthorised)
	w.wantRoutes("user.get")
}

func TestForbiddenDoesNotRenewTheToken(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil)
	_, err := w.client.Live(ctx, simulator.ForeignLiveID)
	wantKind(t, err, apierror.Unauthorised)
	w.wantRoutes("live.get")
}

func TestParallelCallsRenewTheTokenOnce(t *testing.T) {
	t.Parallel()
	const parallel = 10
	for _, quirk := range []simulator.Quirk{simulator.QuirkTokenRotates, simulator.QuirkTokenWithoutExpiry} {
		for _, given := range []bool{true, false} {
			w := renewing(t, func(c *Config) {
				if !given {
					c.AccessToken = ""
				}
			}, quirk)
			if given {
				w.ExpireToken()
				// Nobody is answered before all have been refused.
				var refused sync.WaitGroup
				refused.Add(parallel)
				w.Inject(simulator.Fault{Route: "user.get", Times: parallel, Kind: simulator.FaultDelay, Do: func(*simulator.Simulator) { refused.Done(); refused.Wait() }})
			}
			var all sync.WaitGroup
			for range parallel {
				all.Go(func() {
					if _, err := w.client.User(ctx); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			w.wantCount("token", 1)
			want := parallel
			if given {
				want = 2 * parallel
			}
			w.wantCount("user.get", want)
		}
	}
}

// noticed tells when somebody begins to wait.
type noticed struct {
	context.Context
	waits func()
}

func (n noticed) Done() <-chan struct{} {
	n.waits()
	return n.Context.Done()
}

func TestCallsThatWaitForARenewalShareItsRefusal(t *testing.T) {
	t.Parallel()
	const parallel = 10
	w := renewing(t, nil)
	w.RevokeRefreshToken()
	unlock, err := w.client.tokens.renewing.Lock(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	var waiting, all sync.WaitGroup
	waiting.Add(parallel)
	for range parallel {
		all.Go(func() {
			_, err := w.client.renew(noticed{ctx, sync.OnceFunc(waiting.Done)}, w.AccessToken())
			if !errors.Is(err, ErrRenewalRefused) || !apierror.Is(err, apierror.Unauthorised) {
				t.Error(err)
			}
		})
	}
	waiting.Wait()
	unlock()
	all.Wait()
	w.wantCount("token", 1)

	// A call that begins later asks again.
	if _, err := w.client.renew(ctx, w.AccessToken()); !errors.Is(err, ErrRenewalRefused) {
		t.Error(err)
	}
	w.wantCount("token", 2)
}

func TestTokenThatIsAboutToExpireIsRenewedBeforeTheCall(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil)
	w.client.tokens.due = time.Now()
	if _, err := w.client.User(ctx); err != nil {
		t.Fatal(err)
	}
	w.wantRoutes("token", "user.get")
}

func TestLifetimeIsReadInEveryForm(t *testing.T) {
	t.Parallel()
	for answered, want := range map[string]time.Duration{
		`3600`: 57 * time.Minute, `"3600"`: 57 * time.Minute, `10`: 5 * time.Second, `1e3`: 820 * time.Second,
		`0`: 0, `-5`: 0, `null`: 0, `"soon"`: 0, `4000000000000000000`: (1<<32)*time.Second - 3*time.Minute,
	} {
		client := said(t, 200, "")
		before := time.Now()
		token, err := client.keep(&answer{request: &transport.Request{}, response: &transport.Response{Status: 200}, root: lenientjson.Part(`{"access_token":"at-1","expires_in":` + answered + `}`)})
		if err != nil || token != "at-1" {
			t.Errorf("%s: %q, %v", answered, token, err)
		}
		_, _, expires := client.tokens.current()
		if want == 0 && !expires.IsZero() || want != 0 && (expires.Before(before.Add(want)) || expires.After(time.Now().Add(want))) {
			t.Errorf("%s expires in %s, want %s", answered, time.Until(expires), want)
		}
	}
}

func TestRefusedRefreshNamesTheParameterAndHidesTheToken(t *testing.T) {
	t.Parallel()
	for _, quirks := range [][]simulator.Quirk{{simulator.QuirkTokenParameter}, {simulator.QuirkTokenParameter, simulator.QuirkTokenErrorEnvelope}} {
		w := renewing(t, nil, quirks...)
		w.ExpireToken()
		_, err := w.client.User(ctx)
		wantText(t, wantKind(t, err, apierror.Unauthorised), "renew the access token", "HTTP 400", "`refresh_token`", "prism.refresh_token_parameter")
		wantNone(t, err.Error(), w.RefreshToken(), w.ClientSecret(), w.AccessToken())
		w.wantRoutes("user.get", "token")
		wantNone(t, w.log.String(), w.RefreshToken(), w.ClientSecret(), w.AccessToken())
	}
}

func TestUnusableTokenAnswerIsAnError(t *testing.T) {
	t.Parallel()
	for body, kind := range map[string]apierror.Kind{
		`<html>`: apierror.Unreadable, ``: apierror.Unreadable, `{}`: apierror.Unreadable, `{"access_token":""}`: apierror.Unreadable,
		`{"access_token":{}}`: apierror.Unreadable, `[]`: apierror.Unreadable,
		`{"error":"invalid_grant","error_description":"used up"}`: apierror.Refused,
	} {
		w := renewing(t, func(c *Config) { c.AccessToken = "" })
		w.Inject(simulator.Fault{Route: "token", Status: 200, Body: body})
		if body == "" {
			w.ClearFaults()
			w.Inject(simulator.Fault{Route: "token", Kind: simulator.FaultEmptyBody})
		}
		_, err := w.client.User(ctx)
		wantText(t, wantKind(t, err, kind), "renew the access token")
		w.wantCount("user.get", 0)
	}
}

func TestSecretsThatTheServiceRepeatsAreHidden(t *testing.T) {
	t.Parallel()
	w := renewing(t, nil, simulator.QuirkTokenRotates)
	w.ExpireToken()
	id := w.AddLive(simulator.Live{RTMPPath: "rtmp://ingest.example/app/k-secret-77"})
	if _, err := w.client.Live(ctx, id); err != nil {
		t.Fatal(err)
	}
	access, refresh, _ := w.client.tokens.current()
	secrets := []string{access, refresh, w.AccessToken(), w.RefreshToken(), w.ClientSecret(), "k-secret-77", "rtmp://ingest.example"}
	body, _ := json.Marshal(map[string]any{"success": false, "message": fmt.Sprint(secrets), "errorName": access, "errorCode": refresh})
	w.Inject(simulator.Fault{Route: "live.get", Status: 400, Body: string(body), Header: map[string]string{"x-ncp-trace-id": access}})
	_, err := w.client.Live(ctx, id)
	wantKind(t, err, apierror.Refused)
	wantNone(t, err.Error(), secrets[:6]...)
	wantNone(t, w.log.String(), secrets[:6]...)
}

func TestExpectedUserIsCheckedOnceAndOnlyBeforeWrites(t *testing.T) {
	t.Parallel()
	for _, quirk := range []simulator.Quirk{simulator.QuirkUserFlat, simulator.QuirkNumericIDs, simulator.QuirkNoEnvelope} {
		w := startWith(t, func(c *Config) { c.ExpectedUserID = simulator.DefaultUserID }, simulator.WithQuirks(quirk))
		one, other := w.live(StatusReserved), w.live(StatusEnd)
		if _, err := w.client.Live(ctx, one); err != nil {
			t.Fatal(err)
		}
		w.wantCount("user.get", 0)
		for _, id := range []string{one, other} {
			if _, err := w.client.Start(ctx, StartInput{LiveID: id, ForceCloseExisting: true}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.client.Stop(ctx, StopInput{LiveID: other}); err != nil {
			t.Fatal(err)
		}
		w.wantCount("user.get", 1)
	}
}

func TestNothingIsWrittenForAnotherUser(t *testing.T) {
	t.Parallel()
	w := startWith(t, func(c *Config) { c.ExpectedUserID = "u-9" })
	reserved, onAir := w.live(StatusReserved), w.live(StatusOnAir)
	for range 2 {
		_, err := w.client.Start(ctx, StartInput{LiveID: reserved, ForceCloseExisting: true})
		wantText(t, wantKind(t, err, apierror.Unauthorised), `"u-1"`, `"u-9"`, "prism.expected_user_id", "nothing was written")
		_, err = w.client.Stop(ctx, StopInput{LiveID: onAir})
		wantKind(t, err, apierror.Unauthorised)
	}
	if w.Writes() != 0 {
		t.Errorf("%d writes", w.Writes())
	}
	w.wantCount("user.get", 1)
}

func TestUnreadableUserStopsWritesAndRemovesNoLive(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"404": {Status: 404}, "404 without body": {Kind: simulator.FaultEmptyBody, Status: 404}, "200 without data": {Status: 200, Body: `{"success":true,"data":null}`},
		"page": {Kind: simulator.FaultNotJSON}, "500": {Status: 500},
	} {
		w := startWith(t, func(c *Config) { c.ExpectedUserID = simulator.DefaultUserID })
		id := w.live(StatusOnAir)
		fault.Route = "user.get"
		w.Inject(fault)
		if live, err := w.client.Stop(ctx, StopInput{LiveID: id}); err == nil || apierror.Is(err, apierror.Gone) {
			t.Errorf("%s: got %+v, %v", name, live, err)
		}
		if w.Writes() != 0 {
			t.Errorf("%s: %d writes", name, w.Writes())
		}
		w.wantTruth(id, StatusOnAir)
	}
}

func TestTokenThatNoHeaderCanCarryIsNotKept(t *testing.T) {
	t.Parallel()
	for _, token := range []string{`t\r\nX-Evil: 1`, `t t`, `t\u0000`, `한글`} {
		client := said(t, 200, `{"access_token":"`+token+`","expires_in":60}`)
		client.config.ClientID, client.config.ClientSecret, client.config.RefreshToken = "c", "secret", "refresh"
		_, _, err := client.AccessToken(ctx)
		wantText(t, wantKind(t, err, apierror.Unreadable), "what no header can carry")
		if access, _, _ := client.tokens.current(); access != "token" {
			t.Errorf("%q was kept as %q", token, access)
		}
	}
}
