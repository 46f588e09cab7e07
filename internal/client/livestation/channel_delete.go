package livestation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Causes of errors about the deletion of a channel.
var (
	// ErrStreamCameIn: the channel was off and had to be turned on for its deletion, and an encoder began to stream to it.
	ErrStreamCameIn = errors.New("a stream came in after the channel was turned on for its deletion")
	// ErrScheduled: a VOD2LIVE channel has a schedule that waits or runs.
	ErrScheduled = errors.New("the channel has a schedule")
)

// forcedAttempts is how often a channel is turned off and on for its deletion if the caller agreed to cut its stream: an encoder that
// reconnects at once can be faster than the deletion.
const forcedAttempts = 3

// DeleteOptions say what the deletion of a channel may end. The zero value ends nothing.
type DeleteOptions struct {
	// CutStream allows it to cut a stream; without it, nothing is sent for a channel that streams (ErrStreaming).
	CutStream bool
	// DeleteSchedules allows it to delete the waiting schedules of a VOD2LIVE channel; without it, nothing is sent for a channel that has any
	// (ErrScheduled).
	DeleteSchedules bool
}

// Delete permanently deletes a channel [media-livestation-channel-channeldelete, -vodchanneldelete]. A channel that is gone already is
// success. The service deletes only what is READY, so a channel that is off is turned on first; if a stream comes in then, it is turned off
// again, and the error wraps ErrStreamCameIn. The edge of the channel stays.
func (k *Channels) Delete(ctx context.Context, channelID string, options DeleteOptions) error {
	op := operation{words: "delete " + k.noun + " " + channelID, method: http.MethodDelete, path: k.at(channelID)}
	channel, err := k.Read(ctx, channelID)
	if err == nil && channel.ChannelStatus == StatusCreating {
		channel, err = k.Wait(ctx, channelID)
	}
	name := ""
	if err == nil {
		name = string(channel.ChannelName)
		channel, err = k.clear(ctx, op, channel, options)
	}
	switch {
	case err != nil:
	case channel.ChannelStatus == StatusBlock:
		err = k.deleteTurnedOff(ctx, op, channelID, channel, options)
	default:
		err = k.terminate(ctx, op, channelID)
	}
	if apierror.Is(err, apierror.Gone) {
		err = nil
	}
	if err == nil && name != "" {
		k.client.deletedNow(name)
	}
	return err
}

// clear ends what prevents a deletion, as far as it is allowed to, and returns the channel as it is then.
func (k *Channels) clear(ctx context.Context, op operation, channel *Channel, options DeleteOptions) (*Channel, error) {
	scheduled := channel.WaitingSchedules()
	reserved := channel.ChannelStatus == StatusReserved || len(scheduled) > 0 && channel.ChannelStatus != StatusReady
	switch {
	case channel.Publishing() && !options.CutStream:
		return nil, k.conflict(op, channel, ErrStreaming, fmt.Sprintf("it is streaming now, and the service deletes only channels that are not (it answers code %d)", codeNotAvailable))
	case reserved && !options.DeleteSchedules:
		return nil, k.conflict(op, channel, ErrScheduled, fmt.Sprintf("it has a schedule (%s); delete that first", k.client.http.Clean(strings.Join(scheduled, ", "))))
	case channel.Publishing(), reserved && len(scheduled) == 0: // The service does not report its schedule.
		var err error
		if channel, err = k.TurnOff(ctx, string(channel.ChannelID), options.CutStream); err != nil {
			return nil, err
		}
		scheduled = channel.WaitingSchedules()
	case !reserved:
		return channel, nil
	}
	for _, schedule := range scheduled {
		if err := k.client.dropSchedule(ctx, schedule); err != nil {
			return nil, err
		}
	}
	if len(scheduled) == 0 {
		return channel, nil
	}
	return k.client.waitUnreserved(ctx, string(channel.ChannelID), scheduled...)
}

// deleteTurnedOff turns a channel on to delete it, and never leaves it on. off is the channel as just read.
func (k *Channels) deleteTurnedOff(ctx context.Context, op operation, channelID string, off *Channel, options DeleteOptions) error {
	// One grace period covers both the read after a lost answer and turning the channel off again.
	longer, cancel := wait.WithGracePeriod(ctx, 20*time.Second)
	defer cancel()
	channel, err := k.turnOn(ctx, channelID, off)
	for attempt := 1; ; attempt++ {
		if err == nil && channel.Publishing() {
			err = k.conflict(op, channel, ErrStreaming, "it is streaming now")
		}
		if err == nil {
			err = k.terminate(ctx, op, channelID)
		}
		if err == nil || apierror.Is(err, apierror.Gone) {
			return nil
		}
		streamed, offErr := k.offAgain(longer, channelID)
		switch {
		case apierror.Is(offErr, apierror.Gone):
			return nil
		case offErr != nil:
			return fmt.Errorf("%w It was turned on for that and could not be turned off again: %w", err, offErr)
		case !streamed && !errors.Is(err, ErrStreaming):
			return err
		case options.CutStream && attempt < forcedAttempts:
			channel, err = k.TurnOn(ctx, channelID)
			continue
		}
		return fmt.Errorf("%w That is because %w; it is turned off again. Stop the encoder and delete the channel once more", err, ErrStreamCameIn)
	}
}

// offAgain turns off what had to be turned on, and reports whether it streamed. It does so even if a read shows the channel as off, since
// that may lag behind. An idle VOD2LIVE channel has nothing to turn off.
func (k *Channels) offAgain(ctx context.Context, channelID string) (streamed bool, err error) {
	channel, err := k.Read(ctx, channelID)
	if err != nil {
		return false, err
	}
	streamed = channel.Publishing()
	if k.vod && !streamed && channel.ChannelStatus != StatusReserved {
		return streamed, nil
	}
	_, err = k.turn(ctx, k.off(channelID), channelID, (*Channel).TurnedOff)
	return streamed, err
}

// terminate sends the deletion. If it was refused or its answer was lost, it reads what became of the channel.
func (k *Channels) terminate(ctx context.Context, op operation, channelID string) error {
	_, err := k.client.call(ctx, op)
	if err == nil || apierror.Is(err, apierror.Gone) || !apierror.Is(err, apierror.Lost, apierror.Conflict, apierror.Refused) {
		return err
	}
	longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
	defer cancel()
	channel, lookErr := k.Read(longer, channelID)
	switch {
	case apierror.Is(lookErr, apierror.Gone):
		return nil
	case lookErr != nil:
		return fmt.Errorf("%w Whether it is gone could not be checked: %w", err, lookErr)
	case channel.Publishing():
		return fmt.Errorf("%w (%w)", err, ErrStreaming)
	case channel.ChannelStatus == StatusForceBlock:
		return fmt.Errorf("%w (%w)", err, ErrForceBlocked)
	case channel.TurnedOff():
		return fmt.Errorf("%w (%w)", err, ErrTurnedOff)
	case channel.ChannelStatus == StatusReserved:
		return fmt.Errorf("%w (%w)", err, ErrScheduled)
	}
	return err
}

// deletedNow records the name of a channel whose deletion may not show yet in the quality set that it used.
func (c *Client) deletedNow(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deletedNames[name] = time.Now()
}
