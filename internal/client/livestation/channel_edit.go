package livestation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Causes of errors about channels, beside ErrStreaming.
var (
	// ErrTurnedOff: the channel is turned off, and the service did not do what it was asked to while it is.
	ErrTurnedOff = errors.New("the channel is turned off")
	// ErrForceBlocked: nobody but the operator of the service can turn the channel on again.
	ErrForceBlocked = errors.New("the channel was blocked by the operator of the service (FORCE_BLOCK), who alone can turn it on again: ask NAVER Cloud's support")
	// ErrNotTaken: the service accepted an edit and continues to show other values.
	ErrNotTaken = errors.New("the service accepted the edit, but does not show it")
)

// ChannelEdit is all that can be changed of a channel in place [media-livestation-channel-channelupdate, -vodchannelupdate]. All of it is
// sent: for what an edit omits, the service assumes REAL or HLS. A VOD2LIVE channel has only the first three.
type ChannelEdit struct {
	ChannelName string
	EnvType     string // REAL, DEV or STAGE
	// OutputProtocol cannot be changed to LL_HLS or from it.
	OutputProtocol string
	UseDVR         bool
	// ImmediateOnAir records as soon as a stream starts.
	ImmediateOnAir bool
	Record         RecordInput
}

// RecordInput says how a general channel is recorded. All but the type are for AUTO_UPLOAD only.
type RecordInput struct {
	Type          string `json:"type"`
	Format        string `json:"format,omitempty"`
	BucketName    string `json:"bucketName,omitempty"`
	FilePath      string `json:"filePath,omitempty"` // begins with "/"
	AccessControl string `json:"accessControl,omitempty"`
}

func (k *Channels) editBody(edit ChannelEdit) map[string]any {
	body := map[string]any{"channelName": edit.ChannelName, "envType": edit.EnvType, "outputProtocol": edit.OutputProtocol}
	if k.vod {
		return body
	}
	body["useDvr"], body["immediateOnAir"], body["record"] = edit.UseDVR, edit.ImmediateOnAir, edit.Record
	if edit.UseDVR {
		body["timemachineMin"] = timemachine
	}
	return body
}

// refusal says what an edit lacks. The service would replace it by a value that nobody chose.
func (k *Channels) refusal(edit ChannelEdit) string {
	switch {
	case edit.ChannelName == "":
		return "no name is given"
	case !slices.Contains([]string{"REAL", "DEV", "STAGE"}, edit.EnvType):
		return "the environment is neither REAL nor DEV nor STAGE"
	case !slices.Contains([]string{ProtocolHLS, ProtocolLowLatency, ProtocolHLSAndDASH}, edit.OutputProtocol):
		return "the output protocol is neither HLS nor LL_HLS nor HLS,DASH"
	case !k.vod && !slices.Contains([]string{NoRecord, AutoUpload, ManualUpload}, edit.Record.Type):
		return "the type of recording is neither NO_RECORD nor AUTO_UPLOAD nor MANUAL_UPLOAD"
	}
	return ""
}

// Edit changes a channel, and returns it once the service shows the change. For a streaming channel nothing is sent, and the error wraps
// ErrStreaming. The refusal of an edit to a channel that is off wraps ErrTurnedOff. An edit that does not show after several reads wraps
// ErrNotTaken and names what is missing. With an error, too, the channel is returned as last seen; it may be nil.
func (k *Channels) Edit(ctx context.Context, channelID string, edit ChannelEdit) (*Channel, error) {
	op := operation{words: "change " + k.noun + " " + channelID, method: http.MethodPut, path: k.at(channelID), body: k.editBody(edit)}
	if reason := k.refusal(edit); reason != "" {
		return nil, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Refused, Message: reason + "; nothing was sent, since the service would choose a value by itself"}
	}
	before, err := k.Read(ctx, channelID)
	if err != nil {
		return nil, err
	}
	if before.Publishing() {
		return before, k.conflict(op, before, ErrStreaming, "it is streaming now, and a channel is changed only while it is not")
	}
	_, err = k.client.call(ctx, op)
	switch {
	case apierror.Is(err, apierror.Conflict):
		return before, k.explained(ctx, channelID, err)
	case err != nil && !apierror.Is(err, apierror.Lost):
		return before, err
	}
	after, lookErr := k.awaitEdit(ctx, op, channelID, edit)
	switch {
	case err == nil:
		return after, lookErr
	case lookErr != nil:
		return after, fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
	case len(k.otherThan(before, edit)) == 0 && k.hides(after):
		return after, fmt.Errorf("%w Whether it took effect could not be checked: what was to change is not among what the service shows of the channel", err)
	}
	return after, nil
}

// conflict is the error for a write that was not sent because of the channel's status.
func (k *Channels) conflict(op operation, channel *Channel, cause error, words string) error {
	return &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Conflict, Err: cause,
		Message: fmt.Sprintf("its status is %s: %s", k.client.shown(channel.ChannelStatus), words)}
}

// explained adds to a refusal the status of the channel that explains it.
func (k *Channels) explained(ctx context.Context, channelID string, err error) error {
	channel, lookErr := k.Read(ctx, channelID)
	switch {
	case lookErr != nil:
	case channel.Publishing():
		return fmt.Errorf("%w (%w)", err, ErrStreaming)
	case channel.ChannelStatus == StatusForceBlock:
		return fmt.Errorf("%w (%w)", err, ErrForceBlocked)
	case channel.TurnedOff():
		return fmt.Errorf("%w (%w)", err, ErrTurnedOff)
	}
	return err
}

// otherThan names the fields that a channel shows with values other than the edit's. It omits those that the channel does not show.
func (k *Channels) otherThan(channel *Channel, edit ChannelEdit) (fields []string) {
	text := func(name string, shown lenientjson.String, wanted string) {
		if shown != "" && string(shown) != wanted {
			fields = append(fields, name)
		}
	}
	truth := func(name string, shown lenientjson.Bool, wanted bool) {
		if shown.Valid && shown.Value != wanted {
			fields = append(fields, name)
		}
	}
	text("channelName", channel.ChannelName, edit.ChannelName)
	text("envType", channel.EnvType, edit.EnvType)
	text("outputProtocol", channel.OutputProtocol, edit.OutputProtocol)
	if k.vod {
		return fields
	}
	truth("useDvr", channel.UseDVR, edit.UseDVR)
	truth("immediateOnAir", channel.ImmediateOnAir, edit.ImmediateOnAir)
	if record := channel.Record; record != nil {
		text("record.type", record.Type, edit.Record.Type)
		if edit.Record.Type == AutoUpload {
			text("record.format", record.Format, edit.Record.Format)
			text("record.bucketName", record.BucketName, edit.Record.BucketName)
			text("record.filePath", record.FilePath, edit.Record.FilePath)
			text("record.accessControl", record.AccessControl, edit.Record.AccessControl)
		}
	}
	return fields
}

// hides reports whether a channel does not show some of what an edit sets.
func (k *Channels) hides(channel *Channel) bool {
	if channel.ChannelName == "" || channel.EnvType == "" || channel.OutputProtocol == "" {
		return true
	}
	if k.vod {
		return false
	}
	record := channel.Record
	return !channel.UseDVR.Valid || !channel.ImmediateOnAir.Valid || record == nil || record.Type == "" ||
		record.Type == AutoUpload && (record.Format == "" || record.BucketName == "" || record.FilePath == "" || record.AccessControl == "")
}

// editLooks is how many reads may miss an edit before it counts as not taken.
const editLooks = 5

// awaitEdit reads a channel until it shows an edit. After a cancellation, one more read is made, without the pause before it.
func (k *Channels) awaitEdit(ctx context.Context, op operation, channelID string, edit ChannelEdit) (*Channel, error) {
	looking, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
	defer cancel()
	for look := 1; ; look++ {
		channel, err := k.Read(looking, channelID)
		if err != nil {
			return nil, unproven(op, err)
		}
		fields := k.otherThan(channel, edit)
		switch {
		case len(fields) == 0:
			return channel, nil
		case look == editLooks:
			return channel, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Lost, Err: ErrNotTaken,
				Message: fmt.Sprintf("%s: it still has other values of %s", ErrNotTaken, strings.Join(fields, ", "))}
		}
		if err := wait.Sleep(ctx, time.Duration(look)*k.client.config.PollInterval/3); err != nil {
			return channel, notSeen(ctx, op, err, strings.Join(fields, ", "))
		}
	}
}

// notSeen is the error of a write whose effect did not show before the wait for it was ended. Whether the service accepted it may be unknown.
func notSeen(ctx context.Context, op operation, err error, lacking string) error {
	return &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Lost, Err: err,
		Message: fmt.Sprintf("%s; it was sent, and the service did not show the new %s yet", apierror.EndOfWait(ctx, err), lacking)}
}

// unproven is the error for a write that the service accepted, and whose effect could not be read.
func unproven(op operation, err error) error {
	if apierror.Is(err, apierror.Gone) {
		return err
	}
	return &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Lost, Err: err,
		Message: "the service accepted it, but whether it took effect could not be seen: " + err.Error()}
}

// SetCallback registers where the service reports events of the channel, and returns once the service shows it
// [media-livestation-event-callbacksetting-vod2live; general channels are assumed to be alike]. An endpoint can be changed, but not
// removed. It may hold a secret, and is not shown in errors. reported is false if reads of the channel show no callback endpoint.
func (k *Channels) SetCallback(ctx context.Context, channelID, endpoint string) (reported bool, err error) {
	k.client.HideCallback(endpoint)
	return k.client.setCallback(ctx, operation{
		words: "set the callback endpoint of " + k.noun + " " + channelID, method: http.MethodPost,
		path: k.at(channelID, "callbackEndpoint"), body: map[string]string{"callbackEndpoint": endpoint},
	}, k.noun+" "+channelID, endpoint, func() (string, error) {
		channel, err := k.Read(ctx, channelID)
		if err != nil {
			return "", err
		}
		return string(channel.CallbackEndpoint), nil
	})
}
