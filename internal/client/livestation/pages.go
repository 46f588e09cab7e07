package livestation

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"sync"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// pageSize is the largest page that the channel lists accept.
const pageSize = 100

// An account has dozens of objects of a kind. A list that continues after this would never end.
const (
	maxPages     = 200
	maxListBytes = 4 * transport.MaxBodyBytes
)

// pagesAtOnce is how many pages of one list are asked for at a time, once its first page has told how many there are.
const pagesAtOnce = 4

// pages reads a list to its end, and returns each object once: what is created or deleted meanwhile moves others from page to page. An object
// without an id is identified by its whole content.
func pages[T any](ctx context.Context, c *Client, op operation, id func(*T) string) ([]*T, error) {
	c.lists.Mark()
	defer c.lists.Mark() // A request may come to the service long after it was sent.
	next, stop := c.readAhead(ctx, op)
	defer stop()
	var all []*T
	pageOf := map[string]int{}
	for page, known, got, size := 1, 1, 0, 0; ; page++ {
		answer, err := next(known)
		if err != nil {
			return nil, err
		}
		if size += len(answer.body); size > maxListBytes || page > maxPages {
			return nil, unreadable(op, fmt.Errorf("the list does not end: this is page %d, and still there are more", page))
		}
		items, err := decode[[]json.RawMessage](op, answer)
		if err != nil {
			return nil, err
		}
		before := got
		for _, item := range *items {
			object, err := decode[T](op, content{body: item})
			if err != nil {
				return nil, err
			}
			key := id(object)
			if key == "" {
				key = string(item)
			}
			first, known := pageOf[key]
			if !known {
				pageOf[key] = page
				all = append(all, object)
			}
			if !known || first == page {
				got++
			}
		}
		// A service that ignores the page number would be asked for ever, or its first page be taken for the whole list.
		if len(*items) > 0 && got == before {
			return nil, unreadable(op, fmt.Errorf("page %d repeats what the pages before it held, so the list cannot be read to its end", page))
		}
		// Some pages may hold fewer items than asked for; only an empty one, or a total that is reached, is the end.
		if len(*items) == 0 || answer.total >= 0 && got >= answer.total || answer.total < 0 && len(*items) < pageSize {
			return all, nil
		}
		// A service that makes its pages shorter may have as many as it likes; they come one by one.
		if page == 1 && len(*items) == pageSize {
			known = min((answer.total-1)/pageSize+1, maxPages)
		}
	}
}

// readAhead asks for the pages of a list. Each call of next returns one, in their order; while it waits, later ones are on their way, up to
// the page that is known to be there. stop gives up those that nobody wants any more. The defaults of the paging parameters are not
// documented, so both are always sent.
func (c *Client) readAhead(ctx context.Context, op operation) (next func(known int) (content, error), stop func()) {
	type page struct {
		content
		err error
	}
	var (
		asked    int
		coming   []chan page
		requests sync.WaitGroup
	)
	ctx, cancel := context.WithCancel(ctx)
	next = func(known int) (content, error) {
		for len(coming) == 0 || len(coming) < pagesAtOnce && asked < known {
			asked++
			paged, came := op, make(chan page, 1)
			paged.query = url.Values{"pageNo": {strconv.Itoa(asked)}, "pageSizeNo": {strconv.Itoa(pageSize)}}
			maps.Copy(paged.query, op.query)
			coming = append(coming, came)
			requests.Go(func() {
				answer, err := c.call(ctx, paged)
				came <- page{answer, err}
			})
		}
		first := <-coming[0]
		coming = coming[1:]
		return first.content, first.err
	}
	return next, func() { cancel(); requests.Wait() }
}
