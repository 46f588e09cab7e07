package provider_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

// coreVersion is the version that a client gives for Terraform.
const coreVersion = "1.99.0"

// notKnown stands for a value that is not known yet, in the values that a client is given.
var notKnown = unknown{}

type unknown struct{}

// protocolClient speaks the plugin protocol with a provider of its own, as a CLI would. It needs no CLI, is quick, and sees
// what a CLI does not show to tests: warnings, attribute paths, and answers to a configuration with unknown values.
//
// Values are Go ones by attribute name: string, bool, int, float64, map[string]any, []any, notKnown; what is left out is null.
type protocolClient struct {
	Server tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse
	// Ctx is given to every call.
	Ctx context.Context
	// Deferral says that the CLI allows deferral.
	Deferral bool
	// planned is called between the plan of an action and the action; nil is nothing.
	planned func()

	// heard is all that the provider has said in diagnostics.
	heard []*tfprotov6.Diagnostic
	t     *testing.T
}

// newProtocolClient starts a provider that is not configured yet.
func newProtocolClient(t *testing.T) *protocolClient {
	t.Helper()
	return protocolClientWith(t, provider.Options{Version: "test", PollInterval: acceptance.PollInterval})
}

// protocolClientWith is newProtocolClient with options of the test's choice.
func protocolClientWith(t *testing.T, options provider.Options) *protocolClient {
	t.Helper()
	return &protocolClient{Server: serve(t, options), Schema: acceptance.Schemas(t), Ctx: context.Background(), t: t}
}

// serve starts a provider with options of the test's choice.
func serve(t *testing.T, options provider.Options) tfprotov6.ProviderServer {
	t.Helper()
	server, err := provider.Server(options)()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// connect returns a client of a provider that is running already, and asks that for its schemas.
func connect(t *testing.T, server tfprotov6.ProviderServer) (c *protocolClient) {
	t.Helper()
	c = &protocolClient{Server: server, Ctx: context.Background(), t: t}
	var err error
	c.Schema, err = server.GetProviderSchema(c.Ctx, &tfprotov6.GetProviderSchemaRequest{})
	c.must(err)
	if said := say(c.Schema.Diagnostics); said != "" {
		t.Fatal(said)
	}
	return c
}

// validate checks a provider configuration.
func (c *protocolClient) validate(config map[string]any) []*tfprotov6.Diagnostic {
	c.t.Helper()
	resp, err := c.Server.ValidateProviderConfig(c.Ctx, &tfprotov6.ValidateProviderConfigRequest{Config: c.dynamic(c.Schema.Provider, config)})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	return resp.Diagnostics
}

// configure hands over a provider configuration without checking it first.
func (c *protocolClient) configure(config map[string]any) []*tfprotov6.Diagnostic {
	c.t.Helper()
	resp, err := c.Server.ConfigureProvider(c.Ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: coreVersion, Config: c.dynamic(c.Schema.Provider, config),
		ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	return resp.Diagnostics
}

// readData reads a data source.
func (c *protocolClient) readData(typeName string, config map[string]any) *tfprotov6.ReadDataSourceResponse {
	c.t.Helper()
	resp, err := c.Server.ReadDataSource(c.Ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName, Config: c.dynamic(c.Schema.DataSourceSchemas[typeName], config),
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	return resp
}

// read refreshes a resource.
func (c *protocolClient) read(typeName string, state map[string]any) *tfprotov6.ReadResourceResponse {
	c.t.Helper()
	return c.refresh(typeName, c.dynamic(c.Schema.ResourceSchemas[typeName], state), nil)
}

// refresh refreshes a resource whose state came from an earlier answer.
func (c *protocolClient) refresh(typeName string, state *tfprotov6.DynamicValue, private []byte) *tfprotov6.ReadResourceResponse {
	c.t.Helper()
	resp, err := c.Server.ReadResource(c.Ctx, &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: state, Private: private,
		ClientCapabilities: &tfprotov6.ReadResourceClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	return resp
}

// plan plans a resource. prior is nil for a new one, config is nil for a destruction. What the configuration leaves out of a
// computed attribute is taken from prior, as a CLI does (but only at the top level).
func (c *protocolClient) plan(typeName string, prior *tfprotov6.DynamicValue, config map[string]any, private []byte) *tfprotov6.PlanResourceChangeResponse {
	c.t.Helper()
	schema := c.Schema.ResourceSchemas[typeName]
	configured := c.dynamic(schema, config)
	proposed := configured
	if prior == nil {
		prior = c.dynamic(schema, nil)
	} else if config != nil {
		proposed = c.proposed(schema, prior, configured)
	}
	resp, err := c.Server.PlanResourceChange(c.Ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: prior, ProposedNewState: proposed, Config: configured, PriorPrivate: private,
		ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	return resp
}

// apply carries out what was planned for the same prior and config.
func (c *protocolClient) apply(typeName string, prior *tfprotov6.DynamicValue, config map[string]any, planned *tfprotov6.PlanResourceChangeResponse) *tfprotov6.ApplyResourceChangeResponse {
	c.t.Helper()
	schema := c.Schema.ResourceSchemas[typeName]
	if prior == nil {
		prior = c.dynamic(schema, nil)
	}
	resp, err := c.Server.ApplyResourceChange(c.Ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: prior, PlannedState: planned.PlannedState, PlannedPrivate: planned.PlannedPrivate, Config: c.dynamic(schema, config),
	})
	c.must(err)
	c.heard = append(c.heard, resp.Diagnostics...)
	return resp
}

// decode reads a resource's value out of an answer.
func (c *protocolClient) decode(typeName string, value *tfprotov6.DynamicValue) tftypes.Value {
	c.t.Helper()
	decoded, err := value.Unmarshal(c.Schema.ResourceSchemas[typeName].ValueType())
	c.must(err)
	return decoded
}

func (c *protocolClient) proposed(schema *tfprotov6.Schema, prior, config *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
	typ := schema.ValueType()
	var before, now map[string]tftypes.Value
	for value, into := range map[*tfprotov6.DynamicValue]*map[string]tftypes.Value{prior: &before, config: &now} {
		decoded, err := value.Unmarshal(typ)
		c.must(err)
		c.must(decoded.As(into))
	}
	for _, attribute := range schema.Block.Attributes {
		if attribute.Computed && now[attribute.Name].IsNull() {
			now[attribute.Name] = before[attribute.Name]
		}
	}
	proposed, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, now))
	c.must(err)
	return &proposed
}

func (c *protocolClient) dynamic(schema *tfprotov6.Schema, values map[string]any) *tfprotov6.DynamicValue {
	typ := schema.ValueType()
	value := tftypes.NewValue(typ, nil)
	if values != nil {
		value = typed(typ, values)
	}
	dynamic, err := tfprotov6.NewDynamicValue(typ, value)
	c.must(err)
	return &dynamic
}

// typed gives a Go value a type. It panics on what does not fit: that is a mistake in the test.
func typed(typ tftypes.Type, value any) tftypes.Value {
	switch value {
	case nil:
		return tftypes.NewValue(typ, nil)
	case notKnown:
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	}
	switch typ := typ.(type) {
	case tftypes.Object:
		given, members := value.(map[string]any), map[string]tftypes.Value{}
		for name, member := range typ.AttributeTypes {
			members[name] = typed(member, given[name])
		}
		for name := range given {
			if _, ok := typ.AttributeTypes[name]; !ok {
				panic(fmt.Sprintf("no attribute %q", name))
			}
		}
		return tftypes.NewValue(typ, members)
	case tftypes.Map:
		elements := map[string]tftypes.Value{}
		for name, element := range value.(map[string]any) {
			elements[name] = typed(typ.ElementType, element)
		}
		return tftypes.NewValue(typ, elements)
	case tftypes.List:
		return tftypes.NewValue(typ, typedElements(typ.ElementType, value))
	case tftypes.Set:
		return tftypes.NewValue(typ, typedElements(typ.ElementType, value))
	}
	return tftypes.NewValue(typ, value)
}

func typedElements(typ tftypes.Type, value any) (elements []tftypes.Value) {
	for _, element := range value.([]any) {
		elements = append(elements, typed(typ, element))
	}
	return elements
}

func (c *protocolClient) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// say writes diagnostics as lines "ERROR at path: summary: detail", "" for none.
func say(diagnostics []*tfprotov6.Diagnostic) string {
	lines := make([]string, len(diagnostics))
	for i, diagnostic := range diagnostics {
		at := ""
		if path := pathOf(diagnostic); path != "" {
			at = " at " + path
		}
		lines[i] = fmt.Sprintf("%s%s: %s: %s", diagnostic.Severity, at, diagnostic.Summary, diagnostic.Detail)
	}
	return strings.Join(lines, "\n")
}

// pathOf is where a diagnostic sits, such as "prism.endpoint"; "" where it sits nowhere.
func pathOf(diagnostic *tfprotov6.Diagnostic) string {
	var names []string
	for _, step := range diagnostic.Attribute.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			names = append(names, string(step))
		case tftypes.ElementKeyString:
			names = append(names, fmt.Sprintf("[%q]", string(step)))
		case tftypes.ElementKeyInt:
			names = append(names, fmt.Sprintf("[%d]", int64(step)))
		}
	}
	return strings.Join(names, ".")
}

// tryCreate plans and applies a new object, and returns what was said by the way.
func (c *protocolClient) tryCreate(typeName string, config map[string]any) (*tfprotov6.ApplyResourceChangeResponse, string) {
	c.t.Helper()
	// Defaults of the schema are filled in by the provider when it plans.
	planned := c.plan(typeName, nil, config, nil)
	if said := say(planned.Diagnostics); strings.Contains(said, "ERROR") {
		return nil, said
	}
	applied := c.apply(typeName, nil, config, planned)
	return applied, say(append(planned.Diagnostics, applied.Diagnostics...))
}

// create is tryCreate for what must succeed.
func (c *protocolClient) create(typeName string, config map[string]any) *tfprotov6.ApplyResourceChangeResponse {
	c.t.Helper()
	applied, said := c.tryCreate(typeName, config)
	if strings.Contains(said, "ERROR") {
		c.t.Fatal(said)
	}
	return applied
}

// destroy plans and applies the end of an object, and returns what was said by the way.
func (c *protocolClient) destroy(typeName string, object *tfprotov6.ApplyResourceChangeResponse) string {
	c.t.Helper()
	planned := c.plan(typeName, object.NewState, nil, object.Private)
	applied := c.apply(typeName, object.NewState, nil, planned)
	return say(append(planned.Diagnostics, applied.Diagnostics...))
}

// text is a string attribute of a state, "" if it is null.
func (c *protocolClient) text(typeName string, state *tfprotov6.DynamicValue, attribute string) string {
	c.t.Helper()
	members := map[string]tftypes.Value{}
	c.must(c.decode(typeName, state).As(&members))
	var text *string
	c.must(members[attribute].As(&text))
	if text == nil {
		return ""
	}
	return *text
}
