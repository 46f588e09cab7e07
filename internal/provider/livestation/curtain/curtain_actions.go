package curtain

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// insertAction lays a curtain without keeping state.
type insertAction struct{ service *livestation.Service }

// removeAction takes off the curtain that is on, whoever laid it.
type removeAction struct{ service *livestation.Service }

var (
	_ action.ActionWithConfigure = (*insertAction)(nil)
	_ action.ActionWithConfigure = (*removeAction)(nil)
)

// NewInsertAction returns the action `livestation_insert_curtain`.
func NewInsertAction() action.Action { return &insertAction{} }

// NewRemoveAction returns the action `livestation_remove_curtain`.
func NewRemoveAction() action.Action { return &removeAction{} }

func (a *insertAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "livestation_insert_curtain"
}

func (a *removeAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "livestation_remove_curtain"
}

func (a *insertAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lays a live curtain over a general channel of Live Station that is on air: viewers see filler content instead of the picture, for 1 to 10 minutes. " +
			"It is refused while another curtain is on, and while the channel is not on air.\n\nCancelling does not undo an insertion that was accepted.",
		Attributes: map[string]schema.Attribute{
			"channel_id": channelIDAttribute(),
			"content_ids": schema.ListAttribute{
				Required: true, ElementType: types.Int64Type,
				MarkdownDescription: "Ids of 1 to 10 curtain contents that are `READY`, in the order in which they are shown.",
				Validators:          []validator.List{listvalidator.SizeBetween(1, 10), noNull{}},
			},
			"insert_time": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "How long the curtain stays on, in minutes, 1 to 10. Default `3`.",
				Validators:          []validator.Int64{int64validator.Between(1, 10)},
			},
			"timeout": timeouts.ForAction("How long laying the curtain may take."),
		},
	}
}

func (a *removeAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Takes the curtain off a general channel of Live Station, whoever laid it. If none is on, the action succeeds too.\n\n" +
			"Cancelling does not undo a removal that was accepted.",
		Attributes: map[string]schema.Attribute{
			"channel_id": channelIDAttribute(),
			"timeout":    timeouts.ForAction("How long taking it off may take."),
		},
	}
}

func channelIDAttribute() schema.Attribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "Id of the general channel, such as `ls-20260102030405-Gn7Ch`.",
		Validators:          []validator.String{validate.RequiredID()},
	}
}

func (a *insertAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (a *removeAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (a *insertAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config insertModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := a.service.Client()
	resp.Diagnostics.Append(diags...)
	ctx, cancel := timeouts.OfAction(ctx, config.Timeout)
	defer cancel()
	input := api.CurtainInput{InsertTime: defaultInsertTime}
	if !config.InsertTime.IsNull() {
		input.InsertTime = config.InsertTime.ValueInt64()
	}
	input.ContentIDs, diags = contentIDs(ctx, config.ContentIDs)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	channelID := config.ChannelID.ValueString()
	progress(resp, "Checking whether channel "+service.Printable(config.ChannelID)+" can have a curtain")
	curtain, err := client.InsertCurtain(ctx, channelID, input)
	if err != nil {
		resp.Diagnostics.Append(insertError(channelID, input.InsertTime, err))
		return
	}
	progress(resp, fmt.Sprintf("The curtain on channel %s is on until %s", service.Printable(config.ChannelID), curtain.EndsAt.Format(time.RFC3339)))
}

func (a *removeAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config removeModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	client, diags := a.service.Client()
	resp.Diagnostics.Append(diags...)
	ctx, cancel := timeouts.OfAction(ctx, config.Timeout)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	channelID := config.ChannelID.ValueString()
	progress(resp, "Taking any curtain off channel "+service.Printable(config.ChannelID))
	err := client.RemoveAnyCurtain(ctx, channelID)
	switch {
	case err == nil:
		progress(resp, "Channel "+service.Printable(config.ChannelID)+" has no curtain now")
	case apierror.Is(err, apierror.Gone):
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Channel does not exist", livestation.Explain(err))
	default:
		resp.Diagnostics.AddAttributeError(path.Root("channel_id"), "Curtain was not taken off", livestation.Explain(err)+"\n\nA curtain that is on ends by itself after 10 minutes at most.")
	}
}

func progress(resp *action.InvokeResponse, message string) {
	resp.SendProgress(action.InvokeProgressEvent{Message: message})
}

// insertModel mirrors the schema.
type insertModel struct {
	ChannelID  types.String `tfsdk:"channel_id"`
	ContentIDs types.List   `tfsdk:"content_ids"`
	InsertTime types.Int64  `tfsdk:"insert_time"`
	Timeout    types.String `tfsdk:"timeout"`
}

// removeModel mirrors the schema.
type removeModel struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Timeout   types.String `tfsdk:"timeout"`
}
