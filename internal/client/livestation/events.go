package livestation

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Event is one line of a channel's history [media-livestation-event-eventlist, -restreameventlist]. More codes and levels may come than
// the reference shows.
type Event struct {
	ChannelID   lenientjson.String `json:"channelId"` // absent in older editions
	LogLevel    lenientjson.String `json:"logLevel"`  // INFO or ERROR
	EventCode   lenientjson.String `json:"eventCode"`
	Description lenientjson.String `json:"description"`
	Timestamp   lenientjson.Millis `json:"timestamp"`
}

// RestreamEvents lists the events of a re-stream channel, newest first.
func (c *Client) RestreamEvents(ctx context.Context, channelID string) ([]Event, error) {
	return c.events(ctx, operation{words: "list the events of re-stream channel " + channelID, path: []string{"re-stream", "channels", channelID, "events"}})
}

// RestreamPublishLog lists when a re-stream channel was streamed to, newest first
// [media-livestation-event-restreampublisheventlist].
func (c *Client) RestreamPublishLog(ctx context.Context, channelID string) ([]Event, error) {
	return c.events(ctx, operation{words: "list the publish log of re-stream channel " + channelID, path: []string{"re-stream", "channels", channelID, "publish-log"}})
}

// Events lists the events of a channel of any kind, or of all channels with "", newest first [media-livestation-event-eventlist].
func (c *Client) Events(ctx context.Context, channelID string) ([]Event, error) {
	op := operation{words: "list the events of all channels", path: []string{"events"}}
	if channelID != "" {
		op.words, op.query = "list the events of channel "+channelID, url.Values{"channelId": {channelID}}
	}
	events, err := c.events(ctx, op)
	return slices.DeleteFunc(events, func(event Event) bool {
		return channelID != "" && event.ChannelID != "" && string(event.ChannelID) != channelID
	}), err
}

// events reads a history in one request: none of the pages has paging parameters.
func (c *Client) events(ctx context.Context, op operation) ([]Event, error) {
	op.method = http.MethodGet
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	events, err := decode[[]Event](op, answer)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(*events, func(a, b Event) int { return b.Timestamp.Compare(a.Timestamp.Time) })
	return *events, nil
}
