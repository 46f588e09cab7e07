// Package apierror is what the clients say of a call that did not succeed, whichever service it was made to.
package apierror

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Kind classifies an error by what it means to the caller, for every service alike.
type Kind int

const (
	// Refused means that the service refused the call: nothing was done, and a retry will not help.
	Refused Kind = iota
	// Gone means that the object does not exist, according to the service's own answer.
	Gone
	// Conflict means that the object's present state does not allow the call.
	Conflict
	// Unauthorised means that credentials are missing, wrong, expired, or do not reach this object.
	Unauthorised
	// Throttled means that the service rejected the call unprocessed because there were too many.
	Throttled
	// Unsent means that no request reached the service.
	Unsent
	// Lost means that a write was sent and its outcome is unknown: there was no answer, a server error, or an unreadable
	// one. The caller must find out what it did, and not repeat it.
	Lost
	// Unreadable means that the answer to a read is not the documented one.
	Unreadable
	// Failed means that a read was not answered, or answered with a server error.
	Failed
	// NotYet means that a wait ended before the object was in the expected state.
	NotYet
)

// ErrTooLong is wrapped by the error of a call whose answer is longer than the clients read. A retry would be answered alike.
var ErrTooLong = errors.New("the answer is too long")

// Error is the error of a call. The clients return no other type.
type Error struct {
	// Service and Operation say what was tried on what: "PRISM", "start live 900017".
	Service, Operation string
	// Status is the HTTP status; 0 if there was no answer.
	Status int
	// Code, Name and Message are those of the service; "" if it gave none.
	Code, Name, Message string
	// RequestID identifies the request to the service's support (x-ncp-trace-id); it may be "".
	RequestID string
	Kind      Kind
	// Err is the cause on the client's side, such as a context's error; it may be nil.
	Err error
}

// Error returns one sentence with everything the service said, made safe to show.
func (e *Error) Error() string {
	var facts []string
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, name+printable.Text(value))
		}
	}
	if e.Status != 0 {
		add("HTTP ", strconv.Itoa(e.Status))
	}
	add("code ", e.Code)
	add("", e.Name)
	add("request id ", e.RequestID)
	text := fmt.Sprintf("%s: could not %s: ", e.Service, printable.Text(e.Operation)) + strings.TrimSuffix(cmp.Or(printable.Sentence(e.Message), "no reason was given"), ".")
	if len(facts) > 0 {
		text += " (" + strings.Join(facts, ", ") + ")"
	}
	return text + "."
}

// Forbidden reports whether an Unauthorised error means that the credentials are valid, but give no access to this object.
func (e *Error) Forbidden() bool { return e.Status == http.StatusForbidden }

func (e *Error) Unwrap() error { return e.Err }

// Is reports whether err is an *Error of one of the kinds.
func Is(err error, kinds ...Kind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && slices.Contains(kinds, e.Kind)
}

// Waited returns the error of a wait for an object that ended too early: because ctx ended (NotYet), or because a read exceeded its timeout
// (Failed). err is the error that ended it, and state the last known state of the object, such as "its status was CREATING".
func Waited(ctx context.Context, service, operation, state string, err error) *Error {
	kind := NotYet
	if ctx.Err() == nil {
		kind = Failed
	}
	return &Error{Service: service, Operation: operation, Kind: kind, Err: wait.NameLimit(ctx, err), Message: EndOfWait(ctx, err) + "; " + state}
}

// EndOfWait says what ended a wait: ctx, with the name of its limit, or the read that failed with err. It contains Go's words for the former,
// since people search for them.
func EndOfWait(ctx context.Context, err error) string {
	switch ctx.Err() {
	case nil:
		return strings.TrimSuffix(err.Error(), ".")
	case context.Canceled:
		return "the wait was interrupted (" + ctx.Err().Error() + ")"
	}
	return cmp.Or(wait.Limit(ctx), "the time allowed for it") + " ran out (" + ctx.Err().Error() + ")"
}

// Stopped reports whether err comes from a context that was cancelled or exceeded its deadline.
func Stopped(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
