package delivery

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// ValidateCDN refuses a `cdn` of which the configuration alone says that the service would refuse it.
func ValidateCDN(object types.Object) (diags diag.Diagnostics) {
	at := path.Root("cdn")
	cdn, known := CDNOf(object)
	if !known {
		return nil
	}
	isSet := func(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }
	region, instance, domain := isSet(cdn.RegionType), isSet(cdn.InstanceNo), isSet(cdn.Domain)
	switch {
	case region && instance:
		diags.AddAttributeError(at.AtName("region_type"), "Either a new edge or one that exists", "`cdn.region_type` makes a new edge, and `cdn.instance_no` names one that exists. Leave one of them out.")
	case region && domain:
		diags.AddAttributeError(at.AtName("region_type"), "Either a new edge or one that exists", "`cdn.region_type` makes a new edge, and `cdn.domain` names one that exists. Leave one of them out.")
	case cdn.RegionType.IsNull() && cdn.InstanceNo.IsNull() && cdn.Domain.IsNull():
		diags.AddAttributeError(at, "No edge", "Set `cdn.region_type` for a new edge, or `cdn.instance_no` and `cdn.domain` for one that exists.")
	case cdn.RegionType.IsNull() && cdn.InstanceNo.IsNull():
		diags.AddAttributeError(at.AtName("instance_no"), "Edge is incomplete", "An edge that exists needs `cdn.instance_no` beside `cdn.domain`.")
	case cdn.RegionType.IsNull() && cdn.Domain.IsNull():
		diags.AddAttributeError(at.AtName("domain"), "Edge is incomplete", "An edge that exists needs `cdn.domain` beside `cdn.instance_no`.")
	}
	if cdn.DeleteEdge.ValueBool() && !region && (instance || domain || cdn.RegionType.IsNull()) {
		diags.AddAttributeError(at.AtName("delete_edge"), "Only an edge that the channel makes can be deleted with it",
			"`cdn.delete_edge` belongs to `cdn.region_type`. An edge that exists already may serve others, and is not deleted.")
	}
	return diags
}

// ValidateZone refuses what the zone of the provider's settings does not have, or needs.
func ValidateZone(object, drm types.Object, financial bool) (diags diag.Diagnostics) {
	cdn, known := CDNOf(object)
	switch {
	case financial && !drm.IsNull():
		diags.AddAttributeError(path.Root("drm"), "The financial zone has no DRM", "Leave `drm` out with the provider's `site = \"fin\"`.")
	case !financial && known && cdn.ProfileID.IsNull():
		diags.AddAttributeError(path.Root("cdn").AtName("profile_id"), "Edge profile is missing",
			"In the public zone an edge is in a profile of Global Edge: set `cdn.profile_id`. The data source livestation_edge_profiles lists the account's profiles.")
	}
	return diags
}

// ValidateNewCDN is ValidateZone for a new channel, which cannot have the other zone's product. One that exists may: the
// public zone once had CDN_PLUS too.
func ValidateNewCDN(object, drm types.Object, financial bool) diag.Diagnostics {
	diags := ValidateZone(object, drm, financial)
	cdn, _ := CDNOf(object)
	zone, product := "public", api.CDNGlobalEdge
	if financial {
		zone, product = "financial", api.CDNPlus
	}
	if kind := cdn.Type.ValueString(); kind != "" && kind != product {
		diags.AddAttributeError(path.Root("cdn").AtName("type"), "The zone has another product", fmt.Sprintf(
			"A new channel of the %s zone is delivered by %s, and `cdn.type` is %s. Set it to %s, or leave it out.", zone, product, kind, product))
	}
	return diags
}
