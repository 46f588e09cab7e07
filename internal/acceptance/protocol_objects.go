package acceptance

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Stop tells the provider to stop, as a CLI does that is interrupted, and returns when all that was under way has ended.
func (p *Protocol) Stop() {
	p.t.Helper()
	if resp, err := p.server.StopProvider(p.ctx, &tfprotov6.StopProviderRequest{}); err != nil || resp.Error != "" {
		p.t.Errorf("the provider could not be stopped: %v, %v", resp, err)
	}
}

// Exists reports whether there is anything of the object in state.
func (p *Protocol) Exists(resource string, object Object) bool {
	p.t.Helper()
	return len(p.Attributes(resource, object)) > 0
}

// Changes reports whether a plan changes anything.
func (p *Protocol) Changes(resource string, plan Planned) bool {
	p.t.Helper()
	prior, priorErr := plan.prior.state.Unmarshal(p.resource(resource))
	planned, plannedErr := plan.planned.Unmarshal(p.resource(resource))
	if priorErr != nil || plannedErr != nil {
		p.t.Fatal(priorErr, plannedErr)
	}
	return plan.Replaces || !prior.Equal(planned)
}

// Import takes an object into state by its id, without the read that a CLI makes next.
func (p *Protocol) Import(resource, id string) (Object, Diagnostics) {
	p.t.Helper()
	return p.takeIn(&tfprotov6.ImportResourceStateRequest{TypeName: resource, ID: id})
}

func (p *Protocol) takeIn(req *tfprotov6.ImportResourceStateRequest) (Object, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ImportResourceState(p.ctx, req)
	if err != nil {
		p.t.Fatal(err)
	}
	if len(Diagnostics(resp.Diagnostics).Errors()) > 0 || len(resp.ImportedResources) != 1 {
		return Object{}, resp.Diagnostics
	}
	imported := resp.ImportedResources[0]
	return Object{imported.State, imported.Private}, resp.Diagnostics
}

// ImportByIdentity is Import for an object that is named by its identity instead of its id.
func (p *Protocol) ImportByIdentity(resource string, identity Values) (Object, Diagnostics) {
	p.t.Helper()
	schemas, err := p.server.GetResourceIdentitySchemas(p.ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		p.t.Fatal(err)
	}
	data := p.pack(schemas.IdentitySchemas[resource].ValueType(), identity)
	return p.takeIn(&tfprotov6.ImportResourceStateRequest{TypeName: resource, Identity: &tfprotov6.ResourceIdentityData{IdentityData: data}})
}

// Open opens an ephemeral resource, and returns its values as Plain has them; none where that failed.
func (p *Protocol) Open(ephemeral string, config Values) (map[string]any, Diagnostics) {
	p.t.Helper()
	schema, ok := p.schemas.EphemeralResourceSchemas[ephemeral]
	if !ok {
		p.t.Fatalf("there is no ephemeral resource %q", ephemeral)
	}
	resp, err := p.server.OpenEphemeralResource(p.ctx, &tfprotov6.OpenEphemeralResourceRequest{TypeName: ephemeral, Config: p.pack(schema.ValueType(), config)})
	if err != nil {
		p.t.Fatal(err)
	}
	if len(Diagnostics(resp.Diagnostics).Errors()) > 0 {
		return nil, resp.Diagnostics
	}
	return p.plainly(schema, resp.Result), resp.Diagnostics
}

// Invoke runs an action, and returns its progress.
func (p *Protocol) Invoke(action string, config Values) (progress []string, said Diagnostics) {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ProviderServerWithActions)
	schema, known := p.schemas.ActionSchemas[action]
	if !ok || !known {
		p.t.Fatalf("there is no action %q", action)
	}
	stream, err := server.InvokeAction(p.ctx, &tfprotov6.InvokeActionRequest{ActionType: action, Config: p.pack(schema.Schema.ValueType(), config)})
	if err != nil {
		p.t.Fatal(err)
	}
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			said = append(said, event.Diagnostics...)
		}
	}
	return progress, said
}

// PlanAction plans an action, as a CLI does before it invokes one.
func (p *Protocol) PlanAction(action string, config Values) Diagnostics {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ProviderServerWithActions)
	schema, known := p.schemas.ActionSchemas[action]
	if !ok || !known {
		p.t.Fatalf("there is no action %q", action)
	}
	resp, err := server.PlanAction(p.ctx, &tfprotov6.PlanActionRequest{ActionType: action, Config: p.pack(schema.Schema.ValueType(), config)})
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.Diagnostics
}

// Query lists resources with all their attributes, as Plain has them.
func (p *Protocol) Query(resource string, config Values) (found []map[string]any, said Diagnostics) {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ProviderServerWithListResource)
	schema, known := p.schemas.ListResourceSchemas[resource]
	if !ok || !known {
		p.t.Fatalf("%q cannot be listed", resource)
	}
	stream, err := server.ListResource(p.ctx, &tfprotov6.ListResourceRequest{TypeName: resource, Config: p.pack(schema.ValueType(), config), IncludeResource: true})
	if err != nil {
		p.t.Fatal(err)
	}
	for result := range stream.Results {
		said = append(said, result.Diagnostics...)
		if result.Resource != nil {
			found = append(found, p.plainly(p.schemas.ResourceSchemas[resource], result.Resource))
		}
	}
	return found, said
}

func (p *Protocol) plainly(schema *tfprotov6.Schema, value *tfprotov6.DynamicValue) map[string]any {
	p.t.Helper()
	decoded, err := value.Unmarshal(schema.ValueType())
	if err != nil {
		p.t.Fatal(err)
	}
	members, _ := Plain(decoded).(map[string]any)
	return members
}

// Resources are the names of all resources.
func Resources(t *testing.T) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(Schemas(t).ResourceSchemas))
}
