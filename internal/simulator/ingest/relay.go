package ingest

import (
	"context"
	"errors"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/bluenviron/gortmplib"
	"github.com/bluenviron/gortmplib/pkg/rawmessage"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// relayTimes say how patient the relay is with a target.
type relayTimes struct {
	connect time.Duration // for a connection to be made
	write   time.Duration // for a target to take a message
	first   time.Duration // before the first attempt after a loss; it doubles up to most
	most    time.Duration
}

var usualTimes = relayTimes{connect: 5 * time.Second, write: 5 * time.Second, first: time.Second, most: 8 * time.Second}

// queued is how many messages a target may lag behind, some seconds of a usual feed.
const queued = 512

// targets pass one feed on.
type targets struct {
	cancel context.CancelFunc
	work   sync.WaitGroup
	list   []*target

	mu     sync.Mutex
	opener opener
}

// target is one platform that gets the feed.
type target struct {
	platform simulator.Platform
	feed     *simulator.Feed
	times    relayTimes
	opener   func() (opening []*rawmessage.Message, picture bool)
	queue    chan *rawmessage.Message
	report   simulator.TargetReport
}

// passOn starts the relay of a feed, which does nothing for a feed without targets.
func (s *Server) passOn(feed *simulator.Feed) *targets {
	ctx, cancel := context.WithCancel(s.ctx)
	all := &targets{cancel: cancel}
	for _, platform := range feed.Targets() {
		t := &target{
			platform: platform, feed: feed, times: s.relay, queue: make(chan *rawmessage.Message, queued), opener: all.opening,
		}
		all.list = append(all.list, t)
		all.work.Go(func() { t.run(ctx) })
	}
	return all
}

func (all *targets) stop() {
	all.cancel()
	all.work.Wait()
}

// opening is what a target has to get first, and whether the feed has a picture.
func (all *targets) opening() ([]*rawmessage.Message, bool) {
	all.mu.Lock()
	defer all.mu.Unlock()
	return all.opener.messages()
}

// send hands a message to every target. A target that is too slow loses it, and finds out.
func (all *targets) send(m *rawmessage.Message) {
	if len(all.list) == 0 {
		return
	}
	all.mu.Lock()
	all.opener.see(m)
	all.mu.Unlock()
	for _, t := range all.list {
		select {
		case t.queue <- m:
		default:
		}
	}
}

var errNotLoopback = errors.New("the target is not on this machine, so the rehearsal sends nothing to it")

// address is where a target is, if it is on loopback. No name but localhost is looked up.
func (t *target) address() (*url.URL, error) {
	u, err := url.Parse(t.platform.RTMPURL)
	if err != nil {
		return nil, errors.New("the address of the target cannot be read")
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, errNotLoopback
	}
	u.Fragment = t.platform.StreamKey // where gortmplib looks for the stream's name
	if t.platform.ID != "" {
		u.User = url.UserPassword(t.platform.ID, t.platform.Password)
	}
	return u, nil
}

// run connects, and connects again, until the feed is over.
func (t *target) run(ctx context.Context) {
	t.tell(simulator.ConnectConnecting, "connecting")
	address, err := t.address()
	if err != nil {
		t.tell(simulator.ConnectConnecting, err.Error())
		for {
			select {
			case <-t.queue:
			case <-ctx.Done():
				return
			}
		}
	}
	for wait := t.times.first; ; wait = min(2*wait, t.times.most) {
		connected, err := t.connection(ctx, address)
		if ctx.Err() != nil {
			return
		}
		if connected {
			wait = t.times.first
		}
		t.tell(simulator.ConnectFail, err.Error())
		if !t.idle(ctx, wait) {
			return
		}
		t.report.Retries++
		t.tell(t.report.Status, t.report.Why)
	}
}

// idle waits, and lets go by what cannot be sent.
func (t *target) idle(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		select {
		case <-t.queue:
		case <-timer.C:
			return true
		case <-ctx.Done():
			return false
		}
	}
}

func (t *target) tell(status, why string) {
	if status != simulator.StatusPublishing {
		t.report.Since, t.report.Rate = time.Time{}, 0
	} else if t.report.Since.IsZero() {
		t.report.Since = time.Now()
	}
	t.report.Status, t.report.Why = status, why
	t.feed.ReportTarget(t.platform.PlatID, t.report)
}

// connection is one connection to the target, from its beginning to its end.
func (t *target) connection(ctx context.Context, address *url.URL) (connected bool, err error) {
	connecting, cancel := context.WithTimeout(ctx, t.times.connect)
	defer cancel()
	client := &gortmplib.Client{URL: address, Publish: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &wholeWrites{Conn: c, patience: t.times.write}, nil
	}}
	if err := client.Initialize(connecting); err != nil {
		if connecting.Err() != nil {
			return false, errors.New("the target does not answer")
		}
		return false, refused(err)
	}
	defer client.Close()
	ended := make(chan struct{})
	go func() { // answers pings, and notices the end
		defer close(ended)
		for {
			if _, err := client.Read(); err != nil {
				return
			}
		}
	}()
	defer func() { client.Close(); <-ended }()
	t.tell(simulator.StatusPublishing, "")
	return true, t.transmit(ctx, newTransmitter(client.NetConn()), ended)
}

// transmit sends the feed, beginning with a picture that stands for itself.
func (t *target) transmit(ctx context.Context, out *transmitter, ended <-chan struct{}) error {
	before := t.report.BytesSent
	defer func() {
		t.report.BytesSent = before + out.sent
		t.feed.ReportTarget(t.platform.PlatID, t.report)
	}()
	opening, picture := t.opener()
	for _, m := range opening {
		if err := out.send(m); err != nil {
			return errLost
		}
	}
	ticker := time.NewTicker(reportEvery)
	defer ticker.Stop()
	measuredAt, measured := time.Now(), int64(0)
	for started := !picture; ; {
		select {
		case m := <-t.queue:
			if len(t.queue) >= cap(t.queue)-1 {
				return errors.New("the target takes the feed too slowly")
			}
			if started = started || startsPicture(m); !started {
				continue
			}
			if err := out.send(m); err != nil {
				return errLost
			}
		case <-ticker.C:
			if passed := time.Since(measuredAt); passed >= time.Second {
				t.report.Rate = int64(float64(out.sent-measured) / passed.Seconds())
				measuredAt, measured = time.Now(), out.sent
			}
			t.report.BytesSent = before + out.sent
			t.tell(simulator.StatusPublishing, "")
		case <-ended:
			return errLost
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
