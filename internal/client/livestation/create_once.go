package livestation

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// createOnce sends a creation, which is never repeated, and returns the id of what it made. idIn extracts the id from the response; "" is
// none. If the response was lost, the one object that the request can have made is looked for, and found is true; a Lost error means that
// the object may exist. The id is remembered with this prefix. Callers hold a lock, so that no creation finds what another has made.
func (c *Client) createOnce(ctx context.Context, op operation, prefix string, idIn func(content) (string, error), lost search) (id string, found bool, err error) {
	began := time.Now()
	answer, err := c.call(ctx, op)
	if err == nil {
		if id, err = idIn(answer); err == nil && id == "" {
			err = unreadable(op, fmt.Errorf("no id"))
		}
	}
	if apierror.Is(err, apierror.Lost) {
		var lookErr error
		if id, lookErr = c.find(ctx, began, lost); lookErr != nil {
			return "", false, fmt.Errorf("%w The search for it failed: %w", err, lookErr)
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
	return &apierror.Error{Service: serviceName, Operation: op.words, Kind: apierror.Unsent, Message: err.Error(), Err: err}
}

// lostLooks is how often the result of a write is looked for before it counts as lost. With pauses that grow by the poll interval that
// is a minute, as long as the reference gives a channel to appear.
const lostLooks = 7

// listedLooks is lostLooks for objects that the service lists as soon as they exist.
const listedLooks = 3

// search is how the one object that a creation has made is looked for after its response was lost.
type search struct {
	// what names such an object in an error, as in "channel of this name".
	what string
	// looks is how often the service is asked.
	looks int
	// candidates returns the ids of the objects that it could be. since is the earliest time at which it can have been made; it is called
	// once a list was read, whose response gives the service's clock.
	candidates func(ctx context.Context, since func() time.Time) ([]string, error)
}

// find runs a search. It outlives the caller's cancellation for a moment: what costs money must not be forgotten because somebody pressed
// Ctrl-C.
func (c *Client) find(ctx context.Context, began time.Time, s search) (string, error) {
	ctx, cancel := wait.WithGracePeriod(ctx, 20*time.Second)
	defer cancel()
	for look := 1; ; look++ {
		ids, err := s.candidates(ctx, func() time.Time { return c.serverTime(began) })
		slices.Sort(ids)
		ids = slices.Compact(ids)
		switch {
		case err != nil:
			return "", err
		case len(ids) == 1:
			return ids[0], nil
		case len(ids) > 1:
			return "", fmt.Errorf("more than one %s was created just now (%s), and they cannot be told apart", s.what, c.http.Clean(strings.Join(ids, ", ")))
		case look == s.looks:
			return "", fmt.Errorf("no %s was created since %s", s.what, c.serverTime(began).UTC().Format(time.RFC3339))
		}
		if err := wait.Sleep(ctx, time.Duration(look)*c.config.PollInterval); err != nil {
			return "", fmt.Errorf("no %s was found before the time was up: %w", s.what, err)
		}
	}
}

// serverTime is when a request of ours that began at this moment can have taken effect, by the service's clock, which is known at the latest
// from the response to the list that is searched. The Date header, by which the clocks are compared, has whole seconds.
func (c *Client) serverTime(began time.Time) time.Time {
	return c.Now().Add(-time.Since(began) - 5*time.Second)
}

func (c *Client) remember(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known[id] = struct{}{}
}

func (c *Client) remembered(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.known[id]
	return ok
}

// createNumbered is createOnce for an object whose id is a number.
func (c *Client) createNumbered(ctx context.Context, op operation, prefix string, lost search) (id int64, found bool, err error) {
	unlock, err := c.creating.Lock(ctx, op.words)
	if err != nil {
		return 0, false, unsent(op, err)
	}
	defer unlock()
	return asNumber(c.createOnce(ctx, op, prefix, numberIn(op), lost))
}

// numberIn extracts a numeric id from the response to an operation.
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
