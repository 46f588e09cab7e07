package livestation

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
)

// Values of a channel on which rules depend [media-livestation-channel-channelcreate].
const (
	ProtocolHLS        = "HLS"
	ProtocolLowLatency = "LL_HLS"
	ProtocolHLSAndDASH = "HLS,DASH"
	IngestSRT          = "SRT"
	NoRecord           = "NO_RECORD"
	AutoUpload         = "AUTO_UPLOAD"
	ManualUpload       = "MANUAL_UPLOAD"
	CDNGlobalEdge      = "GLOBAL_EDGE"
	CDNPlus            = "CDN_PLUS" // in the financial zone
)

// timemachine is how far back viewers can go, in minutes. The service accepts no other value.
const timemachine = 360

// ChannelInput describes a new channel [media-livestation-channel-channelcreate, -vodchannelcreate]. IngestProtocol, IsStreamFailOver and
// all of ChannelEdit below OutputProtocol are for general channels only.
type ChannelInput struct {
	ChannelEdit
	QualitySetID   int64
	CDN            CDNInput
	DRM            *DRM   // nil: not protected
	IngestProtocol string // sent only if it is SRT
	// IsStreamFailOver gives the channel a second ingest as backup.
	IsStreamFailOver bool
}

// CDNInput requests a new edge if RegionType is set, and otherwise names one that exists.
type CDNInput struct {
	Type string
	// ProfileID is the Global Edge profile; 0 in the financial zone, which has none.
	ProfileID  int64
	RegionType string // KOREA, JAPAN or GLOBAL
	InstanceNo int64
	Domain     string
}

// NewEdge reports whether an edge is made together with the channel. It stays, and is billed, when the channel is deleted.
func (c CDNInput) NewEdge() bool { return c.RegionType != "" }

func (k *Channels) createBody(input ChannelInput) map[string]any {
	cdn := map[string]any{"createCdn": input.CDN.NewEdge(), "cdnType": input.CDN.Type}
	if input.CDN.ProfileID != 0 {
		cdn["profileId"] = input.CDN.ProfileID
	}
	if input.CDN.NewEdge() {
		cdn["regionType"] = input.CDN.RegionType
	} else {
		cdn["cdnInstanceNo"], cdn["cdnDomain"] = input.CDN.InstanceNo, input.CDN.Domain
	}
	body := k.editBody(input.ChannelEdit)
	body["cdn"], body["qualitySetId"] = cdn, input.QualitySetID
	if k.client.config.Path != PathFinancial { // where the reference has no DRM
		body["drmEnabledYn"] = input.DRM != nil
	}
	if input.DRM != nil {
		body["drm"] = input.DRM
	}
	if !k.vod {
		body["isStreamFailOver"] = input.IsStreamFailOver
		if input.IngestProtocol == IngestSRT {
			body["ingestProtocol"] = IngestSRT
		}
	}
	return body
}

// Create creates a channel and returns its id; the rest of the answer is not reliable, see Wait. found is true if the answer was lost and
// the channel was found in the list instead. A Lost error says that the channel, and an edge with it, may exist and could not be found.
func (k *Channels) Create(ctx context.Context, input ChannelInput) (channelID string, found bool, err error) {
	c := k.client
	op := operation{words: "create " + k.noun + " " + quote(input.ChannelName), method: http.MethodPost, path: k.at(), body: k.createBody(input)}
	unlock, err := c.creating.Lock(ctx, k.noun+" "+input.ChannelName)
	if err != nil {
		return "", false, unsent(op, err)
	}
	defer unlock()

	channelID, found, err = c.createOnce(ctx, op, "", func(answer content) (string, error) {
		channel, err := decode[Channel](op, answer)
		if err == nil {
			c.normalize(channel, answer.envelope)
			return string(channel.ChannelID), nil
		}
		return "", err
	}, search{k.noun + " of this name", lostLooks, func(ctx context.Context, since func() time.Time) (ids []string, err error) {
		channels, err := k.List(ctx, ChannelFilter{})
		for _, channel := range channels {
			if channel.answers(input) && !channel.CreatedTime.Before(since()) && !c.remembered(string(channel.ChannelID)) {
				ids = append(ids, string(channel.ChannelID))
			}
		}
		return ids, err
	}})
	if apierror.Is(err, apierror.Lost) && input.CDN.NewEdge() {
		err = fmt.Errorf("%w. An edge may have been made too, in profile %d and region %s: look in Global Edge for one that no channel uses, since it is billed until it is deleted",
			err, input.CDN.ProfileID, input.CDN.RegionType)
	}
	return channelID, found, err
}

// Claim records that a state holds a channel, so that Like leaves it out.
func (k *Channels) Claim(channelID string) { k.client.remember(channelID) }

// Like returns the channels that this input could have created, that existed before this process created any, and that nobody has
// claimed.
func (k *Channels) Like(ctx context.Context, input ChannelInput) []*Channel {
	channels := k.before.Items(func() ([]*Channel, error) { return k.List(ctx, ChannelFilter{}) })
	var alike []*Channel
	for _, channel := range channels {
		if channel.answers(input) && !k.client.remembered(string(channel.ChannelID)) {
			alike = append(alike, channel)
		}
	}
	return alike
}

// answers reports whether this input could have created the channel.
func (c *Channel) answers(input ChannelInput) bool {
	return c.ChannelID != "" && !c.Deleted() && string(c.ChannelName) == input.ChannelName && string(c.EnvType) == input.EnvType &&
		(!c.QualitySetID.Valid || c.QualitySetID.Value == input.QualitySetID)
}

// Wait waits until a new channel is ready, and a general one has its ingest key. Callers that wait at the same time share a list per poll.
// For a while after its creation, the channel need not be found. It is an error if the operator has blocked it or it was deleted; the
// channel is returned as far as it is known.
func (k *Channels) Wait(ctx context.Context, channelID string) (*Channel, error) {
	const unknownFor = 30 * time.Second
	began := time.Now()
	op := operation{words: "see " + k.noun + " " + channelID + " become ready"}
	var channel *Channel
	var last error
	source := batch.Source[*Channel, map[string]*Channel]{Read: k.Read, Same: func(own, listed *Channel) bool {
		return own.ChannelStatus == listed.ChannelStatus && sameChannel(own, listed)
	}, Complete: completeChannel}
	err := k.waits.Poll(ctx, channelID, batch.PaceOf(k.client.config.PollInterval), k.byID, func(seen batch.Look[*Channel]) (bool, error) {
		if seen.Listed != nil && (*seen.Listed).ChannelStatus == StatusCreating { // What else is missing, the list may only leave out.
			channel, last = *seen.Listed, nil
			return false, nil
		}
		own, err := seen.Read(ctx, channelID, source)
		switch {
		case hasCode(err, codeNotFound) && time.Since(began) < unknownFor:
			last = err
			return false, nil
		case err != nil:
			return false, err
		}
		channel, last = own, nil
		if channel.ChannelStatus == StatusForceBlock {
			return false, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Conflict, Err: ErrForceBlocked, Message: ErrForceBlocked.Error()}
		}
		return k.made(channel), nil
	})
	if err == nil || !apierror.Stopped(err) {
		return channel, err
	}
	state := "it did not show yet"
	switch {
	case channel != nil && !k.vod && channel.StreamKey == "":
		state = "its status was " + k.client.shown(channel.ChannelStatus) + " and it had no ingest key"
	case channel != nil:
		state = "its status was " + k.client.shown(channel.ChannelStatus)
	case last != nil:
		state += " (" + last.Error() + ")"
	}
	return channel, apierror.Waited(ctx, serviceName, op.words, state, err)
}

// completeChannel reports whether a list shows all members of a channel that the sample has. A sample without a second ingest
// does not show whether the key of one is left out.
func completeChannel(_ map[string]*Channel, listed, sample *Channel) bool {
	return noGaps(reflect.ValueOf(listed), reflect.ValueOf(sample)) && (!listed.IsStreamFailOver.Value || listed.BackupStreamKey != "")
}

// made reports whether the service has finished making the channel.
func (k *Channels) made(channel *Channel) bool {
	return channel.ChannelStatus != StatusCreating && channel.ChannelStatus != "" && (k.vod || channel.StreamKey != "")
}

// UsersOfEdge returns the channels of both kinds that an edge delivers, except for one [media-livestation-channel-channellist]. A channel that
// a list shows without its edge is read by itself: an edge that it uses must not be taken for unused.
func (c *Client) UsersOfEdge(ctx context.Context, instanceNo, exceptChannelID string) ([]*Channel, error) {
	var users []*Channel
	for _, kind := range []*Channels{c.General, c.VOD2LIVE} {
		channels, err := kind.List(ctx, ChannelFilter{})
		if err != nil {
			return nil, err
		}
		for _, channel := range channels {
			if string(channel.ChannelID) == exceptChannelID {
				continue
			}
			if channel.CDN == nil || channel.CDN.InstanceNo == "" {
				own, err := kind.Read(ctx, string(channel.ChannelID))
				switch {
				case apierror.Is(err, apierror.Gone):
					continue
				case err != nil:
					return nil, err
				}
				channel = own
			}
			if channel.CDN != nil && string(channel.CDN.InstanceNo) == instanceNo {
				users = append(users, channel)
			}
		}
	}
	return users, nil
}
