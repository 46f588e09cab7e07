package restream

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// termination explains what the end of the channel means, in a sentence that begins with what ends it.
func (m channelModel) termination() string {
	targets := "1 target"
	if count := len(m.Restream.Elements()); count != 1 {
		targets = fmt.Sprintf("%d targets", count)
	}
	return fmt.Sprintf("channel %s (%s) permanently ends its relay to %s, and its ingest key with it: an encoder needs the key of another channel from then on.",
		service.Printable(m.ChannelID), service.Printable(m.ChannelName), targets)
}

// held is the channel as one that is in state.
func (m channelModel) held() planwarnings.Held {
	return planwarnings.Held{ID: m.ChannelID.ValueString(), Like: m.ChannelName.ValueString(), Text: m.termination()}
}

// planTermination warns of what the termination of a channel means, and whether it is streaming now. what begins the warning and says what
// terminates it. It returns the id of the channel, or nothing if the channel is gone.
func (r *channelResource) planTermination(ctx context.Context, channel planwarnings.Held, what string) (ends []string, diags diag.Diagnostics) {
	id := printable.Text(channel.ID)
	streaming, now, diags := r.streamingNow(ctx, channel.ID)
	summary := "Re-stream channel will be terminated"
	switch {
	case diags.HasError() || streaming == gone:
		return nil, diags
	case streaming == yes:
		summary = fmt.Sprintf("Re-stream channel %s is streaming and will be terminated", id)
	case streaming == unknown:
		summary = fmt.Sprintf("Re-stream channel %s may be streaming and will be terminated", id)
	}
	diags.AddWarning(summary, what+" "+channel.Text+" "+now)
	return []string{channel.ID}, diags
}

// planOverTainted warns of channels in state that a new channel may replace, and returns their ids. For a tainted channel a CLI plans only
// its replacement.
func (r *channelResource) planOverTainted(ctx context.Context, name string, diags *diag.Diagnostics) (ends []string) {
	for _, channel := range r.service.RestreamChannels.Like(name) {
		id := printable.Text(channel.ID)
		streaming, now, more := r.streamingNow(ctx, channel.ID)
		diags.Append(more...)
		summary := fmt.Sprintf("Re-stream channel %s may be terminated", id)
		switch {
		case more.HasError() || streaming == gone:
			continue
		case streaming == yes:
			summary = fmt.Sprintf("Re-stream channel %s is streaming and may be terminated", id)
		}
		diags.AddWarning(summary, "State holds a channel of this name. If it is tainted, this plan replaces it; `terraform untaint livestation_restream_channel.NAME` keeps it. Replacing "+
			channel.Text+" "+now)
		ends = append(ends, channel.ID)
	}
	return ends
}

// streams is what a look at a channel says of its stream.
type streams int

const (
	unknown streams = iota
	yes
	no
	gone
)

// streamingNow checks whether a channel is streaming, and describes that in a sentence.
func (r *channelResource) streamingNow(ctx context.Context, channelID string) (streams, string, diag.Diagnostics) {
	const refused = "the apply will be refused as long as it is: end the stream first."
	client, diags := r.service.PlanClient()
	if client == nil {
		return unknown, "Could not look up whether it is streaming now, because the settings of the provider are not known yet. If it is, " + refused, diags
	}
	ctx, cancel := context.WithTimeout(ctx, service.PlanCheckTimeout)
	defer cancel()
	channel, err := client.RestreamChannel(ctx, channelID)
	switch {
	case apierror.Is(err, apierror.Gone):
		return gone, "", diags
	case err != nil:
		return unknown, "If it is streaming, " + refused + " Could not look up whether it is streaming now: " + err.Error(), diags
	case channel.Streaming():
		return yes, "It is streaming now, and " + refused, diags
	}
	return no, "It is not streaming now.", diags
}
