package channels

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

const (
	// callbackConfiguredKey is the key in private state under which "true" means that the configuration has set a callback endpoint.
	callbackConfiguredKey = "callback_configured"
	// unreportedKey holds the names of Unreported.
	unreportedKey = "unreported"
	// madeEdgeKey holds the instance number of the edge that was made with the channel.
	madeEdgeKey = "made_edge"
)

// EdgeNumberUnknown stands for an edge that was made, and whose number no answer has told yet.
const EdgeNumberUnknown = -1

// ClearPrivateState removes what an earlier channel has left there: a replacement begins with the private state of the old one.
func ClearPrivateState(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	diags := planwarnings.Forget(ctx, private)
	for _, key := range []string{callbackConfiguredKey, livestation.CallbackUnreportedKey, unreportedKey, madeEdgeKey} {
		diags.Append(private.SetKey(ctx, key, nil)...)
	}
	return diags
}

// LoadMadeEdge is the instance number of the edge that was made with the channel; 0 where none was, as for an imported channel.
func LoadMadeEdge(ctx context.Context, private service.PrivateReader) (instanceNo int64, diags diag.Diagnostics) {
	note, diags := private.GetKey(ctx, madeEdgeKey)
	if len(note) > 0 && json.Unmarshal(note, &instanceNo) != nil {
		instanceNo = 0
	}
	return instanceNo, diags
}

// SaveMadeEdge notes it; 0 is none.
func SaveMadeEdge(ctx context.Context, private service.PrivateWriter, instanceNo int64) diag.Diagnostics {
	if instanceNo == 0 {
		return private.SetKey(ctx, madeEdgeKey, nil)
	}
	note, _ := json.Marshal(instanceNo) // a number, which cannot fail
	return private.SetKey(ctx, madeEdgeKey, note)
}

// SaveCallback notes whether the configuration sets a callback endpoint. One that is taken out again stays noted, since the service
// keeps it.
func SaveCallback(ctx context.Context, private service.PrivateWriter, configured bool) (diags diag.Diagnostics) {
	if configured {
		diags = private.SetKey(ctx, callbackConfiguredKey, []byte("true"))
	}
	return diags
}
