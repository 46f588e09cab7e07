package prism

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

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

// ChannelOccupiedError says that other lives are on air on the channel, which a start would close.
type ChannelOccupiedError struct {
	LiveID, ChannelID string
	OnAir             []*Live
}

// Error names the lives that a start would cut.
func (e *ChannelOccupiedError) Error() string {
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

// SinceUnknown reports whether a live is said to be on air without a start time, as services without status management do.
func (e *ChannelOccupiedError) SinceUnknown() bool {
	for _, live := range e.OnAir {
		if live.StartAt == "" {
			return true
		}
	}
	return false
}

// onAir reports whether a live is on air; where statuses mean nothing it is never known to be. One that this process has
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
// *ChannelOccupiedError for any other that the input does not consent to close.
func (c *Client) guard(ctx context.Context, live *Live, input StartInput) (*Live, error) {
	lives, err := c.allLives(ctx, live)
	if err != nil {
		return nil, notAbout(err, transport.Refused)
	}
	occupied := &ChannelOccupiedError{LiveID: input.LiveID, ChannelID: live.ChannelID}
	for _, other := range lives {
		switch {
		case !c.onAir(other):
		case other.LiveID == input.LiveID:
			return merge(other, live), nil
		case other.LiveID == input.ReplacesLiveID, input.ForceCloseExisting:
		default:
			occupied.OnAir = append(occupied.OnAir, other)
		}
	}
	if len(occupied.OnAir) > 0 {
		return nil, occupied
	}
	return nil, nil
}

// WouldClose tells what a start would close, as a *ChannelOccupiedError that is nil where nothing is. It is for plans: it only reads.
func (c *Client) WouldClose(ctx context.Context, live *Live, input StartInput) (*ChannelOccupiedError, error) {
	if c.config.StatusUnmanaged {
		return nil, nil
	}
	if err := c.findChannel(ctx, live); err != nil {
		return nil, err
	}
	_, err := c.guard(ctx, live, input)
	var occupied *ChannelOccupiedError
	if errors.As(err, &occupied) {
		return occupied, nil
	}
	return nil, err
}
