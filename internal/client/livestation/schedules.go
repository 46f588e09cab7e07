package livestation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Statuses of a schedule beside CREATING, READY, PROCESSING_FAIL and DELETED, which contents have too [media-livestation-schedule-schedulelinfo].
// None of them says that it is on air: the channel does.
const (
	ScheduleProcessing = "PROCESSING"
	ScheduleUpdating   = "UPDATING"
	ScheduleFinish     = "FINISH"
)

// ErrNotReady is wrapped by the refusal to schedule on a channel that is not READY.
var ErrNotReady = errors.New("the channel is not READY")

// Schedule is one programme of a VOD2LIVE channel. The service does not report its files in a reliable form.
type Schedule struct {
	ScheduleID  lenientjson.Int    `json:"scheduleId"`
	ChannelID   lenientjson.String `json:"channelId"`
	Status      lenientjson.String `json:"status"`
	StartTime   lenientjson.Millis `json:"startTime"`
	EndTime     lenientjson.Millis `json:"endTime"` // as expected
	CreatedTime lenientjson.Millis `json:"createdTime"`
	UpdatedTime lenientjson.Millis `json:"updatedTime"`
}

// ScheduleStatus is what a channel reports of a schedule.
type ScheduleStatus struct {
	ScheduleID lenientjson.String `json:"scheduleId"`
	Status     lenientjson.String `json:"status"`
}

// WaitingSchedules are the ids of the channel's schedules that have not ended.
func (c *Channel) WaitingSchedules() (ids []string) {
	for _, schedule := range c.ScheduleList {
		if schedule.ScheduleID != "" && schedule.Status != ScheduleFinish && schedule.Status != StatusDeleted {
			ids = append(ids, string(schedule.ScheduleID))
		}
	}
	return ids
}

// VODFile is one file of a programme: an MP4 in a bucket. FilePath begins with "/".
type VODFile struct {
	BucketName string `json:"bucketName"`
	FilePath   string `json:"filePath"`
}

// ScheduleEdit is what can be changed of a schedule that waits for its start [media-livestation-schedule-scheduleupdate]. The zero time and
// nil change nothing: an unchanged start would be refused in the last ten minutes before it.
type ScheduleEdit struct {
	StartTime time.Time // sent in whole seconds
	Files     []VODFile // the whole programme
}

// koreanTime is the time zone in which a start is sent; answers have epoch milliseconds. Korea has no summer time.
var koreanTime = time.FixedZone("KST", 9*60*60)

func wallClock(at time.Time) string { return at.In(koreanTime).Format("20060102150405") }

func (e ScheduleEdit) body() map[string]any {
	body := map[string]any{}
	if !e.StartTime.IsZero() {
		body["startTime"] = wallClock(e.StartTime)
	}
	if e.Files != nil {
		body["vodList"] = e.Files
	}
	return body
}

// CreateSchedule puts a programme on a VOD2LIVE channel and returns its id [media-livestation-schedule-schedulecreate]; see
// WaitForSchedule. If the channel is not READY, nothing is sent, and the error wraps ErrNotReady. found is true if the answer was lost and
// the schedule was found on the channel instead; a Lost error says that it may exist.
func (c *Client) CreateSchedule(ctx context.Context, channelID string, programme ScheduleEdit) (id int64, found bool, err error) {
	body := programme.body()
	body["channelId"] = channelID
	op := operation{words: "schedule a programme on VOD2LIVE channel " + channelID, method: http.MethodPost, path: []string{"vod", "schedule"}, body: body}
	unlock, err := c.scheduling.Lock(ctx, channelID)
	if err != nil {
		return 0, false, unsent(op, err)
	}
	defer unlock()
	channel, err := c.VOD2LIVE.Read(ctx, channelID)
	switch {
	case err != nil:
		return 0, false, err
	case channel.ChannelStatus != StatusReady:
		return 0, false, c.VOD2LIVE.conflict(op, channel, ErrNotReady, "a programme can be scheduled only on a channel that is READY and has no other schedule")
	}
	for _, schedule := range channel.ScheduleList {
		c.remember(schedulePrefix + string(schedule.ScheduleID)) // was there before
	}

	return asNumber(c.createOnce(ctx, op, schedulePrefix, func(answer content) (string, error) {
		schedule, err := decode[Schedule](op, answer)
		if err != nil {
			return "", err
		}
		return numbered(schedule.ScheduleID), nil
	}, search{"schedule with this start on the channel", lostLooks, func(ctx context.Context, _ func() time.Time) ([]string, error) {
		return c.newSchedules(ctx, channelID, programme.StartTime)
	}}))
}

// newSchedules returns the ids of a channel's waiting schedules that have this start and were not known before.
func (c *Client) newSchedules(ctx context.Context, channelID string, start time.Time) (ids []string, err error) {
	channel, err := c.VOD2LIVE.Read(ctx, channelID)
	if err != nil {
		return nil, err
	}
	for _, id := range channel.WaitingSchedules() {
		if c.remembered(schedulePrefix + id) {
			continue
		}
		schedule, err := c.schedule(ctx, id)
		switch {
		case apierror.Is(err, apierror.Gone):
		case err != nil:
			return nil, err
		case schedule.StartTime.Truncate(time.Second).Equal(start.Truncate(time.Second)):
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// schedulePrefix distinguishes the ids of schedules from those of other objects that the client remembers.
const schedulePrefix = "schedule "

// Schedule reads one schedule. A deleted one is a Gone error.
func (c *Client) Schedule(ctx context.Context, id int64) (*Schedule, error) {
	return c.schedule(ctx, strconv.FormatInt(id, 10))
}

// schedule is Schedule, and returns a deleted one with the Gone error if the service still shows it.
func (c *Client) schedule(ctx context.Context, id string) (*Schedule, error) {
	op := operation{words: "read schedule " + id, method: http.MethodGet, path: []string{"vod", "schedule", id}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	schedule, err := decode[Schedule](op, answer)
	switch {
	case err != nil:
		return nil, err
	case schedule.Status == StatusDeleted:
		return schedule, gone(op, StatusDeleted)
	case !schedule.ScheduleID.Valid && schedule.Status == "":
		return nil, unreadable(op, fmt.Errorf("no scheduleId"))
	}
	return schedule, nil
}

// RefreshSchedule reads one schedule that was to start at this time. Once that has passed by the service's clock, which the time of a
// deletion shows too, a schedule never counts as gone: it is then returned with what is known of it and the status FINISH.
func (c *Client) RefreshSchedule(ctx context.Context, id int64, start time.Time) (*Schedule, error) {
	schedule, err := c.Schedule(ctx, id)
	if apierror.Is(err, apierror.Gone) && !start.IsZero() && (!c.Now().Before(start) || schedule != nil && !schedule.UpdatedTime.Before(start)) {
		return &Schedule{ScheduleID: lenientjson.Int{Value: id, Valid: true}, Status: ScheduleFinish, StartTime: lenientjson.Millis{Time: start.UTC()}}, nil
	}
	return schedule, err
}

// Over reports whether the schedule has run.
func (s *Schedule) Over() bool { return s.Status == ScheduleFinish }

// Failed reports whether the service could not use the files. Such a schedule will not start.
func (s *Schedule) Failed() bool { return s.Status == ContentProcessingFail }

// LookAtSchedule is RefreshSchedule, and reports whether the schedule is on air, which only its channel shows. channelID names that channel
// where the service leaves it out.
func (c *Client) LookAtSchedule(ctx context.Context, id int64, start time.Time, channelID string) (schedule *Schedule, onAir bool, err error) {
	schedule, err = c.RefreshSchedule(ctx, id, start)
	if err != nil || schedule.Over() || schedule.Failed() {
		return schedule, false, err
	}
	channel, err := c.VOD2LIVE.Read(ctx, schedule.channelOr(channelID))
	switch {
	case apierror.Is(err, apierror.Gone):
		return schedule, false, nil
	case err != nil:
		return nil, false, err
	}
	return schedule, channel.Publishing(), nil
}

// channelOr is the schedule's channel, or the one it is known to have, if the service leaves it out.
func (s *Schedule) channelOr(known string) string { return cmp.Or(string(s.ChannelID), known) }

// WaitForSchedule waits until a schedule is prepared. If the service cannot use its files, the error wraps ErrProcessingFailed. With an
// error, too, the schedule is returned as far as it is known.
func (c *Client) WaitForSchedule(ctx context.Context, id int64) (*Schedule, error) {
	const unknownFor = 30 * time.Second
	began := time.Now()
	var schedule *Schedule
	err := batch.Poll(ctx, c.config.PollInterval/3, 2*c.config.PollInterval, func() (bool, error) {
		found, err := c.Schedule(ctx, id)
		switch {
		case hasCode(err, codeNotFound) && schedule == nil && time.Since(began) < unknownFor:
			return false, nil
		case err != nil:
			return false, err
		}
		schedule = found
		if schedule.Failed() {
			return false, &apierror.Error{Service: serviceName, Operation: fmt.Sprintf("prepare schedule %d", id), Kind: apierror.Refused, Err: ErrProcessingFailed,
				Message: "its status is PROCESSING_FAIL: the service could not use the files. Check whether each of them exists and is an MP4"}
		}
		return schedule.Status == ContentReady || schedule.Over(), nil
	})
	if apierror.Stopped(err) {
		status := "not known"
		if schedule != nil {
			status = c.shown(Status(schedule.Status))
		}
		err = apierror.Waited(ctx, serviceName, fmt.Sprintf("see schedule %d become ready", id), "its status was "+status, err)
	}
	return schedule, err
}

// WaitForEdit waits until a schedule that was changed is prepared again, and shows the start of the edit, if it shows any. If it continues to
// show another, the error wraps ErrNotTaken.
func (c *Client) WaitForEdit(ctx context.Context, id int64, edit ScheduleEdit) (*Schedule, error) {
	for look := 1; ; look++ {
		schedule, err := c.WaitForSchedule(ctx, id)
		switch {
		case err != nil, schedule.StartTime.IsZero(), schedule.Over(), edit.showsIn(schedule):
			return schedule, err
		case look == editLooks:
			return schedule, &apierror.Error{Service: serviceName, Operation: fmt.Sprintf("change schedule %d", id), Kind: apierror.Lost, Err: ErrNotTaken,
				Message: fmt.Sprintf("%s: it still starts at %s", ErrNotTaken, schedule.StartTime.Format(time.RFC3339))}
		}
		if err := wait.Sleep(ctx, time.Duration(look)*c.config.PollInterval/3); err != nil {
			return schedule, err
		}
	}
}

// WaitReserved reads a channel a few times until it shows that its schedule, which is READY by then, waits or is on air. Some editions of the
// service reserve the channel at once, others once the schedule is prepared.
func (c *Client) WaitReserved(ctx context.Context, channelID string) error {
	for look := 1; ; look++ {
		channel, err := c.VOD2LIVE.Read(ctx, channelID)
		if err != nil || channel.ChannelStatus != StatusReady {
			return err
		}
		still := "its status was still " + StatusReady
		if look < lostLooks {
			if err = wait.Sleep(ctx, time.Duration(look)*c.config.PollInterval/3); err == nil {
				continue
			}
			still = apierror.EndOfWait(ctx, err) + "; " + still
		}
		return &apierror.Error{Service: serviceName, Operation: "see VOD2LIVE channel " + channelID + " reserved", Kind: apierror.NotYet, Err: err, Message: still}
	}
}

// UpdateSchedule changes a schedule that waits for its start; see WaitForEdit. before is the schedule as just read, and channelID its channel
// where the service leaves it out. If it is on air, nothing is sent, and the error wraps ErrStreaming.
func (c *Client) UpdateSchedule(ctx context.Context, id int64, channelID string, before *Schedule, edit ScheduleEdit) error {
	text := strconv.FormatInt(id, 10)
	op := operation{words: "change schedule " + text, method: http.MethodPut, path: []string{"vod", "schedule", text}, body: edit.body()}
	channelID = before.channelOr(channelID)
	unlock, err := c.scheduling.Lock(ctx, channelID)
	if err != nil {
		return unsent(op, err)
	}
	defer unlock()
	channel, err := c.VOD2LIVE.Read(ctx, channelID)
	switch {
	case err != nil:
		return err
	case channel.Publishing():
		return c.VOD2LIVE.conflict(op, channel, ErrStreaming, "it is on air now, and a schedule is changed only while it waits for its start")
	case channel.ChannelStatus != StatusReserved:
		return c.VOD2LIVE.conflict(op, channel, nil, fmt.Sprintf("that is the channel's, and a schedule is changed only while its channel is %s", StatusReserved))
	}
	if _, err = c.call(ctx, op); !apierror.Is(err, apierror.Lost) {
		return err
	}
	longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
	defer cancel()
	for look := 1; ; look++ {
		after, lookErr := c.Schedule(longer, id)
		switch {
		case lookErr != nil:
			return fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
		// Files are not shown, so all that can be seen is that the service began to work on the schedule.
		case edit.showsIn(after) && (!edit.showsIn(before) || after.UpdatedTime.After(before.UpdatedTime.Time) ||
			after.Status == ScheduleUpdating && before.Status != ScheduleUpdating):
			return nil
		case look == editLooks:
			return err
		}
		if wait.Sleep(longer, time.Duration(look)*c.config.PollInterval/3) != nil {
			return err
		}
	}
}

// showsIn reports whether a schedule has the start that the edit wants, if it wants one.
func (e ScheduleEdit) showsIn(schedule *Schedule) bool {
	return e.StartTime.IsZero() || schedule.StartTime.Truncate(time.Second).Equal(e.StartTime.Truncate(time.Second))
}

// DeleteSchedule deletes a schedule, and waits until its channel is free again [media-livestation-schedule-scheduledelete]. For one that is
// over or gone nothing is sent. For one that is on air nothing is sent without force, and the error wraps ErrStreaming; with force, its
// channel is turned off, and stays off. A schedule that failed is never on air, even if its channel is, with another one. channelID names the
// channel where the service leaves it out.
func (c *Client) DeleteSchedule(ctx context.Context, id int64, channelID string, force bool) error {
	text := strconv.FormatInt(id, 10)
	op := operation{words: "delete schedule " + text}
	schedule, err := c.Schedule(ctx, id)
	switch {
	case apierror.Is(err, apierror.Gone):
		return nil
	case err != nil:
		return err
	case schedule.Over():
		return nil
	}
	channelID = schedule.channelOr(channelID)
	unlock, err := c.scheduling.Lock(ctx, channelID)
	if err != nil {
		return unsent(op, err)
	}
	defer unlock()
	channel, err := c.VOD2LIVE.Read(ctx, channelID)
	switch {
	case apierror.Is(err, apierror.Gone):
		return nil
	case err != nil:
		return err
	case schedule.Failed():
	case channel.Publishing() && !force:
		return c.VOD2LIVE.conflict(op, channel, ErrStreaming, "it is on air now, and to delete it would end the broadcast")
	case channel.Publishing():
		if _, err := c.VOD2LIVE.TurnOff(ctx, channelID, true); err != nil {
			return err
		}
	}
	if err := c.dropSchedule(ctx, text); err != nil {
		if now, lookErr := c.VOD2LIVE.Read(ctx, channelID); lookErr == nil && now.Publishing() && !schedule.Failed() {
			err = fmt.Errorf("%w (%w)", err, ErrStreaming)
		}
		return err
	}
	_, err = c.waitUnreserved(ctx, channelID, text)
	if apierror.Is(err, apierror.Gone) {
		return nil
	}
	return err
}

// dropSchedule sends the deletion of a schedule that is not over. It succeeds if the schedule is over or gone by then.
func (c *Client) dropSchedule(ctx context.Context, id string) error {
	op := operation{words: "delete schedule " + id, method: http.MethodDelete, path: []string{"vod", "schedule", id}}
	_, err := c.call(ctx, op)
	switch {
	case apierror.Is(err, apierror.Gone):
		return nil
	case apierror.Is(err, apierror.Lost, apierror.Conflict):
		longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
		defer cancel()
		schedule, lookErr := c.schedule(longer, id)
		switch {
		case apierror.Is(lookErr, apierror.Gone), lookErr == nil && schedule.Status == ScheduleFinish:
			return nil
		case lookErr != nil:
			return fmt.Errorf("%w Whether it is gone could not be checked: %w", err, lookErr)
		}
	}
	return err
}

// waitUnreserved waits until a VOD2LIVE channel whose schedules were deleted is no longer reserved for them, and returns the channel.
func (c *Client) waitUnreserved(ctx context.Context, channelID string, deleted ...string) (channel *Channel, err error) {
	err = batch.Poll(ctx, c.config.PollInterval/3, c.config.PollInterval, func() (bool, error) {
		now, err := c.VOD2LIVE.Read(ctx, channelID)
		if err != nil {
			return false, err
		}
		channel = now
		another := slices.ContainsFunc(channel.WaitingSchedules(), func(id string) bool { return !slices.Contains(deleted, id) })
		return channel.ChannelStatus != StatusReserved || another, nil
	})
	if apierror.Stopped(err) {
		err = &apierror.Error{Service: serviceName, Operation: "see VOD2LIVE channel " + channelID + " free of its schedule", Kind: apierror.Conflict, Err: err,
			Message: fmt.Sprintf("%s; the schedule is deleted, and the channel's status %s", apierror.EndOfWait(ctx, err), c.lastStatus(channel))}
	}
	return channel, err
}
