package channel

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// channelStreamKeyEphemeralResource reads the ingest keys of a general channel without storing them.
type channelStreamKeyEphemeralResource struct{ service *livestation.Service }

var _ ephemeral.EphemeralResourceWithConfigure = (*channelStreamKeyEphemeralResource)(nil)

// NewStreamKeyEphemeralResource returns the ephemeral resource `livestation_channel_stream_key`.
func NewStreamKeyEphemeralResource() ephemeral.EphemeralResource {
	return &channelStreamKeyEphemeralResource{}
}

func (e *channelStreamKeyEphemeralResource) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "livestation_channel_stream_key"
}

func (e *channelStreamKeyEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the ingest keys of a general channel, for an encoder or a secret store, without leaving them in state or plan. " +
			"It needs Terraform 1.10 or OpenTofu 1.11, and costs one request each time it is opened: once in a plan, twice in an apply. " +
			"A channel that does not exist makes the whole plan fail; see the guide Keeping keys out of state.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Gn7Ch`.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"stream_key":         schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "Ingest key that the encoder needs."},
			"backup_stream_key":  schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "Ingest key of the backup stream; null without `is_stream_fail_over`."},
			"publish_url":        schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for the encoder."},
			"global_publish_url": schema.StringAttribute{Computed: true, MarkdownDescription: "Ingest address for an encoder outside Korea."},
		},
	}
}

func (e *channelStreamKeyEphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (e *channelStreamKeyEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var model channelStreamKeyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client, diags := e.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	at, id := path.Root("channel_id"), model.ChannelID.ValueString()
	channel, err := client.Channel(ctx, id)
	switch {
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.AddAttributeError(at, "Channel does not exist", livestation.Explain(err)+"\n\n"+service.OpenFailed)
		return
	case err != nil:
		resp.Diagnostics.AddAttributeError(at, "Channel could not be read", livestation.Explain(err)+"\n\n"+service.OpenFailed)
		return
	case channel.StreamKey == "":
		resp.Diagnostics.AddAttributeError(at, "Channel has no ingest key yet", fmt.Sprintf("Live Station returns no ingest key for channel %s. Wait until its status is READY.\n\n%s", printable.Text(id), service.OpenFailed))
		return
	case api.Masked(string(channel.StreamKey)):
		resp.Diagnostics.AddAttributeError(at, "Ingest key is masked", fmt.Sprintf("Live Station masks the ingest key of channel %s, and an encoder could not use that. Take the key from the console.\n\n%s", printable.Text(id), service.OpenFailed))
		return
	}
	model.StreamKey, model.BackupStreamKey = types.StringValue(string(channel.StreamKey)), livestation.SecretOrNull(string(channel.BackupStreamKey), true)
	model.PublishURL, model.GlobalPublishURL = models.TextOrNull(string(channel.PublishURL)), models.TextOrNull(string(channel.GlobalPublishURL))
	resp.Diagnostics.Append(resp.Result.Set(ctx, &model)...)
}

// channelStreamKeyModel mirrors the schema.
type channelStreamKeyModel struct {
	ChannelID        types.String `tfsdk:"channel_id"`
	StreamKey        types.String `tfsdk:"stream_key"`
	BackupStreamKey  types.String `tfsdk:"backup_stream_key"`
	PublishURL       types.String `tfsdk:"publish_url"`
	GlobalPublishURL types.String `tfsdk:"global_publish_url"`
}
