package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// ingestRTMP is the default of `ingest_protocol`.
const ingestRTMP = "RTMP"

// channelModel mirrors the schema. Values that neither a read since the import nor the configuration has given are null.
type channelModel struct {
	ChannelName      types.String   `tfsdk:"channel_name"`
	EnvType          types.String   `tfsdk:"env_type"`
	OutputProtocol   types.String   `tfsdk:"output_protocol"`
	IngestProtocol   types.String   `tfsdk:"ingest_protocol"`
	QualitySetID     types.Int64    `tfsdk:"quality_set_id"`
	CDN              types.Object   `tfsdk:"cdn"`
	UseDVR           types.Bool     `tfsdk:"use_dvr"`
	ImmediateOnAir   types.Bool     `tfsdk:"immediate_on_air"`
	Record           types.Object   `tfsdk:"record"`
	IsStreamFailOver types.Bool     `tfsdk:"is_stream_fail_over"`
	DRM              types.Object   `tfsdk:"drm"`
	CallbackEndpoint types.String   `tfsdk:"callback_endpoint"`
	Enabled          types.Bool     `tfsdk:"enabled"`
	ForceDestroy     types.Bool     `tfsdk:"force_destroy"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`

	ID               types.String      `tfsdk:"id"`
	ChannelID        types.String      `tfsdk:"channel_id"`
	InstanceNo       types.String      `tfsdk:"instance_no"`
	QualitySetName   types.String      `tfsdk:"quality_set_name"`
	StreamKey        types.String      `tfsdk:"stream_key"`
	BackupStreamKey  types.String      `tfsdk:"backup_stream_key"`
	PublishURL       types.String      `tfsdk:"publish_url"`
	GlobalPublishURL types.String      `tfsdk:"global_publish_url"`
	CreatedTime      timetypes.RFC3339 `tfsdk:"created_time"`
}

// wasRead reports whether the channel was ever read, rather than only created. A secret that is missing from a channel that was read was
// left out on purpose.
func (m *channelModel) wasRead() bool {
	return !m.InstanceNo.IsNull() || !m.PublishURL.IsNull() || !m.CreatedTime.IsNull()
}

// onlyImported reports whether only the id of the channel is known.
func (m *channelModel) onlyImported() bool { return m.ChannelName.IsNull() }

// hideSecrets keeps the model's secrets out of errors and logs.
func (m *channelModel) hideSecrets(configured *livestation.Service) {
	configured.HideStreamKey(m.StreamKey)
	configured.HideStreamKey(m.BackupStreamKey)
	configured.HideCallback(m.CallbackEndpoint)
}

// setID sets the id, and to null everything else that the service computes.
func (m *channelModel) setID(channelID string) {
	m.ID, m.ChannelID = types.StringValue(channelID), types.StringValue(channelID)
	m.InstanceNo, m.QualitySetName, m.StreamKey, m.BackupStreamKey = types.StringNull(), types.StringNull(), types.StringNull(), types.StringNull()
	m.PublishURL, m.GlobalPublishURL, m.CreatedTime = types.StringNull(), types.StringNull(), timetypes.NewRFC3339Null()
	m.CallbackEndpoint = types.StringNull()
	m.CDN = delivery.WithoutUnknown(m.CDN)
}

// setComputed updates the computed attributes with what the service reports. What it leaves out keeps its value.
func (m *channelModel) setComputed(channel *api.Channel) {
	if channel == nil {
		return
	}
	m.InstanceNo = models.TextOrPrior(m.InstanceNo, string(channel.InstanceNo))
	m.QualitySetName = models.TextOrPrior(m.QualitySetName, string(channel.QualitySetName))
	m.PublishURL = models.TextOrPrior(m.PublishURL, string(channel.PublishURL))
	m.GlobalPublishURL = models.TextOrPrior(m.GlobalPublishURL, string(channel.GlobalPublishURL))
	if key := string(channel.StreamKey); !api.Masked(key) {
		m.StreamKey = models.TextOrPrior(m.StreamKey, key)
	}
	if key := string(channel.BackupStreamKey); !api.Masked(key) {
		m.BackupStreamKey = models.TextOrPrior(m.BackupStreamKey, key)
	}
	if !channel.CreatedTime.IsZero() {
		m.CreatedTime = livestation.UTC(channel.CreatedTime.Time)
	}
}

// setFromAPI updates the model with all that the service reports. What it leaves out keeps its value; of the callback endpoint that is so only where it is
// known to be unreported.
func (m *channelModel) setFromAPI(channel *api.Channel, callbackUnreported bool) {
	m.setComputed(channel)
	m.ID = m.ChannelID
	m.ChannelName = models.TextOrPrior(m.ChannelName, string(channel.ChannelName))
	m.EnvType = livestation.OneOfOrPrior(m.EnvType, channel.EnvType, "REAL", "DEV", "STAGE")
	m.OutputProtocol = livestation.OneOfOrPrior(m.OutputProtocol, channel.OutputProtocol, api.ProtocolHLS, api.ProtocolLowLatency, api.ProtocolHLSAndDASH)
	m.IngestProtocol = livestation.OneOfOrPrior(m.IngestProtocol, channel.IngestProtocol, ingestRTMP, api.IngestSRT)
	if channel.QualitySetID.Value > 0 {
		m.QualitySetID = types.Int64Value(channel.QualitySetID.Value)
	}
	m.CDN = delivery.CDNFromAPI(m.CDN, channel.CDN)
	m.UseDVR, m.ImmediateOnAir = boolOrPrior(m.UseDVR, channel.UseDVR), boolOrPrior(m.ImmediateOnAir, channel.ImmediateOnAir)
	m.IsStreamFailOver = boolOrPrior(m.IsStreamFailOver, channel.IsStreamFailOver)
	m.Record = recordFromAPI(m.Record, channel.Record)
	m.DRM = delivery.DRMFromAPI(m.DRM, channel.DRM)
	m.CallbackEndpoint = livestation.CallbackOrPrior(m.CallbackEndpoint, string(channel.CallbackEndpoint), callbackUnreported)
	switch {
	case channel.TurnedOff():
		m.Enabled = types.BoolValue(false)
	case channel.ChannelStatus == api.StatusReady, channel.Publishing():
		m.Enabled = types.BoolValue(true)
	}
	if m.ForceDestroy.IsNull() {
		m.ForceDestroy = types.BoolValue(false)
	}
}

// save writes the model to state, without the values that state must not hold.
func (m channelModel) save(ctx context.Context, to *tftypes.Value, secretsInState bool) diag.Diagnostics {
	if !secretsInState {
		m.StreamKey, m.BackupStreamKey = types.StringNull(), types.StringNull()
	}
	return models.Set(ctx, to, &m)
}

// copyComputed copies what the service has computed.
func (m *channelModel) copyComputed(prior channelModel) {
	m.ID, m.ChannelID, m.InstanceNo, m.QualitySetName = prior.ID, prior.ChannelID, prior.InstanceNo, prior.QualitySetName
	m.StreamKey, m.BackupStreamKey, m.PublishURL, m.GlobalPublishURL, m.CreatedTime = prior.StreamKey, prior.BackupStreamKey, prior.PublishURL, prior.GlobalPublishURL, prior.CreatedTime
}

// copyEdited copies what an edit sends.
func (m *channelModel) copyEdited(from channelModel) {
	m.ChannelName, m.EnvType, m.OutputProtocol = from.ChannelName, from.EnvType, from.OutputProtocol
	m.UseDVR, m.ImmediateOnAir, m.Record = from.UseDVR, from.ImmediateOnAir, from.Record
}

// edit is what an edit sends; all of it is known.
func (m channelModel) edit() api.ChannelEdit {
	record, _ := recordOf(m.Record)
	return api.ChannelEdit{
		ChannelName: m.ChannelName.ValueString(), EnvType: m.EnvType.ValueString(), OutputProtocol: m.OutputProtocol.ValueString(),
		UseDVR: m.UseDVR.ValueBool(), ImmediateOnAir: m.ImmediateOnAir.ValueBool(),
		Record: api.RecordInput{
			Type: record.Type.ValueString(), Format: record.Format.ValueString(), BucketName: record.BucketName.ValueString(),
			FilePath: record.FilePath.ValueString(), AccessControl: record.AccessControl.ValueString(),
		},
	}
}

func (m channelModel) input() api.ChannelInput {
	input := api.ChannelInput{
		ChannelEdit: m.edit(), QualitySetID: m.QualitySetID.ValueInt64(), IngestProtocol: m.IngestProtocol.ValueString(), IsStreamFailOver: m.IsStreamFailOver.ValueBool(),
	}
	input.CDN, input.DRM = delivery.CDNInput(m.CDN), delivery.DRMInput(m.DRM)
	return input
}

func boolOrPrior(prior types.Bool, reported lenientjson.Bool) types.Bool {
	switch {
	case reported.Valid:
		return types.BoolValue(reported.Value)
	case prior.IsUnknown():
		return types.BoolNull()
	}
	return prior
}
