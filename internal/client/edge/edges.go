package edge

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/batch"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Statuses of an edge [edge-listing].
const (
	StatusPublishing = "PUBLISHING" // being deployed; not a stream
	StatusRunning    = "RUNNING"
	StatusStopping   = "STOPPING"
	StatusStopped    = "STOPPED"
	StatusActivating = "ACTIVATING"
	StatusDeleting   = "DELETING"
	StatusDeleted    = "DELETED"
)

// errNotDone is wrapped by the error for a write that was answered with `result` false: the service did nothing.
var errNotDone = errors.New("the service answered that it did not do it (result: false)")

// Profile is a Global Edge profile [profile-listing].
type Profile struct {
	ID   lenientjson.Int    `json:"id"`
	Name lenientjson.String `json:"profileName"`
}

// Edge is what delivers channels to viewers [edge-listing]. Its ID is the instance number of a channel's CDN, and its Domain that CDN's
// domain.
type Edge struct {
	ID           lenientjson.Int    `json:"id"`
	ProfileID    lenientjson.Int    `json:"profileId"`
	Name         lenientjson.String `json:"edgeName"`
	Status       lenientjson.String `json:"statusType"`
	RegionType   lenientjson.String `json:"serviceRegionType"` // KOREA, JAPAN or GLOBAL
	Domain       lenientjson.String `json:"domainName"`
	Registration Moment             `json:"registrationDate"`
	Modified     Moment             `json:"modifyDate"`
}

// Moment is a point in time that the service writes as text in UTC.
type Moment struct {
	lenientjson.Millis
	Text string // as the service writes it; "" where that is not RFC 3339 in UTC
}

var utc = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)

// UnmarshalJSON also accepts what Millis does.
func (m *Moment) UnmarshalJSON(data []byte) error {
	*m = Moment{}
	if err := m.Millis.UnmarshalJSON(data); err != nil {
		return err
	}
	var text string
	if json.Unmarshal(data, &text) == nil && !m.IsZero() && utc.MatchString(text) {
		m.Text = text
	}
	return nil
}

// Profiles lists all profiles of the account, by id.
func (c *Client) Profiles(ctx context.Context) ([]Profile, error) {
	op := operation{words: "list the profiles", method: http.MethodGet, path: []string{"profiles"}}
	result, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	profiles, err := decode[[]Profile](op, result)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(*profiles, func(a, b Profile) int { return cmp.Compare(a.ID.Value, b.ID.Value) })
	return *profiles, nil
}

// Edges lists all edges of a profile, by id. Deleted ones are left out.
func (c *Client) Edges(ctx context.Context, profileID int64) ([]Edge, error) {
	c.lists.Mark()
	defer c.lists.Mark()
	id := strconv.FormatInt(profileID, 10)
	op := operation{words: "list the edges of profile " + id, method: http.MethodGet, path: []string{"profiles", id, "cdn-edges"}}
	result, err := c.call(ctx, op)
	if err != nil {
		return nil, err
	}
	edges, err := decode[[]Edge](op, result)
	if err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(*edges, func(edge Edge) bool { return edge.Status == StatusDeleted })
	slices.SortStableFunc(kept, func(a, b Edge) int { return cmp.Compare(a.ID.Value, b.ID.Value) })
	return kept, nil
}

// Status reads the status of one edge [edge-status].
func (c *Client) Status(ctx context.Context, edgeID int64) (string, error) {
	id := strconv.FormatInt(edgeID, 10)
	op := operation{words: "read the status of edge " + id, method: http.MethodGet, path: []string{"cdn-edges", id, "status"}}
	result, err := c.call(ctx, op)
	if err != nil {
		return "", err
	}
	status, err := decode[lenientjson.String](op, result)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(*status)), nil
}

// state is the status of an edge, DELETED if it no longer exists. How the service answers about such an edge is not documented, so that needs
// two proofs: the profile's list lacks it, and the service refuses to report its status. If this client sent the deletion (deleting), the
// list is enough.
func (c *Client) state(ctx context.Context, profileID, edgeID int64, deleting bool) (string, error) {
	edges, err := c.Edges(ctx, profileID)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(edges, func(edge Edge) bool { return edge.ID.Valid && edge.ID.Value == edgeID })
	switch {
	case at >= 0 && edges[at].Status != "":
		return string(edges[at].Status), nil
	case at < 0 && deleting:
		return StatusDeleted, nil
	}
	status, err := c.Status(ctx, edgeID)
	var failure *apierror.Error
	switch {
	case err == nil && status != "":
		return status, nil
	// Only the service's own codes count: errors of the gateway or about keys say nothing about the edge.
	case errors.As(err, &failure) && len(failure.Code) == len(codeOK) && apierror.Is(err, apierror.Refused, apierror.Unauthorised), err == nil:
		return StatusDeleted, nil
	}
	return "", err
}

// Delete stops an edge, waits until it has stopped, deletes it, and waits until it is gone [edge-stop, edge-delete]. An edge that is gone
// already is success. The caller must know that nothing else uses the edge.
func (c *Client) Delete(ctx context.Context, profileID, edgeID int64) error {
	id := strconv.FormatInt(edgeID, 10)
	unlock, err := c.deleting.Lock(ctx, id)
	if err != nil {
		return &apierror.Error{Service: ServiceName, Operation: "delete edge " + id, Kind: apierror.Unsent, Message: err.Error(), Err: err}
	}
	defer unlock()
	// An edge that is being deployed or activated cannot be stopped yet.
	status, err := c.await(ctx, profileID, edgeID, settled)
	if err != nil {
		return err
	}
	edges := map[string][]int64{"edges": {edgeID}}
	if status == StatusRunning {
		op := operation{words: "stop edge " + id, method: http.MethodPost, path: []string{"cdn-edges", "stop"}, body: edges}
		if err := c.do(ctx, op, profileID, edgeID, StatusRunning); err != nil {
			return err
		}
	}
	if status != StatusDeleting && status != StatusDeleted {
		if status, err = c.await(ctx, profileID, edgeID, stopped); err != nil {
			return err
		}
	}
	if status == StatusStopped {
		op := operation{words: "delete edge " + id, method: http.MethodDelete, path: []string{"cdn-edges"}, body: edges}
		if err := c.do(ctx, op, profileID, edgeID, StatusStopped); err != nil {
			return err
		}
	}
	if status != StatusDeleted {
		_, err = c.await(ctx, profileID, edgeID, disappeared)
	}
	return err
}

// do sends a write that takes an edge out of a status. If the answer was lost, or the write was refused because the edge is not in that
// status, a read shows whether it took effect.
func (c *Client) do(ctx context.Context, op operation, profileID, edgeID int64, from string) error {
	result, err := c.call(ctx, op)
	if err == nil {
		var done *lenientjson.Bool
		switch done, err = decode[lenientjson.Bool](op, result); {
		case err == nil && done.Valid && done.Value:
			return nil
		case err == nil && done.Valid:
			err = &apierror.Error{Service: ServiceName, Operation: op.words, Kind: apierror.Conflict, Message: errNotDone.Error(), Err: errNotDone}
		case err == nil:
			err = &apierror.Error{Service: ServiceName, Operation: op.words, Kind: apierror.Lost, Message: "the response does not show whether it was done"}
		}
	}
	if !apierror.Is(err, apierror.Lost, apierror.Conflict) {
		return err
	}
	longer, cancel := wait.WithGracePeriod(ctx, 10*time.Second)
	defer cancel()
	switch now, lookErr := c.state(longer, profileID, edgeID, op.method == http.MethodDelete); {
	case lookErr != nil:
		return fmt.Errorf("%w Whether it took effect could not be checked: %w", err, lookErr)
	case now != from && now != StatusRunning:
		return nil
	}
	return err
}

// goal is what a wait for an edge waits for.
type goal struct {
	verb     string // in errors
	statuses []string
	deleting bool // as state takes it
}

var (
	settled     = goal{verb: "settle", statuses: []string{StatusRunning, StatusStopping, StatusStopped, StatusDeleting, StatusDeleted}}
	stopped     = goal{verb: "stop", statuses: []string{StatusStopped, StatusDeleting, StatusDeleted}}
	disappeared = goal{verb: "disappear", statuses: []string{StatusDeleted}, deleting: true}
)

// await waits until an edge has one of the statuses of the goal, and returns that. Callers that wait for edges of one profile share its list.
func (c *Client) await(ctx context.Context, profileID, edgeID int64, goal goal) (status string, err error) {
	interval := c.config.PollInterval
	pace := batch.Pace{Gather: min(interval/50, batch.MaxGather), Shortest: interval / 10, Usual: interval, Longest: interval, OwnRead: 10 * interval}
	list := func(ctx context.Context) (map[string]Edge, int, error) {
		edges, err := c.Edges(ctx, profileID)
		byID := make(map[string]Edge, len(edges))
		for _, edge := range edges {
			byID[strconv.FormatInt(edge.ID.Value, 10)] = edge
		}
		return byID, 1, err
	}
	err = c.waitsOf(profileID).Poll(ctx, strconv.FormatInt(edgeID, 10), pace, list, func(seen batch.Look[Edge]) (bool, error) {
		if seen.Listed != nil && seen.Listed.Status != "" {
			status = string(seen.Listed.Status)
			return slices.Contains(goal.statuses, status), nil
		}
		now, err := c.state(ctx, profileID, edgeID, goal.deleting)
		if err != nil {
			return false, err
		}
		status = now
		return slices.Contains(goal.statuses, status), nil
	})
	if apierror.Stopped(err) {
		told := "not known"
		if status != "" {
			told = c.http.Clean(status)
		}
		err = apierror.Waited(ctx, ServiceName, fmt.Sprintf("see edge %d %s", edgeID, goal.verb), "its status was "+told, err)
	}
	return status, err
}

// waitsOf are the waits for edges of a profile.
func (c *Client) waitsOf(profileID int64) *batch.Waits[Edge] {
	c.mu.Lock()
	defer c.mu.Unlock()
	waits, ok := c.waits[profileID]
	if !ok {
		waits = &batch.Waits[Edge]{Spacing: &c.lists}
		c.waits[profileID] = waits
	}
	return waits
}
