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

// Kind says what an error means for whoever asked, whichever service it came from.
type Kind int

const (
	// Refused is a definite no: nothing was done, and asking again will not help.
	Refused Kind = iota
	// Gone means that the object asked about does not exist, proven by the service's own answer.
	Gone
	// Conflict means that the object's present state does not allow the call.
	Conflict
	// Unauthorised means that credentials are missing, wrong, expired, or do not reach this object.
	Unauthorised
	// Throttled means that the service turned the call away unseen because there were too many.
	Throttled
	// Unsent means that no request reached the service.
	Unsent
	// Lost means that a write was sent and its outcome is not known: no answer, a server fault, or an answer that cannot
	// be read. It must be looked for, not repeated.
	Lost
	// Unreadable means that a read was answered with something else than the documented answer.
	Unreadable
	// Failed means that a read was not answered, or answered with a server fault.
	Failed
	// NotYet means that the wait for an object ended before the object was in the state that was waited for.
	NotYet
)

// Error is the one type of error that the clients return for a call.
type Error struct {
	// Service and Operation say what was tried on what: "PRISM", "start live 900017".
	Service, Operation string
	// Status is the HTTP status, 0 where there was no answer.
	Status int
	// Code, Name and Message are the service's own; "" where it gave none.
	Code, Name, Message string
	// RequestID is what the service's support asks for (x-ncp-trace-id); may be "".
	RequestID string
	Kind      Kind
	// Err is the cause on this side, such as a context's error; may be nil.
	Err error
}

// Error is one sentence with everything the service said, fit to be shown whatever that was.
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

// Forbidden tells, of an Unauthorised error, whether the credentials are good but do not reach this object.
func (e *Error) Forbidden() bool { return e.Status == http.StatusForbidden }

func (e *Error) Unwrap() error { return e.Err }

// Is tells whether err is an *Error of one of the kinds.
func Is(err error, kinds ...Kind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && slices.Contains(kinds, e.Kind)
}

// Waited is the error of a wait that ended before the object was as it should be, because ctx did (NotYet), or because a read took longer
// than a request may (Failed). err is what it ended with. state says how the object was until then: "its status was CREATING".
func Waited(ctx context.Context, service, operation, state string, err error) *Error {
	kind := NotYet
	if ctx.Err() == nil {
		kind = Failed
	}
	return &Error{Service: service, Operation: operation, Kind: kind, Err: wait.NameLimit(ctx, err), Message: EndOfWait(ctx, err) + "; " + state}
}

// EndOfWait says what ended a wait: ctx, with the name of its limit, or the read that failed with err. Go's words for the first are in it,
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

// Stopped tells whether err comes from a context that was cancelled or ran out of time.
func Stopped(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
