package restream

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// targetNames are the services that Live Station knows [media-livestation-re-stream-channelcreate].
var targetNames = []string{"YOUTUBE", "CHZZK", "STEAM", "YOUNOW", "USTREAM", "AFREECATV", "PRISM", "CUSTOM"}

func targetSchema() schema.NestedAttributeObject {
	sibling := func(name string) path.Expression { return path.MatchRelative().AtParent().AtName(name) }
	return schema.NestedAttributeObject{CustomType: targetType, Validators: []validator.Object{oneStreamKey{}}, Attributes: map[string]schema.Attribute{
		"target_name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Service that the target belongs to: `" + strings.Join(targetNames, "`, `") + "`. " +
				"Use `CUSTOM` for any other. Changing it replaces the channel.",
			Validators: []validator.String{stringvalidator.OneOf(targetNames...)},
		},
		"rtmp_url": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "Ingest address that the target gives you, beginning with `rtmp://` or `rtmps://`, without the stream key. It changes in place.",
			Validators:          []validator.String{rtmpAddress()},
		},
		"stream_key": schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: "Stream key that the target gives you, stored in state. Exactly one of `stream_key` and `stream_key_wo` is required. It changes in place.",
			Validators: []validator.String{
				streamKey(),
			},
		},
		"stream_key_wo": schema.StringAttribute{
			Optional: true, Sensitive: true, WriteOnly: true,
			MarkdownDescription: "Stream key that is sent but not stored. It needs Terraform 1.11 or OpenTofu 1.11. A change is sent when `stream_key_wo_version` changes.",
			Validators: []validator.String{
				streamKey(),
				stringvalidator.AlsoRequires(sibling("stream_key_wo_version")),
			},
		},
		"stream_key_wo_version": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Version of `stream_key_wo`, a number of your choice. Change it to send a new key, in place.",
			Validators:          []validator.Int64{int64validator.AlsoRequires(sibling("stream_key_wo"))},
		},
		"auth_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "RTMP user name, for a target that requires one. It changes in place; removing it replaces the channel.",
			Validators:          []validator.String{notEmpty()},
		},
		"auth_password": schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: "RTMP password, stored in state. It can be used without `auth_id`. The service masks it, so a change made elsewhere is not detected. It changes in place; removing it replaces the channel.",
			Validators: []validator.String{
				notEmpty(),
				stringvalidator.ConflictsWith(sibling("auth_password_wo")),
			},
		},
		"auth_password_wo": schema.StringAttribute{
			Optional: true, Sensitive: true, WriteOnly: true,
			MarkdownDescription: "RTMP password that is sent but not stored. It needs Terraform 1.11 or OpenTofu 1.11. A change is sent when `auth_password_wo_version` changes.",
			Validators: []validator.String{
				notEmpty(),
				stringvalidator.AlsoRequires(sibling("auth_password_wo_version")),
			},
		},
		"auth_password_wo_version": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Version of `auth_password_wo`, a number of your choice. Change it to send a new password, in place.",
			Validators:          []validator.Int64{int64validator.AlsoRequires(sibling("auth_password_wo"))},
		},
		"platform_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Id of the target within the channel.",
		},
	}}
}

// oneStreamKey requires exactly one form of the stream key in each target, and names a target that has none or both.
type oneStreamKey struct{}

func (oneStreamKey) Description(context.Context) string {
	return "exactly one of stream_key and stream_key_wo must be set"
}

func (v oneStreamKey) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (oneStreamKey) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	stored, writeOnly := req.ConfigValue.Attributes()["stream_key"], req.ConfigValue.Attributes()["stream_key_wo"]
	if stored == nil || writeOnly == nil || stored.IsUnknown() || writeOnly.IsUnknown() || stored.IsNull() != writeOnly.IsNull() {
		return
	}
	if stored.IsNull() {
		resp.Diagnostics.AddAttributeError(req.Path.AtName("stream_key"), "Stream key is missing", fmt.Sprintf(
			"`%s` needs a stream key: either `stream_key`, which is stored in state, or `stream_key_wo` with `stream_key_wo_version`, which is not.", req.Path))
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path.AtName("stream_key"), "Two stream keys", fmt.Sprintf(
		"`%s` has both `stream_key` and `stream_key_wo`. Take one of them out.", req.Path))
}

// targetType is the custom type of the schema too, since the framework would otherwise build the same type for each value.
var targetType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"target_name": types.StringType, "rtmp_url": types.StringType,
	"stream_key": types.StringType, "stream_key_wo": types.StringType, "stream_key_wo_version": types.Int64Type,
	"auth_id": types.StringType, "auth_password": types.StringType, "auth_password_wo": types.StringType, "auth_password_wo_version": types.Int64Type,
	"platform_id": types.StringType,
}}
