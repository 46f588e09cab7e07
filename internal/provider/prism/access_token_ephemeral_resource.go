package prism

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// accessTokenEphemeralResource makes an access token from the provider's refresh credentials.
type accessTokenEphemeralResource struct{ service *Service }

var _ ephemeral.EphemeralResourceWithConfigure = (*accessTokenEphemeralResource)(nil)

// NewAccessTokenEphemeralResource returns the ephemeral resource `prism_access_token`.
func NewAccessTokenEphemeralResource() ephemeral.EphemeralResource {
	return &accessTokenEphemeralResource{}
}

func (e *accessTokenEphemeralResource) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "prism_access_token"
}

func (e *accessTokenEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Obtains an access token with the provider's `prism.client_id`, `prism.client_secret` and `prism.refresh_token`, for another tool or a secret store, " +
			"without leaving it in state or plan. It needs Terraform 1.10 or OpenTofu 1.11, and costs at most one request each time it is opened: once in a plan, twice in an apply. " +
			"With a service that replaces the refresh token at every use it cannot be applied: the plan uses the token up.",
		Attributes: map[string]schema.Attribute{
			"access_token": schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "The access token."},
			"expires_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "When the token expires, in RFC 3339 and UTC; null if the service reports no lifetime."},
		},
	}
}

func (e *accessTokenEphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.service = service.Of[Service](req.ProviderData, &resp.Diagnostics)
}

func (e *accessTokenEphemeralResource) Open(ctx context.Context, _ ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	client, diags := e.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	token, expires, err := client.AccessToken(ctx)
	if err != nil {
		detail := Explain(err)
		if errors.Is(err, api.ErrRenewalRefused) {
			detail = err.Error() + "\n\n" + renewalRefused
		}
		resp.Diagnostics.AddError("Access token was not made", detail+"\n\n"+service.OpenFailed)
		return
	}
	model := accessTokenModel{AccessToken: types.StringValue(token), ExpiresAt: timetypes.NewRFC3339Null()}
	if !expires.IsZero() {
		model.ExpiresAt = timetypes.NewRFC3339ValueMust(expires.UTC().Format(time.RFC3339))
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, &model)...)
}

// renewalRefused is the next step after a refused renewal for somebody who uses this block, which works with refresh credentials alone.
const renewalRefused = "Check whether `prism.client_id`, `prism.client_secret` and `prism.refresh_token` (PRISM_REFRESH_TOKEN) belong together and are fresh. " +
	"A service that replaces the refresh token with every use cannot be used with this block: the plan uses the token up, and the apply, another process, opens the block again. " +
	"Take the block out then, renew the token outside of Terraform, keep the new refresh token where the next run finds it, and pass `prism.access_token` (PRISM_ACCESS_TOKEN) to each command."

// accessTokenModel mirrors the schema.
type accessTokenModel struct {
	AccessToken types.String      `tfsdk:"access_token"`
	ExpiresAt   timetypes.RFC3339 `tfsdk:"expires_at"`
}
