package live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// rtmpPathEphemeralResource reads a live's ingest address without storing it.
type rtmpPathEphemeralResource struct{ service *prism.Service }

var _ ephemeral.EphemeralResourceWithConfigure = (*rtmpPathEphemeralResource)(nil)

// NewRTMPPathEphemeralResource returns the ephemeral resource `prism_rtmp_path`.
func NewRTMPPathEphemeralResource() ephemeral.EphemeralResource { return &rtmpPathEphemeralResource{} }

func (e *rtmpPathEphemeralResource) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "prism_rtmp_path"
}

func (e *rtmpPathEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the ingest address of a live, for an encoder or a secret store, without leaving it in state or plan. " +
			"It needs Terraform 1.10 or OpenTofu 1.11, and costs one request each time it is opened: once in a plan, twice in an apply. " +
			"A live that does not exist makes the whole plan fail; see the guide Keeping keys out of state.",
		Attributes: map[string]schema.Attribute{
			"live_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Id of the live. Some services report its address only once it has started: with those, use the `id` of the session, which is not known before the start.",
				Validators:          []validator.String{validate.RequiredID()},
			},
			"rtmp_path": schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The whole address, with the stream key in it."},
			"server_url": schema.StringAttribute{Computed: true, Sensitive: true,
				MarkdownDescription: "The server part of the address, split as by the function `parse_rtmp_path`. If the address cannot be split, it is the whole address, which may contain a key."},
			"stream_key": schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The stream key; null if the address cannot be split."},
		},
	}
}

func (e *rtmpPathEphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.service = service.Of[prism.Service](req.ProviderData, &resp.Diagnostics)
}

func (e *rtmpPathEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var model rtmpPathModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client, diags := e.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	live, err := client.Live(ctx, model.LiveID.ValueString())
	switch {
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.AddAttributeError(path.Root("live_id"), "Live does not exist", prism.Explain(err)+"\n\n"+service.OpenFailed)
		return
	case err != nil:
		resp.Diagnostics.AddAttributeError(path.Root("live_id"), "Live could not be read", prism.Explain(err)+"\n\n"+service.OpenFailed)
		return
	case live.RTMPPath == "":
		resp.Diagnostics.AddAttributeError(path.Root("live_id"), "Live has no ingest address yet", fmt.Sprintf(
			"The service does not report the ingest address of %s. Some services give it out only once the live is started. If this configuration starts it, "+
				"write `live_id = prism_live_session.NAME.id`, which is known only after the start, or start it first with `-target=prism_live_session.NAME`.\n\n%s", live.Describe(), service.OpenFailed))
		return
	}
	model.RTMPPath = types.StringValue(live.RTMPPath)
	model.ServerURL, model.StreamKey = splitRTMPPath(model.RTMPPath)
	resp.Diagnostics.Append(resp.Result.Set(ctx, &model)...)
}

// rtmpPathModel mirrors the schema.
type rtmpPathModel struct {
	LiveID    types.String `tfsdk:"live_id"`
	RTMPPath  types.String `tfsdk:"rtmp_path"`
	ServerURL types.String `tfsdk:"server_url"`
	StreamKey types.String `tfsdk:"stream_key"`
}
