package delivery_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
)

// An edge whose number no answer has told is named by what was ordered, and is not passed over in silence.
func TestEdgeWithoutANumberIsNamedByItsProfileAndRegion(t *testing.T) {
	for name, deleteEdge := range map[string]bool{"kept": false, "to be deleted": true} {
		cdn := delivery.CDN{ProfileID: types.Int64Value(11), RegionType: types.StringValue("JAPAN"), DeleteEdge: types.BoolValue(deleteEdge)}
		diags := delivery.ChannelEdge{ChannelID: types.StringValue("ls-1"), CDN: cdn.Object(), Made: delivery.EdgeNumberUnknown}.Delete(t.Context(), nil, nil)
		if len(diags) != 1 || diags.HasError() != deleteEdge || !strings.Contains(diags[0].Detail(), "in profile 11 and region JAPAN") || !strings.Contains(diags[0].Detail(), "billed until it is deleted") {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// Only a deletion whose answer was lost can have left an edge behind: after any other error the channel is still there, with its edge.
func TestOnlyALostDeletionNamesTheEdgeThatItMayHaveLeft(t *testing.T) {
	t.Parallel()
	cdn := delivery.CDN{InstanceNo: types.Int64Value(4711), DeleteEdge: types.BoolValue(true)}.Object()
	for kind, named := range map[apierror.Kind]bool{
		apierror.Lost: true, apierror.Refused: false, apierror.Conflict: false, apierror.Unauthorised: false, apierror.Throttled: false, apierror.Unsent: false, apierror.Failed: false,
	} {
		err := &apierror.Error{Service: "Live Station", Operation: "delete channel ls-1", Kind: kind}
		made := delivery.ChannelEdge{ChannelID: types.StringValue("ls-1"), CDN: cdn, Made: 4711}
		if text := made.LostDeletion(err); strings.Contains(text, "edge 4711") != named || !named && text != "" {
			t.Errorf("kind %d: %q", kind, text)
		}
		if text := (delivery.ChannelEdge{ChannelID: types.StringValue("ls-1"), CDN: cdn}).LostDeletion(err); text != "" {
			t.Errorf("kind %d, of an edge that was not made with the channel: %q", kind, text)
		}
	}
}
