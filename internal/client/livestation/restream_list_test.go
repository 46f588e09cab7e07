package livestation

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestListIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	for _, count := range []int{0, 1, 100, 101, 200} {
		for _, quirk := range []simulator.Quirk{"", simulator.QuirkTotalMissing} {
			w := start(t)
			if quirk != "" {
				w.SetQuirk(quirk, true)
			}
			for range count {
				w.AddRestreamChannel(simulator.RestreamChannel{})
			}
			channels, err := w.Client.RestreamChannels(ctx)
			ids := map[string]bool{}
			for _, channel := range channels {
				ids[string(channel.ChannelID)] = true
			}
			if err != nil || len(channels) != count || len(ids) != count {
				t.Errorf("%d channels, %q: got %d, %d of them different: %v", count, quirk, len(channels), len(ids), err)
			}
			for i, request := range w.Requests() {
				if request.Query.Get("pageNo") != strconv.Itoa(i+1) || request.Query.Get("pageSizeNo") != "100" {
					t.Errorf("request %d is %s", i+1, request.URI)
				}
			}
		}
	}
}

func TestShortPageIsNotTheEndIfTheTotalIsKnown(t *testing.T) {
	t.Parallel()
	for _, total := range []string{`5`, `"5"`, `99`} {
		client := served(t, func(w http.ResponseWriter, r *http.Request) {
			page, _ := strconv.Atoi(r.URL.Query().Get("pageNo"))
			items := []string{}
			for i := 2*page - 1; i <= min(2*page, 5); i++ {
				items = append(items, fmt.Sprintf(`{"channelId":"ls-%d"}`, i))
			}
			_, _ = fmt.Fprintf(w, `{"content":[%s],"total":%s}`, strings.Join(items, ","), total)
		})
		channels, err := client.RestreamChannels(ctx)
		if err != nil || len(channels) != 5 || channels[4].ChannelID != "ls-5" {
			t.Errorf("total %s: got %d, %v", total, len(channels), err)
		}
	}
}

// pagesOf is a client of a service whose list has these pages, told by their channels' numbers, and then goes on with the last.
func pagesOf(t *testing.T, total string, numbers ...[]int) *Client {
	t.Helper()
	return served(t, func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.URL.Query().Get("pageNo"))
		var items []string
		for _, number := range numbers[min(page, len(numbers))-1] {
			items = append(items, fmt.Sprintf(`{"channelId":"ls-%d"}`, number))
		}
		_, _ = fmt.Fprintf(w, `{"content":[%s]%s}`, strings.Join(items, ","), total)
	})
}

func from(first, last int) (numbers []int) {
	for number := first; number <= last; number++ {
		numbers = append(numbers, number)
	}
	return numbers
}

func TestListWhosePagesRepeatIsAnErrorAndNeitherEndlessNorShort(t *testing.T) {
	t.Parallel()
	for name, client := range map[string]*Client{
		"without a total":             pagesOf(t, ``, from(1, 100)),
		"a total of more":             pagesOf(t, `,"total":150`, from(1, 100)),
		"a total as long as two":      pagesOf(t, `,"total":200`, from(1, 100)),
		"short pages":                 pagesOf(t, `,"total":5`, from(1, 2)),
		"in turns":                    pagesOf(t, ``, from(1, 100), from(101, 200), from(1, 100)),
		"the third page is the first": pagesOf(t, `,"total":300`, from(1, 100), from(101, 200), from(1, 100)),
	} {
		channels, err := client.RestreamChannels(ctx)
		if channels != nil {
			t.Errorf("%s: got %d channels", name, len(channels))
		}
		wantText(t, wantKind(t, err, apierror.Unreadable), "list re-stream channels", "repeats what the pages before it held")
	}
}

func TestEndlessListIsAnError(t *testing.T) {
	t.Parallel()
	for name, padding := range map[string]string{"many pages": "", "huge pages": strings.Repeat("x", 7<<20)} {
		pages := 0
		client := served(t, func(w http.ResponseWriter, r *http.Request) {
			pages++
			_, _ = fmt.Fprintf(w, `{"content":[{"channelId":"ls-%s","channelName":"%s"}],"total":1000000}`, r.URL.Query().Get("pageNo"), padding)
		})
		_, err := client.RestreamChannels(ctx)
		wantText(t, wantKind(t, err, apierror.Unreadable), "list re-stream channels", "the list does not end")
		if most := map[bool]int{true: maxPages, false: maxListBytes >> 22}[padding == ""]; pages > most+1 {
			t.Errorf("%s: %d were asked for", name, pages)
		}
	}
}

func TestObjectThatMovesBetweenPagesIsListedOnce(t *testing.T) {
	t.Parallel()
	// A channel that was made after the first page was read pushes its last one to the second.
	channels, err := pagesOf(t, `,"total":151`, from(1, 100), from(100, 150), nil).RestreamChannels(ctx)
	if err != nil || len(channels) != 150 || channels[99].ChannelID != "ls-100" || channels[100].ChannelID != "ls-101" {
		t.Errorf("got %d channels: %v", len(channels), err)
	}
}

func TestFailedLaterPageFailsTheList(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]simulator.Fault{
		"refused":    {Status: 403, Body: `{"error":{"errorCode":250006,"message":"no"}}`},
		"failed":     {Status: 503},
		"no list":    {Status: 200, Body: `{"content":{"channelId":"x"},"total":150}`},
		"no channel": {Status: 200, Body: `{"content":["x"],"total":150}`},
	} {
		w := start(t)
		for range 150 {
			w.AddRestreamChannel(simulator.RestreamChannel{})
		}
		fault.Route, fault.Skip = "restream.list", 1
		w.Inject(fault)
		if channels, err := w.Client.RestreamChannels(ctx); err == nil {
			t.Errorf("%s: got %d channels and no error", name, len(channels))
		}
	}
}

// The reference shows targets of single channels only, and no list with alert options. All else that a list shows otherwise, or leaves out,
// makes a channel be read by itself.
func TestListIsTrustedForRestreamChannelsExceptTargetsAndAlertOptions(t *testing.T) {
	t.Parallel()
	own := RestreamChannel{
		ChannelID: "ls-1", ChannelName: "relay", ChannelStatus: StatusReady, StreamKey: "key-1", PublishURL: "rtmp://in.example/relay",
		AlertOptions: &AlertOptions{}, Restream: []Platform{{TargetName: "YOUTUBE"}},
	}
	for name, test := range map[string]struct {
		change         func(listed *RestreamChannel)
		same, complete bool
	}{
		"as it is":            {func(*RestreamChannel) {}, true, true},
		"without both":        {func(listed *RestreamChannel) { listed.Restream, listed.AlertOptions = nil, nil }, true, true},
		"with another status": {func(listed *RestreamChannel) { listed.ChannelStatus = StatusCreating }, false, true},
		"without its key":     {func(listed *RestreamChannel) { listed.StreamKey = "" }, false, false},
		"without its address": {func(listed *RestreamChannel) { listed.PublishURL = "" }, false, false},
		"as deleted":          {func(listed *RestreamChannel) { listed.ChannelStatus = StatusDeleted }, false, false},
	} {
		listed := own
		test.change(&listed)
		if same := sameRestreamChannel(&own, &listed); same != test.same {
			t.Errorf("%s: the same: %t", name, same)
		}
		if complete := completeRestreamChannel(nil, &listed, &own); complete != test.complete {
			t.Errorf("%s: complete: %t", name, complete)
		}
	}
}
