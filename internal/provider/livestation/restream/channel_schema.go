package restream

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// maxTargets is how many targets a plan allows [media-livestation-re-stream-channelcreate].
var maxTargets = map[string]int{"STANDARD": 3, "PROFESSIONAL": 5}

func (r *channelResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	// A value that the service does not report of an imported channel is taken from the configuration.
	replaced := []planmodifier.String{stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = !req.StateValue.IsNull()
		}, "Changing it replaces the channel.", "Changing it replaces the channel.",
	)}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A re-stream channel of Live Station: it takes one feed and relays it to up to five targets, such as YouTube and CHZZK.\n\n" +
			"A channel is billed by its plan as long as it exists. Destroying or replacing the resource **terminates** the channel permanently, and its ingest key is lost: " +
			"the encoder then needs the key of the new channel. A channel that is streaming is never terminated: end the stream first. " +
			"Consider `lifecycle { prevent_destroy = true }`.\n\n" +
			"**An import** derives labels from the targets' names (`youtube`; `custom_1`, `custom_2` where there are several), which you can rename. Generated configuration " +
			"omits every secret: fill in each stream key, and a password where there is one, before the next plan. The service never shows a password, so the first apply after an import " +
			"sends the configured one once, as an update in place that is refused while the channel is streaming.",
		Attributes: map[string]schema.Attribute{
			"channel_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the channel: 3 to 20 characters, Hangul syllables, English letters, digits and `_`. It need not be unique. Changing it replaces the channel.",
				Validators:          []validator.String{livestation.ChannelName()},
				PlanModifiers:       replaced,
			},
			"plan_type": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Plan by which the channel is billed: `STANDARD` (up to 3 targets) or `PROFESSIONAL` (up to 5). Changing it replaces the channel.",
				Validators:          []validator.String{stringvalidator.OneOf("STANDARD", "PROFESSIONAL")},
				PlanModifiers:       replaced,
			},
			"env_type": schema.StringAttribute{
				Optional: true, Computed: true,
				Default:             stringdefault.StaticString("REAL"),
				MarkdownDescription: "Label for the purpose of the channel: `REAL` (default), `DEV` or `STAGE`. It has no other effect. Changing it replaces the channel.",
				Validators:          []validator.String{stringvalidator.OneOf("REAL", "DEV", "STAGE")},
				PlanModifiers:       replaced,
			},
			"restream": schema.MapNestedAttribute{
				Required: true,
				MarkdownDescription: "Targets, 1 to 5 depending on the plan, each under a label of your choice. Labels are not sent: targets are created in the order of their labels, and renaming a label " +
					"makes no request. Addresses, keys and credentials change in place while the channel is not streaming; adding or removing a target replaces the channel.",
				Validators:   []validator.Map{mapvalidator.SizeBetween(1, 5)},
				NestedObject: targetSchema(),
			},
			"callback_endpoint": schema.StringAttribute{
				Optional: true, Computed: true, Sensitive: true,
				MarkdownDescription: "URL to which Live Station reports events of the channel; none by default. It is set after creation and changes in place. It cannot be unset through the API: if it is removed " +
					"from the configuration, the service keeps it.",
				Validators: []validator.String{livestation.CallbackURL()},
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the channel is ready. Default `10m`; any duration such as `90s` or `15m`.",
				ReadDescription:   "How long a refresh may take. Default `2m`.",
				UpdateDescription: "How long changes in place may take. Default `5m`.",
				DeleteDescription: "How long termination may take. Default `5m`.",
			}),

			"id":          schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `channel_id`."},
			"channel_id":  schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Zx9Qa`."},
			"instance_no": schema.StringAttribute{Computed: true, MarkdownDescription: "Instance number of the channel."},
			"stream_key": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "Ingest key that the encoder needs. It changes only if the channel is replaced. It is null with `secrets_in_state = false`."},
			"publish_url":        schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for the encoder."},
			"global_publish_url": schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for an encoder outside Korea."},
			"created_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		},
	}
}

func (r *channelResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"channel_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Id of the re-stream channel."},
	}}
}

func (r *channelResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config channelModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() || config.Restream.IsUnknown() {
		return
	}
	plan, count := config.PlanType.ValueString(), len(config.Restream.Elements())
	if most, ok := maxTargets[plan]; ok && count > most {
		resp.Diagnostics.AddAttributeError(path.Root("restream"), "Too many targets for the plan",
			fmt.Sprintf("plan_type %s allows up to %d targets, and %d are configured.%s", plan, most, count, moreTargets(plan, count)))
	}
}

func moreTargets(plan string, count int) string {
	if plan == "STANDARD" && count <= maxTargets["PROFESSIONAL"] {
		return " PROFESSIONAL allows up to 5; changing the plan of a channel replaces it."
	}
	return ""
}
