package vod2live

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// channelModel mirrors the schema. Values that neither a read since the import nor the configuration has given are null.
type channelModel struct {
	ChannelName      types.String   `tfsdk:"channel_name"`
	EnvType          types.String   `tfsdk:"env_type"`
	OutputProtocol   types.String   `tfsdk:"output_protocol"`
	QualitySetID     types.Int64    `tfsdk:"quality_set_id"`
	CDN              types.Object   `tfsdk:"cdn"`
	DRM              types.Object   `tfsdk:"drm"`
	CallbackEndpoint types.String   `tfsdk:"callback_endpoint"`
	Enabled          types.Bool     `tfsdk:"enabled"`
	ForceDestroy     types.Bool     `tfsdk:"force_destroy"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`

	ID             types.String      `tfsdk:"id"`
	ChannelID      types.String      `tfsdk:"channel_id"`
	InstanceNo     types.String      `tfsdk:"instance_no"`
	QualitySetName types.String      `tfsdk:"quality_set_name"`
	CreatedTime    timetypes.RFC3339 `tfsdk:"created_time"`
}

// onlyImported reports whether only the id of the channel is known.
func (m *channelModel) onlyImported() bool { return m.ChannelName.IsNull() }

// setDefaults fills in what the configuration leaves out. prior is nil for a new channel.
func (m *channelModel) setDefaults(config channelModel, prior *channelModel, zone delivery.Zone) {
	isNew := prior == nil
	if isNew {
		prior = &channelModel{CDN: types.ObjectNull(delivery.CDNTypes)}
	}
	m.EnvType = livestation.ConfigOrDefault(config.EnvType, prior.EnvType, types.StringValue("REAL"), isNew)
	m.OutputProtocol = livestation.ConfigOrDefault(config.OutputProtocol, prior.OutputProtocol, types.StringValue(api.ProtocolHLS), isNew)
	m.Enabled = livestation.ConfigOrDefault(config.Enabled, prior.Enabled, types.BoolValue(true), isNew)
	m.ForceDestroy = livestation.ConfigOrDefault(config.ForceDestroy, prior.ForceDestroy, types.BoolValue(false), isNew)
	m.CDN = delivery.CDNWithDefaults(config.CDN, prior.CDN, zone, isNew)
	if !isNew {
		m.copyComputed(*prior)
	}
	if config.CallbackEndpoint.IsNull() {
		m.CallbackEndpoint = types.StringUnknown()
		if !isNew {
			m.CallbackEndpoint = prior.CallbackEndpoint
		}
	}
}

// setID sets the id, and to null everything else that the service computes.
func (m *channelModel) setID(channelID string) {
	m.ID, m.ChannelID = types.StringValue(channelID), types.StringValue(channelID)
	m.InstanceNo, m.QualitySetName, m.CreatedTime = types.StringNull(), types.StringNull(), timetypes.NewRFC3339Null()
	m.CallbackEndpoint, m.CDN = types.StringNull(), delivery.WithoutUnknown(m.CDN)
}

// setComputed updates the computed attributes with what the service reports. What it leaves out keeps its value.
func (m *channelModel) setComputed(channel *api.Channel) {
	if channel == nil {
		return
	}
	m.InstanceNo = models.TextOrPrior(m.InstanceNo, string(channel.InstanceNo))
	m.QualitySetName = models.TextOrPrior(m.QualitySetName, string(channel.QualitySetName))
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
	if channel.QualitySetID.Value > 0 {
		m.QualitySetID = types.Int64Value(channel.QualitySetID.Value)
	}
	m.CDN, m.DRM = delivery.CDNFromAPI(m.CDN, channel.CDN), delivery.DRMFromAPI(m.DRM, channel.DRM)
	m.CallbackEndpoint = livestation.CallbackOrPrior(m.CallbackEndpoint, string(channel.CallbackEndpoint), callbackUnreported)
	switch {
	case channel.TurnedOff():
		m.Enabled = types.BoolValue(false)
	case channel.ChannelStatus == api.StatusReady, channel.ChannelStatus == api.StatusReserved, channel.Publishing():
		m.Enabled = types.BoolValue(true)
	}
	if m.ForceDestroy.IsNull() {
		m.ForceDestroy = types.BoolValue(false)
	}
}

func (m *channelModel) copyComputed(prior channelModel) {
	m.ID, m.ChannelID, m.InstanceNo, m.QualitySetName, m.CreatedTime = prior.ID, prior.ChannelID, prior.InstanceNo, prior.QualitySetName, prior.CreatedTime
}

// copyEdited copies what an edit sends.
func (m *channelModel) copyEdited(from channelModel) {
	m.ChannelName, m.EnvType, m.OutputProtocol = from.ChannelName, from.EnvType, from.OutputProtocol
}

// input is what a new channel is made of, and what an edit sends of it; all of it is known.
func (m channelModel) input() api.ChannelInput {
	return api.ChannelInput{
		ChannelEdit:  api.ChannelEdit{ChannelName: m.ChannelName.ValueString(), EnvType: m.EnvType.ValueString(), OutputProtocol: m.OutputProtocol.ValueString()},
		QualitySetID: m.QualitySetID.ValueInt64(), CDN: delivery.CDNInput(m.CDN), DRM: delivery.DRMInput(m.DRM),
	}
}

// editedAttribute names the first attribute that an edit has to change; "" if no edit is needed. What state did not know is taken from
// the configuration without one.
func (m channelModel) editedAttribute(prior channelModel) string {
	for _, member := range []struct {
		name         string
		plan, before attr.Value
	}{{"channel_name", m.ChannelName, prior.ChannelName}, {"env_type", m.EnvType, prior.EnvType}, {"output_protocol", m.OutputProtocol, prior.OutputProtocol}} {
		if livestation.Differs(member.plan, member.before) {
			return member.name
		}
	}
	return ""
}

// requiresReplace names the attributes whose change the service cannot make in place. config is the configuration, before defaults.
func (m channelModel) requiresReplace(config, prior channelModel, unreported delivery.Unreported) (attributes []string) {
	for _, member := range []struct {
		name     string
		replaces bool
	}{
		{"output_protocol", delivery.CrossesLowLatency(m.OutputProtocol, prior.OutputProtocol)},
		{"quality_set_id", livestation.Differs(m.QualitySetID, prior.QualitySetID)},
		{"cdn", delivery.NeedsOtherEdge(config.CDN, prior.CDN, unreported)},
		{"drm", !m.DRM.Equal(prior.DRM) && !unreported.Has(delivery.UnreportedDRM)},
	} {
		if member.replaces {
			attributes = append(attributes, member.name)
		}
	}
	return attributes
}

// withoutReported leaves out what a read has reported now. An import begins with all that a read may leave out.
func withoutReported(unreported delivery.Unreported, before channelModel, channel *api.Channel) delivery.Unreported {
	if before.onlyImported() {
		unreported = delivery.Unreported{delivery.UnreportedDRM, delivery.UnreportedCDN}
	}
	return unreported.WithoutReported(channel)
}
