package models_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

type model struct {
	Name  types.String      `tfsdk:"name"`
	Count types.Int64       `tfsdk:"count"`
	At    timetypes.RFC3339 `tfsdk:"at"`
	Tags  types.Map         `tfsdk:"tags"`
}

var described = schema.Schema{Attributes: map[string]schema.Attribute{
	"name": schema.StringAttribute{}, "count": schema.Int64Attribute{}, "at": schema.StringAttribute{CustomType: timetypes.RFC3339Type{}},
	"tags": schema.MapAttribute{ElementType: types.StringType},
}}

func stateOf(members map[string]tftypes.Value) tfsdk.State {
	kind := described.Type().TerraformType(context.Background())
	if members == nil {
		return tfsdk.State{Schema: described, Raw: tftypes.NewValue(kind, nil)}
	}
	return tfsdk.State{Schema: described, Raw: tftypes.NewValue(kind, members)}
}

var tags = tftypes.Map{ElementType: tftypes.String}

// states are values of every sort that a state, plan or configuration may hold.
func states() map[string]tfsdk.State {
	return map[string]tfsdk.State{
		"values": stateOf(map[string]tftypes.Value{
			"name": tftypes.NewValue(tftypes.String, "a"), "count": tftypes.NewValue(tftypes.Number, 7),
			"at":   tftypes.NewValue(tftypes.String, "2026-01-02T03:04:05+09:00"),
			"tags": tftypes.NewValue(tags, map[string]tftypes.Value{"x": tftypes.NewValue(tftypes.String, "y")}),
		}),
		"nulls": stateOf(map[string]tftypes.Value{
			"name": tftypes.NewValue(tftypes.String, nil), "count": tftypes.NewValue(tftypes.Number, nil),
			"at": tftypes.NewValue(tftypes.String, nil), "tags": tftypes.NewValue(tags, nil),
		}),
		"unknowns": stateOf(map[string]tftypes.Value{
			"name": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "count": tftypes.NewValue(tftypes.Number, tftypes.UnknownValue),
			"at": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "tags": tftypes.NewValue(tags, tftypes.UnknownValue),
		}),
	}
}

func TestGetAndSetConvertAsTheFramework(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, state := range states() {
		var ours, theirs model
		if diags := models.Get(ctx, state, &ours); diags.HasError() {
			t.Fatalf("%s: %v", name, diags)
		}
		if diags := state.Get(ctx, &theirs); diags.HasError() {
			t.Fatalf("%s: %v", name, diags)
		}
		if !ours.Name.Equal(theirs.Name) || !ours.Count.Equal(theirs.Count) || !ours.At.Equal(theirs.At) || !ours.Tags.Equal(theirs.Tags) {
			t.Errorf("%s: %v, and the framework has %v", name, ours, theirs)
		}
		written := stateOf(nil)
		if diags := models.Set(ctx, &written.Raw, &ours); diags.HasError() {
			t.Fatalf("%s: %v", name, diags)
		}
		if !written.Raw.Equal(state.Raw) {
			t.Errorf("%s: %s was written as %s", name, state.Raw, written.Raw)
		}
	}
}

func TestObjectAndStructConvertAlike(t *testing.T) {
	t.Parallel()
	type entry struct {
		Name  types.String `tfsdk:"name"`
		Count types.Int64  `tfsdk:"count"`
	}
	kinds := map[string]attr.Type{"name": types.StringType, "count": types.Int64Type}
	object, diags := models.ToObject(kinds, &entry{types.StringValue("a"), types.Int64Unknown()})
	if diags.HasError() {
		t.Fatal(diags)
	}
	var back entry
	if diags := models.FromObject(object, &back); diags.HasError() {
		t.Fatal(diags)
	}
	if back.Name.ValueString() != "a" || !back.Count.IsUnknown() {
		t.Errorf("%v came back as %v", object, back)
	}
}

func TestInvalidTimeIsAnErrorOnItsPath(t *testing.T) {
	t.Parallel()
	members := map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, nil), "count": tftypes.NewValue(tftypes.Number, nil),
		"at": tftypes.NewValue(tftypes.String, "tonight"), "tags": tftypes.NewValue(tags, nil),
	}
	var target model
	diags := models.Get(context.Background(), stateOf(members), &target)
	if len(diags) != 1 || !diags.HasError() {
		t.Errorf("%v, want one error", diags)
	}
}

func TestValuesThatDoNotFitAreErrors(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var other struct {
		Name types.Int64 `tfsdk:"name"`
	}
	if diags := models.Get(ctx, states()["values"], &other); !diags.HasError() {
		t.Error("a text was kept as a number")
	}
	var unheardOf struct {
		Title types.String `tfsdk:"title"`
	}
	if diags := models.Get(ctx, states()["values"], &unheardOf); !diags.HasError() {
		t.Error("an attribute was read that does not exist")
	}
	written := stateOf(nil)
	if diags := models.Set(ctx, &written.Raw, &other); !diags.HasError() {
		t.Error("an object was written that lacks attributes")
	}
	var whole model
	if diags := models.Get(ctx, stateOf(nil), &whole); !diags.HasError() {
		t.Error("an object was read that does not exist")
	}
}
