package livestation

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// NewChannel is a general or VOD2LIVE channel that exists, and whose Create has more to do.
type NewChannel struct {
	ID string
	// ResourceType is the type of its resource, such as "livestation_channel".
	ResourceType string
	// Calls are the client's calls of its kind.
	Calls *api.Channels
}

// Incomplete is IncompleteCreation for the channel.
func (n NewChannel) Incomplete(err error) string {
	return IncompleteCreation("Channel "+printable.Text(n.ID), n.ResourceType, err)
}

// SetCallback sets the callback endpoint, which a creation cannot.
func (n NewChannel) SetCallback(ctx context.Context, endpoint types.String, private service.PrivateWriter) diag.Diagnostics {
	diags := SaveCallback(ctx, private, true)
	reported, err := n.Calls.SetCallback(ctx, n.ID, endpoint.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("callback_endpoint"), "Callback endpoint was not set", n.Incomplete(err))
		return diags
	}
	diags.Append(NoteNewCallback(ctx, private, n.ID, reported)...)
	return diags
}
