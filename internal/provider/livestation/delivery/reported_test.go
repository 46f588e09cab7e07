package delivery_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
)

// edge is a `cdn` as state has it, with some members changed.
func edge(change func(*delivery.CDN)) types.Object {
	cdn := delivery.CDN{
		ProfileID: types.Int64Value(11), InstanceNo: types.Int64Value(12),
		Domain: types.StringValue("a.edge.example.com"), Type: types.StringValue(api.CDNGlobalEdge),
	}
	if change != nil {
		change(&cdn)
	}
	return cdn.Object()
}

// A number that is none keeps the one in state: an edge is deleted by its number.
func TestNumbersOfAnEdgeAreTakenOnlyIfTheyAreNumbers(t *testing.T) {
	t.Parallel()
	want := edge(func(cdn *delivery.CDN) { cdn.DeleteEdge = types.BoolValue(false) })
	for _, none := range []lenientjson.String{"", "0", "-1", "soon"} {
		if got := delivery.CDNFromAPI(edge(nil), &api.CDN{InstanceNo: none, ProfileID: none}); !got.Equal(want) {
			t.Errorf("%q: %s", none, got)
		}
	}
}

// Protection is read whole or not at all: half of it would replace the channel.
func TestProtectionIsReadOnlyWhole(t *testing.T) {
	t.Parallel()
	none := types.ObjectNull(delivery.DRMTypes)
	for name, reported := range map[string]*api.DRM{"nothing": nil, "no content": {SiteID: "s"}, "no site": {ContentID: "c-1"}} {
		if got := delivery.DRMFromAPI(none, reported); !got.IsNull() {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := delivery.DRMFromAPI(none, &api.DRM{SiteID: "s", ContentID: "c-1"}); got.IsNull() {
		t.Error("whole protection is not read")
	}
	unreported := delivery.Unreported{delivery.UnreportedDRM}
	for name, test := range map[string]struct {
		channel  api.Channel
		reported bool
	}{
		"nothing":       {api.Channel{}, false},
		"an empty one":  {api.Channel{DRM: &api.DRM{}}, false},
		"that it is on": {api.Channel{DRMEnabled: lenientjson.Bool{Value: true, Valid: true}}, false},
		"that it is off": {
			api.Channel{DRMEnabled: lenientjson.Bool{Valid: true}}, true,
		},
		"all of it": {api.Channel{DRM: &api.DRM{SiteID: "s", ContentID: "c-1"}}, true},
	} {
		if got := !unreported.WithoutReported(&test.channel).Has(delivery.UnreportedDRM); got != test.reported {
			t.Errorf("%s: reported is %t", name, got)
		}
	}
}

// What of an edge cannot change in place needs another channel, also what was taken out of the configuration.
func TestAnotherEdgeIsNeededForEachChangeButItsSpelling(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		wanted types.Object
		needed bool
	}{
		"the same":             {edge(nil), false},
		"another profile":      {edge(func(cdn *delivery.CDN) { cdn.ProfileID = types.Int64Value(13) }), true},
		"no profile":           {edge(func(cdn *delivery.CDN) { cdn.ProfileID = types.Int64Null() }), true},
		"another product":      {edge(func(cdn *delivery.CDN) { cdn.Type = types.StringValue(api.CDNPlus) }), true},
		"no product":           {edge(func(cdn *delivery.CDN) { cdn.Type = types.StringNull() }), false},
		"another number":       {edge(func(cdn *delivery.CDN) { cdn.InstanceNo = types.Int64Value(14) }), true},
		"another domain":       {edge(func(cdn *delivery.CDN) { cdn.Domain = types.StringValue("b.edge.example.com") }), true},
		"capitals in a domain": {edge(func(cdn *delivery.CDN) { cdn.Domain = types.StringValue("A.EDGE.example.com") }), false},
		"a new edge":           {edge(func(cdn *delivery.CDN) { cdn.RegionType = types.StringValue("JAPAN") }), true},
	} {
		if got := delivery.NeedsOtherEdge(test.wanted, edge(nil), nil); got != test.needed {
			t.Errorf("%s: another edge is needed: %t", name, got)
		}
	}
}
