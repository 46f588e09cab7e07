package livestation

import (
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

// Which regions there are is the service's to say. A shell may have another one for other tools, and the error says how to be rid of it.
func TestRefusedRegionErrorNamesTheSettingThatApplies(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"250019", "250020"} {
		text := Explain(&apierror.Error{Service: "Live Station", Operation: "list channels", Kind: apierror.Refused, Code: code, Message: "The Region JPN not support now."})
		for _, words := range []string{"The Region JPN not support now", "`region` (NCLOUD_REGION)", "for the sake of other tools, set `region` in the provider block, which wins"} {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is missing in: %s", code, words, text)
			}
		}
	}
}
