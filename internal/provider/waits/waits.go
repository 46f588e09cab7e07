// Package waits describes the attribute `timeouts` in the same words for every resource: the module that it comes from gives
// the attribute as a whole no description, and its members no Markdown.
package waits

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Attribute is timeouts.Attributes with a description in Markdown everywhere.
func Attribute(ctx context.Context, opts timeouts.Opts) schema.Attribute {
	attribute, ok := timeouts.Attributes(ctx, opts).(schema.SingleNestedAttribute)
	if !ok {
		return timeouts.Attributes(ctx, opts)
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
