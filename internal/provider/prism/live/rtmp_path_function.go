package live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
)

// parseRTMPPathFunction splits an ingest address.
type parseRTMPPathFunction struct{}

var _ function.Function = parseRTMPPathFunction{}

// NewParseRTMPPathFunction is what the provider registers.
func NewParseRTMPPathFunction() function.Function { return parseRTMPPathFunction{} }

func (parseRTMPPathFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_rtmp_path"
}

var rtmpPathParts = map[string]attr.Type{"server_url": types.StringType, "stream_key": types.StringType}

func (parseRTMPPathFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Split an ingest address into server and stream key",
		MarkdownDescription: "Splits an RTMP address at its last `/` into the server address and the stream key, which is how encoders want them. " +
			"`stream_key` is null where there is nothing to split. It makes no request.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "path", MarkdownDescription: "Address such as `rtmp://ingest.example.com/app/key`."},
		},
		Return: function.ObjectReturn{AttributeTypes: rtmpPathParts},
	}
}

func (parseRTMPPathFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var address string
	resp.Error = req.Arguments.Get(ctx, &address)
	if resp.Error != nil {
		return
	}
	server, key := api.SplitRTMPPath(address)
	parts, diags := types.ObjectValue(rtmpPathParts, map[string]attr.Value{"server_url": types.StringValue(server), "stream_key": prism.TextOrNull(key)})
	resp.Error = function.ConcatFuncErrors(function.FuncErrorFromDiags(ctx, diags), resp.Result.Set(ctx, parts))
}
