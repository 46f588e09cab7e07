package livestation

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Channel is a general live channel, on which a curtain hangs [media-livestation-channel-channelinfo].
type Channel struct {
	ChannelID        lenientjson.String `json:"channelId"`
	ChannelName      lenientjson.String `json:"channelName"`
	InstanceNo       lenientjson.String `json:"instanceNo"`
	ChannelStatus    Status             `json:"channelStatus"`
	EnvType          lenientjson.String `json:"envType"`
	OutputProtocol   lenientjson.String `json:"outputProtocol"`
	QualitySetID     lenientjson.Int    `json:"qualitySetId"`
	QualitySetName   lenientjson.String `json:"qualitySetName"`
	IsRecording      lenientjson.Bool   `json:"isRecording"`
	UseDVR           lenientjson.Bool   `json:"useDvr"`
	TimemachineMin   lenientjson.Int    `json:"timemachineMin"` // minutes
	ImmediateOnAir   lenientjson.Bool   `json:"immediateOnAir"`
	UploadPath       lenientjson.String `json:"uploadPath"`
	SnapshotID       lenientjson.String `json:"snapshotId"`
	PublishURL       lenientjson.String `json:"publishUrl"`
	GlobalPublishURL lenientjson.String `json:"globalPublishUrl"`
	// StreamKey and BackupStreamKey are ingest keys, and secrets.
	StreamKey        lenientjson.String `json:"streamKey"`
	BackupStreamKey  lenientjson.String `json:"backupStreamKey"`
	IsStreamFailOver lenientjson.Bool   `json:"isStreamFailOver"`
	// TotalPublishSeconds is the cumulative use of the channel.
	TotalPublishSeconds    lenientjson.Int    `json:"totalPublishSeconds"`
	RecentPublishTime      lenientjson.Millis `json:"recentPublishTime"`
	RecentPublishStartTime lenientjson.Millis `json:"recentPublishStartTime"`
	CreatedTime            lenientjson.Millis `json:"createdTime"`
	AlertOn                lenientjson.Bool   `json:"alertOn"`
	AlertOptions           *AlertOptions      `json:"alertOptions"`
	CallbackEndpoint       lenientjson.String `json:"callbackEndpoint"`
	Record                 *Record            `json:"record"`
	CDN                    *CDN               `json:"cdn"`
	// IsLiveCurtain is not documented here; some answers carry it.
	IsLiveCurtain lenientjson.Bool `json:"isLiveCurtain"`
}

// Record says how a general channel is recorded.
type Record struct {
	Type          lenientjson.String `json:"type"`
	Format        lenientjson.String `json:"format"`
	BucketName    lenientjson.String `json:"bucketName"`
	FilePath      lenientjson.String `json:"filePath"`
	AccessControl lenientjson.String `json:"accessControl"`
}

// CDN is what delivers a general channel to viewers.
type CDN struct {
	CDNType     lenientjson.String `json:"cdnType"`
	InstanceNo  lenientjson.String `json:"instanceNo"`
	ProfileID   lenientjson.String `json:"profileId"`
	StatusName  lenientjson.String `json:"statusName"`
	ServiceName lenientjson.String `json:"serviceName"`
	CDNDomain   lenientjson.String `json:"cdnDomain"`
}

// RecentPublish is the latest start of streaming, under whichever name the edition has it; the zero time is none.
func (c *Channel) RecentPublish() time.Time {
	if c.RecentPublishTime.IsZero() {
		return c.RecentPublishStartTime.Time
	}
	return c.RecentPublishTime.Time
}

// Publishing tells whether the channel is on air.
func (c *Channel) Publishing() bool { return c.ChannelStatus == StatusPublishing }

// Channel reads a general channel. A deleted one is a Gone error.
func (c *Client) Channel(ctx context.Context, channelID string) (*Channel, error) {
	op := operation{words: "read channel " + channelID, method: http.MethodGet, path: []string{"channels", channelID}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	channel, err := decode[Channel](op, answer)
	switch {
	case err != nil:
		return nil, err
	case deleted(channel.ChannelStatus):
		return nil, gone(op, channel.ChannelStatus)
	case channel.ChannelID == "" && channel.ChannelStatus == "":
		return nil, unreadable(op, fmt.Errorf("no channelId"))
	}
	c.http.Hide(string(channel.StreamKey), string(channel.BackupStreamKey))
	return channel, nil
}
