package curtain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// noNull refuses null elements of a list, each on its own path. A list expression makes one easily: the id of a content that `count = 0`
// leaves out.
type noNull struct{}

func (noNull) Description(context.Context) string             { return "must hold no null" }
func (v noNull) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (noNull) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	if !req.ConfigValue.IsUnknown() {
		resp.Diagnostics.Append(nullElements(req.Path, req.ConfigValue.Elements())...)
	}
}

func nullElements(list path.Path, elements []attr.Value) (diags diag.Diagnostics) {
	for i, element := range elements {
		if element.IsNull() {
			diags.AddAttributeError(list.AtListIndex(i), "Content id is null",
				"Each of `content_ids` must be the id of a curtain content. If a content is optional, leave its id out where there is none, such as `livestation_curtain_content.NAME[*].content_id` without `one()`.")
		}
	}
	return diags
}

// contentIDs returns the ids of a list that is known.
func contentIDs(ctx context.Context, list types.List) (ids []int64, diags diag.Diagnostics) {
	if diags = nullElements(path.Root("content_ids"), list.Elements()); !diags.HasError() {
		diags.Append(list.ElementsAs(ctx, &ids, false)...)
	}
	return ids, diags
}
