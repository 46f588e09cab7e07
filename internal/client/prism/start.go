package prism

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
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
	// Owner is a unique name of whoever starts the live; "" is nobody. A stop by another owner then leaves it on air.
	Owner string
}

// Started is the outcome of a start.
type Started struct {
	Live *Live
	// Adopted is true when the live was on air already and nothing was sent.
	Adopted bool
	// Found is true when the answer was lost or was a refusal, and a read then showed the live on air.
	Found bool
	// NotOnAir says why the live is not known to be on air although its start was accepted; "" if it is.
	NotOnAir string
}

// Start puts a live on air, once [b2bpls-startlive]. Starting closes whatever is on air on the channel, so all checks are made
// immediately before the write. Errors are *WindowError, *ChannelOccupiedError, or *apierror.Error: Gone means that the live does not
// exist, and Lost that it may be on air.
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
		return c.adopt(before), nil
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
			return c.adopt(onAir), nil
		}
		if err != nil {
			return nil, err
		}
	}
	// Waiting for other starts and stops on the channel may have taken until after the window.
	if err := input.Window.Check(input.LiveID, time.Now()); err != nil {
		return nil, err
	}
	return c.sendStart(ctx, before)
}

// adopt is the outcome of a start that was not sent, because the live is on air already.
func (c *Client) adopt(live *Live) *Started {
	c.rememberStarted(live)
	return &Started{Live: live, Adopted: true}
}

// sendStart sends the start of a live, which was read before, and waits until it is on air. The caller holds the channel's lock.
func (c *Client) sendStart(ctx context.Context, before *Live) (*Started, error) {
	c.forgetStopped(before.LiveID)
	answered, err := c.put(ctx, "start", before.LiveID)
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

// put sends a start or stop, which has no body and is answered with the live, part of it (perhaps without its id), or nothing
// [b2bpls-startlive, b2bpls-endlive]. An answer that neither holds a live nor explicitly reports success is Lost, so that the caller
// reads what became of the call. An empty answer counts as success if it is HTTP 202 to a start, whose wait tells whether the live is on air,
// and where statuses carry no information, so that a read would show nothing.
func (c *Client) put(ctx context.Context, verb, liveID string) (*Live, error) {
	got, err := c.call(ctx, operation{words: verb + " live " + liveID, method: http.MethodPut, path: []string{"live", liveID, verb}})
	if err != nil {
		return nil, err
	}
	live, found, err := c.locate(got)
	empty := len(bytes.TrimSpace(got.response.Body)) == 0
	accepted := verb == "start" && got.response.Status == http.StatusAccepted
	switch {
	case found:
	case got.approved, empty && (accepted || c.config.StatusUnmanaged):
		live = &Live{}
	case err == nil:
		return nil, got.unreadable(nil)
	default:
		return nil, err
	}
	return live, nil
}

// startedAnyway reads the live after a start that failed or whose answer was lost, and returns it if it has gone on air since before
// was read. It returns nil if that is not proven.
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

// wentOnAir reports whether a live has gone on air since before was read. Where statuses carry no information, only a new start time
// proves it.
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

// saysAll reports whether the answer to a start holds all that a read would add: which live is on air, since when, and its ingest
// address, which may change with each start.
func saysAll(answered *Live, liveID string) bool {
	return answered.LiveID == liveID && answered.Status == StatusOnAir && answered.StartAt != "" && answered.RTMPPath != ""
}

// waitOnAir reads the live after an accepted start until it is on air, and merges what it reads with the answer. Nothing that
// happens here takes the start back, so nothing here is an error.
func (c *Client) waitOnAir(ctx context.Context, before, answered *Live) *Started {
	started := &Started{Live: merge(answered, before)}
	started.Live.LiveID, started.Live.Status, started.Live.StartAt = before.LiveID, answered.Status, answered.StartAt
	if saysAll(answered, before.LiveID) {
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
		status, startAt := now.Status, cmp.Or(now.StartAt, answered.StartAt)
		ended := status == StatusEnd && newBroadcast(before, now)
		started.Live = merge(answered, merge(now, started.Live))
		started.Live.LiveID, started.Live.Status, started.Live.StartAt = before.LiveID, status, startAt
		switch {
		case c.config.StatusUnmanaged, status == StatusOnAir, status == "":
			return true, nil
		case ended:
			started.NotOnAir = "it went on air and has ended already"
			return true, nil
		}
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		return false, nil
	})
	if err != nil {
		started.NotOnAir = notSeenOnAir(ctx, started.Live.Status, err)
	}
	return started
}

// notSeenOnAir explains why the wait for a started live ended with err; "" if the live was seen on air all the same.
func notSeenOnAir(ctx context.Context, status string, err error) string {
	seen := printable.Text(status)
	if status == "" {
		seen = "not reported"
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return "waiting was interrupted; its status was " + seen
	case ctx.Err() != nil:
		return fmt.Sprintf("when %s had passed, its status was still %s", cmp.Or(wait.Limit(ctx), "the timeout"), seen)
	case status != StatusOnAir:
		return "reading it back failed: " + err.Error()
	}
	return ""
}

// lookAfterCancel is how long after the caller's cancellation the outcome of a write that was sent is still looked up.
const lookAfterCancel = 10 * time.Second
