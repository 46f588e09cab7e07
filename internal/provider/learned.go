package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// learnable is for resources that are asked without the framework where that has nothing to add. Their Read begins with
// service.Repeated. Their plan modifiers and ModifyPlan neither say nor change anything where a CLI proposes to leave an object as
// it is, unless Settled denies it; what ModifyPlan notes of every object, Settled notes too. id is the attribute that all resources
// have, and private the private state.
type learnable interface {
	resource.ResourceWithConfigure
	Settled(id string, private []byte) bool
}

// learnedResource is what has to be known of a resource to ask it without the framework.
type learnedResource struct {
	create  func() resource.Resource
	version int64
	schema  schema.Schema
	kind    tftypes.Type
	// identity has no attributes where the resource has none.
	identity identityschema.Schema
	defaults map[string]tftypes.Value
	// rules are nil where accepted.go does not know them all.
	rules []rule
}

func (r learnedResource) members(of *tfprotov6.DynamicValue) (members map[string]tftypes.Value, err error) {
	value, err := of.Unmarshal(r.kind)
	if err != nil {
		return nil, err
	}
	return members, value.As(&members)
}

// learnResources learns all resources that can be, by their types; none where the framework's log is wanted.
func (p *livestationProvider) learnResources() map[string]learnedResource {
	ctx := context.Background()
	found := map[string]learnedResource{}
	if p.options.LogsWanted {
		return found
	}
	for _, create := range p.Resources(ctx) {
		one, ok := create().(learnable)
		if !ok {
			continue
		}
		var meta resource.MetadataResponse
		one.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "livestation"}, &meta)
		var described resource.SchemaResponse
		one.Schema(ctx, resource.SchemaRequest{}, &described)
		known := learnedResource{
			create: create, version: described.Schema.Version, schema: described.Schema, kind: described.Schema.Type().TerraformType(ctx),
			defaults: map[string]tftypes.Value{}, rules: rulesOf(described.Schema),
		}
		if _, ok := one.(resource.ResourceWithConfigValidators); ok {
			known.rules = nil
		}
		if identified, ok := one.(resource.ResourceWithIdentity); ok {
			var identity resource.IdentitySchemaResponse
			identified.IdentitySchema(ctx, resource.IdentitySchemaRequest{}, &identity)
			known.identity = identity.IdentitySchema
		}
		for name, attribute := range described.Schema.Attributes {
			if value, ok := defaultOf(ctx, attribute); ok {
				known.defaults[name] = value
			}
		}
		found[meta.TypeName] = known
	}
	return found
}

// resource makes one as the framework does, with what the provider was configured with.
func (s lenientServer) resource(ctx context.Context, known learnedResource) (learnable, bool) {
	one, ok := known.create().(learnable)
	if !ok {
		return nil, false
	}
	var req resource.ConfigureRequest
	if configured := s.provider.configured.Load(); configured != nil {
		req.ProviderData = *configured
	}
	var resp resource.ConfigureResponse
	one.Configure(ctx, req, &resp)
	return one, len(resp.Diagnostics) == 0
}
