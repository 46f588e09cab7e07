package live

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ownerKey is the key in private state with the session's own name, by which a process distinguishes the sessions of one live.
const ownerKey = "owner"

// loadOwner returns the session's own name; "" where it has none yet.
func loadOwner(ctx context.Context, private service.PrivateReader, diags *diag.Diagnostics) (name string) {
	value, more := private.GetKey(ctx, ownerKey)
	diags.Append(more...)
	_ = json.Unmarshal(value, &name) // nothing is no name
	return name
}

// giveOwner gives the session a new name.
func giveOwner(ctx context.Context, private service.PrivateWriter, diags *diag.Diagnostics) (name string) {
	name = rand.Text()
	diags.Append(private.SetKey(ctx, ownerKey, fmt.Appendf(nil, "%q", name))...)
	return name
}

// restartPending is the key in private state that says: `on_air` is false in state only because `restart_when_ended` found the live ended.
const restartPending = "restart_pending"

// keepFinished takes back the restart that a read prepared, where the configuration does not ask for it any more: the order on_air stands.
func (m *sessionModel) keepFinished(ctx context.Context, plan sessionModel, private service.PrivateReader, diags *diag.Diagnostics) {
	pending, more := private.GetKey(ctx, restartPending)
	diags.Append(more...)
	if pending != nil && !plan.RestartWhenEnded.ValueBool() && !plan.RestartWhenEnded.IsUnknown() {
		m.OnAir = types.BoolValue(true)
	}
}

// startAccepted is the key in private state that says: this session's start was accepted and its end never seen.
const startAccepted = "start_accepted"

// stopAccepted is the key in private state that says which broadcast this session has stopped, by its start.
const stopAccepted = "stop_accepted"

func stoppedBroadcast(startAt string) []byte { return fmt.Appendf(nil, `{"start_at":%q}`, startAt) }

func accepted(yes bool) []byte { return fmt.Appendf(nil, `{"accepted":%t}`, yes) }

func (m sessionModel) stopInput(ctx context.Context, private service.PrivateReader, diags *diag.Diagnostics) api.StopInput {
	value, more := private.GetKey(ctx, startAccepted)
	diags.Append(more...)
	input := api.StopInput{LiveID: m.LiveID.ValueString(), ChannelID: m.ChannelID.ValueString(), StartAccepted: string(value) == string(accepted(true))}
	value, more = private.GetKey(ctx, stopAccepted)
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

// rtmpPathWithheld is the key in private state of the fact that the service reported the ingest address, and it was kept out of state.
const rtmpPathWithheld = "rtmp_path_withheld"

// withhold keeps secrets out of state if they do not belong there, and notes where it did: that the state has no address says
// nothing by itself, since a service need not report one.
func (m *sessionModel) withhold(ctx context.Context, secretsInState bool, private service.PrivateWriter) diag.Diagnostics {
	if m.RTMPPath.IsNull() || m.RTMPPath.IsUnknown() {
		return nil
	}
	if secretsInState {
		return private.SetKey(ctx, rtmpPathWithheld, nil)
	}
	m.RTMPPath = types.StringNull()
	return private.SetKey(ctx, rtmpPathWithheld, []byte("true"))
}

// warnOfSecrets warns if the setting contradicts what the state holds; now is what the service reports.
func (r *sessionResource) warnOfSecrets(ctx context.Context, state sessionModel, now *api.Live, private service.PrivateReader, diags *diag.Diagnostics) {
	withheld, more := private.GetKey(ctx, rtmpPathWithheld)
	diags.Append(more...)
	what := "`rtmp_path` of live " + shown(state.LiveID)
	switch {
	case !state.RTMPPath.IsNull() && !r.service.SecretsInState:
		service.WarnOfStored(diags, what)
	case state.RTMPPath.IsNull() && r.service.SecretsInState && now.RTMPPath != "" && withheld != nil:
		service.WarnOfWithheld(diags, what)
	}
}
