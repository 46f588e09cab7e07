package quality

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// What the service accepts [media-livestation-quality-qualitycreate].
const (
	maxVideoBitrate = 204_800_000 // bits per second
	// From here on an audio bitrate counts as bits per second: no audio has so many kilobits.
	tooManyKilobits = 8000
	// Smaller pictures have the profile BASELINE only.
	hdPixels = 1280 * 720
)

var (
	qualityName = regexp.MustCompile(`^[A-Za-z0-9-]{3,20}$`)
	sampleRates = []int64{8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000}
)

func nameAttribute(of string) schema.Attribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: fmt.Sprintf("Name of the %[1]s: 3 to 20 characters, English letters, digits and `-`. It need not be unique. Changing it replaces the %[1]s.", of),
		Validators:          []validator.String{stringvalidator.RegexMatches(qualityName, "must be 3 to 20 characters long, of English letters, digits and -")},
	}
}

func (r *profileResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A quality profile: one rendition of a stream, such as 720p. A `livestation_quality_set` refers to it in `quality_profile_ids`.\n\n" +
			"The service cannot change a profile, so every change replaces it, together with the quality sets and channels that use it: a new channel has a new ingest key and new playback " +
			"addresses. It can be deleted only while no quality set uses it. Names need not be unique. Leave `create_before_destroy` out where a channel depends on it: Terraform 1.16.0 would create the new channel first too, whatever its plan says.\n\n" +
			"The service's own profiles (`gen_type` `SYSTEM`) cannot be changed or deleted, so they cannot be managed: use the data source `livestation_quality_profiles`.",
		Attributes: map[string]schema.Attribute{
			"name": nameAttribute("profile"),
			"type": schema.StringAttribute{
				Optional: true, Computed: true,
				Default:             stringdefault.StaticString(typeNormal),
				MarkdownDescription: "`NORMAL` (default) has picture and sound, `AUDIO` sound only. Changing it replaces the profile.",
				Validators:          []validator.String{stringvalidator.OneOf(typeNormal, typeAudio)},
			},
			"video": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "The picture: required with `type = \"NORMAL\"`, not allowed with `AUDIO`. Changing it replaces the profile.",
				Attributes:          videoAttributes(),
			},
			"audio": schema.SingleNestedAttribute{
				Required:            true,
				MarkdownDescription: "The sound. Changing it replaces the profile.",
				Attributes:          audioAttributes(),
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Delete: true,
				CreateDescription: "How long creation may take. Default `5m`.",
				DeleteDescription: "How long deletion may take, including retries while a quality set that was just deleted still counts as using it. Default `5m`.",
			}),

			"id":                 schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `quality_profile_id`, as a string."},
			"quality_profile_id": schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the profile, for `quality_profile_ids` of a `livestation_quality_set`."},
		},
	}
}

func videoAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"codec": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "`H264` (default).",
			Validators:          []validator.String{stringvalidator.OneOf("H264")},
		},
		"profile": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "H.264 profile: `BASELINE`, `MAIN` or `HIGH`. Below 1280x720 pixels, only `BASELINE`.",
			Validators:          []validator.String{stringvalidator.OneOf("BASELINE", "MAIN", "HIGH")},
		},
		"width": schema.Int64Attribute{
			Required:            true,
			MarkdownDescription: "Width in pixels, an even number from 128 to 1920.",
			Validators:          []validator.Int64{int64validator.Between(128, 1920), even{}},
		},
		"height": schema.Int64Attribute{
			Required:            true,
			MarkdownDescription: "Height in pixels, an even number from 96 to 1920.",
			Validators:          []validator.Int64{int64validator.Between(96, 1920), even{}},
		},
		"fps": schema.Float64Attribute{
			Required:            true,
			MarkdownDescription: "Frames per second, 1 to 60, such as `30` or `29.97`.",
			Validators:          []validator.Float64{float64validator.Between(1, 60)},
		},
		"bitrate": schema.Int64Attribute{
			Required:            true,
			MarkdownDescription: fmt.Sprintf("Bitrate of the picture in **bits** per second, 1 to %d, such as `2500000`.", maxVideoBitrate),
			Validators:          []validator.Int64{int64validator.Between(1, maxVideoBitrate)},
		},
		"rate_control": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "`VBR` or `CBR`. If omitted, the service chooses.",
			Validators:          []validator.String{stringvalidator.OneOf("VBR", "CBR")},
		},
		"bframes": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Number of consecutive B-frames, 0 to 4. If omitted, the service chooses.",
			Validators:          []validator.Int64{int64validator.Between(0, 4)},
		},
		"orientation": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "How a portrait picture is handled: `FIX` or `FREEFIX`; the service documents no more. If omitted, the service chooses.",
			Validators:          []validator.String{validate.OptionalText()},
		},
	}
}

func audioAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"codec": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "`AAC` (default) or `MP3`.",
			Validators:          []validator.String{stringvalidator.OneOf("AAC", "MP3")},
		},
		"profile": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Profile of the codec: `LC` (default for AAC).",
			Validators:          []validator.String{stringvalidator.OneOf("LC")},
		},
		"sample_rate": schema.Int64Attribute{
			Required:            true,
			MarkdownDescription: "Samples per second, in Hz, such as `44100` or `48000`.",
			Validators:          []validator.Int64{int64validator.OneOf(sampleRates...)},
		},
		"channels": schema.Int64Attribute{
			Required:            true,
			MarkdownDescription: "Number of channels: 1 or 2.",
			Validators:          []validator.Int64{int64validator.Between(1, 2)},
		},
		"bitrate": schema.Int64Attribute{
			Required:            true,
			MarkdownDescription: "Bitrate of the sound in **kilobits** per second, such as `128`.",
			Validators:          []validator.Int64{kilobits{}},
		},
	}
}

func (r *profileResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"quality_profile_id": identityschema.Int64Attribute{RequiredForImport: true, Description: "Id of the quality profile."},
	}}
}

// ValidateConfig checks what one attribute alone does not show.
func (r *profileResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config profileModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	at := path.Root("video")
	switch {
	case config.Type.IsUnknown() || config.Video.IsUnknown():
		return
	case config.Type.ValueString() == typeAudio && !config.Video.IsNull():
		resp.Diagnostics.AddAttributeError(at, "Audio profile has a picture", "A profile with `type = \"AUDIO\"` has no `video`. Take `video` out, or leave `type` out.")
	case config.Type.ValueString() != typeAudio && config.Video.IsNull():
		resp.Diagnostics.AddAttributeError(at, "Picture of the profile is missing", "A profile with `type = \"NORMAL\"`, the default, needs `video`. Add it, or set `type = \"AUDIO\"` for sound alone.")
	}
	if config.Video.IsNull() {
		return
	}
	var video videoModel
	resp.Diagnostics.Append(models.FromObject(config.Video, &video)...)
	if video.Width.IsUnknown() || video.Height.IsUnknown() || video.Profile.IsUnknown() {
		return
	}
	profile, width, height := video.Profile.ValueString(), video.Width.ValueInt64(), video.Height.ValueInt64()
	if (profile == "MAIN" || profile == "HIGH") && width*height < hdPixels {
		resp.Diagnostics.AddAttributeError(at.AtName("profile"), "H.264 profile is not for this size", fmt.Sprintf(
			"`video.profile` is %q, and the picture of %dx%d has fewer pixels than 1280x720, for which Live Station knows `BASELINE` only. Set `profile = \"BASELINE\"`, or a larger picture.", profile, width, height))
	}
}

// even accepts even numbers.
type even struct{}

func (even) Description(context.Context) string             { return "must be an even number" }
func (v even) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (v even) ValidateInt64(ctx context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if number := req.ConfigValue.ValueInt64(); number%2 != 0 { // what is null or unknown is 0
		resp.Diagnostics.AddAttributeError(req.Path, "Odd number of pixels", fmt.Sprintf("`%s` %s, and it is %d.", req.Path, v.Description(ctx), number))
	}
}

// kilobits accepts bitrates of audio.
type kilobits struct{}

func (kilobits) Description(context.Context) string {
	return fmt.Sprintf("is in kilobits per second: it must be between 1 and %d", tooManyKilobits-1)
}
func (v kilobits) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (v kilobits) ValidateInt64(ctx context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if rate := req.ConfigValue.ValueInt64(); rate < 1 || rate >= tooManyKilobits {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid audio bitrate", fmt.Sprintf("`%s` %s, such as 128, and it is %d. Only the picture's bitrate is in bits.", req.Path, v.Description(ctx), rate))
	}
}
