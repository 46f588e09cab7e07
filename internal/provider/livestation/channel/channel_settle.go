package channel

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// zone says what the zone's channels have by default.
type zone struct {
	// cdnType is unknown as long as the provider's settings are.
	cdnType types.String
}

// settle fills in what the configuration leaves out: the default in a new channel and where state knows the value, nothing where state
// does not know it either. prior is nil for a new channel.
func (m *channelModel) settle(config channelModel, prior *channelModel, z zone) {
	isNew := prior == nil
	if isNew {
		prior = &channelModel{Record: types.ObjectNull(recordTypes), CDN: types.ObjectNull(cdnTypes)}
	}
	m.EnvType = settled(config.EnvType, prior.EnvType, types.StringValue("REAL"), isNew)
	m.OutputProtocol = settled(config.OutputProtocol, prior.OutputProtocol, types.StringValue(api.ProtocolHLS), isNew)
	m.IngestProtocol = settled(config.IngestProtocol, prior.IngestProtocol, types.StringValue(ingestRTMP), isNew)
	m.UseDVR = settled(config.UseDVR, prior.UseDVR, types.BoolValue(false), isNew)
	m.ImmediateOnAir = settled(config.ImmediateOnAir, prior.ImmediateOnAir, types.BoolValue(false), isNew)
	m.IsStreamFailOver = settled(config.IsStreamFailOver, prior.IsStreamFailOver, types.BoolValue(false), isNew)
	m.Enabled = settled(config.Enabled, prior.Enabled, types.BoolValue(true), isNew)
	m.ForceDestroy = settled(config.ForceDestroy, prior.ForceDestroy, types.BoolValue(false), isNew)
	m.Record = settled(settledRecord(config.Record), prior.Record, recordModel{Type: types.StringValue(api.NoRecord)}.object(), isNew)
	m.CDN = settledCDN(config.CDN, prior.CDN, z, isNew)
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
func (m *channelModel) settleDefaults(z zone) {
	cdn, known := cdnOf(m.CDN)
	if known && cdn.Type.IsUnknown() {
		cdn.Type = z.cdnType
		m.CDN = cdn.object()
	}
}

func settled[V attr.Value](config, prior, fallback V, isNew bool) V {
	switch {
	case !config.IsNull():
		return config
	case isNew || !prior.IsNull():
		return fallback
	}
	return prior
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

func settledCDN(config, prior types.Object, z zone, isNew bool) types.Object {
	cdn, known := cdnOf(config)
	if !known {
		return config
	}
	before, _ := cdnOf(prior)
	if isNew {
		before = cdnModel{InstanceNo: types.Int64Unknown(), Domain: types.StringUnknown(), ServiceName: types.StringUnknown(), Type: z.cdnType}
	}
	if cdn.InstanceNo.IsNull() {
		cdn.InstanceNo = before.InstanceNo
	}
	if cdn.Domain.IsNull() {
		cdn.Domain = before.Domain
	}
	if cdn.Type.IsNull() {
		cdn.Type = before.Type
	}
	if cdn.DeleteEdge.IsNull() {
		cdn.DeleteEdge = types.BoolValue(false)
	}
	cdn.ServiceName = before.ServiceName
	return cdn.object()
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
func (m channelModel) replacing(config, prior channelModel, unseen untold) (attributes []string) {
	for _, member := range []struct {
		name     string
		replaces bool
	}{
		{"output_protocol", m.crossesLowLatency(prior)},
		{"ingest_protocol", differs(m.IngestProtocol, prior.IngestProtocol) && !unseen.has(untoldIngest)},
		{"quality_set_id", differs(m.QualitySetID, prior.QualitySetID)},
		{"cdn", m.needsOtherEdge(config, prior, unseen)},
		{"is_stream_fail_over", differs(m.IsStreamFailOver, prior.IsStreamFailOver)},
		{"drm", !m.DRM.Equal(prior.DRM) && !unseen.has(untoldDRM)},
	} {
		if member.replaces {
			attributes = append(attributes, member.name)
		}
	}
	return attributes
}

// differs is false for what state does not know.
func differs(plan, prior attr.Value) bool { return !prior.IsNull() && !plan.Equal(prior) }

func (m channelModel) crossesLowLatency(prior channelModel) bool {
	if m.OutputProtocol.IsUnknown() || prior.OutputProtocol.IsNull() {
		return false
	}
	return (m.OutputProtocol.ValueString() == api.ProtocolLowLatency) != (prior.OutputProtocol.ValueString() == api.ProtocolLowLatency)
}

func (m channelModel) needsOtherEdge(config, prior channelModel, unseen untold) bool {
	wanted, known := cdnOf(config.CDN)
	before, had := cdnOf(prior.CDN)
	switch {
	case !had:
		return false
	case !known:
		return true
	case !wanted.ProfileID.IsNull() && differs(wanted.ProfileID, before.ProfileID), wanted.ProfileID.IsNull() && !before.ProfileID.IsNull():
		return true
	case !wanted.Type.IsNull() && differs(wanted.Type, before.Type):
		return true
	case wanted.RegionType.IsNull():
		// The very edge that the channel has, by its number: nothing is to be changed.
		return differs(wanted.InstanceNo, before.InstanceNo) || differs(wanted.Domain, before.Domain)
	case before.RegionType.IsNull():
		return !unseen.has(untoldCDN)
	}
	return !wanted.RegionType.Equal(before.RegionType)
}
