package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
)

// Explain is the text of a client's error, followed by the next step if nextStep knows one for such a failure. What ran out of the time that
// the user allows for it needs more of that, whatever it was, and what was interrupted needs no advice about the service.
func Explain(err error, nextStep func(*apierror.Error) string) string {
	var failure *apierror.Error
	if !errors.As(err, &failure) {
		return err.Error()
	}
	step := nextStep(failure)
	if limit, ok := errors.AsType[*wait.LimitError](failure.Err); ok {
		step = fmt.Sprintf("If it needs longer than that, raise %s.", limit.Name)
	} else if errors.Is(failure.Err, context.Canceled) {
		step = "It was interrupted: run the command again if it is still wanted."
	}
	if step != "" {
		return err.Error() + "\n\n" + step
	}
	return err.Error()
}
