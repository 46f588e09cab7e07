package livestation

import (
	"errors"
	"fmt"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/edge"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Explain is the text of an error of Live Station or Global Edge, followed by what the user can do now.
func Explain(err error) string { return service.Explain(err, nextStep) }

// IncompleteCreation is the detail of an error that ends the creation of an object which the service has made, and says what becomes of it.
// The object is in state by then. object names it, as in "Channel ls-1", and resource is the type of its resource.
func IncompleteCreation(object, resource string, err error) string {
	if apierror.Is(err, apierror.Gone) {
		return fmt.Sprintf("%s\n\n%s was created, and now the service says that it does not exist. State holds it, marked as tainted, until a refresh finds it gone and removes it; "+
			"the next apply creates another. If nobody has deleted it, look for it in the console of Live Station first.", err, object)
	}
	return fmt.Sprintf("%s\n\n%s exists and is kept in state, marked as tainted: the next apply would replace it. To keep it once it is ready, and apply only what is missing: terraform untaint %s.NAME",
		Explain(err), object, resource)
}

// ErrSettingsUnknown is the reason why a plan could not check something at the service.
var ErrSettingsUnknown = errors.New("the settings of the provider are not known yet, so the service could not be asked")

// unsupportedRegion and invalidRegion are the service's codes for a region code that it does not serve [media-livestation, common errors].
const unsupportedRegion, invalidRegion = "250019", "250020"

func nextStep(failure *apierror.Error) string {
	if failure.Service == edge.ServiceName {
		return nextEdgeStep(failure)
	}
	if failure.Code == unsupportedRegion || failure.Code == invalidRegion {
		return "Check `region` (NCLOUD_REGION) in the provider block: it is `KR`, in capital letters, or `FKR` with `site = \"fin\"`. " +
			"Where NCLOUD_REGION is set to another region for the sake of other tools, set `region` in the provider block, which wins."
	}
	switch failure.Kind {
	case apierror.Unauthorised:
		return "Check `access_key` (NCLOUD_ACCESS_KEY) and `secret_key` (NCLOUD_SECRET_KEY), `site` and `region`, the permissions of the sub account, and this machine's clock."
	case apierror.Gone:
		return "Check the id: Live Station says that there is no such object in this account and zone."
	case apierror.Throttled:
		return "Live Station rejects calls because there are too many. Try again later, run with a lower -parallelism, or set `requests_per_second` in the provider block."
	case apierror.Unreadable:
		return "Check whether `endpoint` (LIVESTATION_ENDPOINT) is the address of the Live Station API."
	case apierror.Unsent:
		return "The request did not reach the service. Check `endpoint` (LIVESTATION_ENDPOINT), the network and the proxy, and try again."
	case apierror.Failed:
		return "The service did not answer as it should. Try again."
	}
	return ""
}

func nextEdgeStep(failure *apierror.Error) string {
	switch failure.Kind {
	case apierror.Unauthorised:
		return "Check `access_key` (NCLOUD_ACCESS_KEY) and `secret_key` (NCLOUD_SECRET_KEY), the sub account's permissions for Global Edge, and this machine's clock. " +
			"Global Edge may also answer so about an id that does not exist."
	case apierror.Throttled:
		return "Global Edge rejects calls because there are too many. Try again later, run with a lower -parallelism, or set `requests_per_second` in the provider block."
	case apierror.Unreadable:
		return "Check whether `edge_endpoint` (LIVESTATION_EDGE_ENDPOINT) is the address of the Global Edge API."
	case apierror.Unsent:
		return "The request did not reach Global Edge. Check `edge_endpoint` (LIVESTATION_EDGE_ENDPOINT), the network and the proxy, and try again."
	case apierror.Failed:
		return "Global Edge did not answer as it should. Try again."
	}
	return ""
}
