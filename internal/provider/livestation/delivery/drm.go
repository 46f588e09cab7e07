package delivery

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// DRMTypes are the types of the members of `drm`.
var DRMTypes = map[string]attr.Type{"site_id": types.StringType, "content_id": types.StringType}

// DRMAttribute is the attribute `drm`.
func DRMAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "Content protection (public zone only). Adding, changing or removing it replaces the channel.",
		Attributes: map[string]schema.Attribute{
			"site_id": schema.StringAttribute{Required: true, MarkdownDescription: "Id of the site at the DRM service.", Validators: []validator.String{validate.RequiredText()}},
			"content_id": schema.StringAttribute{
				Required: true, MarkdownDescription: "Id of the content: 3 to 100 English letters, digits, `-` and `_`.",
				Validators: []validator.String{stringvalidator.RegexMatches(drmID, "must be 3 to 100 characters long, of English letters, digits, - and _")},
			},
		},
	}
}

var drmID = regexp.MustCompile(`^[A-Za-z0-9_-]{3,100}$`)

// DRMInput is the content protection of a new channel; nil where there is no `drm`.
func DRMInput(object types.Object) *api.DRM {
	members := object.Attributes()
	if len(members) == 0 {
		return nil
	}
	text := func(name string) lenientjson.String {
		value, _ := members[name].(types.String) // both are
		return lenientjson.String(value.ValueString())
	}
	return &api.DRM{SiteID: text("site_id"), ContentID: text("content_id")}
}

// DRMFromAPI returns the `drm` that the service reports, if it reports all of it.
func DRMFromAPI(prior types.Object, reported *api.DRM) types.Object {
	if reported == nil || reported.SiteID == "" || reported.ContentID == "" {
		return prior
	}
	return types.ObjectValueMust(DRMTypes, map[string]attr.Value{
		"site_id": types.StringValue(string(reported.SiteID)), "content_id": types.StringValue(string(reported.ContentID)),
	})
}
