// Package timeouts holds the attribute `timeouts` of resources, with a description in Markdown, and the argument `timeout` of actions.
package timeouts

import (
	"context"
	"time"

	framework "github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/wait"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// Opts says which operations have a timeout.
type Opts = framework.Opts

// Value is what a model holds of them.
type Value = framework.Value

// Attribute is the framework's with a description in Markdown everywhere, and with our own validator: the module that it comes from
// gives the attribute as a whole no description and its members no Markdown, accepts durations below zero, and does not name the attribute.
func Attribute(ctx context.Context, opts Opts) schema.Attribute {
	attribute, ok := framework.Attributes(ctx, opts).(schema.SingleNestedAttribute)
	if !ok {
		return framework.Attributes(ctx, opts)
	}
	attribute.MarkdownDescription = "How long operations may take, as durations such as `30s` or `10m`."
	for name, member := range attribute.Attributes {
		if text, ok := member.(schema.StringAttribute); ok {
			text.MarkdownDescription = text.Description
			text.Validators = []validator.String{validate.Duration()}
			attribute.Attributes[name] = text
		}
	}
	return attribute
}

// None is the attribute of a resource that no configuration has set.
func None(ctx context.Context, of resource.Resource) Value {
	var resp resource.SchemaResponse
	of.Schema(ctx, resource.SchemaRequest{}, &resp)
	kind := resp.Schema.Attributes["timeouts"].GetType()
	value, _ := kind.ValueFromTerraform(ctx, tftypes.NewValue(kind.TerraformType(ctx), nil)) // null has no way to fail
	none, _ := value.(Value)
	return none
}

// ForAction is the argument `timeout` of an action.
func ForAction(what string) actionschema.Attribute {
	return actionschema.StringAttribute{Optional: true, MarkdownDescription: what + " Default `2m`.", Validators: []validator.String{validate.Duration()}}
}

// Within bounds an operation of a resource ("create", "read", "update" or "delete") by its member of `timeouts`. Errors name that member.
func Within(ctx context.Context, operation string, timeout time.Duration) (context.Context, context.CancelFunc) {
	return wait.WithLimit(ctx, "`timeouts."+operation+"`", timeout)
}

// OfAction bounds an action by its argument `timeout`, which validate.Duration has accepted. Errors name that argument.
func OfAction(ctx context.Context, timeout types.String) (context.Context, context.CancelFunc) {
	limit, err := time.ParseDuration(timeout.ValueString())
	if err != nil {
		limit = 2 * time.Minute // It is null.
	}
	return wait.WithLimit(ctx, "`timeout`", limit)
}
