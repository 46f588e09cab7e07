package channel

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
)

// setDefaults fills in what the configuration leaves out. prior is nil for a new channel.
func (m *channelModel) setDefaults(config channelModel, prior *channelModel, zone delivery.Zone) {
	isNew := prior == nil
	if isNew {
		prior = &channelModel{Record: types.ObjectNull(recordTypes), CDN: types.ObjectNull(delivery.CDNTypes)}
	}
	m.EnvType = livestation.ConfigOrDefault(config.EnvType, prior.EnvType, types.StringValue("REAL"), isNew)
	m.OutputProtocol = livestation.ConfigOrDefault(config.OutputProtocol, prior.OutputProtocol, types.StringValue(api.ProtocolHLS), isNew)
	m.IngestProtocol = livestation.ConfigOrDefault(config.IngestProtocol, prior.IngestProtocol, types.StringValue(ingestRTMP), isNew)
	m.UseDVR = livestation.ConfigOrDefault(config.UseDVR, prior.UseDVR, types.BoolValue(false), isNew)
	m.ImmediateOnAir = livestation.ConfigOrDefault(config.ImmediateOnAir, prior.ImmediateOnAir, types.BoolValue(false), isNew)
	m.IsStreamFailOver = livestation.ConfigOrDefault(config.IsStreamFailOver, prior.IsStreamFailOver, types.BoolValue(false), isNew)
	m.Enabled = livestation.ConfigOrDefault(config.Enabled, prior.Enabled, types.BoolValue(true), isNew)
	m.ForceDestroy = livestation.ConfigOrDefault(config.ForceDestroy, prior.ForceDestroy, types.BoolValue(false), isNew)
	m.Record = livestation.ConfigOrDefault(recordWithType(config.Record), prior.Record, recordModel{Type: types.StringValue(api.NoRecord)}.object(), isNew)
	m.CDN = delivery.CDNWithDefaults(config.CDN, prior.CDN, zone, isNew)
	if !isNew {
		m.copyComputed(*prior)
		if config.CallbackEndpoint.IsNull() {
			m.CallbackEndpoint = prior.CallbackEndpoint
		}
		return
	}
	unknown := types.StringUnknown()
	m.ID, m.ChannelID, m.InstanceNo, m.QualitySetName, m.StreamKey, m.BackupStreamKey, m.PublishURL, m.GlobalPublishURL = unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown
	if config.CallbackEndpoint.IsNull() {
		m.CallbackEndpoint = unknown
	}
}
