package livestation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// Who made a quality profile or set.
const (
	GenTypeCustom = "CUSTOM"
	GenTypeSystem = "SYSTEM"
)

// ErrInUse is wrapped by the refusal to delete a quality profile or set that something uses; the error says what.
var ErrInUse = errors.New("it is in use")

// QualityProfile is one rendition of a stream [media-livestation-quality-qualityinfo].
type QualityProfile struct {
	ID          lenientjson.Int    `json:"id"`
	Name        lenientjson.String `json:"name"`
	GenType     lenientjson.String `json:"genType"` // CUSTOM or SYSTEM
	Type        lenientjson.String `json:"type"`    // NORMAL, AUDIO or BYPASS
	Status      lenientjson.String `json:"status"`
	CreatedTime lenientjson.Millis `json:"createdTime"`
	Disabled    lenientjson.Bool   `json:"disabled"`
	Video       *QualityVideo      `json:"video"` // nil for AUDIO
	Audio       *QualityAudio      `json:"audio"`
}

// QualityVideo is the video of a profile.
type QualityVideo struct {
	Codec       lenientjson.String `json:"codec"`
	Profile     lenientjson.String `json:"profile"` // BASELINE, MAIN or HIGH
	Width       lenientjson.Int    `json:"width"`
	Height      lenientjson.Int    `json:"height"`
	FPS         lenientjson.Float  `json:"fps"`
	Bitrate     lenientjson.Int    `json:"bitrate"` // bits per second
	RateControl lenientjson.String `json:"rateControl"`
	BFrames     lenientjson.Int    `json:"bframes"`
	Orientation lenientjson.String `json:"orientation"`
	Bypass      lenientjson.Bool   `json:"bypass"`
}

// QualityAudio is the audio of a profile.
type QualityAudio struct {
	Codec      lenientjson.String `json:"codec"`
	Profile    lenientjson.String `json:"profile"`
	SampleRate lenientjson.Int    `json:"samplerate"` // Hz
	Channels   lenientjson.Int    `json:"channels"`
	Bitrate    Kbps               `json:"bitrate"`
	Bypass     lenientjson.Bool   `json:"bypass"`
}

// Kbps is a bitrate of audio in kilobits per second. It is sent in this unit; the reference does not say whether answers use it too.
type Kbps struct{ lenientjson.Int }

// UnmarshalJSON reads a number that is too large for kilobits per second as bits per second.
func (k *Kbps) UnmarshalJSON(data []byte) error {
	const least = 8000
	err := k.Int.UnmarshalJSON(data)
	if k.Value >= least && k.Value%1000 == 0 {
		k.Value /= 1000
	}
	return err
}

// QualityProfileInput describes a new profile [media-livestation-quality-qualitycreate].
type QualityProfileInput struct {
	Name  string             `json:"name"`
	Type  string             `json:"type"`            // NORMAL or AUDIO
	Video *QualityVideoInput `json:"video,omitempty"` // nil for AUDIO
	Audio QualityAudioInput  `json:"audio"`
}

// QualityVideoInput is the video of a new profile. What is "" or nil is left to the service.
type QualityVideoInput struct {
	Codec       string  `json:"codec"`
	Profile     string  `json:"profile"`
	Level       int     `json:"level"` // always -1; set by CreateQualityProfile
	Width       int64   `json:"width"`
	Height      int64   `json:"height"`
	FPS         float64 `json:"fps"`
	Bitrate     int64   `json:"bitrate"` // bits per second
	RateControl string  `json:"rateControl,omitempty"`
	BFrames     *int64  `json:"bframes,omitempty"`
	Orientation string  `json:"orientation,omitempty"`
}

// QualityAudioInput is the audio of a new profile. A Profile that is "" is left to the service.
type QualityAudioInput struct {
	Codec      string `json:"codec"`
	Profile    string `json:"profile,omitempty"`
	SampleRate int64  `json:"samplerate"` // Hz
	Channels   int64  `json:"channels"`
	Bitrate    int64  `json:"bitrate"` // kilobits per second
}

// CreateQualityProfile creates a profile and returns its id. found is true if the answer was lost and the profile was found in the list
// instead; a Lost error says that it may exist.
func (c *Client) CreateQualityProfile(ctx context.Context, input QualityProfileInput) (id int64, found bool, err error) {
	if input.Video != nil {
		video := *input.Video
		video.Level = -1 // the only value there is
		input.Video = &video
	}
	op := operation{words: "create quality profile " + quote(input.Name), method: http.MethodPost, path: []string{"qualityProfiles"}, body: input}
	return c.createNumbered(ctx, op, profilePrefix, search{"quality profile of this name and these values", lostLooks, func(ctx context.Context, since func() time.Time) (ids []string, err error) {
		profiles, err := c.QualityProfiles(ctx)
		for _, profile := range profiles {
			if profile.answers(input) && !profile.CreatedTime.Before(since()) && !c.remembered(profileKey(profile.ID.Value)) {
				ids = append(ids, numbered(profile.ID))
			}
		}
		return ids, err
	}})
}

// profilePrefix distinguishes the ids of profiles from those of other objects that the client remembers.
const profilePrefix = "quality profile "

func profileKey(id int64) string { return profilePrefix + strconv.FormatInt(id, 10) }

// QualityProfile reads one profile.
func (c *Client) QualityProfile(ctx context.Context, id int64) (*QualityProfile, error) {
	return c.qualityProfile(ctx, strconv.FormatInt(id, 10))
}

func (c *Client) qualityProfile(ctx context.Context, id string) (*QualityProfile, error) {
	op := operation{words: "read quality profile " + id, method: http.MethodGet, path: []string{"qualityProfiles", id}}
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	profile, err := decode[QualityProfile](op, answer)
	switch {
	case err != nil:
		return nil, err
	case profile.Status == StatusDeleted:
		return nil, gone(op, StatusDeleted)
	case !profile.ID.Valid && profile.Name == "":
		return nil, unreadable(op, fmt.Errorf("no id"))
	}
	return profile, nil
}

// RefreshQualityProfile reads one profile for a refresh that asks for many, which share the list; see Channels.Refresh.
func (c *Client) RefreshQualityProfile(ctx context.Context, id int64, known func(*QualityProfile) bool) (*QualityProfile, error) {
	list := func(ctx context.Context) (map[string]*QualityProfile, error) {
		profiles, err := c.QualityProfiles(ctx)
		list := make(map[string]*QualityProfile, len(profiles))
		for _, profile := range profiles {
			list[numbered(profile.ID)] = profile
		}
		return list, err
	}
	same := func(one, other *QualityProfile) bool { return reflect.DeepEqual(one, other) }
	return refresher[QualityProfile]{&c.profileReads, c.qualityProfile, list, same}.refresh(ctx, strconv.FormatInt(id, 10), known)
}

// QualityProfiles lists all profiles, including those of the system, sorted by id [media-livestation-quality-qualitylist]. The list has no
// pages.
func (c *Client) QualityProfiles(ctx context.Context) ([]*QualityProfile, error) {
	op := operation{words: "list quality profiles", method: http.MethodGet, path: []string{"qualityProfiles"}}
	profiles, err := whole[QualityProfile](ctx, c, op)
	profiles = slices.DeleteFunc(profiles, func(profile *QualityProfile) bool { return profile.Status == StatusDeleted })
	slices.SortStableFunc(profiles, func(a, b *QualityProfile) int { return cmp.Compare(a.ID.Value, b.ID.Value) })
	return profiles, err
}

// whole reads a list that comes in one answer, and fails if its total says that there is more.
func whole[T any](ctx context.Context, c *Client, op operation) ([]*T, error) {
	answer, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	var items []*T
	if err := lenientjson.Unmarshal(answer.body, &items); err != nil {
		return nil, unreadable(op, err)
	}
	if answer.total > len(items) {
		return nil, unreadable(op, fmt.Errorf("it holds %d of %d", len(items), answer.total))
	}
	return slices.DeleteFunc(items, func(item *T) bool { return item == nil }), nil
}

// ClaimQualityProfile records that a state holds a profile, so that QualityProfilesLike leaves it out.
func (c *Client) ClaimQualityProfile(id int64) { c.remember(profileKey(id)) }

// QualityProfilesLike returns the profiles that this input could have created, that existed before this process created any, and that nobody
// has claimed.
func (c *Client) QualityProfilesLike(ctx context.Context, input QualityProfileInput) []*QualityProfile {
	var alike []*QualityProfile
	for _, profile := range c.profilesBefore.Items(func() ([]*QualityProfile, error) { return c.QualityProfiles(ctx) }) {
		if profile.answers(input) && !c.remembered(profileKey(profile.ID.Value)) {
			alike = append(alike, profile)
		}
	}
	return alike
}

// answers reports whether this input could have created the profile. Names may repeat, so the values count too.
func (p *QualityProfile) answers(input QualityProfileInput) bool {
	number := func(shown lenientjson.Int, wanted int64) bool { return !shown.Valid || shown.Value == wanted }
	if !p.ID.Valid || p.GenType == GenTypeSystem || string(p.Name) != input.Name || string(p.Type) != input.Type || (p.Video == nil) != (input.Video == nil) {
		return false
	}
	if v, w := p.Video, input.Video; w != nil && (!number(v.Width, w.Width) || !number(v.Height, w.Height) || !number(v.Bitrate, w.Bitrate)) {
		return false
	}
	a := p.Audio
	return a == nil || number(a.SampleRate, input.Audio.SampleRate) && number(a.Bitrate.Int, input.Audio.Bitrate)
}

// DeleteQualityProfile deletes a profile [media-livestation-quality-qualitydelete]. A profile that is gone already is success. The answer has
// no body, so a read checks that it is gone. If sets use the profile, the error wraps ErrInUse and names them.
func (c *Client) DeleteQualityProfile(ctx context.Context, id int64) error {
	text := strconv.FormatInt(id, 10)
	op := operation{words: "delete quality profile " + text, method: http.MethodDelete, path: []string{"qualityProfiles", text}, mayBeEmpty: true}
	return c.deleteUsed(ctx, op, func(content) bool { return true }, func(ctx context.Context) error {
		_, err := c.qualityProfile(ctx, text)
		return err
	}, func(ctx context.Context) ([]string, error) {
		sets, err := c.QualitySets(ctx, QualitySetFilter{})
		var users []string
		for _, set := range sets {
			if slices.Contains(set.ProfileIDs(), id) {
				user := fmt.Sprintf("quality set %s (%s)", numbered(set.ID), set.Name)
				if len(set.InUseChannelNames) > 0 {
					user += ", which the channels " + joined(set.InUseChannelNames) + " use"
				}
				users = append(users, user)
			}
		}
		return users, err
	})
}

func joined(names []lenientjson.String) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, ", ")
}
