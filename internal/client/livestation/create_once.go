package livestation

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// createOnce sends a creation, which is never repeated, and returns the id of what it made. idIn takes the id out of the answer; "" is
// none. If the answer was lost, find looks for the one object that it can have made, and found is true; a Lost error says that the object
// may exist. The id is remembered with this prefix. Callers hold a lock, so that no creation finds what another has made.
func (c *Client) createOnce(ctx context.Context, op operation, prefix string, idIn func(content) (string, error), find func(ctx context.Context, began time.Time) (string, error)) (id string, found bool, err error) {
	began := time.Now()
	answer, err := c.call(ctx, op)
	if err == nil {
		if id, err = idIn(answer); err == nil && id == "" {
			err = unreadable(op, fmt.Errorf("no id"))
		}
	}
	if transport.Is(err, transport.Lost) {
		var lookErr error
		if id, lookErr = find(ctx, began); lookErr != nil {
			return "", false, fmt.Errorf("%w Looking for it: %w", err, lookErr)
		}
		found, err = true, nil
	}
	if err != nil {
		return "", false, err
	}
	c.remember(prefix + id)
	return id, found, nil
}

func unsent(op operation, err error) error {
	return &transport.Error{Service: serviceName, Operation: op.words, Kind: transport.Unsent, Message: err.Error(), Err: err}
}

// lostLooks is how often what a write made is looked for. With pauses that grow by the poll interval that is a minute, as long as
// the reference gives a channel to show itself.
const lostLooks = 7

// findOne looks for the one object that a creation whose answer was lost has made. It outlives the caller's cancellation for a
// moment: what costs money must not be forgotten because somebody pressed Ctrl-C. candidates are the ids of what could be it; since
// is to be asked after the list was read, which tells the clock of the service.
func findOne(ctx context.Context, c *Client, what string, began time.Time, candidates func(ctx context.Context, since func() time.Time) ([]string, error)) (string, error) {
	ctx, cancel := wait.WithGracePeriod(ctx, 20*time.Second)
	defer cancel()
	for look := 1; ; look++ {
		ids, err := candidates(ctx, func() time.Time { return c.serverTime(began) })
		slices.Sort(ids)
		ids = slices.Compact(ids)
		switch {
		case err != nil:
			return "", err
		case len(ids) == 1:
			return ids[0], nil
		case len(ids) > 1:
			return "", fmt.Errorf("more than one %s was created just now (%s), and which of them is this one cannot be told", what, c.http.Clean(strings.Join(ids, ", ")))
		case look == lostLooks:
			return "", fmt.Errorf("no %s was created since %s", what, c.serverTime(began).UTC().Format(time.RFC3339))
		}
		if err := wait.Sleep(ctx, time.Duration(look)*c.config.PollInterval); err != nil {
			return "", fmt.Errorf("no %s was found before the time was up: %w", what, err)
		}
	}
}

// createNumbered is createOnce for an object whose id is a number, and which is looked for among candidates.
func (c *Client) createNumbered(ctx context.Context, op operation, what string, prefix string, candidates func(context.Context, func() time.Time) ([]string, error)) (id int64, found bool, err error) {
	unlock, err := c.creating.Lock(ctx, op.words)
	if err != nil {
		return 0, false, unsent(op, err)
	}
	defer unlock()
	return asNumber(c.createOnce(ctx, op, prefix, numberIn(op), func(ctx context.Context, began time.Time) (string, error) {
		return findOne(ctx, c, what, began, candidates)
	}))
}

// numberIn takes a numeric id out of the answer to an operation.
func numberIn(op operation) func(content) (string, error) {
	return func(answer content) (string, error) {
		object, err := decode[struct {
			ID lenientjson.Int `json:"id"`
		}](op, answer)
		if err != nil || object.ID.Value < 1 {
			return "", err
		}
		return numbered(object.ID), nil
	}
}

// asNumber is the outcome of createOnce with the id as a number.
func asNumber(text string, found bool, err error) (int64, bool, error) {
	if err != nil {
		return 0, false, err
	}
	id, err := strconv.ParseInt(text, 10, 64)
	return id, found, err
}

// numbered is a numeric id as text, "" if there is none.
func numbered(id lenientjson.Int) string {
	if !id.Valid {
		return ""
	}
	return strconv.FormatInt(id.Value, 10)
}
