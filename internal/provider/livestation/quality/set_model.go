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

// setModel mirrors the schema.
type setModel struct {
	Name              types.String   `tfsdk:"name"`
	QualityProfileIDs types.Set      `tfsdk:"quality_profile_ids"`
	LowLatency        types.Bool     `tfsdk:"low_latency"`
	SegmentDuration   types.Int64    `tfsdk:"segment_duration"`
	SegmentCount      types.Int64    `tfsdk:"segment_count"`
	TimedMetadata     types.Object   `tfsdk:"timed_metadata"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`

	ID           types.String `tfsdk:"id"`
	QualitySetID types.Int64  `tfsdk:"quality_set_id"`
}

type timedMetadataModel struct {
	Header   types.String `tfsdk:"header"`
	Interval types.Int64  `tfsdk:"interval"`
	Key      types.String `tfsdk:"key"`
}

var timedMetadataTypes = map[string]attr.Type{"header": types.StringType, "interval": types.Int64Type, "key": types.StringType}

// newSetModel is what the service reports of a set, and null for what it does not report. What it reports of the segments of a low-latency
// set is its own choice, so that has none. It has no timeouts.
func newSetModel(ctx context.Context, set *api.QualitySet) (model setModel, diags diag.Diagnostics) {
	model.Name = models.TextOrNull(string(set.Name))
	model.LowLatency = types.BoolPointerValue(set.LowLatency.Pointer())
	model.QualityProfileIDs, model.TimedMetadata = types.SetNull(types.Int64Type), types.ObjectNull(timedMetadataTypes)
	if len(set.Qualities) > 0 {
		model.QualityProfileIDs, diags = types.SetValueFrom(ctx, types.Int64Type, set.ProfileIDs())
	}
	if !set.LowLatency.Value {
		model.SegmentDuration, model.SegmentCount = types.Int64PointerValue(set.SegmentDuration.Pointer()), types.Int64PointerValue(set.SegmentCount.Pointer())
	}
	if metadata := set.TimedMetadata; metadata != nil && (set.EnableTimedMetadata.Value || !set.EnableTimedMetadata.Valid) {
		reported := timedMetadataModel{models.TextOrNull(string(metadata.Header)), types.Int64PointerValue(metadata.Interval.Pointer()), models.TextOrNull(string(metadata.Key))}
		object, more := models.ToObject(timedMetadataTypes, &reported)
		diags.Append(more...)
		model.TimedMetadata = object
	}
	return model, diags
}

func (m *setModel) setID(id int64) {
	m.ID, m.QualitySetID = types.StringValue(strconv.FormatInt(id, 10)), types.Int64Value(id)
}

// shownBy reports whether the service shows exactly what is in state.
func (m *setModel) shownBy(ctx context.Context, set *api.QualitySet) bool {
	shown, diags := newSetModel(ctx, set)
	return !diags.HasError() && shown.Name.Equal(m.Name) && shown.QualityProfileIDs.Equal(m.QualityProfileIDs) && shown.LowLatency.Equal(m.LowLatency) &&
		shown.SegmentDuration.Equal(m.SegmentDuration) && shown.SegmentCount.Equal(m.SegmentCount) && shown.TimedMetadata.Equal(m.TimedMetadata)
}

// setFromAPI takes over what the service shows. What it leaves out stays as it was.
func (m *setModel) setFromAPI(ctx context.Context, set *api.QualitySet) diag.Diagnostics {
	shown, diags := newSetModel(ctx, set)
	m.Name = models.TextOrPrior(m.Name, string(set.Name))
	if !shown.QualityProfileIDs.IsNull() {
		m.QualityProfileIDs = shown.QualityProfileIDs
	}
	switch {
	case !shown.LowLatency.IsNull():
		m.LowLatency = shown.LowLatency
	case m.LowLatency.IsNull():
		m.LowLatency = types.BoolValue(false)
	}
	if m.LowLatency.ValueBool() {
		shown.SegmentDuration, shown.SegmentCount, m.SegmentDuration, m.SegmentCount = types.Int64Null(), types.Int64Null(), types.Int64Null(), types.Int64Null()
	}
	if !shown.SegmentDuration.IsNull() {
		m.SegmentDuration = shown.SegmentDuration
	}
	if !shown.SegmentCount.IsNull() {
		m.SegmentCount = shown.SegmentCount
	}
	if set.EnableTimedMetadata.Valid && !set.EnableTimedMetadata.Value {
		m.TimedMetadata = types.ObjectNull(timedMetadataTypes)
	} else {
		m.TimedMetadata = memberwise(m.TimedMetadata, shown.TimedMetadata, shownOrPrior)
	}
	return diags
}

// input is what a set is made of; all of it must be known.
func (m *setModel) input(ctx context.Context) (input api.QualitySetInput, diags diag.Diagnostics) {
	input = api.QualitySetInput{Name: m.Name.ValueString(), LowLatency: m.LowLatency.ValueBool(), Segments: m.segments()}
	diags.Append(m.QualityProfileIDs.ElementsAs(ctx, &input.ProfileIDs, false)...)
	if !m.TimedMetadata.IsNull() {
		var metadata timedMetadataModel
		diags.Append(models.FromObject(m.TimedMetadata, &metadata)...)
		input.TimedMetadata = &api.TimedMetadataInput{Header: metadata.Header.ValueString(), Interval: metadata.Interval.ValueInt64(), Key: metadata.Key.ValueString()}
	}
	return input, diags
}

func (m *setModel) segments() api.SegmentEdit {
	return api.SegmentEdit{Duration: m.SegmentDuration.ValueInt64(), Count: m.SegmentCount.ValueInt64()}
}
