package livestation

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/tolerant"
)

// Channel is a general live channel, on which a curtain hangs [media-livestation-channel-channelinfo].
type Channel struct {
	ChannelID        tolerant.String `json:"channelId"`
	ChannelName      tolerant.String `json:"channelName"`
	InstanceNo       tolerant.String `json:"instanceNo"`
	ChannelStatus    Status          `json:"channelStatus"`
	EnvType          tolerant.String `json:"envType"`
	OutputProtocol   tolerant.String `json:"outputProtocol"`
	QualitySetID     tolerant.Int    `json:"qualitySetId"`
	QualitySetName   tolerant.String `json:"qualitySetName"`
	IsRecording      tolerant.Bool   `json:"isRecording"`
	UseDVR           tolerant.Bool   `json:"useDvr"`
	TimemachineMin   tolerant.Int    `json:"timemachineMin"` // minutes
	ImmediateOnAir   tolerant.Bool   `json:"immediateOnAir"`
	UploadPath       tolerant.String `json:"uploadPath"`
	SnapshotID       tolerant.String `json:"snapshotId"`
	PublishURL       tolerant.String `json:"publishUrl"`
	GlobalPublishURL tolerant.String `json:"globalPublishUrl"`
	// StreamKey and BackupStreamKey are ingest keys, and secrets.
	StreamKey        tolerant.String `json:"streamKey"`
	BackupStreamKey  tolerant.String `json:"backupStreamKey"`
	IsStreamFailOver tolerant.Bool   `json:"isStreamFailOver"`
	// TotalPublishSeconds is the cumulative use of the channel.
	TotalPublishSeconds    tolerant.Int    `json:"totalPublishSeconds"`
	RecentPublishTime      tolerant.Millis `json:"recentPublishTime"`
	RecentPublishStartTime tolerant.Millis `json:"recentPublishStartTime"`
	CreatedTime            tolerant.Millis `json:"createdTime"`
	AlertOn                tolerant.Bool   `json:"alertOn"`
	AlertOptions           *AlertOptions   `json:"alertOptions"`
	CallbackEndpoint       tolerant.String `json:"callbackEndpoint"`
	Record                 *Record         `json:"record"`
	CDN                    *CDN            `json:"cdn"`
	// IsLiveCurtain is not documented here; some answers carry it.
	IsLiveCurtain tolerant.Bool `json:"isLiveCurtain"`
}

// Record says how a general channel is recorded.
type Record struct {
	Type          tolerant.String `json:"type"`
	Format        tolerant.String `json:"format"`
	BucketName    tolerant.String `json:"bucketName"`
	FilePath      tolerant.String `json:"filePath"`
	AccessControl tolerant.String `json:"accessControl"`
}

// CDN is what delivers a general channel to viewers.
type CDN struct {
	CDNType     tolerant.String `json:"cdnType"`
	InstanceNo  tolerant.String `json:"instanceNo"`
	ProfileID   tolerant.String `json:"profileId"`
	StatusName  tolerant.String `json:"statusName"`
	ServiceName tolerant.String `json:"serviceName"`
	CDNDomain   tolerant.String `json:"cdnDomain"`
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
