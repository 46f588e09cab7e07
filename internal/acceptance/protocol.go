package acceptance

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// CoreVersion is the version that a Conversation gives for Terraform.
const CoreVersion = "1.99.0"

// Unknown stands for a value that is not known yet, in the values that a Conversation is given.
var Unknown = unknown{}

type unknown struct{}

// Conversation speaks the plugin protocol with a provider of its own, as a CLI would. It needs no CLI, is quick, and sees
// what a CLI does not show to tests: warnings, attribute paths, and answers to a configuration with unknown values.
//
// Values are Go ones by attribute name: string, bool, int, float64, map[string]any, []any, Unknown; what is left out is null.
type Conversation struct {
	Server tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse
	// Ctx is given to every call.
	Ctx context.Context //nolint:containedctx // a test's context, for its whole length
	// Deferral says that the CLI allows deferral.
	Deferral bool

	t *testing.T
}

// NewConversation starts a provider that is not configured yet.
func NewConversation(t *testing.T) *Conversation {
	t.Helper()
	server, err := Factories()["livestation"]()
	if err != nil {
		t.Fatal(err)
	}
	c := &Conversation{Server: server, Ctx: context.Background(), t: t}
	c.Schema, err = server.GetProviderSchema(c.Ctx, &tfprotov6.GetProviderSchemaRequest{})
	c.must(err)
	if said := Say(c.Schema.Diagnostics); said != "" {
		t.Fatal(said)
	}
	return c
}

// ValidateProvider checks a provider configuration.
func (c *Conversation) ValidateProvider(config map[string]any) []*tfprotov6.Diagnostic {
	c.t.Helper()
	resp, err := c.Server.ValidateProviderConfig(c.Ctx, &tfprotov6.ValidateProviderConfigRequest{Config: c.dynamic(c.Schema.Provider, config)})
	c.must(err)
	return resp.Diagnostics
}

// Configure hands over a provider configuration without checking it first.
func (c *Conversation) Configure(config map[string]any) []*tfprotov6.Diagnostic {
	c.t.Helper()
	resp, err := c.Server.ConfigureProvider(c.Ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: CoreVersion, Config: c.dynamic(c.Schema.Provider, config),
		ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	return resp.Diagnostics
}

// ReadData reads a data source.
func (c *Conversation) ReadData(typeName string, config map[string]any) *tfprotov6.ReadDataSourceResponse {
	c.t.Helper()
	resp, err := c.Server.ReadDataSource(c.Ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName, Config: c.dynamic(c.Schema.DataSourceSchemas[typeName], config),
		ClientCapabilities: &tfprotov6.ReadDataSourceClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	return resp
}

// Read refreshes a resource.
func (c *Conversation) Read(typeName string, state map[string]any) *tfprotov6.ReadResourceResponse {
	c.t.Helper()
	return c.Refresh(typeName, c.dynamic(c.Schema.ResourceSchemas[typeName], state), nil)
}

// Refresh refreshes a resource whose state came from an earlier answer.
func (c *Conversation) Refresh(typeName string, state *tfprotov6.DynamicValue, private []byte) *tfprotov6.ReadResourceResponse {
	c.t.Helper()
	resp, err := c.Server.ReadResource(c.Ctx, &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: state, Private: private,
		ClientCapabilities: &tfprotov6.ReadResourceClientCapabilities{DeferralAllowed: c.Deferral},
	})
	c.must(err)
	return resp
}

// Plan plans a resource. prior is nil for a new one, config is nil for a destruction. What the configuration leaves out of a
// computed attribute is taken from prior, as a CLI does (but only at the top level).
func (c *Conversation) Plan(typeName string, prior *tfprotov6.DynamicValue, config map[string]any, private []byte) *tfprotov6.PlanResourceChangeResponse {
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
	return resp
}

// Apply carries out what was planned for the same prior and config.
func (c *Conversation) Apply(typeName string, prior *tfprotov6.DynamicValue, config map[string]any, planned *tfprotov6.PlanResourceChangeResponse) *tfprotov6.ApplyResourceChangeResponse {
	c.t.Helper()
	schema := c.Schema.ResourceSchemas[typeName]
	if prior == nil {
		prior = c.dynamic(schema, nil)
	}
	resp, err := c.Server.ApplyResourceChange(c.Ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: prior, PlannedState: planned.PlannedState, PlannedPrivate: planned.PlannedPrivate, Config: c.dynamic(schema, config),
	})
	c.must(err)
	return resp
}

// Decode reads a resource's value out of an answer.
func (c *Conversation) Decode(typeName string, value *tfprotov6.DynamicValue) tftypes.Value {
	c.t.Helper()
	decoded, err := value.Unmarshal(c.Schema.ResourceSchemas[typeName].ValueType())
	c.must(err)
	return decoded
}

func (c *Conversation) proposed(schema *tfprotov6.Schema, prior, config *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
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

func (c *Conversation) dynamic(schema *tfprotov6.Schema, values map[string]any) *tfprotov6.DynamicValue {
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
	case Unknown:
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
		var elements []tftypes.Value
		for _, element := range value.([]any) {
			elements = append(elements, typed(typ.ElementType, element))
		}
		return tftypes.NewValue(typ, elements)
	}
	return tftypes.NewValue(typ, value)
}

func (c *Conversation) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// Say writes diagnostics as lines "ERROR at path: summary: detail", "" for none.
func Say(diagnostics []*tfprotov6.Diagnostic) string {
	lines := make([]string, len(diagnostics))
	for i, diagnostic := range diagnostics {
		at := ""
		if path := Path(diagnostic); path != "" {
			at = " at " + path
		}
		lines[i] = fmt.Sprintf("%s%s: %s: %s", diagnostic.Severity, at, diagnostic.Summary, diagnostic.Detail)
	}
	return strings.Join(lines, "\n")
}

// Path is where a diagnostic sits, such as "prism.endpoint"; "" where it sits nowhere.
func Path(diagnostic *tfprotov6.Diagnostic) string {
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
