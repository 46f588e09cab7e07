package livestation

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Channels are the calls for one kind of channel. General and VOD2LIVE channels are mostly alike: the same object, with members that only
// one of them has, and the same calls below different paths.
type Channels struct {
	client *Client
	noun   string
	path   []string
	vod    bool

	reads batch.Reads[*Channel, map[string]*Channel]
	waits batch.Waits[*Channel]
	// before are the channels that existed when this process first listed them.
	before batch.Baseline[*Channel]
}

// StatusReserved is the status of a VOD2LIVE channel whose schedule waits for its start [media-livestation-channel-vodchannelinfo].
const StatusReserved = "RESERVED"

// Channel is a general live channel [media-livestation-channel-channelinfo] or a VOD2LIVE channel
// [media-livestation-channel-vodchannelinfo]. What an answer leaves out is "", not valid or nil.
type Channel struct {
	ChannelID        lenientjson.String `json:"channelId"`
	ChannelName      lenientjson.String `json:"channelName"`
	InstanceNo       lenientjson.String `json:"instanceNo"`
	ChannelStatus    Status             `json:"channelStatus"`
	EnvType          lenientjson.String `json:"envType"`
	OutputProtocol   lenientjson.String `json:"outputProtocol"` // HLS, LL_HLS or "HLS,DASH", however it was spelled
	QualitySetID     lenientjson.Int    `json:"qualitySetId"`
	QualitySetName   lenientjson.String `json:"qualitySetName"`
	CDN              *CDN               `json:"cdn"`
	DRMEnabled       lenientjson.Bool   `json:"drmEnabledYn"` // in no answer that the reference shows
	DRM              *DRM               `json:"drm"`
	AlertOn          lenientjson.Bool   `json:"alertOn"`
	AlertOptions     *AlertOptions      `json:"alertOptions"`
	CallbackEndpoint lenientjson.String `json:"callbackEndpoint"`
	CreatedTime      lenientjson.Millis `json:"createdTime"`
	// TotalPublishSeconds is the cumulative use of the channel.
	TotalPublishSeconds lenientjson.Int `json:"totalPublishSeconds"`

	// Only general channels have the following members.

	IngestProtocol   lenientjson.String `json:"ingestProtocol"` // RTMP or SRT; in no answer that the reference shows
	IsRecording      lenientjson.Bool   `json:"isRecording"`
	UseDVR           lenientjson.Bool   `json:"useDvr"`         // or useDVR
	TimemachineMin   lenientjson.Int    `json:"timemachineMin"` // minutes
	ImmediateOnAir   lenientjson.Bool   `json:"immediateOnAir"`
	Record           *Record            `json:"record"`
	UploadPath       lenientjson.String `json:"uploadPath"`
	SnapshotID       lenientjson.String `json:"snapshotId"`
	PublishURL       lenientjson.String `json:"publishUrl"`
	GlobalPublishURL lenientjson.String `json:"globalPublishUrl"`
	// StreamKey and BackupStreamKey are ingest keys, and secrets.
	StreamKey              lenientjson.String `json:"streamKey"`
	BackupStreamKey        lenientjson.String `json:"backupStreamKey"`
	IsStreamFailOver       lenientjson.Bool   `json:"isStreamFailOver"`
	RecentPublishTime      lenientjson.Millis `json:"recentPublishTime"`
	RecentPublishStartTime lenientjson.Millis `json:"recentPublishStartTime"`
	// IsLiveCurtain is not documented here; some answers carry it.
	IsLiveCurtain lenientjson.Bool `json:"isLiveCurtain"`

	// Only VOD2LIVE channels have the following members.

	Type         lenientjson.String `json:"type"` // VOD
	UpdatedTime  lenientjson.Millis `json:"updatedTime"`
	ScheduleList []ScheduleStatus   `json:"scheduleList"`
}

// Record says how a general channel is recorded.
type Record struct {
	Type          lenientjson.String `json:"type"`
	Format        lenientjson.String `json:"format"`
	BucketName    lenientjson.String `json:"bucketName"`
	FilePath      lenientjson.String `json:"filePath"`
	AccessControl lenientjson.String `json:"accessControl"`
}

// CDN is what delivers a channel to viewers. InstanceNo is the id of an edge, or "" if there is none.
type CDN struct {
	CDNType     lenientjson.String `json:"cdnType"`
	InstanceNo  lenientjson.String `json:"instanceNo"`
	ProfileID   lenientjson.String `json:"profileId"`
	RegionType  lenientjson.String `json:"regionType"`
	StatusName  lenientjson.String `json:"statusName"`
	ServiceName lenientjson.String `json:"serviceName"`
	CDNDomain   lenientjson.String `json:"cdnDomain"`
}

// DRM identifies a protected channel at the DRM service.
type DRM struct {
	SiteID    lenientjson.String `json:"siteId"`
	ContentID lenientjson.String `json:"contentId"`
}

// RecentPublish is the latest start of streaming, whose name depends on the edition. It is the zero time if there was none.
func (c *Channel) RecentPublish() time.Time {
	if c.RecentPublishTime.IsZero() {
		return c.RecentPublishStartTime.Time
	}
	return c.RecentPublishTime.Time
}

// Publishing reports whether the channel is on air.
func (c *Channel) Publishing() bool { return c.ChannelStatus == StatusPublishing }

// TurnedOff reports whether the channel was turned off, by its owner or by the operator of the service.
func (c *Channel) TurnedOff() bool {
	return c.ChannelStatus == StatusBlock || c.ChannelStatus == StatusForceBlock
}

// Deleted reports whether the channel no longer exists. The service may continue to show it.
func (c *Channel) Deleted() bool { return deleted(c.ChannelStatus) }

// Channel reads a general channel. A deleted one is a Gone error.
func (c *Client) Channel(ctx context.Context, channelID string) (*Channel, error) {
	return c.General.Read(ctx, channelID)
}

func (k *Channels) at(rest ...string) []string { return append(slices.Clone(k.path), rest...) }

// Read reads one channel by itself. A deleted one is a Gone error.
func (k *Channels) Read(ctx context.Context, channelID string) (*Channel, error) {
	op := operation{words: "read " + k.noun + " " + channelID, method: http.MethodGet, path: k.at(channelID)}
	answer, err := k.client.call(ctx, op)
	if err != nil {
		return nil, err
	}
	channel, err := decode[Channel](op, answer)
	switch {
	case err != nil:
		return nil, err
	case channel.Deleted():
		return nil, gone(op, channel.ChannelStatus)
	case channel.ChannelID == "" && channel.ChannelStatus == "":
		return nil, unreadable(op, fmt.Errorf("no channelId"))
	}
	k.client.normalize(channel, answer.envelope)
	return channel, nil
}

// normalize unifies the forms in which members are sent, and hides secrets. envelope is the answer around the channel, where some editions
// put members of the channel.
func (c *Client) normalize(channel *Channel, envelope []byte) {
	if len(envelope) > 0 && (channel.BackupStreamKey == "" || !channel.IsStreamFailOver.Valid) {
		var beside struct {
			BackupStreamKey  lenientjson.String `json:"backupStreamKey"`
			IsStreamFailOver lenientjson.Bool   `json:"isStreamFailOver"`
		}
		if json.Unmarshal(envelope, &beside) == nil {
			channel.BackupStreamKey = cmp.Or(channel.BackupStreamKey, beside.BackupStreamKey)
			channel.IsStreamFailOver = cmp.Or(channel.IsStreamFailOver, beside.IsStreamFailOver)
		}
	}
	channel.OutputProtocol = lenientjson.String(canonicalProtocol(string(channel.OutputProtocol)))
	if channel.CDN != nil && channel.CDN.InstanceNo == "0" {
		channel.CDN.InstanceNo = ""
	}
	c.http.Hide(string(channel.StreamKey), string(channel.BackupStreamKey))
	c.HideCallback(string(channel.CallbackEndpoint))
}

// canonicalProtocol turns "HLS, DASH" and "DASH,HLS" into "HLS,DASH": the reference does not document the spelling in answers.
func canonicalProtocol(text string) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	if len(parts) == 2 && slices.Contains(parts, "HLS") && slices.Contains(parts, "DASH") {
		return ProtocolHLSAndDASH
	}
	return strings.TrimSpace(text)
}

// ChannelFilter selects channels of a list; "" selects all that exist. A status of terminated channels selects those that the service still
// shows.
type ChannelFilter struct{ Name, Status string }

// List reads all pages [media-livestation-channel-channellist, -vodchannellist], sorted by time of creation, then by id.
func (k *Channels) List(ctx context.Context, filter ChannelFilter) ([]*Channel, error) {
	op := operation{words: "list " + k.noun + "s", method: http.MethodGet, path: k.at(), query: url.Values{}}
	// The service's name filter also matches parts of names, and VOD2LIVE channels have none, so the list is filtered again below.
	if filter.Name != "" && !k.vod {
		op.query.Set("channelName", filter.Name)
	}
	if filter.Status != "" && !k.vod {
		op.query.Set("channelStatus", filter.Status)
	}
	channels, err := pages(ctx, k.client, op, func(channel *Channel) string { return string(channel.ChannelID) })
	if err != nil {
		return nil, err
	}
	channels = slices.DeleteFunc(channels, func(channel *Channel) bool {
		return filter.Name != "" && string(channel.ChannelName) != filter.Name ||
			filter.Status != "" && string(channel.ChannelStatus) != filter.Status || filter.Status == "" && channel.Deleted()
	})
	for _, channel := range channels {
		k.client.normalize(channel, nil)
	}
	slices.SortStableFunc(channels, func(a, b *Channel) int {
		return cmp.Or(a.CreatedTime.Compare(b.CreatedTime.Time), strings.Compare(string(a.ChannelID), string(b.ChannelID)))
	})
	return channels, nil
}

// byID reads the whole list without terminated channels, and returns how many pages that took.
func (k *Channels) byID(ctx context.Context) (map[string]*Channel, int, error) {
	channels, err := k.List(ctx, ChannelFilter{})
	list := make(map[string]*Channel, len(channels))
	for _, channel := range channels {
		list[string(channel.ChannelID)] = channel
	}
	return list, len(channels)/pageSize + 1, err
}

// Refresh reads one channel as Read does, for a refresh that asks for many: from the second channel on, they share the list. known reports
// whether a channel, as listed, brings nothing new to the caller; otherwise it is read by itself, since the list may omit members. If known
// is nil, a channel is read by itself if the list omits members that the first channel has. The result is never older than the latest write
// of this client. It is shared, and must not be changed.
func (k *Channels) Refresh(ctx context.Context, channelID string, known func(*Channel) bool) (*Channel, error) {
	list := func(ctx context.Context) (map[string]*Channel, error) {
		list, _, err := k.byID(ctx)
		return list, err
	}
	return refresher[Channel]{&k.reads, k.Read, list, sameChannel}.refresh(ctx, channelID, known)
}

// sameChannel compares two answers about a channel, ignoring what changes on its own.
func sameChannel(one, other *Channel) bool {
	still := func(channel *Channel) Channel {
		c := *channel
		c.ChannelStatus, c.IsRecording, c.IsLiveCurtain, c.TotalPublishSeconds = "", lenientjson.Bool{}, lenientjson.Bool{}, lenientjson.Int{}
		c.RecentPublishTime, c.RecentPublishStartTime, c.UpdatedTime = lenientjson.Millis{}, lenientjson.Millis{}, lenientjson.Millis{}
		c.ScheduleList = nil
		if c.CDN != nil {
			cdn := *c.CDN
			cdn.StatusName = ""
			c.CDN = &cdn
		}
		return c
	}
	return one.TurnedOff() == other.TurnedOff() && reflect.DeepEqual(still(one), still(other))
}
