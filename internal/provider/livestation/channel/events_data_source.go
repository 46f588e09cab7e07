package channel

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// NewEventsDataSource returns the data source `livestation_events`.
func NewEventsDataSource() datasource.DataSource {
	anyChannel := schema.StringAttribute{
		Optional: true, MarkdownDescription: "Id of the channel, of any kind. Default: all channels of the account.", Validators: []validator.String{validate.OptionalID()},
	}
	return &reportDataSource{of: report{
		typeName: "livestation_events", description: "Lists events of channels, newest first, as far back as the service keeps them (seven days, according to its documentation). It costs one request.", channelID: anyChannel,
		attributes: map[string]schema.Attribute{"events": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The events, newest first; empty if there are none.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"channel_id": computedText("Id of the channel; null if the service does not report it."), "log_level": computedText("`INFO` or `ERROR`."),
				"event_code":  computedText("What happened, such as `PUBLISH_START`, `ONAIR_START` or `STREAM_UPDATE`."),
				"description": computedText("What happened, in words."), "time": computedTime("When it happened, in RFC 3339 and UTC."),
			}},
		}},
		read: func(ctx context.Context, client *api.Client, channelID types.String) (any, error) {
			events, err := client.Events(ctx, channelID.ValueString())
			if err != nil {
				return nil, err
			}
			data := eventsData{ChannelID: channelID, Events: make([]eventData, len(events))}
			for i, event := range events {
				data.Events[i] = eventData{
					ChannelID: models.TextOrNull(string(event.ChannelID)), LogLevel: models.TextOrNull(string(event.LogLevel)), EventCode: models.TextOrNull(string(event.EventCode)),
					Description: models.TextOrNull(string(event.Description)), Time: livestation.UTC(event.Timestamp.Time),
				}
			}
			return &data, nil
		},
	}}
}

// eventsData mirrors the schema.
type eventsData struct {
	ChannelID types.String `tfsdk:"channel_id"`
	Events    []eventData  `tfsdk:"events"`
}

type eventData struct {
	ChannelID   types.String      `tfsdk:"channel_id"`
	LogLevel    types.String      `tfsdk:"log_level"`
	EventCode   types.String      `tfsdk:"event_code"`
	Description types.String      `tfsdk:"description"`
	Time        timetypes.RFC3339 `tfsdk:"time"`
}
