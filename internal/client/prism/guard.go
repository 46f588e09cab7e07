package prism

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// Window is the time in which a start is allowed; a zero bound is open.
type Window struct{ OpensAt, ClosesAt time.Time }

// WindowError says that a start is outside of its window.
type WindowError struct {
	LiveID string
	Window Window
	Now    time.Time
}

// Error says how far off the window is.
func (e *WindowError) Error() string {
	now, live := e.Now.UTC().Format(time.RFC3339), "live "+printable.Text(e.LiveID)
	if e.LiveID == "" {
		live = "the live" // A plan may not know it yet.
	}
	if e.Now.Before(e.Window.OpensAt) {
		return fmt.Sprintf("%s may be started from %s on, which is %s from now (%s)",
			live, e.Window.OpensAt.Format(time.RFC3339), e.Window.OpensAt.Sub(e.Now).Round(time.Second), now)
	}
	return fmt.Sprintf("%s could be started until %s, which was %s ago (now it is %s)",
		live, e.Window.ClosesAt.Format(time.RFC3339), e.Now.Sub(e.Window.ClosesAt).Round(time.Second), now)
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
		printable.Text(e.ChannelID), strings.Join(names, " and with "), printable.Text(e.LiveID))
}

// SinceUnknown reports whether a live is said to be on air without a start time, as by services without status management.
func (e *ChannelOccupiedError) SinceUnknown() bool {
	for _, live := range e.OnAir {
		if live.Status == StatusOnAir && live.StartAt == "" {
			return true
		}
	}
	return false
}

// onAir reports whether a live is on air, which is never known where statuses carry no information. A live that this process has
// stopped is not on air, although its status may lag behind: whoever adopted it would have a dead show.
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
		return nil, &apierror.Error{Service: serviceName, Operation: "wait for other starts and stops on " + key, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	return unlock, nil
}

// guard checks what is on air on the channel right now. It returns the live itself if it went on air meanwhile, and a
// *ChannelOccupiedError for any other live that the input does not consent to close.
func (c *Client) guard(ctx context.Context, live *Live, input StartInput) (*Live, error) {
	lives, err := c.allLives(ctx, live)
	if err != nil {
		return nil, goneAs(err, apierror.Refused)
	}
	occupied := &ChannelOccupiedError{LiveID: input.LiveID, ChannelID: live.ChannelID}
	started := c.startedOn(live.ChannelID)
	for _, other := range lives {
		if other.LiveID == started && c.onAir(other) {
			started = ""
		}
		switch {
		case !c.onAir(other):
		case other.LiveID == input.LiveID:
			return merge(other, live), nil
		case other.LiveID == input.ReplacesLiveID, input.ForceCloseExisting:
		default:
			occupied.OnAir = append(occupied.OnAir, other)
		}
	}
	if started != "" && started != input.LiveID && started != input.ReplacesLiveID && !input.ForceCloseExisting {
		other, err := c.stillOnAir(ctx, live.ChannelID, started)
		if err != nil {
			return nil, goneAs(err, apierror.Refused)
		}
		if other != nil {
			occupied.OnAir = append(occupied.OnAir, other)
		}
	}
	if len(occupied.OnAir) > 0 {
		return nil, occupied
	}
	return nil, nil
}

// stillOnAir reads a live that this process has put on air and that the channel's list, which may lag behind, does not show on air.
// It returns nil if the live has ended. One that is still RESERVED lags behind too, since its start was accepted.
func (c *Client) stillOnAir(ctx context.Context, channelID, liveID string) (*Live, error) {
	live, err := c.Live(ctx, liveID)
	switch {
	case apierror.Is(err, apierror.Gone), err == nil && live.Status == StatusEnd:
		c.forgetStarted(liveID)
		return nil, nil
	case err != nil:
		return nil, err
	}
	live.ChannelID = channelID
	return live, nil
}

// startedOn is the live that this process has started or adopted on a channel and not stopped since; "" is none.
func (c *Client) startedOn(channelID string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.started[channelID]
}

// rememberStarted notes that a live is on air on its channel, which closes whatever was on air there before.
func (c *Client) rememberStarted(live *Live) {
	if live.ChannelID == "" || live.Status == StatusEnd {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.started[live.ChannelID] = live.LiveID
}

func (c *Client) forgetStarted(liveID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.started, func(_, started string) bool { return started == liveID })
}

// WouldClose returns what a start would close, or nil if that is nothing. It only reads, for plans.
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
