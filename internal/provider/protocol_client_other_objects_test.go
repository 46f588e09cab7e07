package provider_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Calls for the objects that newer CLIs know: ephemeral resources, actions, list resources and functions.

// open opens an ephemeral resource.
func (c *protocolClient) open(typeName string, config map[string]any) (values map[string]any, said string) {
	c.t.Helper()
	schema := c.Schema.EphemeralResourceSchemas[typeName]
	validated, err := c.Server.ValidateEphemeralResourceConfig(c.Ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: typeName, Config: c.dynamic(schema, config)})
	c.must(err)
	c.heard = append(c.heard, validated.Diagnostics...)
	if len(validated.Diagnostics) > 0 {
		return nil, say(validated.Diagnostics)
	}
	resp, err := c.Server.OpenEphemeralResource(c.Ctx, &tfprotov6.OpenEphemeralResourceRequest{TypeName: typeName, Config: c.dynamic(schema, config)})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	if len(resp.Diagnostics) > 0 {
		return nil, say(resp.Diagnostics)
	}
	if len(resp.Private) > 0 || !resp.RenewAt.IsZero() {
		c.t.Errorf("%s keeps something for later", typeName)
	}
	return c.plain(schema, resp.Result), ""
}

// invoke runs an action, and returns its progress and what was said at the end.
func (c *protocolClient) invoke(typeName string, config map[string]any) (progress []string, said string) {
	c.t.Helper()
	return c.invokeWith(c.Ctx, typeName, config)
}

func (c *protocolClient) invokeWith(ctx context.Context, typeName string, config map[string]any) (progress []string, said string) {
	c.t.Helper()
	server, ok := c.Server.(tfprotov6.ProviderServerWithActions)
	if !ok {
		c.t.Fatal("the provider has no actions")
	}
	schema := c.Schema.ActionSchemas[typeName].Schema
	validated, err := server.ValidateActionConfig(c.Ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: c.dynamic(schema, config)})
	c.must(err)
	c.heard = append(c.heard, validated.Diagnostics...)
	if len(validated.Diagnostics) > 0 {
		return nil, say(validated.Diagnostics)
	}
	planned, err := server.PlanAction(c.Ctx, &tfprotov6.PlanActionRequest{ActionType: typeName, Config: c.dynamic(schema, config)})
	c.must(err)
	if slices.ContainsFunc(planned.Diagnostics, isError) {
		return nil, say(planned.Diagnostics)
	}
	c.heard = append(c.heard, planned.Diagnostics...)
	if c.planned != nil {
		c.planned()
	}
	stream, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: c.dynamic(schema, config)})
	c.must(err)
	completed := 0
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed++
			c.heard = append(c.heard, event.Diagnostics...)
			said = say(event.Diagnostics)
		}
	}
	if completed != 1 {
		c.t.Errorf("%s completed %d times", typeName, completed)
	}
	return progress, said
}

func isError(diagnostic *tfprotov6.Diagnostic) bool {
	return diagnostic.Severity == tfprotov6.DiagnosticSeverityError
}

// found is one result of a query.
type found struct {
	Name     string
	Identity map[string]any
	// Resource is nil where it was not asked for.
	Resource map[string]any
	Said     string
}

// query lists resources; limit 0 is none.
func (c *protocolClient) query(typeName string, config map[string]any, limit int64, includeResource bool) []found {
	c.t.Helper()
	server, ok := c.Server.(tfprotov6.ProviderServerWithListResource)
	if !ok {
		c.t.Fatal("the provider has no list resources")
	}
	dynamic := c.dynamic(c.Schema.ListResourceSchemas[typeName], config)
	validated, err := server.ValidateListResourceConfig(c.Ctx, &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: dynamic})
	c.must(err)
	if len(validated.Diagnostics) > 0 {
		return []found{{Said: say(validated.Diagnostics)}}
	}
	stream, err := server.ListResource(c.Ctx, &tfprotov6.ListResourceRequest{TypeName: typeName, Config: dynamic, Limit: limit, IncludeResource: includeResource})
	c.must(err)
	var list []found
	for result := range stream.Results {
		c.heard = append(c.heard, result.Diagnostics...)
		one := found{Name: result.DisplayName, Said: say(result.Diagnostics)}
		if result.Identity != nil {
			one.Identity = c.identity(typeName, result.Identity)
		}
		if result.Resource != nil {
			one.Resource = c.plain(c.Schema.ResourceSchemas[typeName], result.Resource)
		}
		list = append(list, one)
	}
	return list
}

// imported imports a resource by id, or by identity, and reads it, as a CLI does. It returns what is then in state.
func (c *protocolClient) imported(typeName, id string, identity *tfprotov6.ResourceIdentityData) *tfprotov6.ReadResourceResponse {
	c.t.Helper()
	resp, err := c.Server.ImportResourceState(c.Ctx, &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id, Identity: identity})
	c.must(err)
	if said := say(resp.Diagnostics); said != "" || len(resp.ImportedResources) != 1 {
		c.t.Fatalf("import of %s: %d resources; %s", typeName, len(resp.ImportedResources), said)
	}
	got := resp.ImportedResources[0]
	read, err := c.Server.ReadResource(c.Ctx, &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: got.State, Private: got.Private, CurrentIdentity: got.Identity})
	c.must(err)
	c.heard = append(c.heard, read.Diagnostics...)
	if said := say(read.Diagnostics); said != "" {
		c.t.Fatalf("read after the import of %s: %s", typeName, said)
	}
	return read
}

// identityType is what the identity of a resource is made of.
func (c *protocolClient) identityType(typeName string) tftypes.Type {
	c.t.Helper()
	schemas, err := c.Server.GetResourceIdentitySchemas(c.Ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	c.must(err)
	schema, ok := schemas.IdentitySchemas[typeName]
	if !ok {
		c.t.Fatalf("%s has no identity", typeName)
	}
	return schema.ValueType()
}

// identity are the members of an identity; nil where there is none, or one with nothing in it.
func (c *protocolClient) identity(typeName string, data *tfprotov6.ResourceIdentityData) map[string]any {
	c.t.Helper()
	if data == nil || data.IdentityData == nil {
		return nil
	}
	value, err := data.IdentityData.Unmarshal(c.identityType(typeName))
	c.must(err)
	members, _ := acceptance.Plain(value).(map[string]any)
	return members
}

func (c *protocolClient) plain(schema *tfprotov6.Schema, value *tfprotov6.DynamicValue) map[string]any {
	c.t.Helper()
	decoded, err := value.Unmarshal(schema.ValueType())
	c.must(err)
	members, _ := acceptance.Plain(decoded).(map[string]any)
	return members
}

// parse calls the function parse_rtmp_path.
func (c *protocolClient) parse(path any) map[string]any {
	c.t.Helper()
	argument, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, path))
	c.must(err)
	resp, err := c.Server.CallFunction(c.Ctx, &tfprotov6.CallFunctionRequest{Name: "parse_rtmp_path", Arguments: []*tfprotov6.DynamicValue{&argument}})
	c.must(err)
	if resp.Error != nil {
		c.t.Fatalf("%v: %s", path, resp.Error.Text)
	}
	value, err := resp.Result.Unmarshal(c.Schema.Functions["parse_rtmp_path"].Return.Type)
	c.must(err)
	members, _ := acceptance.Plain(value).(map[string]any)
	return members
}

// mustSay fails the test unless a text is one error that holds all these words; the first is its attribute path.
func mustSay(t *testing.T, said, path string, words ...string) {
	t.Helper()
	if at := "ERROR at " + path + ": "; path != "" && !strings.HasPrefix(said, at) || path == "" && !strings.HasPrefix(said, "ERROR: ") {
		t.Errorf("this is no error at %q: %s", path, said)
	}
	for _, word := range words {
		if !strings.Contains(said, word) {
			t.Errorf("nothing is said of %q: %s", word, said)
		}
	}
}

// writes are the routes of all requests that were to change something, in order.
func writes(sim *simulator.Simulator) []string {
	routes := []string{}
	for _, request := range sim.Requests() {
		if request.Method != "GET" {
			routes = append(routes, request.Route)
		}
	}
	return routes
}

// mustHaveWritten fails the test unless exactly these writes were made since the log was last emptied.
func mustHaveWritten(t *testing.T, sim *simulator.Simulator, routes ...string) {
	t.Helper()
	if got := writes(sim); !slices.Equal(got, routes) {
		t.Errorf("writes were %q, want %q", got, routes)
	}
}

// world is a simulator with a provider that is configured for it.
func world(t *testing.T, options ...simulator.Option) (*simulator.Simulator, *protocolClient) {
	t.Helper()
	sim := startSimulator(t, options...)
	return sim, configured(t, settingsOf(sim))
}

func onAir(sim *simulator.Simulator) string {
	var ids []string
	for _, live := range sim.OnAir() {
		ids = append(ids, live.LiveID)
	}
	return fmt.Sprint(ids)
}
