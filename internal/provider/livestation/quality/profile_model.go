package quality

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// Types of a profile that can be made. The service's own may also be BYPASS, which passes the source through.
const (
	typeNormal = "NORMAL"
	typeAudio  = "AUDIO"
)

// profileModel mirrors the schema.
type profileModel struct {
	Name     types.String   `tfsdk:"name"`
	Type     types.String   `tfsdk:"type"`
	Video    types.Object   `tfsdk:"video"`
	Audio    types.Object   `tfsdk:"audio"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`

	ID               types.String `tfsdk:"id"`
	QualityProfileID types.Int64  `tfsdk:"quality_profile_id"`
}

type videoModel struct {
	Codec       types.String  `tfsdk:"codec"`
	Profile     types.String  `tfsdk:"profile"`
	Width       types.Int64   `tfsdk:"width"`
	Height      types.Int64   `tfsdk:"height"`
	FPS         types.Float64 `tfsdk:"fps"`
	Bitrate     types.Int64   `tfsdk:"bitrate"`
	RateControl types.String  `tfsdk:"rate_control"`
	BFrames     types.Int64   `tfsdk:"bframes"`
	Orientation types.String  `tfsdk:"orientation"`
}

type audioModel struct {
	Codec      types.String `tfsdk:"codec"`
	Profile    types.String `tfsdk:"profile"`
	SampleRate types.Int64  `tfsdk:"sample_rate"`
	Channels   types.Int64  `tfsdk:"channels"`
	Bitrate    types.Int64  `tfsdk:"bitrate"`
}

var (
	videoTypes = map[string]attr.Type{
		"codec": types.StringType, "profile": types.StringType, "width": types.Int64Type, "height": types.Int64Type, "fps": types.Float64Type,
		"bitrate": types.Int64Type, "rate_control": types.StringType, "bframes": types.Int64Type, "orientation": types.StringType,
	}
	audioTypes = map[string]attr.Type{
		"codec": types.StringType, "profile": types.StringType, "sample_rate": types.Int64Type, "channels": types.Int64Type, "bitrate": types.Int64Type,
	}
)

// newVideoModel is what the service reports of the picture; all members are null if it reports nothing.
func newVideoModel(video *api.QualityVideo) videoModel {
	if video == nil {
		return videoModel{}
	}
	return videoModel{
		Codec: models.TextOrNull(string(video.Codec)), Profile: models.TextOrNull(string(video.Profile)),
		Width: types.Int64PointerValue(video.Width.Pointer()), Height: types.Int64PointerValue(video.Height.Pointer()),
		FPS: types.Float64PointerValue(video.FPS.Pointer()), Bitrate: types.Int64PointerValue(video.Bitrate.Pointer()),
		RateControl: models.TextOrNull(string(video.RateControl)), BFrames: types.Int64PointerValue(video.BFrames.Pointer()),
		Orientation: models.TextOrNull(string(video.Orientation)),
	}
}

func newAudioModel(audio *api.QualityAudio) audioModel {
	if audio == nil {
		return audioModel{}
	}
	return audioModel{
		Codec: models.TextOrNull(string(audio.Codec)), Profile: models.TextOrNull(string(audio.Profile)),
		SampleRate: types.Int64PointerValue(audio.SampleRate.Pointer()), Channels: types.Int64PointerValue(audio.Channels.Pointer()),
		Bitrate: types.Int64PointerValue(audio.Bitrate.Pointer()),
	}
}

// newProfileModel is what the service reports of a profile, and null for what it does not report. It has no timeouts.
func newProfileModel(profile *api.QualityProfile) (model profileModel, diags diag.Diagnostics) {
	model.Name, model.Type = models.TextOrNull(string(profile.Name)), models.TextOrNull(string(profile.Type))
	model.Video, model.Audio = types.ObjectNull(videoTypes), types.ObjectNull(audioTypes)
	if profile.Video != nil {
		video := newVideoModel(profile.Video)
		model.Video, diags = models.ToObject(videoTypes, &video)
	}
	if profile.Audio != nil {
		audio := newAudioModel(profile.Audio)
		object, more := models.ToObject(audioTypes, &audio)
		diags.Append(more...)
		model.Audio = object
	}
	return model, diags
}

func (m *profileModel) setID(id int64) {
	m.ID, m.QualityProfileID = types.StringValue(strconv.FormatInt(id, 10)), types.Int64Value(id)
}

// shownBy reports whether the service shows exactly what is in state.
func (m *profileModel) shownBy(profile *api.QualityProfile) bool {
	shown, diags := newProfileModel(profile)
	return !diags.HasError() && shown.Name.Equal(m.Name) && shown.Type.Equal(m.Type) && len(differences(shown.Video, m.Video)) == 0 && len(differences(shown.Audio, m.Audio)) == 0
}

// setFromAPI takes over what the service shows. What it leaves out stays as it was.
func (m *profileModel) setFromAPI(profile *api.QualityProfile) diag.Diagnostics {
	shown, diags := newProfileModel(profile)
	m.Name, m.Type = models.TextOrPrior(m.Name, string(profile.Name)), models.TextOrPrior(m.Type, string(profile.Type))
	m.Video = memberwise(m.Video, shown.Video, shownOrPrior)
	m.Audio = memberwise(m.Audio, shown.Audio, shownOrPrior)
	if m.Type.ValueString() == typeAudio {
		m.Video = types.ObjectNull(videoTypes)
	}
	return diags
}

// fillUnknown gives a profile that was made as planned what the plan left to the service; null for what the service does not report, also
// where profile is nil.
func (m *profileModel) fillUnknown(profile *api.QualityProfile) (diags diag.Diagnostics) {
	var shown api.QualityProfile
	if profile != nil {
		shown = *profile
	}
	videoModel, audioModel := newVideoModel(shown.Video), newAudioModel(shown.Audio)
	video, diags := models.ToObject(videoTypes, &videoModel)
	audio, more := models.ToObject(audioTypes, &audioModel)
	diags.Append(more...)
	if !m.Video.IsNull() {
		m.Video = memberwise(m.Video, video, plannedOrShown)
	}
	m.Audio = memberwise(m.Audio, audio, plannedOrShown)
	return diags
}

func shownOrPrior(prior, shown attr.Value) attr.Value {
	if shown.IsNull() || same(prior, shown) {
		return prior
	}
	return shown
}

func plannedOrShown(planned, shown attr.Value) attr.Value {
	if planned.IsUnknown() {
		return shown
	}
	return planned
}

// memberwise makes an object of two, one member after the other. One that is null gives way to the other.
func memberwise(prior, shown types.Object, choose func(prior, shown attr.Value) attr.Value) types.Object {
	switch {
	case shown.IsNull():
		return prior
	case prior.IsNull():
		return shown
	}
	members := map[string]attr.Value{}
	for name, value := range shown.Attributes() {
		members[name] = choose(prior.Attributes()[name], value)
	}
	return types.ObjectValueMust(shown.AttributeTypes(context.Background()), members)
}

// same compares two values. A configuration has a number such as 29.97 more exactly than the service, which has a Float.
func same(one, other attr.Value) bool {
	left, ok := one.(types.Float64)
	right, alsoOK := other.(types.Float64)
	if ok && alsoOK && !left.IsUnknown() && !right.IsUnknown() && left.IsNull() == right.IsNull() {
		return float32(left.ValueFloat64()) == float32(right.ValueFloat64())
	}
	return one.Equal(other)
}

// input is what a profile is made of. What is not known is left to the service.
func (m *profileModel) input() (input api.QualityProfileInput, diags diag.Diagnostics) {
	var audio audioModel
	diags.Append(models.FromObject(m.Audio, &audio)...)
	input = api.QualityProfileInput{Name: m.Name.ValueString(), Type: m.Type.ValueString(), Audio: api.QualityAudioInput{
		Codec: audio.Codec.ValueString(), Profile: audio.Profile.ValueString(), SampleRate: audio.SampleRate.ValueInt64(),
		Channels: audio.Channels.ValueInt64(), Bitrate: audio.Bitrate.ValueInt64(),
	}}
	if m.Video.IsNull() {
		return input, diags
	}
	var video videoModel
	diags.Append(models.FromObject(m.Video, &video)...)
	input.Video = &api.QualityVideoInput{
		Codec: video.Codec.ValueString(), Profile: video.Profile.ValueString(), Width: video.Width.ValueInt64(), Height: video.Height.ValueInt64(),
		FPS: video.FPS.ValueFloat64(), Bitrate: video.Bitrate.ValueInt64(), RateControl: video.RateControl.ValueString(), Orientation: video.Orientation.ValueString(),
	}
	if !video.BFrames.IsUnknown() {
		input.Video.BFrames = video.BFrames.ValueInt64Pointer()
	}
	return input, diags
}
