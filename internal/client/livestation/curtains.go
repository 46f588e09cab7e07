package livestation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// CurtainGrace is how long after its computed end a curtain still counts as on: viewers and servers are some seconds behind.
const CurtainGrace = 10 * time.Second

// CurtainInput describes a curtain [media-livestation-curtain-curtaininsert].
type CurtainInput struct {
	ContentIDs []int64 `json:"contentId"`
	// InsertTime is in minutes, 1 to maxInsertTime.
	InsertTime int64 `json:"insertTime"`
}

const maxInsertTime = 10

// Curtain is what is known of a curtain that was inserted. The service has no call to read one.
type Curtain struct {
	StartedAt, EndsAt time.Time
	// On is what the service reported; true if it reported nothing.
	On bool
}

// curtainAnswer is the answer of insert and remove [media-livestation-curtain-curtainremove].
type curtainAnswer struct {
	Content struct {
		InsertTime   lenientjson.Int    `json:"insertTime"`
		ResponseTime lenientjson.Millis `json:"responseTime"`
	} `json:"content"`
	IsLiveCurtain lenientjson.Bool `json:"isLiveCurtain"`
}

// Errors of InsertCurtain that say why the channel cannot have a curtain now; both come before any write.
var (
	ErrNotPublishing = errors.New("the channel is not on air")
	ErrCurtainOn     = errors.New("a curtain is on already")
)

// InsertCurtain lays a curtain over a channel that is on air, once. A Lost error says that it may be on.
func (c *Client) InsertCurtain(ctx context.Context, channelID string, input CurtainInput) (*Curtain, error) {
	op := operation{words: "insert a curtain on channel " + channelID, method: http.MethodPost, path: []string{"channels", channelID, "curtain", "insert"}, body: input}
	unlock, err := c.curtains.Lock(ctx, channelID)
	if err != nil {
		return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	defer unlock()

	channel, err := c.Channel(ctx, channelID)
	if err != nil {
		return nil, err
	}
	if reason := c.curtainImpossible(channel); reason != nil {
		return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Conflict, Message: reason.Error(), Err: reason}
	}

	answer, err := c.call(ctx, op)
	var said curtainAnswer
	if err == nil {
		if decodeErr := lenientjson.Unmarshal(answer.body, &said); decodeErr != nil {
			err = unreadable(op, decodeErr)
		}
	}
	if apierror.Is(err, apierror.Lost) {
		// Before the call the channel showed no curtain. If it shows one now, it is this one.
		longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
		defer cancel()
		if now, lookErr := c.Channel(longer, channelID); lookErr == nil && now.IsLiveCurtain.Value {
			err = nil
		}
	}
	if err != nil {
		if apierror.Is(err, apierror.Lost) {
			c.laid(channelID, c.Now()) // It may be on, and must then survive the removal of an older one.
		}
		return nil, err
	}
	return c.curtain(channelID, input, said), nil
}

// curtainImpossible says why a channel cannot have a curtain now; nil if it can.
func (c *Client) curtainImpossible(channel *Channel) error {
	switch {
	case !channel.Publishing():
		return fmt.Errorf("%w: its status is %s, and a curtain needs %s", ErrNotPublishing, c.shown(channel.ChannelStatus), StatusPublishing)
	case channel.IsLiveCurtain.Value:
		return fmt.Errorf("%w: remove it first, or wait until it has run out", ErrCurtainOn)
	}
	return nil
}

// curtain fills in what the answer omits from the request and the service's clock.
func (c *Client) curtain(channelID string, input CurtainInput, said curtainAnswer) *Curtain {
	curtain := &Curtain{StartedAt: said.Content.ResponseTime.Time, On: !said.IsLiveCurtain.Valid || said.IsLiveCurtain.Value}
	if curtain.StartedAt.IsZero() {
		curtain.StartedAt = c.Now().UTC().Truncate(time.Millisecond)
	}
	minutes := input.InsertTime
	if told := said.Content.InsertTime; told.Valid && told.Value > 0 && told.Value <= maxInsertTime {
		minutes = told.Value
	}
	curtain.EndsAt = curtain.StartedAt.Add(time.Duration(minutes) * time.Minute)
	c.laid(channelID, curtain.StartedAt)
	return curtain
}

func (c *Client) laid(channelID string, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.inserted[channelID] = at
}

// CheckCurtain returns why the channel cannot have a curtain now, or nil if it can.
func (c *Client) CheckCurtain(ctx context.Context, channelID string) error {
	channel, err := c.Channel(ctx, channelID)
	if err != nil {
		return err
	}
	return c.curtainImpossible(channel)
}

// RanOut reports, by the service's clock, whether a curtain that was to end at this time is over.
func (c *Client) RanOut(endsAt time.Time) bool { return !c.Now().Before(endsAt.Add(CurtainGrace)) }

// CurtainOn reports whether a curtain that was to end at endsAt is still on, for a refresh. A curtain that has run out costs no request, and
// the curtains of one channel share one. A channel that is gone or off air has no curtain.
func (c *Client) CurtainOn(ctx context.Context, channelID string, endsAt time.Time) (bool, error) {
	return c.curtainOn(endsAt, func() (*Channel, error) {
		return c.refreshed.Get(ctx, channelID, endsAt.String(), func(ctx context.Context) (*Channel, error) { return c.Channel(ctx, channelID) })
	})
}

func (c *Client) curtainOn(endsAt time.Time, read func() (*Channel, error)) (bool, error) {
	if c.RanOut(endsAt) {
		return false, nil
	}
	channel, err := read()
	switch {
	case apierror.Is(err, apierror.Gone):
		return false, nil
	case err != nil:
		return false, err
	case !channel.Publishing():
		return false, nil
	case channel.IsLiveCurtain.Valid:
		return channel.IsLiveCurtain.Value, nil
	}
	return !c.RanOut(endsAt), nil
}

// CurtainRemoval asks for a curtain to be taken off: the one that was laid at StartedAt and was to end at EndsAt.
type CurtainRemoval struct {
	ChannelID         string
	StartedAt, EndsAt time.Time
	// Unannounced says that no plan has announced the removal. A curtain that is on then stays, and the error is ErrCurtainKept.
	Unannounced bool
}

// Errors of RemoveCurtain for a curtain that was left on; both come before any write.
var (
	// ErrCurtainKept is about a curtain whose removal was not announced.
	ErrCurtainKept = errors.New("a curtain is on")
	// ErrNewerCurtain is about another curtain that this process has laid on the channel.
	ErrNewerCurtain = errors.New("another curtain was laid in this run")
)

// RemoveCurtain takes a curtain off if it is still on. The service removes the curtain that is on, whichever it is, so nothing is sent if
// this process has laid another one on the channel.
func (c *Client) RemoveCurtain(ctx context.Context, removal CurtainRemoval) error {
	return c.removeCurtain(ctx, removal.ChannelID, func() (bool, error) {
		c.mu.Lock()
		newest, laid := c.inserted[removal.ChannelID]
		c.mu.Unlock()
		if laid && !newest.Equal(removal.StartedAt) && !c.RanOut(removal.EndsAt) {
			return false, ErrNewerCurtain
		}
		on, err := c.curtainOn(removal.EndsAt, func() (*Channel, error) { return c.Channel(ctx, removal.ChannelID) })
		if err == nil && on && removal.Unannounced {
			return false, fmt.Errorf("%w on channel %s until %s", ErrCurtainKept, removal.ChannelID, removal.EndsAt.UTC().Format(time.RFC3339))
		}
		return on, err
	})
}

// RemoveAnyCurtain takes off the curtain that is on. It also succeeds if none is on.
func (c *Client) RemoveAnyCurtain(ctx context.Context, channelID string) error {
	return c.removeCurtain(ctx, channelID, func() (bool, error) {
		channel, err := c.Channel(ctx, channelID)
		return err == nil && channel.Publishing() && (!channel.IsLiveCurtain.Valid || channel.IsLiveCurtain.Value), err
	})
}

// removeCurtain sends the removal if isOn says that there is something to remove.
func (c *Client) removeCurtain(ctx context.Context, channelID string, isOn func() (bool, error)) error {
	op := operation{words: "remove the curtain of channel " + channelID, method: http.MethodPost, path: []string{"channels", channelID, "curtain", "remove"}}
	unlock, err := c.curtains.Lock(ctx, channelID)
	if err != nil {
		return &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	defer unlock()
	if on, err := isOn(); err != nil || !on {
		return err
	}
	_, err = c.call(ctx, op)
	switch {
	case err == nil:
	case apierror.Is(err, apierror.Gone), hasCode(err, codeNotAvailable):
		// None is on, unless the channel shows one.
		if channel, lookErr := c.Channel(ctx, channelID); lookErr != nil || !channel.Publishing() || !channel.IsLiveCurtain.Value {
			return nil
		}
	case apierror.Is(err, apierror.Lost):
		if on, lookErr := isOn(); lookErr == nil && !on {
			return nil
		}
	}
	return err
}

func hasCode(err error, code int) bool {
	var e *apierror.Error
	return errors.As(err, &e) && strings.TrimSpace(e.Code) == fmt.Sprint(code)
}
