package delivery_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

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
