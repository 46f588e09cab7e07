package livestation

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// AlertOptionsAttribute is the attribute `alert_options` of the data sources of channels; its model is AlertOptions.
func AlertOptionsAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Events about which the console sends notifications; null if the service does not report them.",
		Attributes: map[string]schema.Attribute{
			"alert_change_status":      schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console notifies when the channel's status changes."},
			"alert_vod_upload_fail":    schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console notifies when the upload of a recording fails."},
			"alert_re_stream_fail":     schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console notifies when the relay to a target fails."},
			"alert_stream_fail_over":   schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the console notifies when the stream fails over to its backup."},
			"re_stream_fail_threshold": schema.Int64Attribute{Computed: true, MarkdownDescription: "Number of failures of a relay at which the console sends a notification; null until notifications are first set up."},
		},
	}
}

// AlertOptions mirrors AlertOptionsAttribute.
type AlertOptions struct {
	AlertChangeStatus     types.Bool  `tfsdk:"alert_change_status"`
	AlertVODUploadFail    types.Bool  `tfsdk:"alert_vod_upload_fail"`
	AlertReStreamFail     types.Bool  `tfsdk:"alert_re_stream_fail"`
	AlertStreamFailOver   types.Bool  `tfsdk:"alert_stream_fail_over"`
	ReStreamFailThreshold types.Int64 `tfsdk:"re_stream_fail_threshold"`
}

// NewAlertOptions converts what the service reports; nil, which is null in state, if it reports nothing.
func NewAlertOptions(options *api.AlertOptions) *AlertOptions {
	if options == nil {
		return nil
	}
	return &AlertOptions{
		AlertChangeStatus: types.BoolPointerValue(options.AlertChangeStatus.Pointer()), AlertVODUploadFail: types.BoolPointerValue(options.AlertVODUploadFail.Pointer()),
		AlertReStreamFail: types.BoolPointerValue(options.AlertReStreamFail.Pointer()), AlertStreamFailOver: types.BoolPointerValue(options.AlertStreamFailOver.Pointer()),
		ReStreamFailThreshold: types.Int64PointerValue(options.ReStreamFailThreshold.Pointer()),
	}
}
