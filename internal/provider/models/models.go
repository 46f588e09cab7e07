// Package models moves values between Terraform's objects and structs whose fields have tfsdk tags, as the framework's own Get
// and Set do. The framework learns a struct anew at every call, and compiles a regular expression for each of its fields; that
// was a third of what a refresh cost. Here a struct is learned once. Its fields must be values of the framework, such as
// types.String, one for each attribute.
package models

import (
	"context"
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Get fills the struct that target points to from a state, plan or configuration, which must hold an object.
func Get[S tfsdk.State | tfsdk.Plan | tfsdk.Config](ctx context.Context, from S, target any) (diags diag.Diagnostics) {
	var raw tftypes.Value
	var kind attr.Type
	switch from := any(from).(type) {
	case tfsdk.State:
		raw, kind = from.Raw, from.Schema.Type()
	case tfsdk.Plan:
		raw, kind = from.Raw, from.Schema.Type()
	case tfsdk.Config:
		raw, kind = from.Raw, from.Schema.Type()
	}
	object, ok := kind.(attr.TypeWithAttributeTypes)
	if !ok || raw.IsNull() || !raw.IsKnown() {
		return mismatch(path.Empty(), fmt.Sprintf("%T cannot be filled from %s", target, raw))
	}
	members := map[string]tftypes.Value{}
	if err := raw.As(&members); err != nil {
		return mismatch(path.Empty(), err.Error())
	}
	attributeTypes := object.AttributeTypes()
	structure := reflect.ValueOf(target).Elem()
	for _, field := range layoutOf(structure.Type()) {
		at := path.Root(field.name)
		attributeType, ok := attributeTypes[field.name]
		if !ok {
			return mismatch(at, "there is no such attribute")
		}
		value, err := attributeType.ValueFromTerraform(ctx, members[field.name])
		if err != nil {
			return mismatch(at, err.Error())
		}
		if checked, ok := value.(xattr.ValidateableAttribute); ok {
			var resp xattr.ValidateAttributeResponse
			checked.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: at}, &resp)
			diags.Append(resp.Diagnostics...)
		}
		if err := field.set(structure, value); err != nil {
			return mismatch(at, err.Error())
		}
	}
	return diags
}

// Set writes the struct that source points to into the raw value of a state, a plan or a list result.
func Set(ctx context.Context, raw *tftypes.Value, source any) diag.Diagnostics {
	members, diags := membersOf(ctx, source)
	if diags.HasError() {
		return diags
	}
	return setMembers(raw, members)
}

func membersOf(ctx context.Context, source any) (map[string]tftypes.Value, diag.Diagnostics) {
	structure := reflect.ValueOf(source).Elem()
	layout := layoutOf(structure.Type())
	members := make(map[string]tftypes.Value, len(layout))
	for _, field := range layout {
		value, err := field.get(structure).ToTerraformValue(ctx)
		if err != nil {
			return nil, mismatch(path.Root(field.name), err.Error())
		}
		members[field.name] = value
	}
	return members, nil
}

func setMembers(raw *tftypes.Value, members map[string]tftypes.Value) diag.Diagnostics {
	if err := tftypes.ValidateValue(raw.Type(), members); err != nil {
		return mismatch(path.Empty(), err.Error())
	}
	*raw = tftypes.NewValue(raw.Type(), members)
	return nil
}

// FromObject fills the struct that target points to from an object that is known.
func FromObject(object types.Object, target any) diag.Diagnostics {
	members := object.Attributes()
	structure := reflect.ValueOf(target).Elem()
	for _, field := range layoutOf(structure.Type()) {
		value, ok := members[field.name]
		if !ok {
			return mismatch(path.Root(field.name), "there is no such attribute")
		}
		if err := field.set(structure, value); err != nil {
			return mismatch(path.Root(field.name), err.Error())
		}
	}
	return nil
}

// ToObject makes an object of the struct that source points to.
func ToObject(attributeTypes map[string]attr.Type, source any) (types.Object, diag.Diagnostics) {
	structure := reflect.ValueOf(source).Elem()
	members := make(map[string]attr.Value, len(attributeTypes))
	for _, field := range layoutOf(structure.Type()) {
		members[field.name] = field.get(structure)
	}
	return types.ObjectValue(attributeTypes, members)
}

// Unchanged reports whether a plan leaves an object that exists as it is.
func Unchanged(prior tfsdk.State, plan tfsdk.Plan) bool {
	return !prior.Raw.IsNull() && Same(prior.Raw, plan.Raw)
}

// Same is tftypes.Value.Equal, which walks both values, with a shortcut for objects that share their members, as most often.
func Same(one, other tftypes.Value) bool {
	var members, others map[string]tftypes.Value
	if one.IsKnown() && other.IsKnown() && one.As(&members) == nil && other.As(&others) == nil && len(members) > 0 &&
		reflect.ValueOf(members).Pointer() == reflect.ValueOf(others).Pointer() {
		return true
	}
	return one.Equal(other)
}

func mismatch(at path.Path, why string) diag.Diagnostics {
	const detail = "A value does not fit where the provider keeps it. This is a bug in the provider; please report it. "
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Value does not fit", detail+why)}
}

// field is a field of a struct and the name of its attribute.
type field struct {
	index int
	name  string
}

func (f field) get(of reflect.Value) attr.Value {
	value, _ := of.Field(f.index).Interface().(attr.Value) // newLayout has checked it
	return value
}

func (f field) set(in reflect.Value, value attr.Value) error {
	to, from := in.Field(f.index), reflect.ValueOf(value)
	if !from.IsValid() || !from.Type().AssignableTo(to.Type()) {
		return fmt.Errorf("%T is kept as %s", value, to.Type())
	}
	to.Set(from)
	return nil
}

// layouts caches the layout of each struct, by its reflect.Type.
var layouts sync.Map

func layoutOf(structType reflect.Type) []field {
	if cached, ok := layouts.Load(structType); ok {
		layout, _ := cached.([]field) // nothing else is stored
		return layout
	}
	layout := newLayout(structType)
	layouts.Store(structType, layout)
	return layout
}

// newLayout panics if a field has no tfsdk tag or is no attr.Value, since that is a mistake in the provider.
func newLayout(structType reflect.Type) (layout []field) {
	for i := range structType.NumField() {
		structField := structType.Field(i)
		name, tagged := structField.Tag.Lookup("tfsdk")
		if !tagged || !structField.Type.Implements(reflect.TypeFor[attr.Value]()) {
			panic(fmt.Sprintf("models: %s.%s has no tfsdk tag or is no value of the framework", structType, structField.Name))
		}
		layout = append(layout, field{i, name})
	}
	return layout
}
