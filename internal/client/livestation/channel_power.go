package livestation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// ErrNothingOn is wrapped by the refusal to turn off a VOD2LIVE channel that neither has a schedule nor streams.
var ErrNothingOn = errors.New("there is nothing to turn off")

// TurnOff turns a channel off and waits until it is [media-livestation-channel-channeloff, -vodchanneloff]. For a channel that is off
// already nothing is sent. Turning off cuts a stream, so for a streaming channel nothing is sent without force, and the error wraps
// ErrStreaming.
func (k *Channels) TurnOff(ctx context.Context, channelID string, force bool) (*Channel, error) {
	op := k.off(channelID)
	channel, err := k.Read(ctx, channelID)
	switch {
	case err != nil:
		return nil, err
	case channel.TurnedOff():
		return channel, nil
	case channel.Publishing() && !force:
		return channel, k.conflict(op, channel, ErrStreaming, "it is streaming now, and turning it off would cut the broadcast")
	case k.vod && channel.ChannelStatus == StatusReady:
		return channel, k.conflict(op, channel, ErrNothingOn, "it has no schedule and does not stream, so there is nothing to turn off")
	}
	return k.turn(ctx, op, channelID, (*Channel).TurnedOff)
}

func (k *Channels) off(channelID string) operation {
	return operation{words: "turn " + k.noun + " " + channelID + " off", method: http.MethodPut, path: k.at(channelID, "off")}
}

// TurnOn turns a channel on that was turned off, and waits until it is [media-livestation-channel-channelon, -vodchannelon]. For a channel
// that is on already nothing is sent. If the operator has blocked it, the error wraps ErrForceBlocked.
func (k *Channels) TurnOn(ctx context.Context, channelID string) (*Channel, error) {
	channel, err := k.Read(ctx, channelID)
	if err != nil {
		return nil, err
	}
	return k.turnOn(ctx, channelID, channel)
}

// turnOn is TurnOn for a channel that was just read.
func (k *Channels) turnOn(ctx context.Context, channelID string, channel *Channel) (*Channel, error) {
	op := operation{words: "turn " + k.noun + " " + channelID + " on", method: http.MethodPut, path: k.at(channelID, "on")}
	switch {
	case channel.ChannelStatus == StatusForceBlock:
		return channel, k.conflict(op, channel, ErrForceBlocked, ErrForceBlocked.Error())
	case !channel.TurnedOff():
		return channel, nil
	}
	return k.turn(ctx, op, channelID, func(channel *Channel) bool { return !channel.TurnedOff() })
}

// turn sends the call and waits until the channel shows its effect. The answer itself may still hold the previous status.
func (k *Channels) turn(ctx context.Context, op operation, channelID string, turned func(*Channel) bool) (channel *Channel, err error) {
	_, sent := k.client.call(ctx, op)
	if sent != nil && !apierror.Is(sent, apierror.Lost, apierror.Conflict) {
		return nil, sent
	}
	looking := ctx
	if sent != nil {
		var cancel, stop context.CancelFunc
		looking, cancel = wait.WithGracePeriod(ctx, 10*time.Second)
		defer cancel()
		looking, stop = context.WithTimeout(looking, turnLooksFor) // A service that hangs would take its request timeout for each look.
		defer stop()
	}
	interval, looks := k.client.config.PollInterval, 0
	err = batch.Poll(looking, interval/6, interval, func() (bool, error) {
		now, err := k.Read(looking, channelID)
		if err != nil {
			return false, err
		}
		channel, looks = now, looks+1
		if turned(channel) {
			return true, nil
		}
		return false, givenUp(sent, looks)
	})
	switch {
	case err == nil:
		return channel, nil
	case sent != nil && channel != nil:
		return channel, sent
	case sent != nil:
		return nil, fmt.Errorf("%w Whether it took effect could not be checked: %w", sent, err)
	case apierror.Stopped(err):
		err = &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Lost, Err: err,
			Message: fmt.Sprintf("%s; the service accepted it, and the status %s", apierror.EndOfWait(looking, err), k.client.lastStatus(channel))}
	default:
		err = unproven(op, err)
	}
	return channel, err
}

// lastStatus says what a wait saw last of a channel; nil if it ended before the first answer.
func (c *Client) lastStatus(channel *Channel) string {
	if channel == nil {
		return "is not known"
	}
	return "was still " + c.shown(channel.ChannelStatus)
}

// turnLooks and turnLooksFor limit the number and the duration of the reads after a call that was sent and not answered.
const (
	turnLooks    = 11
	turnLooksFor = time.Minute
)

// givenUp ends the reads of a channel that does not show the effect of the call. After a refusal one read is enough: it shows whether another
// call had the same effect. After a call that was accepted, the wait goes on.
func givenUp(sent error, looks int) error {
	if apierror.Is(sent, apierror.Conflict) || looks == turnLooks {
		return sent
	}
	return nil
}
