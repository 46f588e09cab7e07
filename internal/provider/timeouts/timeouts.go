// Package timeouts holds the attribute `timeouts` of resources, with a description in Markdown, and the argument `timeout` of actions.
package timeouts

import (
	"context"
	"time"

	framework "github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Opts says which operations have a timeout.
type Opts = framework.Opts

// Value is what a model holds of them.
type Value = framework.Value

// Attribute is the framework's with a description in Markdown everywhere: the module that it comes from gives the
// attribute as a whole none, and its members no Markdown.
func Attribute(ctx context.Context, opts Opts) schema.Attribute {
	attribute, ok := framework.Attributes(ctx, opts).(schema.SingleNestedAttribute)
	if !ok {
		return framework.Attributes(ctx, opts)
	}
	attribute.MarkdownDescription = "How long operations may take, as durations such as `30s` or `10m`."
	for name, member := range attribute.Attributes {
		if text, ok := member.(schema.StringAttribute); ok {
			text.MarkdownDescription = text.Description
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
	return actionschema.StringAttribute{Optional: true, CustomType: timetypes.GoDurationType{}, MarkdownDescription: what + " Default `2m`."}
}

// Within bounds an action by its argument `timeout`.
func Within(ctx context.Context, timeout timetypes.GoDuration, diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	limit := 2 * time.Minute
	if !timeout.IsNull() {
		parsed, more := timeout.ValueGoDuration()
		diags.Append(more...)
		limit = parsed
	}
	return context.WithTimeout(ctx, max(limit, time.Millisecond))
}
