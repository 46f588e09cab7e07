package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// accepted tells whether there is nothing to say about a configuration, which is so for nearly all. It applies the same rules as
// the framework does, each attribute's own and the resource's, without looking up each attribute in the schema and each value
// in the configuration anew. Where anything is to be said, the framework says it.
func (s lenientServer) accepted(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) bool {
	known, ok := s.learned()[req.TypeName]
	if !ok || known.rules == nil || req.Config == nil {
		return false
	}
	raw, err := req.Config.Unmarshal(known.kind)
	if err != nil || raw.IsNull() || !raw.IsKnown() {
		return false
	}
	config := tfsdk.Config{Raw: raw, Schema: known.schema}
	writeOnly := req.ClientCapabilities != nil && req.ClientCapabilities.WriteOnlyAttributesAllowed
	look := look{config, validator.ValidateSchemaClientCapabilities{WriteOnlyAttributesAllowed: writeOnly}}
	var members map[string]tftypes.Value
	if raw.As(&members) != nil {
		return false
	}
	for _, rule := range known.rules {
		value, err := rule.kind.ValueFromTerraform(ctx, members[rule.name])
		if err != nil || !rule.accepts(ctx, look, place{path.Root(rule.name), path.MatchRoot(rule.name)}, value) {
			return false
		}
	}
	one, ok := s.resource(ctx, known)
	if !ok {
		return false
	}
	own, ok := one.(resource.ResourceWithValidateConfig)
	if !ok {
		return true
	}
	var resp resource.ValidateConfigResponse
	own.ValidateConfig(ctx, resource.ValidateConfigRequest{
		Config: config, ClientCapabilities: resource.ValidateConfigClientCapabilities{WriteOnlyAttributesAllowed: writeOnly},
	}, &resp)
	return len(resp.Diagnostics) == 0
}

// look is what every validator is told.
type look struct {
	config       tfsdk.Config
	capabilities validator.ValidateSchemaClientCapabilities
}

// place is where a value stands.
type place struct {
	path       path.Path
	expression path.Expression
}

// rule is what a schema says of one attribute.
type rule struct {
	name                          string
	kind                          attr.Type
	required, readOnly, writeOnly bool
	// silent is that of the attribute's validators, each that of the validators of each object nested in it; nil where there are none.
	silent, each verdict
	// members are the rules of the attributes of the object or objects nested in it.
	members []rule
}

func (r rule) accepts(ctx context.Context, look look, at place, value attr.Value) bool {
	null := value.IsNull()
	if r.required && null || r.readOnly && !null || r.writeOnly && !null && !look.capabilities.WriteOnlyAttributesAllowed {
		return false
	}
	if checked, ok := value.(xattr.ValidateableAttribute); ok {
		var resp xattr.ValidateAttributeResponse
		checked.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: at.path}, &resp)
		if len(resp.Diagnostics) > 0 {
			return false
		}
	}
	if r.silent != nil && !r.silent(ctx, look, at, value) {
		return false
	}
	if r.members == nil || null || value.IsUnknown() {
		return true
	}
	switch value := value.(type) {
	case basetypes.ObjectValuable:
		return r.acceptsObject(ctx, look, at, value)
	case basetypes.ListValue:
		for i, element := range value.Elements() {
			if !r.acceptsObject(ctx, look, place{at.path.AtListIndex(i), at.expression.AtListIndex(i)}, element) {
				return false
			}
		}
		return true
	case basetypes.MapValue:
		for key, element := range value.Elements() {
			if !r.acceptsObject(ctx, look, place{at.path.AtMapKey(key), at.expression.AtMapKey(key)}, element) {
				return false
			}
		}
		return true
	}
	return false
}

// acceptsObject leaves an object that is null or not known to the framework, and to what server.go makes of that.
func (r rule) acceptsObject(ctx context.Context, look look, at place, value attr.Value) bool {
	valuable, ok := value.(basetypes.ObjectValuable)
	if !ok || value.IsNull() || value.IsUnknown() || r.each != nil && !r.each(ctx, look, at, value) {
		return false
	}
	object, diags := valuable.ToObjectValue(ctx)
	if len(diags) > 0 {
		return false
	}
	members := object.Attributes()
	for _, member := range r.members {
		if !member.accepts(ctx, look, place{at.path.AtName(member.name), at.expression.AtName(member.name)}, members[member.name]) {
			return false
		}
	}
	return true
}

// rulesOf learns the rules of a schema; nil where it has something that is not known here, so that the framework must look.
func rulesOf(described schema.Schema) []rule {
	if len(described.Blocks) > 0 || described.DeprecationMessage != "" {
		return nil
	}
	return rulesOfAttributes(described.Attributes)
}

func rulesOfAttributes(attributes map[string]schema.Attribute) []rule {
	rules := make([]rule, 0, len(attributes))
	for name, attribute := range attributes {
		learned, ok := ruleOf(name, attribute)
		if !ok {
			return nil
		}
		rules = append(rules, learned)
	}
	return rules
}

func ruleOf(name string, attribute schema.Attribute) (rule, bool) {
	r := rule{
		name: name, kind: attribute.GetType(), required: attribute.IsRequired(),
		readOnly: attribute.IsComputed() && !attribute.IsOptional(), writeOnly: attribute.IsWriteOnly(),
	}
	if attribute.GetDeprecationMessage() != "" {
		return r, false
	}
	var nested map[string]schema.Attribute
	switch attribute := attribute.(type) {
	case schema.StringAttribute:
		r.silent = silent(attribute.Validators, basetypes.StringValuable.ToStringValue, func(v validator.String, ctx context.Context, look look, at place, value basetypes.StringValue) int {
			var resp validator.StringResponse
			v.ValidateString(ctx, validator.StringRequest{Path: at.path, PathExpression: at.expression, Config: look.config, ConfigValue: value, ClientCapabilities: look.capabilities}, &resp)
			return len(resp.Diagnostics)
		})
	case schema.BoolAttribute:
		r.silent = silent(attribute.Validators, basetypes.BoolValuable.ToBoolValue, func(v validator.Bool, ctx context.Context, look look, at place, value basetypes.BoolValue) int {
			var resp validator.BoolResponse
			v.ValidateBool(ctx, validator.BoolRequest{Path: at.path, PathExpression: at.expression, Config: look.config, ConfigValue: value, ClientCapabilities: look.capabilities}, &resp)
			return len(resp.Diagnostics)
		})
	case schema.Int64Attribute:
		r.silent = silent(attribute.Validators, basetypes.Int64Valuable.ToInt64Value, func(v validator.Int64, ctx context.Context, look look, at place, value basetypes.Int64Value) int {
			var resp validator.Int64Response
			v.ValidateInt64(ctx, validator.Int64Request{Path: at.path, PathExpression: at.expression, Config: look.config, ConfigValue: value, ClientCapabilities: look.capabilities}, &resp)
			return len(resp.Diagnostics)
		})
	case schema.ListAttribute:
		r.silent = silentList(attribute.Validators)
	case schema.MapAttribute:
		r.silent = silentMap(attribute.Validators)
	case schema.ListNestedAttribute:
		r.silent, r.each, nested = silentList(attribute.Validators), silentObject(attribute.NestedObject.Validators), attribute.NestedObject.Attributes
	case schema.MapNestedAttribute:
		r.silent, r.each, nested = silentMap(attribute.Validators), silentObject(attribute.NestedObject.Validators), attribute.NestedObject.Attributes
	case schema.SingleNestedAttribute:
		r.silent, nested = silentObject(attribute.Validators), attribute.Attributes
	default:
		return r, false
	}
	if nested != nil {
		if r.members = rulesOfAttributes(nested); r.members == nil {
			return r, false
		}
	}
	return r, true
}

// verdict tells whether validators have nothing to say about a value.
type verdict func(ctx context.Context, look look, at place, value attr.Value) bool

// silent runs validators until one says something; nil if there are none.
func silent[V, From, To any](validators []V, convert func(From, context.Context) (To, diag.Diagnostics), count func(V, context.Context, look, place, To) int) verdict {
	if len(validators) == 0 {
		return nil
	}
	return func(ctx context.Context, look look, at place, value attr.Value) bool {
		from, ok := value.(From)
		if !ok {
			return false
		}
		to, diags := convert(from, ctx)
		return len(diags) == 0 && !slices.ContainsFunc(validators, func(v V) bool { return count(v, ctx, look, at, to) > 0 })
	}
}

func silentList(validators []validator.List) verdict {
	return silent(validators, basetypes.ListValuable.ToListValue, func(v validator.List, ctx context.Context, look look, at place, value basetypes.ListValue) int {
		var resp validator.ListResponse
		v.ValidateList(ctx, validator.ListRequest{Path: at.path, PathExpression: at.expression, Config: look.config, ConfigValue: value, ClientCapabilities: look.capabilities}, &resp)
		return len(resp.Diagnostics)
	})
}

func silentMap(validators []validator.Map) verdict {
	return silent(validators, basetypes.MapValuable.ToMapValue, func(v validator.Map, ctx context.Context, look look, at place, value basetypes.MapValue) int {
		var resp validator.MapResponse
		v.ValidateMap(ctx, validator.MapRequest{Path: at.path, PathExpression: at.expression, Config: look.config, ConfigValue: value, ClientCapabilities: look.capabilities}, &resp)
		return len(resp.Diagnostics)
	})
}

func silentObject(validators []validator.Object) verdict {
	return silent(validators, basetypes.ObjectValuable.ToObjectValue, func(v validator.Object, ctx context.Context, look look, at place, value basetypes.ObjectValue) int {
		var resp validator.ObjectResponse
		v.ValidateObject(ctx, validator.ObjectRequest{Path: at.path, PathExpression: at.expression, Config: look.config, ConfigValue: value, ClientCapabilities: look.capabilities}, &resp)
		return len(resp.Diagnostics)
	})
}
