package prism

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
)

// privateState is the part of private state that the framework lets a resource keep beside its state.
type privateState interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// startAccepted is the key in private state that says: this session's start was accepted and its end never seen.
const startAccepted = "start_accepted"

// stopAccepted is the key in private state that says which broadcast this session has stopped, by its start.
const stopAccepted = "stop_accepted"

func stoppedBroadcast(startAt string) []byte { return fmt.Appendf(nil, `{"start_at":%q}`, startAt) }

func accepted(yes bool) []byte { return fmt.Appendf(nil, `{"accepted":%t}`, yes) }

// privateReader is the part of private state that can be read.
type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

func (m liveSessionModel) stopOrder(ctx context.Context, private privateReader, diags *diag.Diagnostics) api.StopOrder {
	value, more := private.GetKey(ctx, startAccepted)
	diags.Append(more...)
	order := api.StopOrder{LiveID: m.LiveID.ValueString(), ChannelID: m.ChannelID.ValueString(), StartAccepted: string(value) == string(accepted(true))}
	value, more = private.GetKey(ctx, stopAccepted)
	diags.Append(more...)
	var stopped struct {
		StartAt string `json:"start_at"`
	}
	if len(value) > 0 && json.Unmarshal(value, &stopped) == nil {
		order.StoppedStartAt = stopped.StartAt
	}
	return order
}
