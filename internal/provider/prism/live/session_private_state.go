package live

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ownerKey is the key in private state for the session's own name, by which a process distinguishes the sessions of one live.
const ownerKey = "owner"

// loadOwner returns the session's own name; "" if it has none yet.
func loadOwner(ctx context.Context, private service.PrivateReader, diags *diag.Diagnostics) (name string) {
	value, more := private.GetKey(ctx, ownerKey)
	diags.Append(more...)
	_ = json.Unmarshal(value, &name) // without a value there is no name
	return name
}

// giveOwner gives the session a new name.
func giveOwner(ctx context.Context, private service.PrivateWriter, diags *diag.Diagnostics) (name string) {
	name = rand.Text()
	diags.Append(private.SetKey(ctx, ownerKey, fmt.Appendf(nil, "%q", name))...)
	return name
}

// restartPending is set if `on_air` is false in state only because a read with `restart_when_ended` found the live ended.
const restartPending service.PrivateFlag = "restart_pending"

// keepFinished withdraws the restart that a read prepared, if the configuration no longer asks for it: `on_air` is true again in state.
func (m *sessionModel) keepFinished(ctx context.Context, plan sessionModel, private service.PrivateReader, diags *diag.Diagnostics) {
	pending, more := restartPending.Load(ctx, private)
	diags.Append(more...)
	if pending && !plan.RestartWhenEnded.ValueBool() && !plan.RestartWhenEnded.IsUnknown() {
		m.OnAir = types.BoolValue(true)
	}
}

// sessionFromImport is set from an import to the first change: until then state lacks the triggers that the configuration may have.
const sessionFromImport service.PrivateFlag = "imported"

const (
	// startAcceptedKey is the key in private state that says whether a start of this session was accepted and its end not seen yet.
	startAcceptedKey = "start_accepted"
	// stopAcceptedKey is the key in private state for the broadcast that this session has stopped, identified by its start time.
	stopAcceptedKey = "stop_accepted"
)

func startAccepted(accepted bool) []byte { return fmt.Appendf(nil, `{"accepted":%t}`, accepted) }

func saveStartAccepted(ctx context.Context, private service.PrivateWriter, accepted bool) diag.Diagnostics {
	return private.SetKey(ctx, startAcceptedKey, startAccepted(accepted))
}

// saveStopAccepted records that the stop of the broadcast that began at startAt was accepted, and the start with it is over.
func saveStopAccepted(ctx context.Context, private service.PrivateWriter, startAt string) diag.Diagnostics {
	diags := saveStartAccepted(ctx, private, false)
	diags.Append(private.SetKey(ctx, stopAcceptedKey, fmt.Appendf(nil, `{"start_at":%q}`, startAt))...)
	return diags
}

// stopInput is the stop of the session's live, with what private state knows of its starts and stops.
func (m sessionModel) stopInput(ctx context.Context, private service.PrivateReader, diags *diag.Diagnostics) api.StopInput {
	value, more := private.GetKey(ctx, startAcceptedKey)
	diags.Append(more...)
	input := api.StopInput{LiveID: m.LiveID.ValueString(), ChannelID: m.ChannelID.ValueString(), StartAccepted: string(value) == string(startAccepted(true))}
	value, more = private.GetKey(ctx, stopAcceptedKey)
	diags.Append(more...)
	var stopped struct {
		StartAt string `json:"start_at"`
	}
	if len(value) > 0 && json.Unmarshal(value, &stopped) == nil {
		input.StoppedStartAt = stopped.StartAt
	}
	input.Owner = loadOwner(ctx, private, diags)
	return input
}

// rtmpPathWithheld is set if the service reported the ingest address, and it was kept out of state.
const rtmpPathWithheld service.PrivateFlag = "rtmp_path_withheld"

// withholdSecrets keeps the ingest address out of state with `secrets_in_state = false`, and records that it did. A state without an
// address does not show that, since a service need not report one.
func (m *sessionModel) withholdSecrets(ctx context.Context, secretsInState bool, private service.PrivateWriter) diag.Diagnostics {
	if m.RTMPPath.IsNull() || m.RTMPPath.IsUnknown() {
		return nil
	}
	if secretsInState {
		return rtmpPathWithheld.Save(ctx, private, false)
	}
	m.RTMPPath = types.StringNull()
	return rtmpPathWithheld.Save(ctx, private, true)
}

// secretsSettingChanged is service.SecretsSettingChanged for the ingest address; now is what the service reports.
func (r *sessionResource) secretsSettingChanged(ctx context.Context, state sessionModel, now *api.Live, private service.PrivateReader) diag.Diagnostics {
	withheld, diags := rtmpPathWithheld.Load(ctx, private)
	diags.Append(service.SecretsSettingChanged("`rtmp_path` of live "+service.Printable(state.LiveID), state.RTMPPath, models.TextOrNull(now.RTMPPath), withheld, r.service.SecretsInState)...)
	return diags
}
