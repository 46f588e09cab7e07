package livestation

import (
	"context"
	"fmt"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// CallbackURL returns a validator that accepts absolute http and https URLs.
func CallbackURL() validator.String { return callbackURL{} }

type callbackURL struct{}

func (callbackURL) Description(context.Context) string             { return "must be an http or https URL" }
func (v callbackURL) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (callbackURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	address, err := url.Parse(req.ConfigValue.ValueString())
	if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid callback endpoint", fmt.Sprintf("`%s` must be a URL such as \"https://hooks.example.com/livestation\".", req.Path))
	}
}
