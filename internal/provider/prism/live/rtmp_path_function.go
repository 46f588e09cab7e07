package live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// parseRTMPPathFunction splits an ingest address.
type parseRTMPPathFunction struct{}

var _ function.Function = parseRTMPPathFunction{}

// NewParseRTMPPathFunction returns the function `parse_rtmp_path`.
func NewParseRTMPPathFunction() function.Function { return parseRTMPPathFunction{} }

func (parseRTMPPathFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_rtmp_path"
}

var rtmpPathParts = map[string]attr.Type{"server_url": types.StringType, "stream_key": types.StringType}

func (parseRTMPPathFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Split an ingest address into server and stream key",
		MarkdownDescription: "Splits an RTMP address into the server and the stream key that encoders and relays ask for. It makes no request; null gives two nulls.\n\n" +
			"The stream key is what follows the last `/` before the query: of `rtmp://host/app/KEY?a=b/c` it is `KEY?a=b/c`. Two forms that platforms use are split elsewhere: " +
			"where the path has one segment and the query a `/`, the query belongs to the server (`rtmp://host/live2?backup=1/KEY` has the key `KEY`), and where the path ends in `/`, " +
			"the query is the key (`rtmp://host/live/?streamname=x&key=K` has the key `?streamname=x&key=K`). `stream_key` is null where there is nothing to split, as in `rtmp://host/app/`. " +
			"An address of one segment, such as `rtmp://host/KEY`, is a server without an app. Joined by `/`, the two parts give the address again.\n\n" +
			"Where to use them:\n\n" +
			"- **OBS**: `server_url` is *Server* and `stream_key` is *Stream Key*, under *Custom* in the stream settings.\n" +
			"- **ffmpeg** takes the whole address, and splits it after the second segment of the path. For `/app/KEY` and `/app/instance/KEY` that is right. " +
			"If the app has more segments, or the key has a `/` in its query, pass `server_url` as the address, and the parts separately: `-rtmp_app APP -rtmp_playpath KEY`, " +
			"where the app is what follows the host in `server_url`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "path", AllowNullValue: true, MarkdownDescription: "Address such as `rtmp://ingest.example.com/app/key`, or null."},
		},
		Return: function.ObjectReturn{AttributeTypes: rtmpPathParts},
	}
}

func (parseRTMPPathFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var address types.String
	resp.Error = req.Arguments.Get(ctx, &address)
	if resp.Error != nil {
		return
	}
	server, key := splitRTMPPath(address)
	parts, diags := types.ObjectValue(rtmpPathParts, map[string]attr.Value{"server_url": server, "stream_key": key})
	resp.Error = function.ConcatFuncErrors(function.FuncErrorFromDiags(ctx, diags), resp.Result.Set(ctx, parts))
}

// splitRTMPPath returns nulls for null, and a null key where there is nothing to split.
func splitRTMPPath(address types.String) (serverURL, streamKey types.String) {
	if address.IsNull() {
		return types.StringNull(), types.StringNull()
	}
	server, key := api.SplitRTMPPath(address.ValueString())
	return types.StringValue(server), models.TextOrNull(key)
}
