package protocol

import (
	"context"
	"encoding/json"
	"errors"

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

// identityOf decodes an identity, which is null where a CLI hands over none; nil where the resource has none.
func (t resourceType) identityOf(ctx context.Context, data *tfprotov6.ResourceIdentityData) (*tfsdk.ResourceIdentity, error) {
	if t.identity == nil {
		return nil, nil
	}
	kind := t.identity.Type().TerraformType(ctx)
	identity := &tfsdk.ResourceIdentity{Schema: *t.identity, Raw: tftypes.NewValue(kind, nil)}
	if data == nil || data.IdentityData == nil {
		return identity, nil
	}
	var err error
	identity.Raw, err = data.IdentityData.Unmarshal(kind)
	return identity, err
}

// object is what a CLI hands over of one, decoded as the framework does it; before is the private state again, which a call may change.
type object[P any] struct {
	state           tftypes.Value
	identity        *tfsdk.ResourceIdentity
	private, before P
}

// decode is false for what does not exist and for what is left to the framework. The type of a private state has no name outside of
// that, so it is taken from a value.
func decode[T any, P privateState[T]](ctx context.Context, known resourceType, _ P, state *tfprotov6.DynamicValue, identity *tfprotov6.ResourceIdentityData, private []byte) (one object[P], ok bool) {
	var errs [4]error
	one.state, errs[0] = state.Unmarshal(known.kind)
	one.identity, errs[1] = known.identityOf(ctx, identity)
	one.private, errs[2] = decodePrivate[T, P](ctx, private)
	one.before, errs[3] = decodePrivate[T, P](ctx, private)
	return one, errors.Join(errs[:]...) == nil && !one.state.IsNull()
}

// copied is an identity that a call may change.
func copied(identity *tfsdk.ResourceIdentity) *tfsdk.ResourceIdentity {
	if identity == nil {
		return nil
	}
	another := *identity
	return &another
}

type privateState[T any] interface {
	*T
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// decodePrivate fails where the framework has left keys of its own in a private state, as after an import.
func decodePrivate[T any, P privateState[T]](ctx context.Context, encoded []byte) (P, error) {
	made := P(new(T))
	made.SetKey(ctx, "nothing", nil) // makes it empty rather than absent, as one is that a call leaves without keys
	if len(encoded) == 0 {
		return made, nil
	}
	var keys map[string][]byte
	if err := json.Unmarshal(encoded, &keys); err != nil {
		return nil, err
	}
	for key, value := range keys {
		if made.SetKey(ctx, key, value).HasError() {
			return nil, errors.New("a key is the framework's")
		}
	}
	return made, nil
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
