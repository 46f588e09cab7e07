package channel

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
)

// settle fills in what the configuration leaves out: the default in a new channel and where state knows the value, nothing where state
// does not know it either. prior is nil for a new channel.
func (m *channelModel) settle(config channelModel, prior *channelModel, z channels.Zone) {
	isNew := prior == nil
	if isNew {
		prior = &channelModel{Record: types.ObjectNull(recordTypes), CDN: types.ObjectNull(channels.CDNTypes)}
	}
	m.EnvType = channels.Settled(config.EnvType, prior.EnvType, types.StringValue("REAL"), isNew)
	m.OutputProtocol = channels.Settled(config.OutputProtocol, prior.OutputProtocol, types.StringValue(api.ProtocolHLS), isNew)
	m.IngestProtocol = channels.Settled(config.IngestProtocol, prior.IngestProtocol, types.StringValue(ingestRTMP), isNew)
	m.UseDVR = channels.Settled(config.UseDVR, prior.UseDVR, types.BoolValue(false), isNew)
	m.ImmediateOnAir = channels.Settled(config.ImmediateOnAir, prior.ImmediateOnAir, types.BoolValue(false), isNew)
	m.IsStreamFailOver = channels.Settled(config.IsStreamFailOver, prior.IsStreamFailOver, types.BoolValue(false), isNew)
	m.Enabled = channels.Settled(config.Enabled, prior.Enabled, types.BoolValue(true), isNew)
	m.ForceDestroy = channels.Settled(config.ForceDestroy, prior.ForceDestroy, types.BoolValue(false), isNew)
	m.Record = channels.Settled(settledRecord(config.Record), prior.Record, recordModel{Type: types.StringValue(api.NoRecord)}.object(), isNew)
	m.CDN = channels.SettledCDN(config.CDN, prior.CDN, z, isNew)
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

// settleDefaults fills in what a plan without the provider's settings could not.
func (m *channelModel) settleDefaults(z channels.Zone) {
	cdn, known := channels.CDNOf(m.CDN)
	if known && cdn.Type.IsUnknown() {
		cdn.Type = z.CDNType
		m.CDN = cdn.Object()
	}
}

// settledRecord fills in the type of a configured record.
func settledRecord(config types.Object) types.Object {
	record, known := recordOf(config)
	if known && record.Type.IsNull() {
		record.Type = types.StringValue(api.NoRecord)
		return record.object()
	}
	return config
}

// edits tells whether an edit has to be sent, and the first attribute that asks for it. What state did not know is taken from the
// configuration without one.
func (m channelModel) edits(prior channelModel) (attribute string, needed bool) {
	for _, member := range []struct {
		name         string
		plan, before attr.Value
	}{
		{"channel_name", m.ChannelName, prior.ChannelName}, {"env_type", m.EnvType, prior.EnvType}, {"output_protocol", m.OutputProtocol, prior.OutputProtocol},
		{"use_dvr", m.UseDVR, prior.UseDVR}, {"immediate_on_air", m.ImmediateOnAir, prior.ImmediateOnAir}, {"record", m.Record, prior.Record},
	} {
		if !member.before.IsNull() && !member.plan.Equal(member.before) {
			return member.name, true
		}
	}
	return "", false
}

// replacing names the attributes whose change the service cannot make in place. config is what the plan was settled from.
func (m channelModel) replacing(config, prior channelModel, unseen channels.Untold) (attributes []string) {
	for _, member := range []struct {
		name     string
		replaces bool
	}{
		{"output_protocol", channels.CrossesLowLatency(m.OutputProtocol, prior.OutputProtocol)},
		{"ingest_protocol", channels.Differs(m.IngestProtocol, prior.IngestProtocol) && !unseen.Has(untoldIngest)},
		{"quality_set_id", channels.Differs(m.QualitySetID, prior.QualitySetID)},
		{"cdn", channels.NeedsOtherEdge(config.CDN, prior.CDN, unseen)},
		{"is_stream_fail_over", channels.Differs(m.IsStreamFailOver, prior.IsStreamFailOver)},
		{"drm", !m.DRM.Equal(prior.DRM) && !unseen.Has(channels.UntoldDRM)},
	} {
		if member.replaces {
			attributes = append(attributes, member.name)
		}
	}
	return attributes
}
