package live

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
)

// sessionModel mirrors the schema.
type sessionModel struct {
	LiveID           types.String   `tfsdk:"live_id"`
	OnAir            types.Bool     `tfsdk:"on_air"`
	Triggers         types.Map      `tfsdk:"triggers"`
	RestartWhenEnded types.Bool     `tfsdk:"restart_when_ended"`
	ReplacesLiveID   types.String   `tfsdk:"replaces_live_id"`
	StartWindow      types.Object   `tfsdk:"start_window"`
	Timeouts         timeouts.Value `tfsdk:"timeouts"`

	ID          types.String      `tfsdk:"id"`
	ChannelID   types.String      `tfsdk:"channel_id"`
	Title       types.String      `tfsdk:"title"`
	Description types.String      `tfsdk:"description"`
	Scope       types.String      `tfsdk:"scope"`
	ReservedAt  timetypes.RFC3339 `tfsdk:"reserved_at"`
	StartAt     timetypes.RFC3339 `tfsdk:"start_at"`
	Status      types.String      `tfsdk:"status"`
	LiveLink    types.String      `tfsdk:"live_link"`
	RTMPPath    types.String      `tfsdk:"rtmp_path"`
}

type startWindowModel struct {
	OpensAt  timetypes.RFC3339 `tfsdk:"opens_at"`
	ClosesAt timetypes.RFC3339 `tfsdk:"closes_at"`
}

// window returns the start window. A bound that is null or unknown is open.
func (m sessionModel) window(ctx context.Context) api.Window {
	var model startWindowModel
	if m.StartWindow.IsNull() || m.StartWindow.IsUnknown() ||
		m.StartWindow.As(ctx, &model, basetypes.ObjectAsOptions{}).HasError() {
		return api.Window{}
	}
	bound := func(value timetypes.RFC3339) time.Time {
		at, err := time.Parse(time.RFC3339, value.ValueString())
		if err != nil {
			return time.Time{}
		}
		return at
	}
	return api.Window{OpensAt: bound(model.OpensAt), ClosesAt: bound(model.ClosesAt)}
}

// newSessionModel is the session of a live that no configuration manages yet.
func newSessionModel(ctx context.Context, live *api.Live) sessionModel {
	model := sessionModel{
		ID: types.StringValue(live.LiveID), LiveID: types.StringValue(live.LiveID), Triggers: types.MapNull(types.StringType),
		StartWindow: types.ObjectNull(map[string]attr.Type{"opens_at": timetypes.RFC3339Type{}, "closes_at": timetypes.RFC3339Type{}}),
		Timeouts:    timeouts.None(ctx, &sessionResource{}),
	}
	model.inferOnAir(live)
	model.setFromAPI(live)
	return model
}

// inferOnAir sets on_air after an import: false for a reserved live, so that a configuration with `on_air = true` starts it, and true for
// one that is on air or has ended, so that nothing changes.
func (m *sessionModel) inferOnAir(live *api.Live) {
	m.OnAir, m.RestartWhenEnded = types.BoolValue(live.Status != api.StatusReserved), types.BoolValue(false)
}

// keepComputed copies all computed attributes from prior, for a plan that neither starts nor stops.
func (m *sessionModel) keepComputed(prior sessionModel) {
	m.ID, m.ChannelID, m.Title, m.Description, m.Scope = prior.ID, prior.ChannelID, prior.Title, prior.Description, prior.Scope
	m.ReservedAt, m.StartAt, m.Status, m.LiveLink, m.RTMPPath = prior.ReservedAt, prior.StartAt, prior.Status, prior.LiveLink, prior.RTMPPath
}

// keepUnaffected copies from prior the known computed attributes that a start or stop does not affect. If the service changes them all the
// same, the next refresh shows it.
func (m *sessionModel) keepUnaffected(prior sessionModel) {
	m.ID, m.ChannelID = known(prior.ID, m.ID), known(prior.ChannelID, m.ChannelID)
	m.Title, m.Description = known(prior.Title, m.Title), known(prior.Description, m.Description)
	m.Scope, m.LiveLink = known(prior.Scope, m.Scope), known(prior.LiveLink, m.LiveLink)
	if !prior.ReservedAt.IsNull() && !prior.ReservedAt.IsUnknown() {
		m.ReservedAt = prior.ReservedAt
	}
}

// setFromAPI updates the model with what the service reports. What an answer omits stays as it was, except for status and start_at, which
// say what the live is doing now: for those, nothing is information too.
func (m *sessionModel) setFromAPI(live *api.Live) {
	if live == nil {
		live = &api.Live{}
	}
	m.ChannelID = models.TextOrPrior(m.ChannelID, live.ChannelID)
	m.Title = models.TextOrPrior(m.Title, live.Title)
	m.Description = models.TextOrPrior(m.Description, live.Description)
	m.Scope = models.TextOrPrior(m.Scope, live.Scope)
	m.LiveLink = models.TextOrPrior(m.LiveLink, live.LiveLink)
	m.RTMPPath = models.TextOrPrior(m.RTMPPath, live.RTMPPath)
	m.Status = models.TextOrNull(live.Status)
	if m.ReservedAt = prism.SameTime(m.ReservedAt, live.ReservedAt); live.ReservedAt == "" && m.ReservedAt.IsUnknown() {
		m.ReservedAt = timetypes.NewRFC3339Null()
	}
	if m.StartAt = prism.SameTime(m.StartAt, live.StartAt); live.StartAt == "" {
		m.StartAt = timetypes.NewRFC3339Null()
	}
}

// destroySendsNothing reports whether a destroy need not send a stop although no status says that the live is off air. With `on_air = false`
// it was stopped already, and without status management nothing shows whether someone else has started it since.
func (m sessionModel) destroySendsNothing(client *api.Client) bool {
	return client.StatusUnmanaged() && !m.OnAir.ValueBool()
}
