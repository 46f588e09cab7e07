package channel

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// channelListResource finds the channels of the account, for `terraform query`.
type channelListResource struct{ channelResource }

var _ list.ListResourceWithConfigure = (*channelListResource)(nil)

// NewListResource returns the list resource `livestation_channel`.
func NewListResource() list.ListResource { return &channelListResource{} }

func (l *channelListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Finds the general channels of the account that are not terminated, by creation time. With `include_resource`, each channel costs one more request.",
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
	channels, err := client.General.List(ctx, api.ChannelFilter{Name: name.ValueString()})
	if err != nil {
		diags.AddError("General channels could not be listed", livestation.Explain(err))
	}
	stream.Results = service.QueryResults(req.Limit, "general channels", channels, diags, func(channel *api.Channel) list.ListResult {
		return l.result(ctx, req, client, channel)
	})
}

func (l *channelListResource) result(ctx context.Context, req list.ListRequest, client *api.Client, channel *api.Channel) list.ListResult {
	result := req.NewListResult(ctx)
	id := string(channel.ChannelID)
	result.DisplayName = fmt.Sprintf("%s (%s)", printable.Text(string(channel.ChannelName)), printable.Text(id))
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("channel_id"), id)...)
	if !req.IncludeResource {
		return result
	}
	own, err := client.Channel(ctx, id)
	if err != nil {
		result.Diagnostics.AddError("Channel could not be read", livestation.Explain(err))
		return result
	}
	model := channelModel{
		ChannelID: types.StringValue(id), Timeouts: timeouts.None(ctx, l),
		CDN: types.ObjectNull(delivery.CDNTypes), Record: types.ObjectNull(recordTypes), DRM: types.ObjectNull(delivery.DRMTypes),
	}
	model.setFromAPI(own, false)
	if model.IngestProtocol.IsNull() {
		model.IngestProtocol = types.StringValue(ingestRTMP)
	}
	result.Diagnostics.Append(model.save(ctx, &result.Resource.Raw, l.service.SecretsInState)...)
	return result
}
