package livestation

import (
	"context"
	"net/http"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Event is one line of a channel's history [media-livestation-event-restreameventlist].
type Event struct {
	LogLevel    lenientjson.String `json:"logLevel"` // INFO or ERROR
	EventCode   lenientjson.String `json:"eventCode"`
	Description lenientjson.String `json:"description"`
	Timestamp   lenientjson.Millis `json:"timestamp"`
}

// RestreamEvents lists the events of a re-stream channel, newest first.
func (c *Client) RestreamEvents(ctx context.Context, channelID string) ([]Event, error) {
	return c.events(ctx, "list the events of re-stream channel "+channelID, channelID, "events")
}

// RestreamPublishLog lists when a re-stream channel was streamed to, newest first
// [media-livestation-event-restreampublisheventlist].
func (c *Client) RestreamPublishLog(ctx context.Context, channelID string) ([]Event, error) {
	return c.events(ctx, "list the publish log of re-stream channel "+channelID, channelID, "publish-log")
}

// events reads a history in one request: neither page has paging parameters.
func (c *Client) events(ctx context.Context, words, channelID, history string) ([]Event, error) {
	op := operation{words: words, method: http.MethodGet, path: []string{"re-stream", "channels", channelID, history}}
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
