package service

import (
	"errors"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

// Explain is the text of a client's error, followed by the next step if nextStep knows one for such a failure.
func Explain(err error, nextStep func(*apierror.Error) string) string {
	var failure *apierror.Error
	if !errors.As(err, &failure) {
		return err.Error()
	}
	if step := nextStep(failure); step != "" {
		return err.Error() + "\n\n" + step
	}
	return err.Error()
}
