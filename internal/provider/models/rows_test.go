package models_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

var listing = schema.Schema{Attributes: map[string]schema.Attribute{
	"of": schema.StringAttribute{},
	"rows": schema.ListNestedAttribute{NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"text": schema.StringAttribute{},
	}}},
}}

type listingModel struct {
	Of types.String `tfsdk:"of"`
}

type rowModel struct {
	Text types.String `tfsdk:"text"`
}

// setRows writes rows of these texts into a state, in a context of models.DeferRows or not.
func setRows(ctx context.Context, t *testing.T, texts []string) tfsdk.State {
	t.Helper()
	state := tfsdk.State{Schema: listing, Raw: tftypes.NewValue(listing.Type().TerraformType(ctx), nil)}
	rows := models.Rows{Attribute: "rows", Count: len(texts), Row: func(i int) any { return &rowModel{types.StringValue(texts[i])} }}
	if diags := models.SetRows(ctx, &state, &listingModel{types.StringValue("a")}, rows); diags.HasError() {
		t.Fatal(diags)
	}
	return state
}

func TestDeferredRowsEqualTheFrameworksRows(t *testing.T) {
	t.Parallel()
	for name, texts := range map[string][]string{
		"one": {"a"}, "two": {"a", "b"},
		// Whoever makes room for so many rows like the first needs 250 GB.
		"a long one and many": append([]string{strings.Repeat("a", 4<<20)}, make([]string, 60_000)...),
	} {
		state := setRows(t.Context(), t, texts)
		later, rows := models.DeferRows(t.Context())
		empty := setRows(later, t, texts)
		message, err := tfprotov6.NewDynamicValue(empty.Raw.Type(), empty.Raw)
		if err != nil {
			t.Fatal(err)
		}
		if len(message.MsgPack) > 100 {
			t.Errorf("%s: rows are in the message before they are filled in", name)
		}
		filled, err := rows.Fill(t.Context(), &message)
		if err != nil {
			t.Fatal(err)
		}
		got, err := filled.Unmarshal(state.Raw.Type())
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(state.Raw) {
			t.Errorf("%s: the rows that were filled in are others", name)
		}
	}
}

func TestRowsThatDoNotFitAreErrors(t *testing.T) {
	t.Parallel()
	state := tfsdk.State{Schema: listing, Raw: tftypes.NewValue(listing.Type().TerraformType(t.Context()), nil)}
	none := func(int) any { return &rowModel{} }
	if diags := models.SetRows(t.Context(), &state, &listingModel{}, models.Rows{Attribute: "of", Count: 1, Row: none}); !diags.HasError() {
		t.Error("rows were written into a text")
	}
	wrong := models.Rows{Attribute: "rows", Count: 1, Row: func(int) any { return &listingModel{} }}
	if diags := models.SetRows(t.Context(), &state, &listingModel{}, wrong); !diags.HasError() {
		t.Error("a row was written that lacks attributes")
	}
	later, rows := models.DeferRows(t.Context())
	if diags := models.SetRows(later, &state, &listingModel{}, wrong); diags.HasError() {
		t.Fatal(diags)
	}
	message, err := tfprotov6.NewDynamicValue(state.Raw.Type(), state.Raw)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rows.Fill(t.Context(), &message); err == nil {
		t.Error("a row was filled in that lacks attributes")
	}
}
