package protocol

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// stopLimit is as long as an action may take by default. A CLI waits for the answer to a stop until it is interrupted again.
const stopLimit = 2 * time.Minute

// StopProvider ends what is under way and waits until it has said its last word. terraform-plugin-go closes all streams as soon as this
// returns, and a CLI takes an action or a list whose stream ends without an error for a success.
func (s *server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	limit, cancel := context.WithTimeout(ctx, stopLimit)
	defer cancel()
	for {
		resp, err := s.framework.StopProvider(ctx, req)
		stopped := s.calls.stop()
		// What has begun meanwhile is stopped in turn.
		if err != nil || len(stopped) == 0 || limit.Err() != nil {
			if resp != nil {
				resp.Error = s.redact(resp.Error)
			}
			return resp, err
		}
		for ended := range stopped {
			select {
			case <-ended:
			case <-limit.Done():
			}
		}
	}
}

// calls are those under way that a stop must end and wait for. Each is known by a channel that is closed when it ends.
type calls struct {
	mu      sync.Mutex
	running map[chan struct{}]context.CancelFunc
}

// begin returns a context for the call that a stop ends. The caller calls end when it has nothing more to say.
func (c *calls) begin(ctx context.Context) (stoppable context.Context, end func()) {
	stoppable, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running == nil {
		c.running = map[chan struct{}]context.CancelFunc{}
	}
	c.running[ended] = cancel
	return stoppable, sync.OnceFunc(func() {
		cancel()
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.running, ended)
		close(ended)
	})
}

// stop ends the contexts of all calls under way and returns these.
func (c *calls) stop() map[chan struct{}]context.CancelFunc {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cancel := range c.running {
		cancel()
	}
	return maps.Clone(c.running)
}
