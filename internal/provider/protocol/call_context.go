package protocol

import (
	"context"
	"sync/atomic"
	"time"
)

// callContext is the context of a call until the call ends, and a cancelled one from then on. The framework (1.19.0) keeps the context of
// each call until the provider is stopped, with some 12 kB of loggers: a plan of 1000 objects would hold 50 MiB of them.
type callContext struct {
	atomic.Pointer[context.Context]
}

func newCallContext(ctx context.Context) *callContext {
	c := &callContext{}
	c.Store(&ctx)
	return c
}

func (c *callContext) end() { c.Store(&ended) }

var ended = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func (c *callContext) Deadline() (time.Time, bool) { return (*c.Load()).Deadline() }
func (c *callContext) Done() <-chan struct{}       { return (*c.Load()).Done() }
func (c *callContext) Err() error                  { return (*c.Load()).Err() }
func (c *callContext) Value(key any) any           { return (*c.Load()).Value(key) }
