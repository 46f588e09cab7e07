package protocol

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// stopLimit is the default timeout of an action. A CLI waits for the response to a stop until it is interrupted again.
const stopLimit = 2 * time.Minute

// StopProvider cancels the running calls and waits until each has sent its last response. terraform-plugin-go closes all streams as soon as
// this returns, and a CLI takes an action or a list whose stream ends without an error for a success.
func (s *server) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	limit, cancel := context.WithTimeout(ctx, stopLimit)
	defer cancel()
	for {
		resp, err := s.framework.StopProvider(ctx, req)
		var stopped []*call
		s.running.Range(func(key, _ any) bool {
			running := key.(*call)
			running.cancel()
			stopped = append(stopped, running)
			return true
		})
		// Calls that have begun meanwhile are stopped in the next round.
		if err != nil || len(stopped) == 0 || limit.Err() != nil {
			if resp != nil {
				resp.Error = s.redact(resp.Error)
			}
			return resp, err
		}
		for _, call := range stopped {
			select {
			case <-call.ended:
			case <-limit.Done():
			}
		}
	}
}

// call is a running call that a stop must cancel and wait for.
type call struct {
	cancel context.CancelFunc
	ended  chan struct{}
}

// begin returns a context that a stop cancels. The caller calls end when it has sent its last response.
func (s *server) begin(ctx context.Context) (stoppable context.Context, end func()) {
	stoppable, cancel := context.WithCancel(ctx)
	begun := &call{cancel, make(chan struct{})}
	s.running.Store(begun, nil)
	return stoppable, sync.OnceFunc(func() {
		cancel()
		s.running.Delete(begun)
		close(begun.ended)
	})
}
