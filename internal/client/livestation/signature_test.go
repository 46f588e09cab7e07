package livestation

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestSignatureOnTheWireIsAccepted(t *testing.T) {
	t.Parallel()
	w := start(t)
	channelID, _, err := w.CreateRestreamChannel(ctx, input("wire"))
	if err != nil {
		t.Fatal(err)
	}
	channel, err := w.WaitForRestreamChannel(ctx, channelID)
	if err != nil || string(channel.ChannelID) != channelID {
		t.Fatalf("got %+v, %v", channel, err)
	}
	if _, err := w.SetRestreamCallback(ctx, channelID, "https://example.com/a?b=c"); err != nil {
		t.Error(err)
	}
	if channels, err := w.Client.RestreamChannels(ctx); err != nil || len(channels) != 1 {
		t.Errorf("got %v, %v", channels, err)
	}
	if err := w.Client.TerminateRestreamChannel(ctx, channelID); err != nil {
		t.Error(err)
	}
	for _, request := range w.Requests() {
		if request.Status >= 400 && request.ErrorCode != fmt.Sprint(codeNotFound) {
			t.Errorf("%s: %s", request.Line(), request.Reason)
		}
	}
}

func TestFinancialZoneHasItsPathAndRegion(t *testing.T) {
	t.Parallel()
	w := start(t)
	fin := New(Config{Endpoint: w.URL(), Path: PathFinancial, Region: "FKR", AccessKey: w.AccessKey(), SecretKey: w.SecretKey(), Transport: transport.New(quick)})
	if _, err := fin.Channel(ctx, w.AddGeneralChannel(simulator.GeneralChannel{})); err != nil {
		t.Fatal(err)
	}
	if uri := w.Requests()[0].URI; !strings.HasPrefix(uri, "/api/fin-v2/channels/") {
		t.Errorf("asked for %s", uri)
	}
}

func TestEveryAttemptHasASignatureOfItsOwnTime(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.AddGeneralChannel(simulator.GeneralChannel{})
	w.Inject(simulator.Fault{Route: "channel.get", Times: 1, Status: 503, Delay: 5 * time.Millisecond})
	if _, err := w.Channel(ctx, id); err != nil {
		t.Fatal(err)
	}
	requests := w.RequestsTo("channel.get")
	if len(requests) != 2 {
		t.Fatalf("%d requests", len(requests))
	}
	for _, header := range []string{"x-ncp-apigw-timestamp", "x-ncp-apigw-signature-v2"} {
		if requests[0].Header.Get(header) == requests[1].Header.Get(header) {
			t.Errorf("both attempts carry the same %s", header)
		}
	}
}

func TestIDsAreAlwaysOneSegment(t *testing.T) {
	t.Parallel()
	w := start(t)
	for id, want := range map[string]string{
		"a/b": "a%2Fb", "../../user": "..%2F..%2Fuser", "...": "...", "50%2F": "50%252F", "a b": "a%20b", "a?x=1": "a%3Fx=1",
		"a#b": "a%23b", "a\r\nX-Evil: 1": "a%0D%0AX-Evil:%201", "한": "%ED%95%9C", "a+b": "a+b", "a;b": "a%3Bb",
	} {
		for route, call := range map[string]func() error{
			"channel.get":  func() error { _, err := w.Channel(ctx, id); return err },
			"restream.get": func() error { return w.Client.TerminateRestreamChannel(ctx, id) },
		} {
			w.ResetRequests()
			err := call()
			requests := w.Requests()
			if len(requests) != 1 || requests[0].Route != route || !strings.HasSuffix(requests[0].URI, "/channels/"+want) {
				t.Errorf("%s of %q asked for %v, want .../channels/%s", route, id, requests[0].URI, want)
			}
			if requests[0].ErrorCode != fmt.Sprint(codeNotFound) {
				t.Errorf("%s of %q: %s", route, id, requests[0].Reason)
			}
			if err != nil {
				wantNone(t, err.Error(), "\n", "\r")
			}
		}
	}
	wantNone(t, w.log.String(), `\n`, `\r`)
}

const warning = "The clock of this machine is off"

func TestClockIsCorrectedByTheDateOfARefusal(t *testing.T) {
	t.Parallel()
	for _, offset := range []time.Duration{6 * time.Minute, -6 * time.Minute, 48 * time.Hour, -365 * 24 * time.Hour} {
		w := start(t)
		w.SetClockOffset(offset)
		id := w.AddGeneralChannel(simulator.GeneralChannel{})
		for range 2 {
			if _, err := w.Channel(ctx, id); err != nil {
				t.Fatalf("off by %s: %v", offset, err)
			}
		}
		w.wantRoutes("channel.get", "channel.get", "channel.get")
		if log := w.log.String(); strings.Count(log, warning) != 1 || !strings.Contains(log, "level=WARN") {
			t.Errorf("off by %s: the log says %s", offset, log)
		}
	}
}

func TestParallelRequestsCorrectTheClockTogether(t *testing.T) {
	t.Parallel()
	const parallel = 10
	w := start(t)
	w.SetClockOffset(time.Hour)
	id := w.AddGeneralChannel(simulator.GeneralChannel{})
	// Nobody is answered before all have been refused.
	var refused sync.WaitGroup
	refused.Add(parallel)
	w.Inject(simulator.Fault{Route: "channel.get", Times: parallel, Kind: simulator.FaultDelay, Do: func(*simulator.Simulator) { refused.Done(); refused.Wait() }})
	var all sync.WaitGroup
	for range parallel {
		all.Go(func() {
			if _, err := w.Channel(ctx, id); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	w.wantCount("channel.get", 2*parallel)
	if n := strings.Count(w.log.String(), warning); n != 1 {
		t.Errorf("%d warnings, want 1", n)
	}
}

func TestClockCorrectionDoesNotDoubleAWrite(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.SetClockOffset(-time.Hour)
	id, found, err := w.CreateRestreamChannel(ctx, input("clock"))
	if err != nil || found || id == "" {
		t.Fatalf("got %q, %v, %v", id, found, err)
	}
	w.wantCount("restream.create", 2)
	if n := len(w.Simulator.RestreamChannels()); n != 1 {
		t.Errorf("%d channels were made", n)
	}
}

func TestDriftingClockIsCorrectedAgain(t *testing.T) {
	t.Parallel()
	w := start(t)
	id := w.AddGeneralChannel(simulator.GeneralChannel{})
	for _, offset := range []time.Duration{0, time.Hour, -time.Hour, 0} {
		w.SetClockOffset(offset)
		if _, err := w.Channel(ctx, id); err != nil {
			t.Fatalf("off by %s: %v", offset, err)
		}
	}
	w.wantCount("channel.get", 1+2+2+2)
}

func TestRefusalForAnotherReasonIsNotRetried(t *testing.T) {
	t.Parallel()
	const refused = `{"error":{"errorCode":"200","message":"Authentication Failed","details":"Invalid authentication information."}}`
	far := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for name, test := range map[string]struct {
		status int
		date   string
		body   string
	}{
		"wrong key":          {401, time.Now().UTC().Format(http.TimeFormat), refused},
		"Date unreadable":    {401, "yesterday", refused},
		"permission denied":  {401, far, `{"error":{"errorCode":"210","message":"Permission Denied"}}`},
		"not by the gateway": {401, far, `{"error":{"errorCode":250017,"message":"Unauthorized"}}`},
		"a page":             {401, far, "<html>"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := 0
			client := served(t, func(w http.ResponseWriter, _ *http.Request) {
				requests++
				w.Header().Set("Date", test.date)
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			_, err := client.Channel(ctx, "ls-1")
			wantKind(t, err, apierror.Unauthorised)
			if requests != 1 {
				t.Errorf("%d requests, want 1", requests)
			}
		})
	}
}

func TestClockIsCorrectedOncePerCall(t *testing.T) {
	t.Parallel()
	requests := 0
	client := served(t, func(w http.ResponseWriter, _ *http.Request) {
		requests++
		w.Header().Set("Date", time.Now().Add(time.Duration(requests)*time.Hour).UTC().Format(http.TimeFormat))
		w.WriteHeader(401)
		_, _ = w.Write([]byte(`{"error":{"errorCode":"200","message":"Authentication Failed"}}`))
	})
	_, err := client.Channel(ctx, "ls-1")
	wantKind(t, err, apierror.Unauthorised)
	if requests != 2 {
		t.Errorf("%d requests, want 2", requests)
	}
}

func TestKeysAreNeverShown(t *testing.T) {
	t.Parallel()
	client := said(t, 400, nil, `{"error":{"errorCode":250002,"message":"secret-key of access-key: invalid value."}}`)
	_, err := client.Channel(ctx, "ls-1")
	wantNone(t, err.Error(), "secret-key", "access-key")
	wantText(t, err.Error(), "invalid value")
}
