package livestation

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// CallbackUnreportedKey is the key in private state under which "true" means that reads of the channel showed no callback endpoint after
// one was set. No document says so of any service; were it so, each plan would set it again.
const CallbackUnreportedKey = "callback_unreported"

// CallbackUnreported tells whether NoteCallback has noted that.
func CallbackUnreported(ctx context.Context, private service.PrivateReader) (bool, diag.Diagnostics) {
	note, diags := private.GetKey(ctx, CallbackUnreportedKey)
	return string(note) == "true", diags
}

// NoteCallback notes whether reads of a channel report its callback endpoint.
func NoteCallback(ctx context.Context, private service.PrivateWriter, reported bool) diag.Diagnostics {
	var note []byte
	if !reported {
		note = []byte("true")
	}
	return private.SetKey(ctx, CallbackUnreportedKey, note)
}

// NoteNewCallback is NoteCallback for an endpoint that was just set, and warns where no read shows it.
func NoteNewCallback(ctx context.Context, private service.PrivateWriter, channelID string, reported bool) diag.Diagnostics {
	diags := NoteCallback(ctx, private, reported)
	if !reported {
		diags.AddAttributeWarning(path.Root("callback_endpoint"), "Callback endpoint does not show", fmt.Sprintf(
			"The service accepted the callback endpoint of channel %s, and shows none. It may be one that never does, so state holds what was sent, and no plan sends it again. Look whether events arrive there.",
			transport.Printable(channelID)))
	}
	return diags
}
