package restream

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// channelModel mirrors the schema.
type channelModel struct {
	ChannelName      types.String   `tfsdk:"channel_name"`
	PlanType         types.String   `tfsdk:"plan_type"`
	EnvType          types.String   `tfsdk:"env_type"`
	Restream         types.Map      `tfsdk:"restream"`
	CallbackEndpoint types.String   `tfsdk:"callback_endpoint"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`

	ID               types.String      `tfsdk:"id"`
	ChannelID        types.String      `tfsdk:"channel_id"`
	InstanceNo       types.String      `tfsdk:"instance_no"`
	StreamKey        types.String      `tfsdk:"stream_key"`
	PublishURL       types.String      `tfsdk:"publish_url"`
	GlobalPublishURL types.String      `tfsdk:"global_publish_url"`
	CreatedTime      timetypes.RFC3339 `tfsdk:"created_time"`
}

// setID sets the id, and to null everything else that the service computes.
func (m *channelModel) setID(channelID string) {
	m.ID, m.ChannelID = types.StringValue(channelID), types.StringValue(channelID)
	m.InstanceNo, m.StreamKey, m.PublishURL, m.GlobalPublishURL = types.StringNull(), types.StringNull(), types.StringNull(), types.StringNull()
	m.CreatedTime, m.CallbackEndpoint = timetypes.NewRFC3339Null(), types.StringNull()
}

// wasRead reports whether the channel was ever read, rather than only created or imported. A secret that is missing from a channel
// that was read was left out on purpose.
func (m *channelModel) wasRead() bool {
	return !m.InstanceNo.IsNull() || !m.PublishURL.IsNull() || !m.CreatedTime.IsNull()
}

// hideSecrets keeps the model's secrets out of errors and logs.
func (m *channelModel) hideSecrets(configured *livestation.Service) {
	configured.HideStreamKey(m.StreamKey)
	configured.HideCallback(m.CallbackEndpoint)
	if m.Restream.IsNull() {
		return
	}
	// What cannot be decoded is reported where it is used.
	targets, _, _ := targetsOf(m.Restream)
	for _, target := range targets {
		configured.HideTarget(target.RTMPURL, target.StreamKey, target.AuthPassword)
		configured.HideTarget(target.RTMPURL, target.StreamKeyWO, target.AuthPasswordWO)
	}
}

// setFromAPI takes over what the service says of the channel itself. What it leaves out stays as it was.
func (m *channelModel) setFromAPI(channel *api.RestreamChannel) {
	if channel == nil {
		return
	}
	m.ChannelName = models.TextOrPrior(m.ChannelName, string(channel.ChannelName))
	m.PlanType = models.TextOrPrior(m.PlanType, string(channel.PlanType))
	m.EnvType = models.TextOrPrior(m.EnvType, string(channel.EnvType))
	m.InstanceNo = models.TextOrPrior(m.InstanceNo, string(channel.InstanceNo))
	m.PublishURL = models.TextOrPrior(m.PublishURL, string(channel.PublishURL))
	m.GlobalPublishURL = models.TextOrPrior(m.GlobalPublishURL, string(channel.GlobalPublishURL))
	if key := string(channel.StreamKey); !api.Masked(key) {
		m.StreamKey = types.StringValue(key)
	}
	if !channel.CreatedTime.IsZero() {
		m.CreatedTime = livestation.UTC(channel.CreatedTime.Time)
	}
}

// channelReader reads channels into their models.
type channelReader struct {
	client *api.Client
	prints fingerprints
	// callbackUnreported is as livestation.CallbackOrPrior takes it.
	callbackUnreported bool
	secretsInState     bool
}

// read updates the model, and returns the targets as the service shows them, and whether it shows a callback endpoint.
func (r channelReader) read(ctx context.Context, m *channelModel, targets targetModels) (shown targetModels, callbackReported bool, err error) {
	channelID := m.ChannelID.ValueString()
	channel, err := r.client.RestreamChannel(ctx, channelID)
	if err != nil {
		return targets, false, err
	}
	// The channel shows its targets without their ids; the list with the ids is read only where it is needed.
	platforms := channel.Restream
	if len(platforms) == 0 || !targets.matchesUnambiguously(platforms, r.prints) {
		if platforms, err = r.client.Platforms(ctx, channelID); err != nil {
			return targets, false, err
		}
		platforms = withShownKeys(platforms, channel.Restream)
	}
	if len(platforms) > 0 {
		targets = targets.refresh(platforms, r.prints, r.secretsInState)
	}
	m.setFromAPI(channel)
	m.ID, m.CallbackEndpoint = m.ChannelID, livestation.CallbackOrPrior(m.CallbackEndpoint, string(channel.CallbackEndpoint), r.callbackUnreported)
	return targets, channel.CallbackEndpoint != "", nil
}

// save writes the model with these targets to state, without the values that state must not hold.
func (m channelModel) save(ctx context.Context, to *tftypes.Value, targets targetModels, secretsInState bool) diag.Diagnostics {
	stored := targetModels{}
	for label, target := range targets {
		stored[label] = target.forState()
	}
	var diags diag.Diagnostics
	m.Restream, diags = stored.value()
	if !secretsInState {
		m.StreamKey = types.StringNull()
	}
	diags.Append(models.Set(ctx, to, &m)...)
	return diags
}

func savePrivate(ctx context.Context, private service.PrivateWriter, prints fingerprints, callback bool) (diags diag.Diagnostics) {
	encoded, err := json.Marshal(prints)
	if err != nil {
		diags.AddError("Private state could not be written", err.Error())
		return diags
	}
	diags.Append(private.SetKey(ctx, fingerprintsKey, encoded)...)
	diags.Append(livestation.SaveCallback(ctx, private, callback)...)
	return diags
}

// targetsToSend returns the planned targets with the write-only values of the configuration. Unknown platform ids become null.
func (m channelModel) targetsToSend(config channelModel) (targetModels, diag.Diagnostics) {
	targets, _, diags := targetsOf(m.Restream)
	configured, _, more := targetsOf(config.Restream)
	diags.Append(more...)
	for label, target := range targets {
		target = target.withSecretsOf(configured[label])
		if target.PlatformID.IsUnknown() {
			target.PlatformID = types.StringNull()
		}
		targets[label] = target
	}
	return targets, diags
}

// setPlatformIDs sets the ids that the service gave the targets of a new channel, and fingerprints the write-only keys that were sent.
func (t targetModels) setPlatformIDs(platforms []api.Platform, prints fingerprints) {
	platformOf, _ := t.matchPlatforms(platforms, prints)
	for label, index := range platformOf {
		target := t[label]
		target.PlatformID = models.TextOrPrior(target.PlatformID, string(platforms[index].PlatformID))
		t[label] = target
		if !target.StreamKeyWO.IsNull() && !target.PlatformID.IsNull() {
			prints.add(target.PlatformID.ValueString(), target.key())
		}
	}
}

// copyComputed takes over what is known of the channel itself.
func (m *channelModel) copyComputed(prior channelModel) {
	m.ID, m.ChannelID, m.InstanceNo, m.StreamKey = prior.ID, prior.ChannelID, prior.InstanceNo, prior.StreamKey
	m.PublishURL, m.GlobalPublishURL, m.CreatedTime = prior.PublishURL, prior.GlobalPublishURL, prior.CreatedTime
}

// planTargets gives each planned target the platform id of the one in state that it carries on, and reports whether any of them has to
// be edited. While a value is not known yet, which target carries on which is left to the apply.
func (m *channelModel) planTargets(config, prior channelModel, prints fingerprints) (edits bool, diags diag.Diagnostics) {
	if _, known, _ := targetsOf(m.Restream); !known {
		return false, nil
	}
	targets, diags := m.targetsToSend(config)
	before, _, more := targetsOf(prior.Restream)
	diags.Append(more...)
	from, _ := targets.matchPrior(before, prints)
	decided := len(targets) == 1
	if !decided {
		decided = !slices.ContainsFunc(slices.Collect(maps.Values(targets)), targetModel.hasUnknown)
	}
	for label, target := range targets {
		priorTarget := before[from[label]]
		edits = edits || target.needsEdit(priorTarget, prints)
		target.PlatformID = types.StringUnknown()
		if decided {
			target.PlatformID = priorTarget.PlatformID
		}
		targets[label] = target.forState()
	}
	if diags.HasError() {
		return false, diags
	}
	m.Restream, diags = targets.value()
	return edits, diags
}
