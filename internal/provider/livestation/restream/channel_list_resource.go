package restream

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// channelListResource finds the channels of the account, for `terraform query`.
type channelListResource struct{ channelResource }

var _ list.ListResourceWithConfigure = (*channelListResource)(nil)

// NewChannelListResource returns the list resource `livestation_restream_channel`.
func NewChannelListResource() list.ListResource { return &channelListResource{} }

func (l *channelListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the re-stream channels of the account that are not terminated, by creation time. With `include_resource`, each channel costs two more requests.",
		Attributes: map[string]schema.Attribute{
			"channel_name": schema.StringAttribute{Optional: true, MarkdownDescription: "Exact name of the channels. Default: any."},
		},
	}
}

func (l *channelListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var name types.String
	diags := req.Config.GetAttribute(ctx, path.Root("channel_name"), &name)
	client, more := l.service.Client()
	diags.Append(more...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	channels, err := client.RestreamChannels(ctx)
	if err != nil {
		diags.AddError("Re-stream channels could not be listed", livestation.Explain(err))
	}
	byCreation(channels)
	filter := channelsModel{ChannelName: name}
	channels = slices.DeleteFunc(channels, func(channel *api.RestreamChannel) bool { return !filter.selects(channel) })
	stream.Results = service.QueryResults(req.Limit, "re-stream channels", channels, diags, func(channel *api.RestreamChannel) list.ListResult {
		return l.result(ctx, req, client, channel)
	})
}

func (l *channelListResource) result(ctx context.Context, req list.ListRequest, client *api.Client, channel *api.RestreamChannel) list.ListResult {
	result := req.NewListResult(ctx)
	id := string(channel.ChannelID)
	result.DisplayName = fmt.Sprintf("%s (%s)", printable.Text(string(channel.ChannelName)), printable.Text(id))
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("channel_id"), id)...)
	if !req.IncludeResource {
		return result
	}
	model := channelModel{ChannelID: types.StringValue(id), Timeouts: timeouts.None(ctx, l)}
	reader := channelReader{client: client, prints: fingerprints{}, secretsInState: l.service.SecretsInState}
	targets, _, err := reader.read(ctx, &model, targetModels{})
	if err != nil {
		result.Diagnostics.AddError("Re-stream channel could not be read", livestation.Explain(err))
		return result
	}
	result.Diagnostics.Append(model.save(ctx, &result.Resource.Raw, targets, l.service.SecretsInState)...)
	return result
}
