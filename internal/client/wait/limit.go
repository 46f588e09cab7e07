package wait

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// limit is a timeout and the name by which users know it.
type limit struct {
	deadline time.Time
	name     string
	duration time.Duration
}

type limitKey struct{}

// WithLimit returns a context that ends after a duration which users know by this name, such as "`timeouts.create`". An error can then
// name it: see Limit and NameLimit. A deadline that ctx has is kept.
func WithLimit(ctx context.Context, name string, duration time.Duration) (context.Context, context.CancelFunc) {
	deadline := time.Now().Add(duration)
	return context.WithDeadline(context.WithValue(ctx, limitKey{}, &limit{deadline, name, duration}), deadline)
}

// limitOf returns what sets the deadline of ctx, or nil if that has no name. Contexts without the cancellation of ctx, but with its
// deadline, have the same limit.
func limitOf(ctx context.Context) *limit {
	known, _ := ctx.Value(limitKey{}).(*limit)
	if deadline, ok := ctx.Deadline(); !ok || known == nil || !deadline.Equal(known.deadline) {
		return nil
	}
	return known
}

func (l *limit) String() string {
	text := l.duration.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return fmt.Sprintf("the %s of %s", text, l.name)
}

// Limit says what sets the deadline of ctx, as in "the 10m of `timeouts.create`". It is "" if that has no name.
func Limit(ctx context.Context) string {
	if known := limitOf(ctx); known != nil {
		return known.String()
	}
	return ""
}

// Overdue reports whether the deadline of ctx has passed. Unlike the context's error, it does not depend on which of several timers of the
// same time has been noticed.
func Overdue(ctx context.Context) bool {
	deadline, ok := ctx.Deadline()
	return ok && !time.Now().Before(deadline)
}

// LimitError is the error of an operation that exceeded a limit. It wraps context.DeadlineExceeded.
type LimitError struct {
	// Name is how users know the limit, as in "`timeouts.create`".
	Name  string
	limit string
	err   error
}

func (e *LimitError) Error() string { return "not done within " + e.limit + ": " + e.err.Error() }

func (e *LimitError) Unwrap() error { return e.err }

// NameLimit turns an error that the deadline of ctx has caused into a LimitError, if that deadline has a name.
func NameLimit(ctx context.Context, err error) error {
	if !Overdue(ctx) {
		return err
	}
	return TooLate(ctx, err)
}

// TooLate is NameLimit for an error about a deadline that need not have passed yet, but will be missed.
func TooLate(ctx context.Context, err error) error {
	known := limitOf(ctx)
	if _, named := errors.AsType[*LimitError](err); known == nil || named || !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &LimitError{known.name, known.String(), err}
}
