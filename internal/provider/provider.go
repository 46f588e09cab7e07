// Package provider configures the provider and registers its objects: it turns settings into the two services that the objects call. It
// knows the objects only by their constructors.
package provider

import (
	"context"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channel"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/curtain"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/edge"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/quality"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/restream"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/vod2live"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism/live"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// Address is the address of this provider in the registries.
const Address = "registry.terraform.io/ncloud-live/livestation"

// Options are set by the build and by tests.
type Options struct {
	Version string
	// WithoutShortcuts leaves every call to the framework, as ShortcutsVariable does.
	WithoutShortcuts bool
	// PollInterval replaces the pause between two polls of a service, for tests; 0 keeps each service's own.
	PollInterval time.Duration
	// Dial replaces the network, for tests whose services are in the same process; nil is the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

type livestationProvider struct {
	options Options
	// configured is what the objects are configured with; nil until the provider is configured.
	configured atomic.Pointer[service.ProviderData]
	// deferring is set if the CLI will defer all objects, because settings are not known yet.
	deferring atomic.Bool
}

var (
	_ provider.ProviderWithActions            = (*livestationProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*livestationProvider)(nil)
	_ provider.ProviderWithFunctions          = (*livestationProvider)(nil)
	_ provider.ProviderWithListResources      = (*livestationProvider)(nil)
)

// New returns the constructor that a provider server takes.
func New(options Options) func() provider.Provider {
	return func() provider.Provider { return &livestationProvider{options: options} }
}

func (p *livestationProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "livestation"
	resp.Version = p.options.Version
}

func (p *livestationProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	attributes, prismAttributes := map[string]schema.Attribute{}, map[string]schema.Attribute{}
	for name, argument := range arguments {
		if member, nested := strings.CutPrefix(name, "prism."); nested {
			prismAttributes[member] = argument.attribute
		} else {
			attributes[name] = argument.attribute
		}
	}
	attributes["prism"] = schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: "The streaming service behind the `prism_*` objects, and the user on whose behalf it is called.",
		Attributes:          prismAttributes,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Live broadcasting on NAVER Cloud: live channels, re-stream channels, VOD2LIVE channels and live curtains of **Live Station**, " +
			"and the lives of a streaming service that implements the **B2B PRISM Live Studio** contract. Every setting is optional, and each service's " +
			"settings are needed only when an object of that service is used. An argument takes precedence over its environment variable.",
		Attributes: attributes,
	}
}

func (p *livestationProvider) Configure(_ context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	settings, err := newSettings(req.Config.Raw, userAgent(req.TerraformVersion, p.options.Version), p.options)
	if err != nil {
		resp.Diagnostics.AddError("Invalid provider setting", "The settings cannot be read. This is a bug in the provider; please report it. "+err.Error())
		return
	}
	if !req.Config.Raw.IsFullyKnown() && req.ClientCapabilities.DeferralAllowed {
		resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		p.deferring.Store(true)
	}
	// Both are built without a request. What is missing or unknown for a service is reported when the service is first used.
	configured := service.ProviderData{settings.liveStation(), settings.prism()}
	if resp.Diagnostics.Append(settings.diags...); resp.Diagnostics.HasError() {
		return
	}
	p.configured.Store(&configured)
	resp.DataSourceData = configured
	resp.ResourceData = configured
	resp.EphemeralResourceData = configured
	resp.ActionData = configured
	resp.ListResourceData = configured
}

func (p *livestationProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		channel.NewResource,
		curtain.NewContentResource, curtain.NewResource,
		quality.NewProfileResource, quality.NewSetResource,
		restream.NewChannelResource,
		vod2live.NewChannelResource, vod2live.NewDefaultCallbackResource, vod2live.NewScheduleResource,
		live.NewReservationResource, live.NewSessionResource,
	}
}

func (p *livestationProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		channel.NewChannelsDataSource, channel.NewDataSource, channel.NewEventsDataSource, channel.NewRecordingsDataSource,
		channel.NewServiceURLsDataSource, channel.NewStreamMetadataDataSource,
		curtain.NewContentsDataSource,
		edge.NewEdgesDataSource, edge.NewProfilesDataSource,
		quality.NewProfilesDataSource, quality.NewSetsDataSource,
		restream.NewChannelDataSource, restream.NewChannelsDataSource, restream.NewEventsDataSource, restream.NewPublishLogDataSource,
		vod2live.NewChannelDataSource, vod2live.NewChannelsDataSource, vod2live.NewScheduleDataSource,
		prism.NewChannelDataSource, prism.NewChannelLivesDataSource, prism.NewChannelsDataSource, prism.NewUserDataSource,
		live.NewDataSource,
	}
}

func (p *livestationProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		channel.NewStreamKeyEphemeralResource,
		restream.NewStreamKeyEphemeralResource,
		prism.NewAccessTokenEphemeralResource,
		live.NewRTMPPathEphemeralResource,
	}
}

func (p *livestationProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		channel.NewStartRecordingAction, channel.NewStopRecordingAction, channel.NewSwitchStreamAction,
		channel.NewTurnOffAction, channel.NewTurnOnAction,
		curtain.NewInsertAction, curtain.NewRemoveAction,
		vod2live.NewTurnOffAction, vod2live.NewTurnOnAction,
		live.NewStartAction, live.NewStopAction,
	}
}

func (p *livestationProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		channel.NewListResource,
		curtain.NewContentListResource,
		quality.NewProfileListResource, quality.NewSetListResource,
		restream.NewChannelListResource,
		vod2live.NewChannelListResource, vod2live.NewScheduleListResource,
		live.NewReservationListResource, live.NewSessionListResource,
	}
}

func (p *livestationProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{live.NewParseRTMPPathFunction}
}

func userAgent(coreVersion, version string) string {
	agent := "Terraform/" + coreVersion + " terraform-provider-livestation/" + version
	if more := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT")); more != "" && !hasControl(more) {
		agent += " " + more
	}
	return agent
}
