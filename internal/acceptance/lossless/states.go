package lossless

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

// ResourceState is an empty state of a resource.
func ResourceState(of resource.Resource) tfsdk.State {
	var resp resource.SchemaResponse
	of.Schema(context.Background(), resource.SchemaRequest{}, &resp)
	return tfsdk.State{Schema: resp.Schema}
}

// DataState is an empty state of a data source.
func DataState(of datasource.DataSource) tfsdk.State {
	var resp datasource.SchemaResponse
	of.Schema(context.Background(), datasource.SchemaRequest{}, &resp)
	return tfsdk.State{Schema: resp.Schema}
}

// ThroughState writes a model into a state and reads it back, as one command hands it to the next.
func ThroughState[M any](t *rapid.T, state tfsdk.State, model M) M {
	ctx := context.Background()
	state.Raw = tftypes.NewValue(state.Schema.Type().TerraformType(ctx), nil)
	if diags := state.Set(ctx, &model); diags.HasError() {
		t.Fatalf("%v cannot be written: %v", model, diags)
	}
	var back M
	if diags := state.Get(ctx, &back); diags.HasError() {
		t.Fatalf("%v cannot be read back: %v", model, diags)
	}
	if !reflect.DeepEqual(model, back) {
		t.Fatalf("%v came back as %v", model, back)
	}
	return back
}

// MustHold fails the test for all that Lost finds.
func MustHold(t *rapid.T, object, model any, names Names) {
	for _, lost := range Lost(object, model, names) {
		t.Errorf("%T in %T: %s", object, model, lost)
	}
}
