package prism

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// Statuses of a live, in the one spelling used here [b2bpls-liveinfo].
const (
	StatusAll      = "ALL" // only as a filter
	StatusReserved = "RESERVED"
	StatusOnAir    = "ON_AIR"
	StatusEnd      = "END"
)

// Live is the broadcast unit of a service; it can go on air many times [b2bpls-liveinfo]. "" is absent everywhere.
type Live struct {
	LiveID string
	// ChannelID is the owning channel; answers of start and stop do not carry it, and some services never do.
	ChannelID   string
	Title       string
	Description string
	// ReservedAt and StartAt are RFC 3339, and unchanged if the service sent that.
	ReservedAt string
	StartAt    string
	// RTMPPath is the ingest address. Its last segment is a stream key: the whole is a secret.
	RTMPPath string
	// Status is one of the constants, another text that the service sent, or "".
	Status   string
	Scope    string
	LiveLink string
	LiveStat *LiveStat
}

// LiveStat counts an audience; nil is a count that the service does not report.
type LiveStat struct {
	ViewCount   *int64 // viewers since the start
	ViewerCount *int64 // viewers now
	LikeCount   *int64
	ChatCount   *int64
}

type liveBody struct {
	LiveID      lenientjson.String `json:"liveId"`
	ChannelID   lenientjson.String `json:"channelId"`
	Title       lenientjson.String `json:"title"`
	Description lenientjson.String `json:"description"`
	ReservedAt  lenientjson.String `json:"reservedAt"`
	StartAt     lenientjson.String `json:"startAt"`
	RTMPPath    lenientjson.String `json:"rtmpPath"`
	Status      lenientjson.String `json:"status"`
	Scope       lenientjson.String `json:"scope"`
	LiveLink    lenientjson.String `json:"liveLink"`
	LiveStat    *struct {
		ViewCount   lenientjson.Int `json:"viewCount"`
		ViewerCount lenientjson.Int `json:"viewerCount"`
		LikeCount   lenientjson.Int `json:"likeCount"`
		ChatCount   lenientjson.Int `json:"chatCount"`
	} `json:"liveStat"`
}

func (c *Client) decodeLive(body []byte) (*Live, error) {
	var read liveBody
	err := lenientjson.Unmarshal(body, &read)
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field == "liveStat" {
		read.LiveStat, err = nil, nil // PHP writes an object without members as [].
	}
	if err != nil {
		return nil, err
	}
	live := &Live{
		LiveID: string(read.LiveID), ChannelID: string(read.ChannelID), Title: string(read.Title), Description: string(read.Description),
		ReservedAt: normalTime(string(read.ReservedAt)), StartAt: normalTime(string(read.StartAt)), RTMPPath: string(read.RTMPPath),
		Status: normalStatus(string(read.Status)), Scope: strings.ToUpper(strings.TrimSpace(string(read.Scope))), LiveLink: string(read.LiveLink),
	}
	if stat := read.LiveStat; stat != nil {
		live.LiveStat = &LiveStat{stat.ViewCount.Pointer(), stat.ViewerCount.Pointer(), stat.LikeCount.Pointer(), stat.ChatCount.Pointer()}
	}
	c.HideRTMPPath(live.RTMPPath)
	return live, nil
}

var statusSeparators = strings.NewReplacer("_", "", "-", "", " ", "")

// normalStatus unifies the spellings in the documents. Any other text stays as it is.
func normalStatus(text string) string {
	switch statusSeparators.Replace(strings.ToUpper(strings.TrimSpace(text))) {
	case "ONAIR":
		return StatusOnAir
	case "RESERVED":
		return StatusReserved
	case "END", "ENDED":
		return StatusEnd
	}
	return text
}

// locate finds the live in an answer, in any of the places where services put it. found is false if the answer is readable and holds
// none. An answer of another kind is an error.
func (c *Client) locate(got *answer) (live *Live, found bool, err error) {
	if got.root == nil {
		return nil, false, got.unreadable(nil)
	}
	var data, root struct {
		Live      lenientjson.Part   `json:"live"`
		LiveID    lenientjson.String `json:"liveId"`
		RTMPPath  lenientjson.String `json:"rtmpPath"`
		ChannelID lenientjson.String `json:"channelId"`
	}
	_ = json.Unmarshal(got.data, &data) // an array is handled below
	if json.Unmarshal(got.root, &root) != nil && !lenientjson.Array(got.root) {
		return nil, false, got.unreadable(nil)
	}
	var body lenientjson.Part
	var only []lenientjson.Part
	switch {
	case lenientjson.Object(data.Live):
		body = data.Live
	case data.LiveID != "" || data.RTMPPath != "":
		body = got.data
	case lenientjson.Object(root.Live):
		body = root.Live
	case root.LiveID != "":
		body = got.root
	case json.Unmarshal(got.data, &only) == nil && len(only) == 1 && lenientjson.Object(only[0]):
		body = only[0]
	case got.enveloped && (got.data == nil || onlyMembers(got.data, "channelId", "live")):
		return nil, false, nil
	default:
		return nil, false, got.unreadable(fmt.Errorf("it holds no live"))
	}
	if live, err = c.decodeLive(body); err != nil {
		return nil, false, got.unreadable(err)
	}
	for _, id := range []lenientjson.String{data.ChannelID, root.ChannelID} {
		if live.ChannelID == "" {
			live.ChannelID = string(id)
		}
	}
	return live, true, nil
}

// onlyMembers reports whether data is an object with no members but these.
func onlyMembers(data []byte, names ...string) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		return false
	}
	for _, name := range names {
		delete(members, name)
	}
	return len(members) == 0
}

// Live reads one live [b2bpls-liveinfo]. A live that does not exist is a Gone error. If a user is expected, only that user's token can
// prove it: to another user a live on air may seem not to exist.
func (c *Client) Live(ctx context.Context, liveID string) (*Live, error) {
	live, err := c.readLive(ctx, liveID)
	if apierror.Is(err, apierror.Gone) {
		if wrongUser := c.checkUser(ctx); wrongUser != nil {
			return nil, wrongUser
		}
	}
	return live, err
}

func (c *Client) readLive(ctx context.Context, liveID string) (*Live, error) {
	got, err := c.call(ctx, operation{words: "read live " + liveID, method: http.MethodGet, path: []string{"live", liveID}})
	if err != nil {
		return nil, err
	}
	live, found, err := c.locate(got)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, got.gone()
	}
	live.LiveID = liveID
	return live, nil
}

// ChannelLives lists the lives of a streamer's channel with the given status, or all with StatusAll [b2bpls-lives], sorted by
// ReservedAt, then by id. The list has no pages. If the service does not filter, it is filtered here, unless statuses carry no
// information.
func (c *Client) ChannelLives(ctx context.Context, channelID, status string) ([]*Live, error) {
	lives, _, err := c.channelLives(ctx, channelID, status)
	return lives, err
}

// allLives lists the lives of the channel that owns a live. Since this live is among them, an empty list is an error unless the answer
// names the list: it may be another kind of answer, and a start would cut a live that it leaves out.
func (c *Client) allLives(ctx context.Context, live *Live) ([]*Live, error) {
	lives, got, err := c.channelLives(ctx, live.ChannelID, StatusAll)
	if err == nil && len(lives) == 0 && !got.namesLives() {
		err = got.unreadable(fmt.Errorf("it holds no lives, not even live %s", live.LiveID))
	}
	return lives, err
}

func (c *Client) channelLives(ctx context.Context, channelID, status string) ([]*Live, *answer, error) {
	got, err := c.call(ctx, operation{
		words: "list the lives of channel " + channelID, method: http.MethodGet,
		path: []string{"channel", channelID, "lives"}, query: url.Values{"status": {status}},
	})
	if err != nil {
		return nil, nil, err
	}
	items, err := got.items("lives", livesOf)
	if err != nil {
		return nil, nil, err
	}
	lives := make([]*Live, 0, len(items))
	for i, item := range items {
		batch.CollectGarbage(i, len(items))
		if !lenientjson.Object(item) {
			return nil, nil, got.unreadable(fmt.Errorf("an entry is no live"))
		}
		live, err := c.decodeLive(item)
		if err != nil {
			return nil, nil, got.unreadable(err)
		}
		if live.ChannelID == "" {
			live.ChannelID = channelID
		}
		if status == StatusAll || live.Status == status || c.config.StatusUnmanaged {
			lives = append(lives, live)
		}
	}
	sortLives(lives)
	return lives, got, nil
}

// sortLives sorts by ReservedAt, those without one last, then by id.
func sortLives(lives []*Live) {
	// Each time is parsed once: a long list takes many more comparisons than it has lives.
	reserved := make(map[*Live]time.Time, len(lives))
	for _, live := range lives {
		if live.ReservedAt == "" {
			continue
		}
		if at, err := time.Parse(time.RFC3339, live.ReservedAt); err == nil {
			reserved[live] = at
		}
	}
	slices.SortStableFunc(lives, func(a, b *Live) int {
		one, known := reserved[a]
		other, both := reserved[b]
		switch {
		case known && both && !one.Equal(other):
			return one.Compare(other)
		case known != both && known:
			return -1
		case known != both:
			return 1
		}
		return strings.Compare(a.LiveID, b.LiveID)
	})
}

// lists are the members that hold lists, each in answers of its own. A member that an answer lacks is nil.
type lists struct {
	Lives    lenientjson.Part `json:"lives"`
	Channels lenientjson.Part `json:"channels"`
}

// lists finds these members in data and at the root. A value that is not an object has none.
func (a *answer) lists() (inData, atRoot lists) {
	_ = json.Unmarshal(a.data, &inData)
	_ = json.Unmarshal(a.root, &atRoot)
	return inData, atRoot
}

// namesLives reports whether the answer has the member "lives" at one of the places where items looks.
func (a *answer) namesLives() bool {
	inData, atRoot := a.lists()
	return inData.Lives != nil || atRoot.Lives != nil
}

// livesOf and channelsOf say which list an operation reads.
func livesOf(found lists) lenientjson.Part    { return found.Lives }
func channelsOf(found lists) lenientjson.Part { return found.Channels }

// items finds a list: in data, as data itself, or at the root. One object in its place is a list of one.
func (a *answer) items(name string, pick func(lists) lenientjson.Part) (items []lenientjson.Part, err error) {
	if a.root == nil {
		return nil, a.unreadable(nil)
	}
	inData, atRoot := a.lists()
	list := pick(inData)
	switch {
	case list != nil:
	case lenientjson.Array(a.data):
		list = a.data
	case pick(atRoot) != nil:
		list = pick(atRoot)
	case lenientjson.Array(a.root):
		list = a.root
	case !a.enveloped:
		return nil, a.unreadable(fmt.Errorf("it holds no %s", name))
	}
	switch {
	case lenientjson.Absent(list):
		return nil, nil
	case lenientjson.Object(list):
		return []lenientjson.Part{list}, nil
	case json.Unmarshal(list, &items) != nil:
		return nil, a.unreadable(fmt.Errorf("its %s are no list", name))
	}
	return items, nil
}

// Describe names a live for people: id, title, since when it is on air, and how many viewers it has, if the service reports that.
func (l *Live) Describe() string {
	text := "live " + printable.Text(l.LiveID)
	if l.Title != "" {
		text += " " + quote(printable.Text(l.Title))
	}
	if l.Status == StatusOnAir {
		if l.StartAt != "" {
			text += ", on air since " + l.StartAt
		} else {
			text += ", on air since a time the service does not report"
		}
		switch {
		case l.LiveStat == nil || l.LiveStat.ViewerCount == nil:
		case *l.LiveStat.ViewerCount == 1:
			text += ", 1 viewer now"
		default:
			text += fmt.Sprintf(", %d viewers now", *l.LiveStat.ViewerCount)
		}
	}
	return text
}

// MayBeOnAir says, as a sentence without its full stop, why a live that does not show ON_AIR may be on air all the same.
func (l *Live) MayBeOnAir() string {
	switch l.Status {
	case StatusReserved:
		return "Its status does not say that it is on air, but it was ordered on air and its end was never seen"
	case "":
		return "The service does not report its status, so it may be on air"
	}
	return "Its status is " + printable.Text(l.Status) + ", which does not say that it is off air"
}

// merge fills what first leaves out from second.
func merge(first, second *Live) *Live {
	merged := *first
	for _, field := range []struct {
		to   *string
		from string
	}{
		{&merged.LiveID, second.LiveID}, {&merged.ChannelID, second.ChannelID}, {&merged.Title, second.Title},
		{&merged.Description, second.Description}, {&merged.ReservedAt, second.ReservedAt}, {&merged.StartAt, second.StartAt},
		{&merged.RTMPPath, second.RTMPPath}, {&merged.Status, second.Status}, {&merged.Scope, second.Scope}, {&merged.LiveLink, second.LiveLink},
	} {
		if *field.to == "" {
			*field.to = field.from
		}
	}
	if merged.LiveStat == nil {
		merged.LiveStat = second.LiveStat
	}
	return &merged
}
