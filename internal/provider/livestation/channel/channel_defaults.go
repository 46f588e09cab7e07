package channel

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
)

// setDefaults fills in what the configuration leaves out. prior is nil for a new channel.
func (m *channelModel) setDefaults(config channelModel, prior *channelModel, zone channels.Zone) {
	isNew := prior == nil
	if isNew {
		prior = &channelModel{Record: types.ObjectNull(recordTypes), CDN: types.ObjectNull(channels.CDNTypes)}
	}
	m.EnvType = channels.ConfigOrDefault(config.EnvType, prior.EnvType, types.StringValue("REAL"), isNew)
	m.OutputProtocol = channels.ConfigOrDefault(config.OutputProtocol, prior.OutputProtocol, types.StringValue(api.ProtocolHLS), isNew)
	m.IngestProtocol = channels.ConfigOrDefault(config.IngestProtocol, prior.IngestProtocol, types.StringValue(ingestRTMP), isNew)
	m.UseDVR = channels.ConfigOrDefault(config.UseDVR, prior.UseDVR, types.BoolValue(false), isNew)
	m.ImmediateOnAir = channels.ConfigOrDefault(config.ImmediateOnAir, prior.ImmediateOnAir, types.BoolValue(false), isNew)
	m.IsStreamFailOver = channels.ConfigOrDefault(config.IsStreamFailOver, prior.IsStreamFailOver, types.BoolValue(false), isNew)
	m.Enabled = channels.ConfigOrDefault(config.Enabled, prior.Enabled, types.BoolValue(true), isNew)
	m.ForceDestroy = channels.ConfigOrDefault(config.ForceDestroy, prior.ForceDestroy, types.BoolValue(false), isNew)
	m.Record = channels.ConfigOrDefault(recordWithType(config.Record), prior.Record, recordModel{Type: types.StringValue(api.NoRecord)}.object(), isNew)
	m.CDN = channels.CDNWithDefaults(config.CDN, prior.CDN, zone, isNew)
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
