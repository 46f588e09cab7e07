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

// resourceType is what has to be known of a resource to ask it without the framework.
type resourceType struct {
	create   func() resource.Resource
	schema   schema.Schema
	kind     tftypes.Type
	identity *identityschema.Schema
	defaults map[string]tftypes.Value
}

// typesOf describes all resources of a provider, by their types.
func typesOf(provider Provider) map[string]resourceType {
	ctx := context.Background()
	types := map[string]resourceType{}
	for _, create := range provider.Resources(ctx) {
		one := create()
		var meta resource.MetadataResponse
		one.Metadata(ctx, resource.MetadataRequest{}, &meta)
		var described resource.SchemaResponse
		one.Schema(ctx, resource.SchemaRequest{}, &described)
		known := resourceType{create: create, schema: described.Schema, kind: described.Schema.Type().TerraformType(ctx), defaults: map[string]tftypes.Value{}}
		if identified, ok := one.(resource.ResourceWithIdentity); ok {
			var identity resource.IdentitySchemaResponse
			identified.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &identity)
			known.identity = &identity.IdentitySchema
		}
		for name, attribute := range described.Schema.Attributes {
			if value, ok := defaultOf(ctx, attribute); ok {
				known.defaults[name] = value
			}
		}
		types[meta.TypeName] = known
	}
	return types
}

// resource makes one as the framework does; false where the framework has to be asked.
func (s *server) resource(ctx context.Context, typeName string) (resource.Resource, resourceType, bool) {
	known, ok := s.types()[typeName]
	data, ready := s.provider.ResourceData()
	if !ok || !ready || !s.shortcuts {
		return nil, known, false
	}
	one := known.create()
	var resp resource.ConfigureResponse
	if configurable, ok := one.(resource.ResourceWithConfigure); ok {
		configurable.Configure(ctx, resource.ConfigureRequest{ProviderData: data}, &resp)
	}
	return one, known, len(resp.Diagnostics) == 0
}

// decode decodes what a CLI hands over of an object, as the framework does it. The identity is null where a CLI hands over none, and nil
// where the resource has none. It is false for what does not exist and for what is left to the framework.
func (t resourceType) decode(
	ctx context.Context, encoded *tfprotov6.DynamicValue, id *tfprotov6.ResourceIdentityData,
) (state tfsdk.State, identity *tfsdk.ResourceIdentity, ok bool) {
	value, err := encoded.Unmarshal(t.kind)
	state = tfsdk.State{Schema: t.schema, Raw: value}
	if err != nil || value.IsNull() || t.identity == nil {
		return state, nil, err == nil && !value.IsNull()
	}
	kind := t.identity.Type().TerraformType(ctx)
	identity = &tfsdk.ResourceIdentity{Schema: *t.identity, Raw: tftypes.NewValue(kind, nil)}
	if id != nil && id.IdentityData != nil {
		identity.Raw, err = id.IdentityData.Unmarshal(kind)
	}
	return state, identity, err == nil
}

// copied is an identity that a call may change.
func copied(identity *tfsdk.ResourceIdentity) *tfsdk.ResourceIdentity {
	if identity == nil {
		return nil
	}
	return new(*identity)
}

// decodePrivate decodes a private state twice: for a request, and for a response, where a call may change it. The framework gives its
// type no name. It is false where the framework has left keys of its own, as after an import.
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
		(*private).SetKey(ctx, "nothing", nil) // makes it empty rather than absent, as one is that a call leaves without keys
		for key, value := range keys {
			if (*private).SetKey(ctx, key, value).HasError() {
				return false
			}
		}
	}
	return true
}

// defaultOf knows defaults of texts, switches and numbers; a test finds others.
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
