package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// reportDataSource reads one report about a channel that is not part of the channel itself, such as its recordings.
type reportDataSource struct {
	service *livestation.Service
	of      report
}

// report is what a data source shows, and the request that reads it.
type report struct {
	typeName, description string
	channelID             schema.StringAttribute
	attributes            map[string]schema.Attribute
	// read returns a pointer to a model of the schema.
	read func(ctx context.Context, client *api.Client, channelID types.String) (any, error)
}

var _ datasource.DataSourceWithConfigure = (*reportDataSource)(nil)

func (d *reportDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.of.typeName
}

func (d *reportDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{"channel_id": d.of.channelID}
	for name, attribute := range d.of.attributes {
		attributes[name] = attribute
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.of.description, Attributes: attributes}
}

func (d *reportDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (d *reportDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var channelID types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("channel_id"), &channelID)...)
	client, diags := d.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	data, err := d.of.read(ctx, client, channelID)
	if err != nil {
		resp.Diagnostics.Append(unreadable(err)...)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}

// unreadable is the error of a read that failed.
func unreadable(err error) (diags diag.Diagnostics) {
	summary := "Data of the channel could not be read"
	if apierror.Is(err, apierror.Gone) {
		summary = "Channel does not exist"
	}
	diags.AddAttributeError(path.Root("channel_id"), summary, livestation.Explain(err))
	return diags
}

var requiredChannel = schema.StringAttribute{
	Required: true, MarkdownDescription: "Id of the channel, such as `ls-20260102030405-Gn7Ch`.", Validators: []validator.String{validate.RequiredID()},
}

func computedText(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func computedNumber(description string) schema.Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func computedTime(description string) schema.Attribute {
	return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
}
