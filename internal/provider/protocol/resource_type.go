package protocol

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// resourceType is what it takes to call a resource without the framework.
type resourceType struct {
	create   func() resource.Resource
	schema   schema.Schema
	tfType   tftypes.Type
	identity *identityschema.Schema // nil if the resource has none
	defaults map[string]tftypes.Value
}

// typesOf returns the resource types of a provider, by name.
func typesOf(provider Provider) map[string]resourceType {
	ctx := context.Background()
	types := map[string]resourceType{}
	for _, create := range provider.Resources(ctx) {
		instance := create()
		var meta resource.MetadataResponse
		instance.Metadata(ctx, resource.MetadataRequest{}, &meta)
		var resp resource.SchemaResponse
		instance.Schema(ctx, resource.SchemaRequest{}, &resp)
		rt := resourceType{create: create, schema: resp.Schema, tfType: resp.Schema.Type().TerraformType(ctx), defaults: map[string]tftypes.Value{}}
		if identified, ok := instance.(resource.ResourceWithIdentity); ok {
			var identity resource.IdentitySchemaResponse
			identified.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &identity)
			rt.identity = &identity.IdentitySchema
		}
		for name, attribute := range resp.Schema.Attributes {
			if value, ok := defaultOf(ctx, attribute); ok {
				rt.defaults[name] = value
			}
		}
		types[meta.TypeName] = rt
	}
	return types
}

// newResource makes and configures a resource as the framework does. It is false if the framework has to be called instead.
func (s *server) newResource(ctx context.Context, typeName string) (resource.Resource, resourceType, bool) {
	rt, ok := s.types()[typeName]
	data, ready := s.provider.ResourceData()
	if !ok || !ready || !s.shortcuts {
		return nil, rt, false
	}
	instance := rt.create()
	var resp resource.ConfigureResponse
	if configurable, ok := instance.(resource.ResourceWithConfigure); ok {
		configurable.Configure(ctx, resource.ConfigureRequest{ProviderData: data}, &resp)
	}
	return instance, rt, len(resp.Diagnostics) == 0
}

// decode decodes the state and the identity that a CLI sends, as the framework does. The identity is null if the CLI sends none, and nil if
// the resource has none. ok is false for an object that does not exist, and for what only the framework can decode.
func (t resourceType) decode(
	ctx context.Context, encoded *tfprotov6.DynamicValue, id *tfprotov6.ResourceIdentityData,
) (state tfsdk.State, identity *tfsdk.ResourceIdentity, ok bool) {
	value, err := encoded.Unmarshal(t.tfType)
	state = tfsdk.State{Schema: t.schema, Raw: value}
	if err != nil || value.IsNull() || t.identity == nil {
		return state, nil, err == nil && !value.IsNull()
	}
	identityType := t.identity.Type().TerraformType(ctx)
	identity = &tfsdk.ResourceIdentity{Schema: *t.identity, Raw: tftypes.NewValue(identityType, nil)}
	if id != nil && id.IdentityData != nil {
		identity.Raw, err = id.IdentityData.Unmarshal(identityType)
	}
	return state, identity, err == nil
}

// cloneIdentity returns a copy that a call may change.
func cloneIdentity(identity *tfsdk.ResourceIdentity) *tfsdk.ResourceIdentity {
	if identity == nil {
		return nil
	}
	return new(*identity)
}

// decodePrivate decodes private state twice: for a request, and for a response, in which a call may change it. The framework does not export
// its type. It is false if the framework has left keys of its own, as after an import.
func decodePrivate[T any, P interface {
	*T
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}](ctx context.Context, encoded []byte, request, response *P) bool {
	var keys map[string][]byte
	if len(encoded) > 0 && json.Unmarshal(encoded, &keys) != nil {
		return false
	}
	for _, private := range []*P{request, response} {
		*private = new(T)
		(*private).SetKey(ctx, "nothing", nil) // empty rather than absent, like private state whose keys a call has removed
		for key, value := range keys {
			if (*private).SetKey(ctx, key, value).HasError() {
				return false
			}
		}
	}
	return true
}

// defaultOf returns the default of a string, bool or number; a test fails if a resource has a default of another type.
func defaultOf(ctx context.Context, attribute schema.Attribute) (tftypes.Value, bool) {
	switch attribute := attribute.(type) {
	case schema.StringAttribute:
		if attribute.Default != nil {
			var resp defaults.StringResponse
			attribute.Default.DefaultString(ctx, defaults.StringRequest{}, &resp)
			return tftypes.NewValue(tftypes.String, resp.PlanValue.ValueString()), true
		}
	case schema.BoolAttribute:
		if attribute.Default != nil {
			var resp defaults.BoolResponse
			attribute.Default.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
			return tftypes.NewValue(tftypes.Bool, resp.PlanValue.ValueBool()), true
		}
	case schema.Int64Attribute:
		if attribute.Default != nil {
			var resp defaults.Int64Response
			attribute.Default.DefaultInt64(ctx, defaults.Int64Request{}, &resp)
			return tftypes.NewValue(tftypes.Number, resp.PlanValue.ValueInt64()), true
		}
	}
	return tftypes.Value{}, false
}
