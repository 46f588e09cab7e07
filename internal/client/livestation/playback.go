package livestation

import (
	"context"
	"net/http"
	"net/url"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Types of service URLs [media-livestation-channel-serviceurl, -vodserviceurl]. VOD2LIVE channels have no time machine.
const (
	URLGeneral     = "GENERAL"
	URLTimemachine = "TIMEMACHINE"
	URLThumbnail   = "THUMBNAIL"
)

// ServiceURL is an address for viewers: one per quality and protocol, or of a picture.
type ServiceURL struct {
	Name         lenientjson.String `json:"name"`
	URL          lenientjson.String `json:"url"`
	Resolution   lenientjson.String `json:"resolution"`
	VideoBitrate lenientjson.Int    `json:"videoBitrate"` // bits per second
	AudioBitrate lenientjson.Int    `json:"audioBitrate"` // bits per second
	// ResizedURL has the picture in other sizes, by type, such as "720px".
	ResizedURL []ResizedURL `json:"resizedUrl"`
}

// ResizedURL is a picture in another size.
type ResizedURL struct {
	Type lenientjson.String `json:"type"`
	URL  lenientjson.String `json:"url"`
}

// ServiceURLs lists the addresses of one type. While the status of the channel allows none, the list is empty.
func (k *Channels) ServiceURLs(ctx context.Context, channelID, urlType string) ([]ServiceURL, error) {
	urls, err := k.askServiceURLs(ctx, channelID, urlType)
	if apierror.Is(err, apierror.Gone) {
		_, err = k.Read(ctx, channelID)
	}
	return urls, err
}

// askServiceURLs leaves it open what is gone: the channel, or only the addresses.
func (k *Channels) askServiceURLs(ctx context.Context, channelID, urlType string) ([]ServiceURL, error) {
	op := operation{
		words: "list the service URLs of " + k.noun + " " + channelID, method: http.MethodGet, path: k.at(channelID, "serviceUrls"),
		query: url.Values{"serviceUrlType": {urlType}}, mayBeEmpty: true,
	}
	answer, err := k.client.call(ctx, op)
	switch {
	case apierror.Is(err, apierror.Conflict), err == nil && lenientjson.Absent(answer.body):
		return nil, nil
	case err != nil:
		return nil, err
	}
	urls, err := decode[[]ServiceURL](op, answer)
	if err != nil {
		return nil, err
	}
	return *urls, nil
}

// noneYet reports whether the answer to a read that depends on the channel's status means that there is nothing yet. The code alone does not
// show whether that or the channel itself was not found.
func (k *Channels) noneYet(ctx context.Context, channelID string, answer content, err error) (bool, error) {
	switch {
	case apierror.Is(err, apierror.Gone):
		if _, lookErr := k.Read(ctx, channelID); lookErr != nil {
			return false, lookErr
		}
		return true, nil
	case apierror.Is(err, apierror.Conflict):
		return true, nil
	}
	return err == nil && lenientjson.Absent(answer.body), err
}

// ServiceURLs lists the addresses of a channel of either kind.
func (c *Client) ServiceURLs(ctx context.Context, channelID, urlType string) ([]ServiceURL, error) {
	urls, err := c.General.askServiceURLs(ctx, channelID, urlType)
	if apierror.Is(err, apierror.Gone) && urlType != URLTimemachine {
		urls, err = c.VOD2LIVE.askServiceURLs(ctx, channelID, urlType)
	}
	if !apierror.Is(err, apierror.Gone) {
		return urls, err
	}
	// The channel may be there all the same, and only its addresses not.
	if _, err = c.General.Read(ctx, channelID); !apierror.Is(err, apierror.Gone) {
		return nil, err
	}
	channel, lookErr := c.VOD2LIVE.Read(ctx, channelID)
	switch {
	case lookErr == nil && urlType == URLTimemachine:
		return nil, c.VOD2LIVE.conflict(operation{words: "list its service URLs of type " + urlType}, channel, nil, "VOD2LIVE channels have no time machine")
	case apierror.Is(lookErr, apierror.Gone):
		return nil, err
	}
	return nil, lookErr
}

// StreamMetadata is what an encoder sends [media-livestation-channel-publishingmetainfo]. Nothing of it is valid while none does.
type StreamMetadata struct {
	Video struct {
		Width   lenientjson.Int   `json:"width"`
		Height  lenientjson.Int   `json:"height"`
		FPS     lenientjson.Float `json:"fps"`
		Bitrate lenientjson.Int   `json:"bitrate"` // bits per second
	} `json:"video"`
	Audio struct {
		Bitrate lenientjson.Int `json:"bitrate"` // bits per second
	} `json:"audio"`
}

// StreamMetadata reads what an encoder sends to a general channel now.
func (c *Client) StreamMetadata(ctx context.Context, channelID string) (*StreamMetadata, error) {
	op := operation{words: "read the stream metadata of channel " + channelID, method: http.MethodGet, path: c.General.at(channelID, "streamMetadata"), mayBeEmpty: true}
	answer, err := c.call(ctx, op)
	if none, err := c.General.noneYet(ctx, channelID, answer, err); none || err != nil {
		return &StreamMetadata{}, err
	}
	return decode[StreamMetadata](op, answer)
}
