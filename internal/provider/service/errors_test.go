package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func TestExplainDoesNotBlameTheNetworkForAnInterruption(t *testing.T) {
	t.Parallel()
	nextStep := func(*apierror.Error) string { return "Check the network." }
	for cause, want := range map[error]string{
		nil:                                      "Check the network.",
		errors.New("no route"):                   "Check the network.",
		context.Canceled:                         "It was interrupted",
		fmt.Errorf("wait: %w", context.Canceled): "It was interrupted",
	} {
		failure := &apierror.Error{Service: "PRISM", Operation: "start live 1", Kind: apierror.Unsent, Message: fmt.Sprint(cause), Err: cause}
		if _, step, _ := strings.Cut(Explain(failure, nextStep), "\n\n"); !strings.HasPrefix(step, want) {
			t.Errorf("after %v the step is %q", cause, step)
		}
	}
}
