package livestation

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Platform is one target of a re-stream channel [media-livestation-re-stream-platformlist].
type Platform struct {
	PlatformID lenientjson.String `json:"platId"`
	TargetName lenientjson.String `json:"targetName"`
	RTMPURL    lenientjson.String `json:"rtmpUrl"`
	// StreamKey and Password are secrets, and may be masked; see Masked.
	StreamKey     lenientjson.String `json:"streamKey"`
	ID            lenientjson.String `json:"id"`
	Password      lenientjson.String `json:"password"`
	ConnectStatus lenientjson.String `json:"connectStatus"`
	// BytesPerSecond is the present rate; the rest counts since the relay began.
	BytesPerSecond  lenientjson.Int `json:"bytesPerSecond"`
	TotalRetryCount lenientjson.Int `json:"totalRetryCount"`
	BytesTotalTrans lenientjson.Int `json:"bytesTotalTrans"`
	TotalPlaySecond lenientjson.Int `json:"totalPlaySecond"`
}

// maxPlatforms is far more targets than any plan allows (5). They are matched with those in state.
const maxPlatforms = 30

// Masked reports whether the service hides a value, which then cannot be compared.
func Masked(value string) bool { return value == "" || strings.Contains(value, "*") }

// Platforms lists the targets of a channel with their ids. The order is not documented.
func (c *Client) Platforms(ctx context.Context, channelID string) ([]Platform, error) {
	op := operation{words: "list the platforms of re-stream channel " + channelID, method: http.MethodGet, path: []string{"re-stream", "channels", channelID, "platforms"}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	platforms, err := decode[[]Platform](op, answer)
	if err != nil {
		return nil, err
	}
	if len(*platforms) > maxPlatforms {
		return nil, unreadable(op, fmt.Errorf("it lists %d targets", len(*platforms)))
	}
	c.hidePlatforms(*platforms)
	return *platforms, nil
}

func (c *Client) hidePlatforms(platforms []Platform) {
	for _, platform := range platforms {
		c.HideTarget(string(platform.RTMPURL), string(platform.StreamKey), string(platform.Password))
	}
}

// PlatformEdit is what can be changed of a target in place [media-livestation-re-stream-platformupdate]. Everything is sent
// always: what the service does with an omitted member is not documented.
type PlatformEdit struct {
	RTMPURL   string `json:"rtmpUrl"`
	StreamKey string `json:"streamKey"`
	ID        string `json:"streamId,omitempty"`
	Password  string `json:"streamPassword,omitempty"`
}

// UpdatePlatform changes one target and returns when the service shows the change. A streaming channel does not allow it:
// that is an error that wraps ErrStreaming.
func (c *Client) UpdatePlatform(ctx context.Context, channelID, platformID string, edit PlatformEdit) error {
	c.HideTarget(edit.RTMPURL, edit.StreamKey, edit.Password)
	op := operation{
		words: "change platform " + platformID + " of re-stream channel " + channelID, method: http.MethodPut,
		path: []string{"re-stream", "channels", channelID, "platforms", platformID}, body: edit,
	}
	// Whether an edit whose answer was lost took effect shows only in comparison with the values from before.
	before, err := c.platform(ctx, channelID, platformID)
	if err != nil {
		return err
	}
	_, err = c.call(ctx, op)
	switch {
	case apierror.Is(err, apierror.Conflict):
		if channel, lookErr := c.RestreamChannel(ctx, channelID); lookErr == nil && channel.Streaming() {
			return fmt.Errorf("%w (%w)", err, ErrStreaming)
		}
		return err
	case err != nil && !apierror.Is(err, apierror.Lost):
		return err
	}
	after, lookErr := c.awaitEdit(ctx, channelID, platformID, edit)
	switch {
	case err == nil:
		return nil
	case lookErr != nil:
		return fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
	case edit.seenIn(before) && (edit.Password != "" || Masked(string(after.StreamKey))):
		return fmt.Errorf("%w Whether it took effect could not be checked: what was to change is hidden by the service", err)
	}
	return nil
}

// seenIn reports whether a platform shows the values of the edit, as far as they are shown: passwords never are.
func (e PlatformEdit) seenIn(platform Platform) bool {
	key := string(platform.StreamKey)
	return string(platform.RTMPURL) == e.RTMPURL && (Masked(key) || key == e.StreamKey) && (e.ID == "" || string(platform.ID) == e.ID)
}

// CheckEditable fails with an error that wraps ErrStreaming while the channel streams.
func (c *Client) CheckEditable(ctx context.Context, channelID string) error {
	channel, err := c.RestreamChannel(ctx, channelID)
	if err == nil && channel.Streaming() {
		err = &apierror.Error{Service: serviceName, Operation: "change the platforms of re-stream channel " + channelID, Kind: apierror.Conflict, Err: ErrStreaming,
			Message: fmt.Sprintf("its status is %s: it is streaming now, and the service changes targets only while it is not", c.shown(channel.ChannelStatus))}
	}
	return err
}

// platform is one target of a channel; the zero Platform if there is none of this id.
func (c *Client) platform(ctx context.Context, channelID, platformID string) (Platform, error) {
	platforms, err := c.Platforms(ctx, channelID)
	for _, platform := range platforms {
		if string(platform.PlatformID) == platformID {
			return platform, err
		}
	}
	return Platform{}, err
}

// awaitEdit reads the platform a few times until it shows the edit, which it may not do at once.
func (c *Client) awaitEdit(ctx context.Context, channelID, platformID string, edit PlatformEdit) (Platform, error) {
	const looks = 3
	for look := 1; ; look++ {
		platform, err := c.platform(ctx, channelID, platformID)
		switch {
		case err != nil, edit.seenIn(platform):
			return platform, err
		case look == looks:
			return platform, fmt.Errorf("platform %s does not show the new values", printable.Text(platformID))
		}
		if err := wait.Sleep(ctx, c.config.PollInterval); err != nil {
			return platform, err
		}
	}
}
