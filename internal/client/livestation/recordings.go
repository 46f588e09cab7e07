package livestation

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Recording is what was recorded of a stream [media-livestation-recording-recordinglist]. The service keeps it for three days; what
// goes to a bucket stays there.
type Recording struct {
	RecordID    lenientjson.String `json:"recordId"`
	RecordType  lenientjson.String `json:"recordType"` // MP4 or HLS
	Status      lenientjson.String `json:"status"`
	Resolution  lenientjson.String `json:"resolution"`
	FileName    lenientjson.String `json:"fileName"`
	BeginTime   lenientjson.Millis `json:"recordBeginTime"`
	CreatedTime lenientjson.Millis `json:"createdTime"`
	// DeleteTime is when the service deletes its copy; none while it records.
	DeleteTime lenientjson.Millis `json:"shouldDeleteTime"`
}

// Recordings lists the recordings of a general channel, newest first.
func (c *Client) Recordings(ctx context.Context, channelID string) ([]Recording, error) {
	op := operation{words: "list the recordings of channel " + channelID, method: http.MethodGet, path: c.General.at(channelID, "records"), mayBeEmpty: true}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	list, err := decode[struct {
		RecordList json.RawMessage `json:"recordList"`
	}](op, answer)
	if err != nil {
		return nil, err
	}
	recordings, err := recordList(list.RecordList)
	if err != nil {
		return nil, unreadable(op, err)
	}
	return recordings, nil
}

// recordList reads an object keyed by the ids of the recordings; a plain list would do as well.
func recordList(data json.RawMessage) ([]Recording, error) {
	var recordings []Recording
	switch {
	case lenientjson.Absent(data):
		return nil, nil
	case lenientjson.Array(data):
		if err := lenientjson.Unmarshal(data, &recordings); err != nil {
			return nil, err
		}
	default:
		var byID map[string]Recording
		if err := lenientjson.Unmarshal(data, &byID); err != nil {
			return nil, err
		}
		for id, recording := range byID {
			recording.RecordID = cmp.Or(recording.RecordID, lenientjson.String(id))
			recordings = append(recordings, recording)
		}
	}
	began := func(recording Recording) time.Time {
		if recording.BeginTime.IsZero() {
			return recording.CreatedTime.Time
		}
		return recording.BeginTime.Time
	}
	slices.SortFunc(recordings, func(a, b Recording) int {
		first, _ := strconv.ParseInt(string(a.RecordID), 10, 64)
		second, _ := strconv.ParseInt(string(b.RecordID), 10, 64)
		return cmp.Or(began(b).Compare(began(a)), cmp.Compare(second, first), cmp.Compare(b.RecordID, a.RecordID))
	})
	return recordings, nil
}

// StartRecording records what a general channel streams from now on [media-livestation-recording-recordingstart]. For a channel that records
// already nothing is sent. If the channel does not stream, the error wraps ErrNotPublishing.
func (c *Client) StartRecording(ctx context.Context, channelID string) error {
	return c.record(ctx, channelID, true)
}

// StopRecording ends a recording [media-livestation-recording-recordingstop], and with it a curtain that is on. That none is under
// way is success without a write.
func (c *Client) StopRecording(ctx context.Context, channelID string) error {
	return c.record(ctx, channelID, false)
}

func (c *Client) record(ctx context.Context, channelID string, start bool) error {
	op := operation{words: "stop the recording of channel " + channelID, method: http.MethodPut, path: c.General.at(channelID, "stopRecord")}
	if start {
		op.words, op.path = "start to record channel "+channelID, c.General.at(channelID, "startRecord")
	}
	unlock, err := c.curtains.Lock(ctx, channelID) // A stop ends a curtain.
	if err != nil {
		return unsent(op, err)
	}
	defer unlock()
	channel, err := c.Channel(ctx, channelID)
	switch {
	case err != nil:
		return err
	case channel.IsRecording.Value == start && channel.IsRecording.Valid, !start && !channel.Publishing():
		return nil
	case start && !channel.Publishing():
		return c.General.conflict(op, channel, ErrNotPublishing, "it is not on air, so there is nothing to record")
	case start && channel.Record != nil && channel.Record.Type == NoRecord:
		return c.General.conflict(op, channel, nil, "its `record` is NO_RECORD, so it cannot be recorded; change that while it is off air")
	}
	_, err = c.call(ctx, op)
	if !apierror.Is(err, apierror.Lost) {
		return err
	}
	longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
	defer cancel()
	now, lookErr := c.Channel(longer, channelID)
	switch {
	case lookErr != nil:
		return fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
	case channel.IsRecording.Valid && now.IsRecording.Valid && now.IsRecording.Value == start:
		return nil
	}
	return err
}

// SwitchStream swaps the main and the backup stream of a general channel that is on air [media-livestation-channel-stream-switch]. A
// Lost error says that it may have been done: the service does not show which stream viewers see.
func (c *Client) SwitchStream(ctx context.Context, channelID string) error {
	op := operation{words: "switch the stream of channel " + channelID, method: http.MethodPut, path: c.General.at(channelID, "switch-stream")}
	channel, err := c.Channel(ctx, channelID)
	switch {
	case err != nil:
		return err
	case !channel.Publishing():
		return c.General.conflict(op, channel, ErrNotPublishing, "it is not on air, so there is no stream to switch")
	case channel.IsStreamFailOver.Valid && !channel.IsStreamFailOver.Value:
		return c.General.conflict(op, channel, nil, "it has no backup stream (`is_stream_fail_over`)")
	}
	_, err = c.call(ctx, op)
	return err
}
