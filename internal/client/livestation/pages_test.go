package livestation

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// paged answers with one page of a list of channels numbered from 1 to count, which says that it has total.
func paged(w http.ResponseWriter, page, count, total int) {
	var items []string
	for _, number := range from(1+(page-1)*pageSize, min(page*pageSize, count)) {
		items = append(items, fmt.Sprintf(`{"channelId":"ls-%d"}`, number))
	}
	_, _ = fmt.Fprintf(w, `{"content":[%s],"total":%d}`, strings.Join(items, ","), total)
}

func TestPagesAfterTheFirstAreReadAFewAtATimeAndInOrder(t *testing.T) {
	t.Parallel()
	const few = 4
	var (
		mu             sync.Mutex
		inFlight, most int
		asked          = map[int]int{} // how often, by page
		together       = make(chan struct{})
		release        = sync.OnceFunc(func() { close(together) })
	)
	client := served(t, func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.URL.Query().Get("pageNo"))
		mu.Lock()
		asked[page]++
		inFlight++
		if most = max(most, inFlight); inFlight == few {
			release()
		}
		mu.Unlock()
		if page >= 2 && page < 2+few { // None of these is answered before all have come.
			select {
			case <-together:
			case <-r.Context().Done():
			}
		}
		mu.Lock()
		inFlight--
		mu.Unlock()
		paged(w, page, 1000, 1000)
	})
	channels, err := client.RestreamChannels(ctx)
	if err != nil || len(channels) != 1000 {
		t.Fatalf("got %d channels: %v", len(channels), err)
	}
	for i, channel := range channels {
		if want := fmt.Sprintf("ls-%d", i+1); string(channel.ChannelID) != want {
			t.Fatalf("channel %d is %s, want %s", i+1, channel.ChannelID, want)
		}
	}
	if len(asked) != 10 || most > few {
		t.Errorf("%d pages were asked for, up to %d at a time: %v", len(asked), most, asked)
	}
	for page, times := range asked {
		if times != 1 {
			t.Errorf("page %d was asked for %d times", page, times)
		}
	}
}

func TestFailedPageEndsTheListWithoutWaitingForLaterPages(t *testing.T) {
	t.Parallel()
	client := served(t, func(w http.ResponseWriter, r *http.Request) {
		switch page, _ := strconv.Atoi(r.URL.Query().Get("pageNo")); page {
		case 1, 2:
			paged(w, page, 1000, 1000)
		case 3:
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"error":{"errorCode":250006,"message":"Unauthorized channel."}}`))
		default:
			<-r.Context().Done()
		}
	})
	const patience = time.Minute
	config := client.config
	config.Transport = transport.New(transport.Config{RequestTimeout: patience})
	began := time.Now()
	_, err := New(config).RestreamChannels(ctx)
	wantText(t, wantKind(t, err, apierror.Unauthorised), "list re-stream channels")
	if took := time.Since(began); took >= patience {
		t.Errorf("it took %s", took)
	}
}

func TestListThatEndsBeforeItsTotalReadsFewExtraPages(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	requests := 0
	client := served(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		requests++
		mu.Unlock()
		page, _ := strconv.Atoi(r.URL.Query().Get("pageNo"))
		paged(w, page, 100, 1_000_000)
	})
	channels, err := client.RestreamChannels(ctx)
	if err != nil || len(channels) != 100 {
		t.Errorf("got %d channels: %v", len(channels), err)
	}
	mu.Lock() // Pages that were given up may still be coming in.
	defer mu.Unlock()
	if requests > 1+pagesAtOnce {
		t.Errorf("%d pages were asked for", requests)
	}
}
