// Package provider configures and registers: it turns settings into the two services that the objects work with. It knows
// the objects only by their constructors.
package provider

import (
	"context"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channel"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/curtain"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/edge"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/quality"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/restream"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/vod2live"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism/live"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// Address is where the registries have this provider.
const Address = "registry.terraform.io/ncloud-live/livestation"

// Options are what a build or a test sets.
type Options struct {
	Version string
	// WithoutShortcuts has the framework do all of its work itself, as ShortcutsVariable does.
	WithoutShortcuts bool
	// PollInterval replaces the pause between two looks at a service, for tests; 0 keeps each service's own.
	PollInterval time.Duration
	// Dial replaces the network, for tests whose services are in the same process; nil is the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

type livestationProvider struct {
	options Options
	// configured is what the objects get; nil before.
	configured atomic.Pointer[service.ProviderData]
	// deferring is whether the objects will be put off, because settings are not known yet.
	deferring atomic.Bool
}

var (
	_ provider.ProviderWithActions            = (*livestationProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*livestationProvider)(nil)
	_ provider.ProviderWithFunctions          = (*livestationProvider)(nil)
	_ provider.ProviderWithListResources      = (*livestationProvider)(nil)
)

// New returns the constructor that a provider server wants.
func New(options Options) func() provider.Provider {
	return func() provider.Provider { return &livestationProvider{options: options} }
}

func (p *livestationProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "livestation"
	resp.Version = p.options.Version
}

func (p *livestationProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Live broadcasting on NAVER Cloud: live channels, re-stream channels, VOD2LIVE channels and live curtains of **Live Station**, and the lives of a " +
			"streaming service that implements the **B2B PRISM Live Studio** contract. Every setting is optional, and each service's settings " +
			"are needed only when an object of that service is used. An argument wins over its environment variable.",
		Attributes: map[string]schema.Attribute{
			"access_key": text("access_key", "Access key of a NAVER Cloud main or sub account, for Live Station and Global Edge.", credential()),
			"secret_key": secret("secret_key", "Secret key that belongs to `access_key`. It signs requests and is never sent."),
			"region": text("region", "Region code that Live Station requests carry. Default `KR`, or `FKR` with `site = \"fin\"`.",
				validate.OptionalText(), credential()),
			"site": text("site", "Zone of NAVER Cloud: `public` (default) or `fin`, the financial zone. Live Station is not offered in the government zone.",
				stringvalidator.OneOf(sitePublic, siteFinancial)),
			"endpoint": text("endpoint", "Address of the Live Station API, without a path. It must be `https`, except on a loopback host. "+
				"Default `"+defaultEndpoint+"`.", endpoint(false)),
			"edge_endpoint": text("edge_endpoint", "Address of the Global Edge API, without a path. Only what reads or deletes edges needs it, with the keys of "+
				"Live Station. It must be `https`, except on a loopback host. Default `"+defaultEdgeEndpoint+"`.", endpoint(false)),
			"prism": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "The streaming service behind the `prism_*` objects, and the user in whose name it is called.",
				Attributes: map[string]schema.Attribute{
					"endpoint": text("prism.endpoint", "Address of the service's API (`{serviceApiDomain}` in the PRISM documents); a path prefix is allowed. "+
						"It must be `https`, except on a loopback host.", endpoint(true)),
					"access_token": secret("prism.access_token", "Access token of a user who owns the channels. It is enough on its own. With refresh material "+
						"(`client_id`, `client_secret`, `refresh_token`) it is used first, and renewed once the service refuses it."),
					"client_id":     text("prism.client_id", "Client id that the service issued, for renewing the access token.", credential()),
					"client_secret": secret("prism.client_secret", "Client secret that belongs to `client_id`."),
					"refresh_token": secret("prism.refresh_token", "Refresh token of the user. If the service rotates it, the new one is kept for the life of the process "+
						"only, and a plan and an apply are two processes: with such a service, hand in a fresh `access_token` for each command instead."),
					"refresh_token_parameter": schema.StringAttribute{
						Optional:            true,
						MarkdownDescription: "Name of the query parameter in which the service expects the refresh token: `refresh_token` (default) or `token`.",
						Validators:          []validator.String{stringvalidator.OneOf("refresh_token", "token")},
					},
					"status_management": schema.BoolAttribute{
						Optional: true,
						MarkdownDescription: described("prism.status_management", "Whether the service manages the status of its lives. Default `true`. Set it to `false` for a service "+
							"that always says `ON_AIR`: statuses then mean nothing, so nothing is adopted, guarded or waited for."),
					},
					"expected_user_id": text("prism.expected_user_id", "Id of the user to whom the access token must belong. Before the first write of each run, and before a live that is "+
						"not found counts as gone, the service is asked once; for another user nothing is written, and nothing leaves the state.",
						validate.OptionalText(), credential()),
				},
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: described("max_retries", "How often one request is tried again, 0 to 10. Default `4`. Reads are tried again after faults that pass; writes only when "+
					"the service cannot have seen them."),
				Validators: []validator.Int64{int64validator.Between(0, maxMaxRetries)},
			},
			"retry_max_wait": text("retry_max_wait", "Longest single wait between two tries, such as `30s` (default) or `2m`. If a service asks for a longer wait, the request fails at "+
				"once and says how long it was asked to wait.", validate.Duration()),
			"request_timeout": text("request_timeout", "Time for one try of one request, to the last byte of the answer, such as `30s` (default).", validate.Duration()),
			"requests_per_second": schema.Float64Attribute{
				Optional: true,
				MarkdownDescription: described("requests_per_second", "Most requests per second that are sent to each service (Live Station, Global Edge, PRISM); `0` (default) means no "+
					"limit on this side."),
				Validators: []validator.Float64{float64validator.AtLeast(0)},
			},
			"secrets_in_state": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: described("secrets_in_state", "Whether secrets that the services make (ingest keys, ingest addresses) are stored in state. Default `true`. With `false` "+
					"they stay null, and a secret of yours in a stored attribute is an error that names its write-only twin. Use one value for everybody who runs the configuration."),
			},
		},
	}
}

func text(name, description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: described(name, description), Validators: validators}
}

func secret(name, description string) schema.StringAttribute {
	attribute := text(name, description, credential())
	attribute.Sensitive = true
	return attribute
}

// described adds to a description the environment variable behind the argument.
func described(name, description string) string {
	return description + " Environment: `" + variables[name] + "`."
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
	configured := settings.services()
	resp.Diagnostics.Append(settings.diags...)
	if resp.Diagnostics.HasError() {
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
		curtain.NewContentResource,
		curtain.NewResource,
		quality.NewProfileResource,
		quality.NewSetResource,
		restream.NewChannelResource,
		vod2live.NewChannelResource,
		vod2live.NewDefaultCallbackResource,
		vod2live.NewScheduleResource,
		live.NewReservationResource,
		live.NewSessionResource,
	}
}

func (p *livestationProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		channel.NewChannelsDataSource,
		channel.NewDataSource,
		channel.NewEventsDataSource,
		channel.NewRecordingsDataSource,
		channel.NewServiceURLsDataSource,
		channel.NewStreamMetadataDataSource,
		curtain.NewContentsDataSource,
		edge.NewEdgesDataSource,
		edge.NewProfilesDataSource,
		quality.NewProfilesDataSource,
		quality.NewSetsDataSource,
		restream.NewChannelDataSource,
		restream.NewChannelsDataSource,
		restream.NewEventsDataSource,
		restream.NewPublishLogDataSource,
		vod2live.NewChannelDataSource,
		vod2live.NewChannelsDataSource,
		vod2live.NewScheduleDataSource,
		prism.NewChannelDataSource,
		prism.NewChannelLivesDataSource,
		prism.NewChannelsDataSource,
		live.NewDataSource,
		prism.NewUserDataSource,
	}
}

func (p *livestationProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		channel.NewKeysEphemeralResource,
		restream.NewStreamKeyEphemeralResource,
		prism.NewAccessTokenEphemeralResource,
		live.NewRTMPPathEphemeralResource,
	}
}

func (p *livestationProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		channel.NewStartRecordingAction,
		channel.NewStopRecordingAction,
		channel.NewSwitchStreamAction,
		channel.NewTurnOffAction,
		channel.NewTurnOnAction,
		curtain.NewInsertAction,
		curtain.NewRemoveAction,
		vod2live.NewTurnOffAction,
		vod2live.NewTurnOnAction,
		live.NewStartAction,
		live.NewStopAction,
	}
}

func (p *livestationProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		channel.NewListResource,
		curtain.NewContentListResource,
		quality.NewProfileListResource,
		quality.NewSetListResource,
		restream.NewChannelListResource,
		vod2live.NewChannelListResource,
		vod2live.NewScheduleListResource,
		live.NewReservationListResource,
		live.NewSessionListResource,
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
