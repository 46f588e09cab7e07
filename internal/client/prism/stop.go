package prism

import (
	"context"
	"fmt"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// StopInput asks for a live to go off air.
type StopInput struct {
	LiveID string
	// ChannelID is the owning channel, "" if it is not known. It saves a read.
	ChannelID string
	// StartAccepted says that a start was accepted and its end never seen. A status of RESERVED then only lags behind.
	StartAccepted bool
	// StoppedStartAt is the StartAt of the last broadcast whose stop was accepted, "" for none. If the service refuses to stop that
	// broadcast again, it is over even if its status still says ON_AIR.
	StoppedStartAt string
	// Owner is whoever gives the live up. With KeepOwned, a live that another owner has started or adopted stays on air, and the error
	// is an *OwnedError.
	Owner     string
	KeepOwned bool
	// Unannounced says that no plan has announced the end of a broadcast. A live that would be stopped stays on air then, and the error
	// is an *OnAirError.
	Unannounced bool
}

// Stop takes a live off air [b2bpls-endlive] and returns it as it is then, or nil if it does not exist. For a live that is not on air
// nothing is sent. Stop does not wait for END, which some services never show. Errors are *OwnedError, *OnAirError, or *apierror.Error:
// Lost means that the live may still be on air.
func (c *Client) Stop(ctx context.Context, input StopInput) (*Live, error) {
	unlock, err := c.lockLive(ctx, input.LiveID)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if input.KeepOwned && c.OwnedByAnother(input.LiveID, input.Owner) {
		return nil, &OwnedError{LiveID: input.LiveID}
	}
	live, err := c.stop(ctx, input)
	if err == nil {
		c.own(input.LiveID, "")
		c.forgetStarted(input.LiveID)
	}
	return live, err
}

func (c *Client) stop(ctx context.Context, input StopInput) (*Live, error) {
	before := &Live{LiveID: input.LiveID, ChannelID: input.ChannelID}
	if input.ChannelID == "" {
		live, err := c.Live(ctx, input.LiveID)
		if err != nil {
			return nil, unlessGone(err)
		}
		if before = live; c.offAir(live, input) {
			return live, nil
		}
		if !c.config.StatusUnmanaged {
			// Starts on the channel wait for this stop. If the channel cannot be found, the live is stopped all the same.
			_ = c.findChannel(ctx, live)
		}
	}
	unlock, err := c.lockChannel(ctx, before)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if !c.config.StatusUnmanaged {
		if before, err = c.Live(ctx, input.LiveID); err != nil {
			return nil, unlessGone(err)
		}
		if c.offAir(before, input) {
			return before, nil
		}
	}
	if input.Unannounced {
		return nil, &OnAirError{Live: before}
	}
	return c.sendStop(ctx, input, before)
}

// sendStop sends the stop of a live, which was read before, and returns it as it is then. The caller holds the channel's lock.
func (c *Client) sendStop(ctx context.Context, input StopInput, before *Live) (*Live, error) {
	answered, err := c.put(ctx, "stop", input.LiveID)
	switch {
	case apierror.Is(err, apierror.Gone):
		return nil, nil
	case apierror.Is(err, apierror.Lost, apierror.Conflict, apierror.Refused):
		return c.stoppedAnyway(ctx, input, err)
	case err != nil:
		return nil, err
	}
	c.rememberStopped(before)
	after := merge(answered, before)
	after.LiveID = input.LiveID
	if answered.Status == "" && !c.config.StatusUnmanaged {
		if now, err := c.Live(ctx, input.LiveID); err == nil {
			after = merge(now, after)
		}
	}
	return after, nil
}

// NeedsStop reports whether Stop would send a stop for a live in this state.
func (c *Client) NeedsStop(live *Live, input StopInput) bool { return !c.offAir(live, input) }

// offAir reports whether a live need not be stopped.
func (c *Client) offAir(live *Live, input StopInput) bool {
	return !c.config.StatusUnmanaged && (live.Status == StatusEnd || live.Status == StatusReserved && !input.StartAccepted)
}

func unlessGone(err error) error {
	if apierror.Is(err, apierror.Gone) {
		return nil
	}
	return err
}

// stoppedAnyway reads the live after a stop that failed or whose answer was lost, and returns cause if it is not proven to be off air.
func (c *Client) stoppedAnyway(ctx context.Context, input StopInput, cause error) (*Live, error) {
	looks := 1
	if apierror.Is(cause, apierror.Lost) {
		looks = 3
	}
	ctx, cancel := wait.WithGracePeriod(ctx, lookAfterCancel)
	defer cancel()
	for look := 1; ; look++ {
		now, err := c.Live(ctx, input.LiveID)
		switch {
		case apierror.Is(err, apierror.Gone):
			return nil, nil
		case err == nil && wentOffAir(now, input, cause):
			return now, nil
		case look == looks && err != nil:
			return nil, fmt.Errorf("%w Whether it ended could not be checked: %w", cause, err)
		case look == looks, wait.Sleep(ctx, c.config.PollInterval) != nil:
			return nil, cause
		}
	}
}

// wentOffAir reports whether a live is off air although its stop failed with cause.
func wentOffAir(now *Live, input StopInput, cause error) bool {
	switch {
	case now.Status == StatusEnd:
		return true
	case apierror.Is(cause, apierror.Conflict) && now.Status != StatusOnAir:
		return true // The status does not merely lag behind: the service refuses the stop as well.
	}
	return !apierror.Is(cause, apierror.Lost) && sameBroadcast(now, input.StoppedStartAt)
}

// sameBroadcast reports whether a live shows the broadcast that began at startAt, in RFC 3339; "" is no broadcast.
func sameBroadcast(live *Live, startAt string) bool {
	return startAt != "" && SameInstant(live.StartAt, startAt)
}

// wasStopped reports whether this process has stopped the live's present broadcast, whatever its status says.
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
