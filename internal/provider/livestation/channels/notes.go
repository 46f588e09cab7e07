package channels

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/announced"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

const (
	// callbackConfiguredKey is the key in private state under which "true" means that the configuration has set a callback endpoint.
	callbackConfiguredKey = "callback_configured"
	// untoldKey holds the names of the attributes that no read has told since the import, and no configuration either.
	untoldKey = "untold"
	// madeEdgeKey holds the instance number of the edge that was made with the channel.
	madeEdgeKey = "made_edge"
)

// Untold are the attributes whose value in state is an assumption: what the configuration says of them is taken without a call.
type Untold []string

// Attributes that may be untold.
const (
	UntoldDRM = "drm"
	UntoldCDN = "cdn"
)

// LoadUntold are those that were noted.
func LoadUntold(ctx context.Context, private service.PrivateReader) (names Untold, diags diag.Diagnostics) {
	note, diags := private.GetKey(ctx, untoldKey)
	if len(note) > 0 && json.Unmarshal(note, &names) != nil {
		names = nil
	}
	return names, diags
}

// Save notes them; none is no note.
func (u Untold) Save(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	if len(u) == 0 {
		return private.SetKey(ctx, untoldKey, nil)
	}
	note, _ := json.Marshal(u) // strings alone, which cannot fail
	return private.SetKey(ctx, untoldKey, note)
}

// Has tells whether an attribute is one of them.
func (u Untold) Has(name string) bool { return slices.Contains(u, name) }

// Without leaves one out.
func (u Untold) Without(name string) Untold {
	return slices.DeleteFunc(slices.Clone(u), func(one string) bool { return one == name })
}

// NumberUnknown stands for an edge that was made, and whose number no answer has told yet.
const NumberUnknown = -1

// ForgetNotes begins a new channel: whatever an earlier one has left there, as in a replacement, goes.
func ForgetNotes(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	diags := announced.Forget(ctx, private)
	for _, key := range []string{callbackConfiguredKey, untoldKey, madeEdgeKey} {
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
