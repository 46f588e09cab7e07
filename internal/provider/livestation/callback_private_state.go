package livestation

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

const (
	// callbackConfigured is set once the configuration has set the callback endpoint.
	callbackConfigured service.PrivateFlag = "callback_configured"
	// callbackUnreported is set if reads of the channel showed no callback endpoint after one was set. No document says that of any service,
	// but with such a service each plan would set the endpoint again.
	callbackUnreported service.PrivateFlag = "callback_unreported"
)

// SaveCallback records whether the configuration sets a callback endpoint. The record outlives the argument, as does the endpoint at the
// service.
func SaveCallback(ctx context.Context, private service.PrivateWriter, configured bool) (diags diag.Diagnostics) {
	if configured {
		diags = callbackConfigured.Save(ctx, private, true)
	}
	return diags
}

// WarnOfKeptCallback warns of a callback endpoint that was removed from the configuration, and that the service keeps.
func WarnOfKeptCallback(ctx context.Context, private service.PrivateReader, channelID, prior, config types.String) diag.Diagnostics {
	configured, diags := callbackConfigured.Load(ctx, private)
	if configured && config.IsNull() && !prior.IsNull() {
		diags.AddAttributeWarning(path.Root("callback_endpoint"), "The service keeps the callback endpoint", fmt.Sprintf(
			"`callback_endpoint` was removed from the configuration, and Live Station has no way to unset it: channel %s keeps reporting to the URL that is in state. Set another URL to change that.",
			service.Printable(channelID)))
	}
	return diags
}

// CallbackUnreported reports whether NoteCallback has recorded that reads show no endpoint.
func CallbackUnreported(ctx context.Context, private service.PrivateReader) (bool, diag.Diagnostics) {
	return callbackUnreported.Load(ctx, private)
}

// NoteCallback records whether reads of a channel report its callback endpoint.
func NoteCallback(ctx context.Context, private service.PrivateWriter, reported bool) diag.Diagnostics {
	return callbackUnreported.Save(ctx, private, !reported)
}

// NoteNewCallback is NoteCallback for an endpoint that was just set, and warns if no read shows it.
func NoteNewCallback(ctx context.Context, private service.PrivateWriter, channelID string, reported bool) diag.Diagnostics {
	diags := NoteCallback(ctx, private, reported)
	if !reported {
		diags.AddAttributeWarning(path.Root("callback_endpoint"), "Callback endpoint does not show", fmt.Sprintf(
			"The service accepted the callback endpoint of channel %s, and shows none. It may be one that never does, so state holds what was sent, and no plan sends it again. Check whether events arrive there.",
			printable.Text(channelID)))
	}
	return diags
}
