package livestation

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// QualitySet is the set of renditions that a channel makes [media-livestation-qualitysetting-qualitysettinginfo].
type QualitySet struct {
	ID          lenientjson.Int    `json:"id"`
	Name        lenientjson.String `json:"name"`
	GenType     lenientjson.String `json:"genType"` // CUSTOM or SYSTEM
	Status      lenientjson.String `json:"status"`
	CreatedTime lenientjson.Millis `json:"createdTime"`
	Disabled    lenientjson.Bool   `json:"disabled"`
	// LowLatency sets are for LL_HLS channels. The service chooses their segments itself.
	LowLatency      lenientjson.Bool `json:"isEnabledUll"`
	SegmentDuration lenientjson.Int  `json:"segmentDuration"` // ms
	SegmentCount    lenientjson.Int  `json:"segmentCount"`
	Qualities       []QualityProfile `json:"qualities"`
	// InUseChannelNames are names, which several channels may have.
	InUseChannelNames   []lenientjson.String `json:"inUseChannelNames"`
	EnableTimedMetadata lenientjson.Bool     `json:"enableHlsTimedMetadata"`
	TimedMetadata       *TimedMetadata       `json:"timedMetadata"`
	TargetLatency       lenientjson.Int      `json:"targetLatency"`
}

// TimedMetadata is what is put into the stream of a set at intervals.
type TimedMetadata struct {
	Header   lenientjson.String `json:"header"`
	Interval lenientjson.Int    `json:"interval"` // ms
	Key      lenientjson.String `json:"key"`
}

// ProfileIDs are the ids of the set's profiles, ascending.
func (s *QualitySet) ProfileIDs() []int64 {
	var ids []int64
	for _, profile := range s.Qualities {
		if profile.ID.Valid {
			ids = append(ids, profile.ID.Value)
		}
	}
	slices.Sort(ids)
	return ids
}

// QualitySetInput describes a new set [media-livestation-qualitysetting-qualitysettingcreate].
type QualitySetInput struct {
	Name       string
	ProfileIDs []int64
	LowLatency bool
	// Segments belongs to sets that are not for low latency.
	Segments      SegmentEdit
	TimedMetadata *TimedMetadataInput // nil: none
}

// SegmentEdit is what can be changed of a set in place.
type SegmentEdit struct {
	Duration int64 `json:"segmentDuration"` // ms
	Count    int64 `json:"segmentCount"`
}

// TimedMetadataInput is the timed metadata of a new set.
type TimedMetadataInput struct {
	Header   string `json:"header"`
	Interval int64  `json:"interval"` // ms
	Key      string `json:"key"`
}

func (i QualitySetInput) body() map[string]any {
	body := map[string]any{"name": i.Name, "qualityIds": i.ProfileIDs, "isEnabledUll": i.LowLatency, "enableHlsTimedMetadata": i.TimedMetadata != nil}
	if !i.LowLatency {
		body["segmentDuration"], body["segmentCount"] = i.Segments.Duration, i.Segments.Count
	}
	if i.TimedMetadata != nil {
		body["timedMetadata"] = i.TimedMetadata
	}
	return body
}

// CreateQualitySet creates a set and returns its id. found is true if the answer was lost and the set was found in the list instead; a Lost
// error says that it may exist.
func (c *Client) CreateQualitySet(ctx context.Context, input QualitySetInput) (id int64, found bool, err error) {
	op := operation{words: "create quality set " + quote(input.Name), method: http.MethodPost, path: []string{"qualitySets"}, body: input.body()}
	return c.createNumbered(ctx, op, setPrefix, search{"quality set of this name and these profiles", lostLooks, func(ctx context.Context, since func() time.Time) (ids []string, err error) {
		sets, err := c.QualitySets(ctx, QualitySetFilter{})
		for _, set := range sets {
			if set.answers(input) && !set.CreatedTime.Before(since()) && !c.remembered(setKey(set.ID.Value)) {
				ids = append(ids, numbered(set.ID))
			}
		}
		return ids, err
	}})
}

// setPrefix distinguishes the ids of sets from those of other objects that the client remembers.
const setPrefix = "quality set "

func setKey(id int64) string { return setPrefix + strconv.FormatInt(id, 10) }

// QualitySet reads one set.
func (c *Client) QualitySet(ctx context.Context, id int64) (*QualitySet, error) {
	return c.qualitySet(ctx, strconv.FormatInt(id, 10))
}

func (c *Client) qualitySet(ctx context.Context, id string) (*QualitySet, error) {
	op := operation{words: "read quality set " + id, method: http.MethodGet, path: []string{"qualitySets", id}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	set, err := decode[QualitySet](op, answer)
	switch {
	case err != nil:
		return nil, err
	case set.Status == StatusDeleted:
		return nil, gone(op, StatusDeleted)
	case !set.ID.Valid && set.Name == "":
		return nil, unreadable(op, fmt.Errorf("no id"))
	}
	return set, nil
}

// RefreshQualitySet reads one set for a refresh that asks for many, which share the list; see Channels.Refresh.
func (c *Client) RefreshQualitySet(ctx context.Context, id int64, known func(*QualitySet) bool) (*QualitySet, error) {
	list := func(ctx context.Context) (map[string]*QualitySet, error) {
		sets, err := c.QualitySets(ctx, QualitySetFilter{})
		list := make(map[string]*QualitySet, len(sets))
		for _, set := range sets {
			list[numbered(set.ID)] = set
		}
		return list, err
	}
	return refresher[QualitySet]{&c.setReads, c.qualitySet, list, sameSet}.refresh(ctx, strconv.FormatInt(id, 10), known)
}

// sameSet compares two answers about a set, ignoring its users.
func sameSet(one, other *QualitySet) bool {
	left, right := *one, *other
	left.InUseChannelNames, right.InUseChannelNames = nil, nil
	return reflect.DeepEqual(left, right)
}

// QualitySetFilter selects sets of a list; its zero value selects all.
type QualitySetFilter struct {
	GenType    string // CUSTOM or SYSTEM
	LowLatency *bool
}

// QualitySets lists sets, including those of the system, sorted by id [media-livestation-qualitysetting-qualitysettinglist]. The list has no
// pages.
func (c *Client) QualitySets(ctx context.Context, filter QualitySetFilter) ([]*QualitySet, error) {
	op := operation{words: "list quality sets", method: http.MethodGet, path: []string{"qualitySets"}, query: url.Values{}}
	if filter.GenType != "" {
		op.query.Set("genType", filter.GenType)
	}
	if filter.LowLatency != nil {
		op.query.Set("type", map[bool]string{true: "llhls", false: "default"}[*filter.LowLatency])
	}
	sets, err := whole[QualitySet](ctx, c, op)
	sets = slices.DeleteFunc(sets, func(set *QualitySet) bool {
		return set.Status == StatusDeleted || filter.GenType != "" && string(set.GenType) != filter.GenType ||
			filter.LowLatency != nil && set.LowLatency.Valid && set.LowLatency.Value != *filter.LowLatency
	})
	slices.SortStableFunc(sets, func(a, b *QualitySet) int { return cmp.Compare(a.ID.Value, b.ID.Value) })
	return sets, err
}

// UpdateQualitySet changes the segments of a set, and returns it once the service shows the change
// [media-livestation-qualitysetting-qualitysettingupdate]. Every broadcast that uses the set is interrupted and begins again. If the change
// does not show after several reads, the error wraps ErrNotTaken.
func (c *Client) UpdateQualitySet(ctx context.Context, id int64, edit SegmentEdit) (*QualitySet, error) {
	text := strconv.FormatInt(id, 10)
	op := operation{words: "change quality set " + text, method: http.MethodPut, path: []string{"qualitySets", text}, body: edit}
	_, err := c.call(ctx, op)
	if err != nil && !apierror.Is(err, apierror.Lost) {
		return nil, err
	}
	longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
	defer cancel()
	for look := 1; ; look++ {
		set, lookErr := c.qualitySet(longer, text)
		switch {
		case lookErr != nil && err != nil:
			return nil, fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
		case lookErr != nil:
			return nil, unproven(op, lookErr)
		case set.SegmentDuration.Value == edit.Duration && set.SegmentCount.Value == edit.Count:
			return set, nil
		case look == editLooks && err != nil:
			return set, err
		case look == editLooks:
			return set, &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Lost, Err: ErrNotTaken,
				Message: fmt.Sprintf("%s: segmentDuration is %d and segmentCount is %d", ErrNotTaken, set.SegmentDuration.Value, set.SegmentCount.Value)}
		}
		switch stopped := wait.Sleep(ctx, time.Duration(look)*c.config.PollInterval/3); {
		case stopped != nil && err != nil:
			return set, err
		case stopped != nil:
			return set, notSeen(ctx, op, stopped, "segments")
		}
	}
}

// ClaimQualitySet records that a state holds a set, so that QualitySetsLike leaves it out.
func (c *Client) ClaimQualitySet(id int64) { c.remember(setKey(id)) }

// QualitySetsLike returns the sets that this input could have created, that existed before this process created any, and that nobody has
// claimed.
func (c *Client) QualitySetsLike(ctx context.Context, input QualitySetInput) []*QualitySet {
	var alike []*QualitySet
	for _, set := range c.setsBefore.Items(func() ([]*QualitySet, error) { return c.QualitySets(ctx, QualitySetFilter{}) }) {
		if set.answers(input) && !c.remembered(setKey(set.ID.Value)) {
			alike = append(alike, set)
		}
	}
	return alike
}

// answers reports whether this input could have created the set. Names may repeat, so the profiles count too.
func (s *QualitySet) answers(input QualitySetInput) bool {
	ids := slices.Clone(input.ProfileIDs)
	slices.Sort(ids)
	return s.ID.Valid && s.GenType != GenTypeSystem && string(s.Name) == input.Name && s.LowLatency.Value == input.LowLatency &&
		slices.Equal(s.ProfileIDs(), slices.Compact(ids))
}

// DeleteQualitySet deletes a set [media-livestation-qualitysetting-qualitysettingdelete]. A set that is gone already is success. If channels
// use the set, the error wraps ErrInUse and names them. If this process has just deleted all of them, it tries again for a minute.
func (c *Client) DeleteQualitySet(ctx context.Context, id int64) error {
	text := strconv.FormatInt(id, 10)
	op := operation{words: "delete quality set " + text, method: http.MethodDelete, path: []string{"qualitySets", text}}
	return c.deleteUsed(ctx, op, func(answer content) bool {
		said, err := decode[struct {
			DeleteSuccess lenientjson.Bool `json:"deleteSuccess"`
		}](op, answer)
		return err == nil && said.DeleteSuccess.Value
	}, func(ctx context.Context) error {
		_, err := c.qualitySet(ctx, text)
		return err
	}, func(ctx context.Context) ([]string, error) {
		set, err := c.qualitySet(ctx, text)
		if err != nil {
			return nil, err
		}
		var users []string
		for _, name := range set.InUseChannelNames {
			if !c.deletedLately(string(name)) {
				users = append(users, "channel "+string(name))
			}
		}
		return users, nil
	})
}

// inUseLooks is how often the deletion of an object in use is tried, at the poll interval: for a minute.
const inUseLooks = 20

// deletedFor is how long a channel that this process has deleted may still be named as a user.
const deletedFor = 2 * time.Minute

func (c *Client) deletedLately(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.deletedNames[name]
	return ok && time.Since(at) < deletedFor
}

// deleteUsed deletes an object that may be in use, and tries again for a while if all its users are gone. yes reports whether an answer says
// that it was deleted, read reads the object, and users returns its users.
func (c *Client) deleteUsed(ctx context.Context, op operation, yes func(content) bool, read func(context.Context) error, users func(context.Context) ([]string, error)) error {
	for try := 1; ; try++ {
		answer, err := c.call(ctx, op)
		if apierror.Is(err, apierror.Gone) {
			return nil
		}
		refused := apierror.Is(err, apierror.Conflict) || err == nil && !yes(answer)
		if !refused && err != nil && !apierror.Is(err, apierror.Lost) {
			return err
		}
		if err == nil && refused {
			err = &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Conflict, Message: "the service did not delete it, and gave no reason"}
		}
		// A yes without a body, or none at all, proves nothing.
		if !refused && err == nil && !op.mayBeEmpty {
			return nil
		}
		longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
		lookErr := read(longer)
		cancel()
		switch {
		case apierror.Is(lookErr, apierror.Gone):
			return nil
		case lookErr != nil && err != nil:
			return fmt.Errorf("%w Whether it is gone could not be checked: %w", err, lookErr)
		case lookErr != nil:
			return lookErr
		case apierror.Is(err, apierror.Lost):
			return err
		case err == nil:
			err = &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Conflict, Message: "the service reported success, and still has it"}
		}
		by, lookErr := users(ctx)
		switch {
		case lookErr == nil && len(by) > 0:
			return fmt.Errorf("%w %w by %s", err, ErrInUse, c.http.Clean(strings.Join(by, "; ")))
		case try == inUseLooks:
			return fmt.Errorf("%w It was tried %d times", err, try)
		}
		if sleepErr := wait.Sleep(ctx, c.config.PollInterval); sleepErr != nil {
			return fmt.Errorf("%w It was tried %d times, until: %w", err, try, sleepErr)
		}
	}
}
