package livestation

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Statuses of a channel [media-livestation-re-stream-channelinfo]. Older editions write PUBLISH; Status gives PUBLISHING.
const (
	StatusCreating     = "CREATING"
	StatusReady        = "READY"
	StatusPublishing   = "PUBLISHING"
	StatusBlock        = "BLOCK"
	StatusForceBlock   = "FORCE_BLOCK"
	StatusDeleted      = "DELETED"
	StatusForceDeleted = "FORCE_DELETED"
)

// RestreamChannel is a channel that relays one feed to several targets [media-livestation-re-stream-channelinfo].
type RestreamChannel struct {
	ChannelID        lenientjson.String `json:"channelId"`
	ChannelName      lenientjson.String `json:"channelName"`
	InstanceNo       lenientjson.String `json:"instanceNo"`
	ChannelStatus    Status             `json:"channelStatus"`
	StreamKey        lenientjson.String `json:"streamKey"` // ingest key, a secret
	PublishURL       lenientjson.String `json:"publishUrl"`
	GlobalPublishURL lenientjson.String `json:"globalPublishUrl"`
	PlanType         lenientjson.String `json:"planType"`
	EnvType          lenientjson.String `json:"envType"`
	CreatedTime      lenientjson.Millis `json:"createdTime"`
	IsPublishing     lenientjson.Bool   `json:"isPublishing"`
	CallbackEndpoint lenientjson.String `json:"callbackEndpoint"`
	PlatformCount    lenientjson.Int    `json:"platformCount"`
	// TotalPublishSeconds is the cumulative use of the channel.
	TotalPublishSeconds lenientjson.Int `json:"totalPublishSeconds"`
	// RecentPublishTime is the latest start of streaming; older editions call it RecentPublishStartTime.
	RecentPublishTime      lenientjson.Millis `json:"recentPublishTime"`
	RecentPublishStartTime lenientjson.Millis `json:"recentPublishStartTime"`
	AlertOn                lenientjson.Bool   `json:"alertOn"`
	AlertOptions           *AlertOptions      `json:"alertOptions"`
	// Restream is nil where the answer does not carry the targets. Its entries have no PlatformID.
	Restream []Platform `json:"restream"`
}

// AlertOptions says of which events the console notifies; they can only be read here.
type AlertOptions struct {
	AlertChangeStatus     lenientjson.Bool `json:"alertChangeStatus"`
	AlertVODUploadFail    lenientjson.Bool `json:"alertVodUploadFail"`
	AlertReStreamFail     lenientjson.Bool `json:"alertReStreamFail"`
	AlertStreamFailOver   lenientjson.Bool `json:"alertStreamFailOver"`
	ReStreamFailThreshold lenientjson.Int  `json:"reStreamFailThreshold"`
}

// RecentPublish is the latest start of streaming, under whichever name the edition has it; the zero time is none.
func (r *RestreamChannel) RecentPublish() time.Time {
	if r.RecentPublishTime.IsZero() {
		return r.RecentPublishStartTime.Time
	}
	return r.RecentPublishTime.Time
}

// Status is a channel's status in one spelling.
type Status string

// UnmarshalJSON turns the older PUBLISH into PUBLISHING.
func (s *Status) UnmarshalJSON(data []byte) error {
	var text lenientjson.String
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	if *s = Status(text); *s == "PUBLISH" {
		*s = StatusPublishing
	}
	return nil
}

// shown is a status made safe to show in an error, since it may be any text that the service sends.
func (c *Client) shown(status Status) string {
	if status == "" {
		return "not reported"
	}
	return c.http.Clean(string(status))
}

// Streaming reports whether an encoder sends to the channel now.
func (r *RestreamChannel) Streaming() bool {
	return r.ChannelStatus == StatusPublishing || r.IsPublishing.Value
}

// Deleted reports whether the channel is no more; the service may go on showing it.
func (r *RestreamChannel) Deleted() bool { return deleted(r.ChannelStatus) }

func deleted(status Status) bool { return status == StatusDeleted || status == StatusForceDeleted }

// RestreamChannelInput is what a new channel is made of [media-livestation-re-stream-channelcreate].
type RestreamChannelInput struct {
	ChannelName string          `json:"channelName"`
	PlanType    string          `json:"planType"`
	EnvType     string          `json:"envType"`
	Restream    []PlatformInput `json:"restream"`
}

// PlatformInput is one target of a new channel.
type PlatformInput struct {
	TargetName string `json:"targetName"`
	RTMPURL    string `json:"rtmpUrl"`
	StreamKey  string `json:"streamKey"`
	ID         string `json:"id,omitempty"`
	Password   string `json:"password,omitempty"`
}

// CreateRestreamChannel makes a channel and returns its id; the rest of the answer is not reliable, see
// WaitForRestreamChannel. found is true when the answer was lost and the channel was found in the list instead.
// A Lost error says that the channel may exist and could not be found.
func (c *Client) CreateRestreamChannel(ctx context.Context, input RestreamChannelInput) (channelID string, found bool, err error) {
	for _, target := range input.Restream {
		c.HideTarget(target.RTMPURL, target.StreamKey, target.Password)
	}
	op := operation{words: "create re-stream channel " + quote(input.ChannelName), method: http.MethodPost, path: []string{"re-stream", "channels"}, body: input}
	unlock, err := c.creating.Lock(ctx, input.ChannelName)
	if err != nil {
		return "", false, unsent(op, err)
	}
	defer unlock()
	return c.createOnce(ctx, op, "", func(answer content) (string, error) {
		channel, err := decode[RestreamChannel](op, answer)
		if err != nil {
			return "", err
		}
		return string(channel.ChannelID), nil
	}, search{"channel of this name", listedLooks, func(ctx context.Context, since func() time.Time) (ids []string, err error) {
		channels, err := c.RestreamChannels(ctx)
		for _, channel := range channels {
			if channel.answers(input) && !channel.CreatedTime.Before(since()) && !c.remembered(string(channel.ChannelID)) {
				ids = append(ids, string(channel.ChannelID))
			}
		}
		return ids, err
	}})
}

// restreamChannelsByID reads the whole list, and says in how many pages.
func (c *Client) restreamChannelsByID(ctx context.Context) (map[string]*RestreamChannel, int, error) {
	channels, err := c.RestreamChannels(ctx)
	list := make(map[string]*RestreamChannel, len(channels))
	for _, channel := range channels {
		list[string(channel.ChannelID)] = channel
	}
	return list, len(channels)/pageSize + 1, err
}

// sameRestreamChannel reports whether a list shows a channel as the channel's own answer does.
func sameRestreamChannel(own, listed *RestreamChannel) bool {
	return reflect.DeepEqual(own.asListed(), listed.asListed())
}

// completeRestreamChannel reports whether a list shows all members of a channel that the sample has.
func completeRestreamChannel(_ map[string]*RestreamChannel, listed, sample *RestreamChannel) bool {
	return !listed.Deleted() && noGaps(reflect.ValueOf(listed), reflect.ValueOf(sample.asListed()))
}

// asListed returns a channel without what the reference shows of single channels alone.
func (r RestreamChannel) asListed() *RestreamChannel {
	r.Restream, r.AlertOptions = nil, nil
	return &r
}

// WaitForRestreamChannel waits until a new channel is ready and has its ingest key. Those who wait at the same time share a list per
// poll; the result has no targets if it comes from that list. Right after its creation the service may not know the channel yet.
func (c *Client) WaitForRestreamChannel(ctx context.Context, channelID string) (*RestreamChannel, error) {
	const unknownFor = 30 * time.Second
	began := time.Now()
	var channel *RestreamChannel
	var last error
	made := func(channel *RestreamChannel) bool {
		return channel.ChannelStatus != StatusCreating && channel.StreamKey != ""
	}
	err := c.restreamWaits.Poll(ctx, channelID, batch.PaceOf(c.config.PollInterval), c.restreamChannelsByID, func(seen batch.Look[*RestreamChannel]) (bool, error) {
		if seen.Listed != nil && (*seen.Listed).ChannelStatus == StatusCreating { // What else is missing, the list may only leave out.
			channel, last = *seen.Listed, nil
			return false, nil
		}
		found, err := seen.Read(ctx, channelID, batch.Source[*RestreamChannel, map[string]*RestreamChannel]{Read: c.RestreamChannel, Same: sameRestreamChannel, Complete: completeRestreamChannel})
		switch {
		case hasCode(err, codeNotFound) && time.Since(began) < unknownFor:
			last = err
			return false, nil
		case err != nil:
			return false, err
		}
		channel, last = found, nil
		return made(channel), nil
	})
	if err == nil {
		return channel, nil
	}
	if apierror.Stopped(err) {
		state := "it did not show yet"
		if channel != nil {
			state = "its status was " + c.shown(channel.ChannelStatus)
			if channel.StreamKey == "" {
				state += " and it had no ingest key"
			}
		} else if last != nil {
			state += " (" + last.Error() + ")"
		}
		err = apierror.Waited(ctx, serviceName, "see re-stream channel "+channelID+" become ready", state, err)
	}
	return channel, err
}

// RestreamChannel reads one channel [media-livestation-re-stream-channelinfo]. A deleted one is a Gone error.
func (c *Client) RestreamChannel(ctx context.Context, channelID string) (*RestreamChannel, error) {
	op := operation{words: "read re-stream channel " + channelID, method: http.MethodGet, path: []string{"re-stream", "channels", channelID}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	channel, err := decode[RestreamChannel](op, answer)
	switch {
	case err != nil:
		return nil, err
	case channel.Deleted():
		return nil, gone(op, channel.ChannelStatus)
	case channel.ChannelID == "" && channel.ChannelName == "":
		return nil, unreadable(op, fmt.Errorf("no channelId"))
	case len(channel.Restream) > maxPlatforms:
		return nil, unreadable(op, fmt.Errorf("it lists %d targets", len(channel.Restream)))
	}
	c.hide(channel)
	return channel, nil
}

// RestreamChannels reads all pages [media-livestation-re-stream-channellist]; deleted channels may be among them.
func (c *Client) RestreamChannels(ctx context.Context) ([]*RestreamChannel, error) {
	op := operation{words: "list re-stream channels", method: http.MethodGet, path: []string{"re-stream", "channels"}}
	channels, err := pages(ctx, c, op, func(channel *RestreamChannel) string { return string(channel.ChannelID) })
	for _, channel := range channels {
		c.hide(channel)
	}
	return channels, err
}

func (c *Client) hide(channel *RestreamChannel) {
	c.http.HideAddresses(string(channel.StreamKey), string(channel.CallbackEndpoint))
	c.hidePlatforms(channel.Restream)
}

// ErrStreaming is wrapped by the errors of calls that a streaming channel does not allow.
var ErrStreaming = fmt.Errorf("the channel is streaming")

// TerminateRestreamChannel permanently ends a channel [media-livestation-re-stream-channeldelete]. A channel that is gone already is success.
// For one that streams nothing is sent, since the reference does not say what the service would do, and the error wraps ErrStreaming.
func (c *Client) TerminateRestreamChannel(ctx context.Context, channelID string) error {
	op := operation{words: "terminate re-stream channel " + channelID, method: http.MethodDelete, path: []string{"re-stream", "channels", channelID}}
	if end, err := c.terminated(ctx, op, channelID, nil); end || err != nil {
		return err
	}
	_, err := c.call(ctx, op)
	if err == nil || apierror.Is(err, apierror.Gone) {
		return nil
	}
	if apierror.Is(err, apierror.Lost, apierror.Conflict, apierror.Refused) {
		if end, lookErr := c.terminated(ctx, op, channelID, err); end || lookErr != nil {
			return lookErr
		}
	}
	return err
}

// terminated reports whether the channel is gone, and fails if it streams. cause is the refusal that led to this read; nil if there was none.
func (c *Client) terminated(ctx context.Context, op operation, channelID string, cause error) (bool, error) {
	channel, err := c.RestreamChannel(ctx, channelID)
	switch {
	case apierror.Is(err, apierror.Gone):
		return true, nil
	case err != nil && cause != nil:
		return false, fmt.Errorf("%w Whether it is gone could not be checked: %w", cause, err)
	case err != nil:
		return false, err
	case channel.Streaming() && cause != nil:
		return false, fmt.Errorf("%w (%w)", cause, ErrStreaming)
	case channel.Streaming():
		return false, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Conflict, Err: ErrStreaming,
			Message: fmt.Sprintf("its status is %s: it is streaming now, and the service terminates only channels that are not (it answers code %d)", c.shown(channel.ChannelStatus), codeNotAvailable)}
	}
	return false, nil
}

// SetRestreamCallback registers where the service reports events of the channel
// [media-livestation-event-callbacksetting-restream], and returns when the service shows it. It cannot be taken back, only
// changed. reported is false where reads of the channel show no callback endpoint all the same.
func (c *Client) SetRestreamCallback(ctx context.Context, channelID, endpoint string) (reported bool, err error) {
	c.HideCallback(endpoint)
	return c.setCallback(ctx, operation{
		words: "set the callback endpoint of re-stream channel " + channelID, method: http.MethodPost,
		path: []string{"re-stream", "channels", channelID, "callbackEndpoint"}, body: map[string]string{"callbackEndpoint": endpoint},
	}, "re-stream channel "+channelID, endpoint, func() (string, error) {
		channel, err := c.RestreamChannel(ctx, channelID)
		if err != nil {
			return "", err
		}
		return string(channel.CallbackEndpoint), nil
	})
}

func gone(op operation, status Status) error {
	return &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Gone, Message: "its status is " + string(status)}
}
