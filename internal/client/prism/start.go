package prism

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// StartInput asks for a live to go on air.
type StartInput struct {
	LiveID string
	// ReplacesLiveID is the one live of the same channel that may be closed by this start; "" is none.
	ReplacesLiveID string
	// ForceCloseExisting lets the start close whatever is on air on the channel.
	ForceCloseExisting bool
	Window             Window
	// Owner is whoever orders the start, in words that no other owner has; "" is nobody. Only its own stop ends the live then.
	Owner string
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
// speaks against it is looked at right before: errors are *WindowError, *ChannelOccupiedError, or *apierror.Error, of which Gone
// means that the live does not exist and Lost that it may be on air.
func (c *Client) Start(ctx context.Context, input StartInput) (*Started, error) {
	unlock, err := c.lockLive(ctx, input.LiveID)
	if err != nil {
		return nil, err
	}
	defer unlock()
	started, err := c.startOrAdopt(ctx, input)
	if err == nil {
		c.own(input.LiveID, input.Owner)
	}
	return started, err
}

func (c *Client) startOrAdopt(ctx context.Context, input StartInput) (*Started, error) {
	before, err := c.Live(ctx, input.LiveID)
	if err != nil {
		return nil, err
	}
	if c.onAir(before) {
		c.rememberStarted(before)
		return &Started{Live: before, Adopted: true}, nil
	}
	if err := input.Window.Check(input.LiveID, time.Now()); err != nil {
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
		onAir, err := c.guard(ctx, before, input)
		if onAir != nil {
			c.rememberStarted(onAir)
			return &Started{Live: onAir, Adopted: true}, nil
		}
		if err != nil {
			return nil, err
		}
	}

	// Other starts and stops on the channel may have taken their time.
	if err := input.Window.Check(input.LiveID, time.Now()); err != nil {
		return nil, err
	}
	c.forgetStopped(input.LiveID)
	answered, err := c.put(ctx, "start", input.LiveID)
	if err != nil {
		now := c.startedAnyway(ctx, before, err)
		if now == nil {
			return nil, err
		}
		found := &Started{Live: merge(now, before), Found: true}
		c.rememberStarted(found.Live)
		return found, nil
	}
	started := c.waitOnAir(ctx, before, answered)
	c.rememberStarted(started.Live)
	return started, nil
}

// put sends start or stop, which have no body and answer with the live, part of it (not even its id), or nothing [b2bpls-startlive,
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
	return live, nil
}

// startedAnyway looks whether a start without a good answer took effect: it did if the live is on air now, which it was not
// before. It returns nil where that is not proven.
func (c *Client) startedAnyway(ctx context.Context, before *Live, cause error) *Live {
	looks := 1
	switch {
	case apierror.Is(cause, apierror.Lost):
		looks = 3
	case !apierror.Is(cause, apierror.Conflict, apierror.Refused):
		return nil
	}
	ctx, cancel := wait.WithGracePeriod(ctx, lookAfterCancel)
	defer cancel()
	for look := 1; ; look++ {
		now, err := c.Live(ctx, before.LiveID)
		if err == nil && c.wentOnAir(before, now) {
			return now
		}
		if look == looks || apierror.Is(err, apierror.Gone) || wait.Sleep(ctx, c.config.PollInterval) != nil {
			return nil
		}
	}
}

// wentOnAir reports whether a live has gone on air since before was read. Where statuses mean nothing, only a new start time proves it.
func (c *Client) wentOnAir(before, now *Live) bool {
	if newBroadcast(before, now) && (c.onAir(now) || c.config.StatusUnmanaged) {
		return true
	}
	return c.onAir(now) && before.Status != StatusOnAir
}

// newBroadcast reports whether now shows a broadcast that began after before was read.
func newBroadcast(before, now *Live) bool {
	return now.StartAt != "" && !sameBroadcast(before, now.StartAt)
}

// tellsAll reports whether the answer to a start says all that a look at the live would: which live is on air, since when, and where
// its encoder sends, which may be new with each start.
func tellsAll(answered *Live, liveID string) bool {
	return answered.LiveID == liveID && answered.Status == StatusOnAir && answered.StartAt != "" && answered.RTMPPath != ""
}

// waitOnAir merges the answer of an accepted start with what the live then shows, until it is on air. Nothing that happens
// here takes the start back, so nothing here is an error.
func (c *Client) waitOnAir(ctx context.Context, before, answered *Live) *Started {
	started := &Started{}
	known := merge(answered, before)
	known.LiveID, known.Status, known.StartAt = before.LiveID, answered.Status, answered.StartAt
	if tellsAll(answered, before.LiveID) {
		started.Live = known
		return started
	}
	pollCtx := ctx
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		pollCtx, cancel = wait.WithGracePeriod(ctx, lookAfterCancel)
		defer cancel()
	}
	err := batch.Poll(pollCtx, c.config.PollInterval, c.config.PollInterval, func() (bool, error) {
		now, err := c.Live(pollCtx, before.LiveID)
		if err != nil {
			return false, err
		}
		status, startAt := now.Status, now.StartAt
		known = merge(answered, merge(now, known))
		known.LiveID = before.LiveID
		known.Status, known.StartAt = status, startAt
		if startAt == "" {
			known.StartAt = answered.StartAt
		}
		switch {
		case c.config.StatusUnmanaged, status == StatusOnAir, status == "":
			return true, nil
		case status == StatusEnd && newBroadcast(before, now):
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

// lookAfterCancel is how long it is still looked what became of a write that was sent, when the caller has given up.
const lookAfterCancel = 10 * time.Second

func orNone(status string) string {
	if status == "" {
		return "not told"
	}
	return printable.Text(status)
}
