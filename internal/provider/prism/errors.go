package prism

import (
	"errors"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Explain adds to a client's error what to do now.
func Explain(err error) string { return service.Explain(err, nextStep) }

func nextStep(failure *apierror.Error) string {
	if errors.Is(failure, api.ErrRenewalRefused) {
		return "Set a fresh `prism.refresh_token` (PRISM_REFRESH_TOKEN), and check whether `prism.client_id` and `prism.client_secret` are those that the service issued with it. " +
			"Some services replace the refresh token with every use, and a plan and an apply each use it once: with such a service, pass a fresh `prism.access_token` (PRISM_ACCESS_TOKEN) to each command instead, without a refresh token."
	}
	if failure.Kind == apierror.Failed && errors.Is(failure, apierror.ErrTooLong) {
		return "Trying again will not help: the answer stays this long. If it is the list of a channel's lives, which has no pages, ask the operator of the service to remove or archive " +
			"lives of the channel that have ended. A data source or a query can ask for fewer with `status`. A start cannot, because it must see every live that it might close."
	}
	switch failure.Kind {
	case apierror.Unauthorised:
		if failure.Status == 0 {
			return "" // The client itself refused, and said what it lacks.
		}
		if failure.Forbidden() {
			return "The access token is good, but its user may not do this: the user must own the channel. Check the id, and whose token `prism.access_token` (PRISM_ACCESS_TOKEN) is."
		}
		return "The access token is wrong or has expired. Set a fresh `prism.access_token` (PRISM_ACCESS_TOKEN), or let the provider renew it with `prism.client_id`, `prism.client_secret` and `prism.refresh_token`."
	case apierror.Gone:
		return "Check the id: the service says that there is no such object for this user."
	case apierror.Throttled:
		return "The service rejects calls because there are too many. Try again later, run with a lower -parallelism, or set `requests_per_second` in the provider block."
	case apierror.Unreadable:
		return "Check whether `prism.endpoint` (PRISM_ENDPOINT) is the address of the service's API."
	case apierror.Unsent:
		return "The request did not reach the service. Check `prism.endpoint` (PRISM_ENDPOINT), the network and the proxy, and try again."
	case apierror.Failed:
		return "The service did not answer as it should. Try again."
	case apierror.Conflict:
		return "The service does not allow this in the live's present state. Check the live and try again."
	}
	return ""
}
