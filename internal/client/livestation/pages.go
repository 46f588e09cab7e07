package livestation

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// pageSize is the largest page that the channel lists accept.
const pageSize = 100

// An account has some dozens of objects of a kind. A list that goes on after this has no end.
const (
	maxPages     = 200
	maxListBytes = 4 * transport.MaxBodyBytes
)

// pages reads a list to its end, each object once: what comes or goes meanwhile moves others from page to page. An object
// without an id is known by all that it holds. The defaults of the paging parameters are not documented, so both are always sent.
func pages[T any](ctx context.Context, c *Client, op operation, id func(*T) string) ([]*T, error) {
	c.lists.Note()
	defer c.lists.Note() // A request may come to the service long after it was sent.
	var all []*T
	pageOf := map[string]int{}
	for page, got, size := 1, 0, 0; ; page++ {
		query := url.Values{"pageNo": {strconv.Itoa(page)}, "pageSizeNo": {strconv.Itoa(pageSize)}}
		for name, values := range op.query {
			query[name] = values
		}
		paged := op
		paged.query = query
		answer, err := c.call(ctx, paged)
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
	}
}
