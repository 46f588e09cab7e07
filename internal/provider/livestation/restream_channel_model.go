package livestation

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/fields"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// restreamChannelModel mirrors the schema.
type restreamChannelModel struct {
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

// begin is the model of a channel of which only the id is known.
func (m *restreamChannelModel) begin(channelID string) {
	m.ID, m.ChannelID = types.StringValue(channelID), types.StringValue(channelID)
	m.InstanceNo, m.StreamKey, m.PublishURL, m.GlobalPublishURL = types.StringNull(), types.StringNull(), types.StringNull(), types.StringNull()
	m.CreatedTime, m.CallbackEndpoint = timetypes.NewRFC3339Null(), types.StringNull()
}

// seen tells whether the channel was ever read, and not only created or imported: then a missing secret was left out on purpose.
func (m *restreamChannelModel) seen() bool {
	return !m.InstanceNo.IsNull() || !m.PublishURL.IsNull() || !m.CreatedTime.IsNull()
}

// hideSecrets keeps the model's secrets out of errors and logs.
func (m *restreamChannelModel) hideSecrets(service *Service) {
	service.Hide(m.StreamKey)
	if m.Restream.IsNull() {
		return
	}
	// What cannot be decoded is reported where it is used.
	targets, _, _ := targetsOf(m.Restream)
	for _, target := range targets {
		service.Hide(target.StreamKey, target.StreamKeyWO, target.AuthPassword, target.AuthPasswordWO)
	}
}

// fill brings the model up to what the service says of the channel itself. What it leaves out stays as it was.
func (m *restreamChannelModel) fill(channel *api.RestreamChannel) {
	if channel == nil {
		return
	}
	m.ChannelName = newer(m.ChannelName, string(channel.ChannelName))
	m.PlanType = newer(m.PlanType, string(channel.PlanType))
	m.EnvType = newer(m.EnvType, string(channel.EnvType))
	m.InstanceNo = newer(m.InstanceNo, string(channel.InstanceNo))
	m.PublishURL = newer(m.PublishURL, string(channel.PublishURL))
	m.GlobalPublishURL = newer(m.GlobalPublishURL, string(channel.GlobalPublishURL))
	if key := string(channel.StreamKey); !api.Masked(key) {
		m.StreamKey = types.StringValue(key)
	}
	if !channel.CreatedTime.IsZero() {
		m.CreatedTime = utc(channel.CreatedTime.Time)
	}
}

// refresh brings the model up to what the service shows, and returns the targets as it shows them.
func (m *restreamChannelModel) refresh(ctx context.Context, client *api.Client, targets restreamTargets, prints fingerprints, secretsInState bool) (restreamTargets, error) {
	channelID := m.ChannelID.ValueString()
	channel, err := client.RestreamChannel(ctx, channelID)
	if err != nil {
		return targets, err
	}
	// The channel shows its targets without their ids; the list with the ids is read only where it is needed.
	platforms := channel.Restream
	if len(platforms) == 0 || !targets.certain(platforms) {
		if platforms, err = client.Platforms(ctx, channelID); err != nil {
			return targets, err
		}
	}
	if len(platforms) > 0 {
		targets = targets.refreshed(platforms, prints, secretsInState)
	}
	m.fill(channel)
	m.ID, m.CallbackEndpoint = m.ChannelID, textOrNull(string(channel.CallbackEndpoint))
	return targets, nil
}

// save writes the model with these targets, without what state must not hold.
func (m restreamChannelModel) save(ctx context.Context, to *tftypes.Value, targets restreamTargets, secretsInState bool) diag.Diagnostics {
	stored := restreamTargets{}
	for label, target := range targets {
		stored[label] = target.stored()
	}
	var diags diag.Diagnostics
	m.Restream, diags = stored.value()
	if !secretsInState {
		m.StreamKey = types.StringNull()
	}
	diags.Append(fields.Set(ctx, to, &m)...)
	return diags
}

func savePrivate(ctx context.Context, private service.PrivateWriter, prints fingerprints, callback bool) (diags diag.Diagnostics) {
	encoded, err := json.Marshal(prints)
	if err != nil {
		diags.AddError("Private state could not be written", err.Error())
		return diags
	}
	diags.Append(private.SetKey(ctx, fingerprintsKey, encoded)...)
	if callback {
		diags.Append(private.SetKey(ctx, callbackConfigured, []byte("true"))...)
	}
	return diags
}

// targetsWithSecrets are the planned targets with the write-only values of the configuration, and no platform ids.
func (m restreamChannelModel) targetsWithSecrets(config restreamChannelModel) (restreamTargets, diag.Diagnostics) {
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

// takeIDs gives the targets of a new channel the service's ids, and notes the write-only keys that were sent.
func (t restreamTargets) takeIDs(platforms []api.Platform, prints fingerprints) {
	platformOf, _ := t.identify(platforms)
	for label, index := range platformOf {
		target := t[label]
		target.PlatformID = newer(target.PlatformID, string(platforms[index].PlatformID))
		t[label] = target
		if !target.StreamKeyWO.IsNull() {
			prints.add(target.PlatformID.ValueString(), target.key())
		}
	}
}

// keepComputed takes over what is known of the channel and of each target that goes on, and tells whether a target changes.
func (m *restreamChannelModel) keepComputed(prior restreamChannelModel) (edits bool, diags diag.Diagnostics) {
	m.ID, m.ChannelID, m.InstanceNo, m.StreamKey = prior.ID, prior.ChannelID, prior.InstanceNo, prior.StreamKey
	m.PublishURL, m.GlobalPublishURL, m.CreatedTime = prior.PublishURL, prior.GlobalPublishURL, prior.CreatedTime
	targets, known, diags := targetsOf(m.Restream)
	before, _, more := targetsOf(prior.Restream)
	diags.Append(more...)
	if !known || diags.HasError() {
		return false, diags
	}
	from, _ := targets.continues(before)
	for label, target := range targets {
		priorTarget := before[from[label]]
		target.PlatformID = newer(priorTarget.PlatformID, "")
		targets[label] = target
		edits = edits || !target.sameContent(priorTarget)
	}
	m.Restream, more = targets.value()
	diags.Append(more...)
	return edits, diags
}
