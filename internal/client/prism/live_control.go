package prism

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// StartOrder asks for a live to go on air.
type StartOrder struct {
	LiveID string
	// ReplacesLiveID is the one live of the same channel that may be closed by this start; "" is none.
	ReplacesLiveID string
	// ForceCloseExisting lets the start close whatever is on air on the channel.
	ForceCloseExisting bool
	Window             Window
}

// Window is the time in which a start is allowed; a zero bound is open.
type Window struct{ OpensAt, ClosesAt time.Time }

// WindowError says that it is not the time to start.
type WindowError struct {
	LiveID string
	Window Window
	Now    time.Time
}

// Error says how far off the window is.
func (e *WindowError) Error() string {
	now := e.Now.UTC().Format(time.RFC3339)
	if e.Now.Before(e.Window.OpensAt) {
		return fmt.Sprintf("live %s may be started from %s on, which is %s from now (%s)",
			transport.Printable(e.LiveID), e.Window.OpensAt.Format(time.RFC3339), e.Window.OpensAt.Sub(e.Now).Round(time.Second), now)
	}
	return fmt.Sprintf("live %s could be started until %s, which was %s ago (now it is %s)",
		transport.Printable(e.LiveID), e.Window.ClosesAt.Format(time.RFC3339), e.Now.Sub(e.Window.ClosesAt).Round(time.Second), now)
}

// Check returns a *WindowError outside of the window.
func (w Window) Check(liveID string, now time.Time) error {
	if now.Before(w.OpensAt) || !w.ClosesAt.IsZero() && !now.Before(w.ClosesAt) {
		return &WindowError{LiveID: liveID, Window: w, Now: now}
	}
	return nil
}

// BookedError says that other lives are on air on the channel, which a start would close.
type BookedError struct {
	LiveID, ChannelID string
	OnAir             []*Live
}

// Error names the lives that a start would cut.
func (e *BookedError) Error() string {
	const named = 3 // One is the rule; a service that calls all of its lives on air may have thousands.
	var names []string
	for _, live := range e.OnAir[:min(named, len(e.OnAir))] {
		names = append(names, live.Describe())
	}
	if more := len(e.OnAir) - named; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("channel %s is on air with %s; starting live %s would close it",
		transport.Printable(e.ChannelID), strings.Join(names, " and with "), transport.Printable(e.LiveID))
}

// SinceUnknown tells whether a live is said to be on air without a start time, as services without status management do.
func (e *BookedError) SinceUnknown() bool {
	for _, live := range e.OnAir {
		if live.StartAt == "" {
			return true
		}
	}
	return false
}

// Describe names a live for people: id, title, since when it is on air, and its viewers now where the service tells.
func (l *Live) Describe() string {
	text := "live " + transport.Printable(l.LiveID)
	if l.Title != "" {
		text += " " + quote(transport.Printable(l.Title))
	}
	if l.Status == StatusOnAir {
		if l.StartAt != "" {
			text += ", on air since " + l.StartAt
		} else {
			text += ", on air since a time the service does not tell"
		}
		if l.LiveStat != nil && l.LiveStat.ViewerCount != nil {
			text += fmt.Sprintf(", %d viewers now", *l.LiveStat.ViewerCount)
		}
	}
	return text
}

// Started is what became of a start.
type Started struct {
	Live *Live
	// Adopted is true when the live was on air already and nothing was sent.
	Adopted bool
	// Found is true when the answer was lost, or no, and the live was then seen on air.
	Found bool
	// NotOnAir says why the live is not known to be on air although its start was accepted; "" if it is.
	NotOnAir string
}

// Start puts a live on air, once [b2bpls-startlive]. Starting closes whatever is on air on the channel, so everything that
// speaks against it is looked at right before: errors are *WindowError, *BookedError, or *transport.Error, of which Gone
// means that the live does not exist and Lost that it may be on air.
func (c *Client) Start(ctx context.Context, order StartOrder) (*Started, error) {
	before, err := c.Live(ctx, order.LiveID)
	if err != nil {
		return nil, err
	}
	if c.onAir(before) {
		return &Started{Live: before, Adopted: true}, nil
	}
	if err := order.Window.Check(order.LiveID, time.Now()); err != nil {
		return nil, err
	}
	if !c.config.StatusUnmanaged {
		if err := c.findChannel(ctx, before); err != nil {
			return nil, err
		}
	}
	unlock, err := c.lockChannel(ctx, before)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if !c.config.StatusUnmanaged {
		onAir, err := c.guard(ctx, before, order)
		if onAir != nil {
			return &Started{Live: onAir, Adopted: true}, nil
		}
		if err != nil {
			return nil, err
		}
	}

	// Other starts and stops on the channel may have taken their time.
	if err := order.Window.Check(order.LiveID, time.Now()); err != nil {
		return nil, err
	}
	c.forgetStopped(order.LiveID)
	answered, err := c.put(ctx, "start", order.LiveID)
	if err != nil {
		now := c.startedAnyway(ctx, before, err)
		if now == nil {
			return nil, err
		}
		return &Started{Live: merge(now, before), Found: true}, nil
	}
	return c.waitOnAir(ctx, before, answered), nil
}

// onAir tells whether a live is on air; where statuses mean nothing it is never known to be. One that this process has
// stopped is not, though its status may lag behind: whoever adopted it would have a dead show.
func (c *Client) onAir(live *Live) bool {
	return live.Status == StatusOnAir && !c.config.StatusUnmanaged && !c.wasStopped(live)
}

// lockChannel waits until no other start or stop runs on the live's channel.
func (c *Client) lockChannel(ctx context.Context, live *Live) (unlock func(), err error) {
	key := "channel " + live.ChannelID
	if live.ChannelID == "" {
		key = "live " + live.LiveID
	}
	unlock, err = c.channels.Lock(ctx, key)
	if err != nil {
		return nil, &transport.Error{Service: serviceName, Operation: "wait for other starts and stops on " + key, Kind: transport.Unsent, Message: err.Error(), Err: err}
	}
	return unlock, nil
}

// guard looks what is on air on the channel right now. It returns the live itself if it went on air meanwhile, and a
// *BookedError for any other that the order does not consent to close.
func (c *Client) guard(ctx context.Context, live *Live, order StartOrder) (*Live, error) {
	lives, err := c.allLives(ctx, live)
	if err != nil {
		return nil, notAbout(err, transport.Refused)
	}
	booked := &BookedError{LiveID: order.LiveID, ChannelID: live.ChannelID}
	for _, other := range lives {
		switch {
		case !c.onAir(other):
		case other.LiveID == order.LiveID:
			return merge(other, live), nil
		case other.LiveID == order.ReplacesLiveID, order.ForceCloseExisting:
		default:
			booked.OnAir = append(booked.OnAir, other)
		}
	}
	if len(booked.OnAir) > 0 {
		return nil, booked
	}
	return nil, nil
}

// WouldClose tells what a start would close, as a *BookedError that is nil where nothing is. It is for plans: it only reads.
func (c *Client) WouldClose(ctx context.Context, live *Live, order StartOrder) (*BookedError, error) {
	if c.config.StatusUnmanaged {
		return nil, nil
	}
	if err := c.findChannel(ctx, live); err != nil {
		return nil, err
	}
	_, err := c.guard(ctx, live, order)
	var booked *BookedError
	if errors.As(err, &booked) {
		return booked, nil
	}
	return nil, err
}

// put sends start or stop, which have no body and answer with the live, part of it, or nothing [b2bpls-startlive,
// b2bpls-endlive]. An answer that neither holds a live nor says success in so many words is Lost: it is looked at what
// became of the call. Only where a look tells nothing, because statuses mean nothing, an empty answer is taken for a yes.
func (c *Client) put(ctx context.Context, verb, liveID string) (*Live, error) {
	got, err := c.call(ctx, operation{words: verb + " live " + liveID, method: http.MethodPut, path: []string{"live", liveID, verb}})
	if err != nil {
		return nil, err
	}
	live, found, err := c.locate(got)
	empty := len(bytes.TrimSpace(got.response.Body)) == 0
	switch {
	case found:
	case got.approved, empty && c.config.StatusUnmanaged:
		live = &Live{}
	case err == nil:
		return nil, got.unreadable(nil)
	default:
		return nil, err
	}
	live.LiveID = liveID
	return live, nil
}

// startedAnyway looks whether a start without a good answer took effect: it did if the live is on air now, which it was not
// before. It returns nil where that is not proven.
func (c *Client) startedAnyway(ctx context.Context, before *Live, cause error) *Live {
	looks := 1
	switch {
	case transport.Is(cause, transport.Lost):
		looks = 3
	case !transport.Is(cause, transport.Conflict, transport.Refused):
		return nil
	}
	ctx, cancel := transport.WithGracePeriod(ctx, lookAfterCancel)
	defer cancel()
	for look := 1; ; look++ {
		now, err := c.Live(ctx, before.LiveID)
		if err == nil {
			restarted := now.StartAt != "" && !SameInstant(now.StartAt, before.StartAt)
			if c.onAir(now) && before.Status != StatusOnAir || restarted && (c.onAir(now) || c.config.StatusUnmanaged) {
				return now
			}
		}
		if look == looks || transport.Is(err, transport.Gone) || transport.Sleep(ctx, c.config.PollInterval) != nil {
			return nil
		}
	}
}

// waitOnAir merges the answer of an accepted start with what the live then shows, until it is on air. Nothing that happens
// here takes the start back, so nothing here is an error.
func (c *Client) waitOnAir(ctx context.Context, before, answered *Live) *Started {
	started := &Started{}
	known := merge(answered, before)
	known.Status, known.StartAt = answered.Status, answered.StartAt
	pollCtx := ctx
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		pollCtx, cancel = transport.WithGracePeriod(ctx, lookAfterCancel)
		defer cancel()
	}
	err := transport.Poll(pollCtx, c.config.PollInterval, func() (bool, error) {
		now, err := c.Live(pollCtx, before.LiveID)
		if err != nil {
			return false, err
		}
		status, startAt := now.Status, now.StartAt
		known = merge(known, now)
		known.Status, known.StartAt = status, startAt
		if startAt == "" {
			known.StartAt = answered.StartAt
		}
		switch {
		case c.config.StatusUnmanaged, status == StatusOnAir, status == "":
			return true, nil
		case status == StatusEnd && startAt != "" && !SameInstant(startAt, before.StartAt):
			started.NotOnAir = "it went on air and has ended already"
			return true, nil
		}
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		return false, nil
	})
	switch {
	case err != nil && errors.Is(ctx.Err(), context.Canceled):
		started.NotOnAir = "waiting was interrupted; its status was " + orNone(known.Status)
	case err != nil && ctx.Err() != nil:
		started.NotOnAir = "when the timeout passed, its status was still " + orNone(known.Status)
	case err != nil && known.Status != StatusOnAir:
		started.NotOnAir = "reading it back failed: " + err.Error()
	}
	started.Live = known
	return started
}

// StopOrder asks for a live to go off air.
type StopOrder struct {
	LiveID string
	// ChannelID is the owning channel, "" where it is not known; known, it saves a read.
	ChannelID string
	// StartAccepted says that a start was accepted whose end was never seen: then RESERVED only lags behind.
	StartAccepted bool
	// StoppedStartAt is the StartAt of the broadcast whose stop was accepted last, "" for none. Should that same broadcast still
	// be called on air and the stop be refused, it is over all the same.
	StoppedStartAt string
}

// Stop takes a live off air [b2bpls-endlive] and returns the live as it is then, nil if it does not exist. A live that is not
// on air costs no write; it does not wait until the service shows END, because not every service ever does.
func (c *Client) Stop(ctx context.Context, order StopOrder) (*Live, error) {
	before := &Live{LiveID: order.LiveID, ChannelID: order.ChannelID}
	if order.ChannelID == "" {
		live, err := c.Live(ctx, order.LiveID)
		if err != nil {
			return nil, unlessGone(err)
		}
		if before = live; c.offAir(live, order) {
			return live, nil
		}
		if !c.config.StatusUnmanaged {
			// Starts on the channel wait for this stop. Where the channel cannot be found out, it is stopped all the same.
			_ = c.findChannel(ctx, live)
		}
	}
	unlock, err := c.lockChannel(ctx, before)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if !c.config.StatusUnmanaged {
		if before, err = c.Live(ctx, order.LiveID); err != nil {
			return nil, unlessGone(err)
		}
		if c.offAir(before, order) {
			return before, nil
		}
	}
	answered, err := c.put(ctx, "stop", order.LiveID)
	switch {
	case transport.Is(err, transport.Gone):
		return nil, nil
	case transport.Is(err, transport.Lost, transport.Conflict, transport.Refused):
		return c.stoppedAnyway(ctx, order, err)
	case err != nil:
		return nil, err
	}
	c.rememberStopped(before)
	after := merge(answered, before)
	if answered.Status == "" && !c.config.StatusUnmanaged {
		if now, err := c.Live(ctx, order.LiveID); err == nil {
			after = merge(now, after)
		}
	}
	return after, nil
}

// offAir tells whether a live need not be stopped.
func (c *Client) offAir(live *Live, order StopOrder) bool {
	return !c.config.StatusUnmanaged && (live.Status == StatusEnd || live.Status == StatusReserved && !order.StartAccepted)
}

func unlessGone(err error) error {
	if transport.Is(err, transport.Gone) {
		return nil
	}
	return err
}

// stoppedAnyway looks whether a stop without a good answer took effect, and returns the cause if that is not proven.
func (c *Client) stoppedAnyway(ctx context.Context, order StopOrder, cause error) (*Live, error) {
	looks := 1
	if transport.Is(cause, transport.Lost) {
		looks = 3
	}
	ctx, cancel := transport.WithGracePeriod(ctx, lookAfterCancel)
	defer cancel()
	for look := 1; ; look++ {
		now, err := c.Live(ctx, order.LiveID)
		switch {
		case transport.Is(err, transport.Gone):
			return nil, nil
		case err == nil && now.Status == StatusEnd:
			return now, nil
		case err == nil && now.Status != StatusOnAir && transport.Is(cause, transport.Conflict):
			// Not a status that lags behind: the service refuses the stop, and does not call the live on air.
			return now, nil
		case err == nil && order.StoppedStartAt != "" && SameInstant(now.StartAt, order.StoppedStartAt) && !transport.Is(cause, transport.Lost):
			return now, nil
		case look == looks && err != nil:
			return nil, fmt.Errorf("%w Looking whether it ended: %w", cause, err)
		case look == looks, transport.Sleep(ctx, c.config.PollInterval) != nil:
			return nil, cause
		}
	}
}

// wasStopped tells whether this process has stopped that very broadcast, even if the service still calls it on air.
func (c *Client) wasStopped(live *Live) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	startAt, ok := c.stopped[live.LiveID]
	return ok && SameInstant(startAt, live.StartAt)
}

func (c *Client) rememberStopped(live *Live) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped[live.LiveID] = live.StartAt
}

func (c *Client) forgetStopped(liveID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.stopped, liveID)
}

// merge fills what first leaves out from second.
func merge(first, second *Live) *Live {
	merged := *first
	for _, field := range []struct {
		to   *string
		from string
	}{
		{&merged.LiveID, second.LiveID}, {&merged.ChannelID, second.ChannelID}, {&merged.Title, second.Title},
		{&merged.Description, second.Description}, {&merged.ReservedAt, second.ReservedAt}, {&merged.StartAt, second.StartAt},
		{&merged.RTMPPath, second.RTMPPath}, {&merged.Status, second.Status}, {&merged.Scope, second.Scope}, {&merged.LiveLink, second.LiveLink},
	} {
		if *field.to == "" {
			*field.to = field.from
		}
	}
	if merged.LiveStat == nil {
		merged.LiveStat = second.LiveStat
	}
	return &merged
}

// lookAfterCancel is how long it is still looked what became of a write that was sent, when the caller has given up.
const lookAfterCancel = 10 * time.Second

func orNone(status string) string {
	if status == "" {
		return "not told"
	}
	return transport.Printable(status)
}
