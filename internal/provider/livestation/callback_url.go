package livestation

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// CallbackURL returns a validator that accepts absolute http and https URLs, and never shows them: they may hold a secret.
func CallbackURL() validator.String { return callbackURL{} }

// SecureCallbackURL is CallbackURL for https alone.
func SecureCallbackURL() validator.String { return callbackURL{secure: true} }

type callbackURL struct{ secure bool }

func (v callbackURL) Description(context.Context) string {
	if v.secure {
		return "must be an https URL"
	}
	return "must be an http or https URL"
}

func (v callbackURL) MarkdownDescription(c context.Context) string { return v.Description(c) }

// CallbackOrPrior returns the callback endpoint that the service shows. It returns the prior one if that differs only by its query, which
// some editions do not show, and if the service shows none and is known not to (unreported).
func CallbackOrPrior(prior types.String, shown string, unreported bool) types.String {
	if withoutQuery, _, _ := strings.Cut(prior.ValueString(), "?"); shown == "" && unreported || shown != "" && shown == withoutQuery {
		return prior
	}
	return models.TextOrNull(shown)
}

func (v callbackURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	address, err := url.Parse(req.ConfigValue.ValueString())
	if err != nil || address.Host == "" || address.Scheme != "https" && (v.secure || address.Scheme != "http") {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid callback endpoint", fmt.Sprintf("`%s` must be an address such as \"https://hooks.example.com/livestation\".", req.Path))
	}
}
