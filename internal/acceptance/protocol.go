package acceptance

import (
	"context"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// Protocol is a configured provider, called through its protocol. There is no CLI or test framework in between, so a test can assert on what
// these do not show, such as the warnings of a plan.
type Protocol struct {
	t       *testing.T
	ctx     context.Context
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
	// inApply makes each plan call look like those of an apply by Terraform.
	inApply bool
}

// Values are the attributes of a configuration by name: string, bool, int, float64, []any, Values, nil, or Unknown.
type Values map[string]any

// Unknown is a value that is known only after the apply.
var Unknown = tftypes.UnknownValue

// Object is the state and private state of a resource instance. The zero Object does not exist.
type Object struct {
	state   *tfprotov6.DynamicValue
	private []byte
}

// Planned is a plan for one object, to be passed to Apply.
type Planned struct {
	// Diagnostics are those that a CLI shows: it drops the warnings of the second call of a replacement.
	Diagnostics
	// Replaces is set if the plan replaces the object.
	Replaces bool

	prior   Object
	config  *tfprotov6.DynamicValue
	planned *tfprotov6.DynamicValue
	private []byte
}

// Configured returns a provider that is configured with a provider block.
func Configured(t *testing.T, block Values) *Protocol {
	t.Helper()
	return ConfiguredWith(t, context.Background(), provider.Options{Version: "test", PollInterval: PollInterval}, block)
}

// ConfiguredWith is Configured with options, and with a context for all calls, which may carry a logger.
func ConfiguredWith(t *testing.T, ctx context.Context, options provider.Options, block Values) *Protocol { //nolint:revive // the test comes first everywhere here
	t.Helper()
	server, err := provider.Server(options)()
	if err != nil {
		t.Fatal(err)
	}
	p := &Protocol{t: t, ctx: ctx, server: server, schemas: Schemas(t)}
	resp, err := p.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: p.pack(p.schemas.Provider.ValueType(), block),
	})
	if err != nil {
		t.Fatal(err)
	}
	Diagnostics(resp.Diagnostics).mustHaveNoErrors(t)
	return p
}

// Schemas returns the schemas of this provider. They are computed once per process, since that takes longer than most tests, and must not be
// changed.
func Schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	schemas, err := schemasOnce()
	if err != nil {
		t.Fatal(err)
	}
	return schemas
}

var schemasOnce = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	server, err := provider.Server(provider.Options{})()
	if err != nil {
		return nil, err
	}
	return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// Validate validates the configuration of a resource, or of a data source if there is no resource of that name.
func (p *Protocol) Validate(name string, config Values) Diagnostics {
	p.t.Helper()
	if _, ok := p.schemas.ResourceSchemas[name]; !ok {
		return p.ValidateData(name, config)
	}
	resp, err := p.server.ValidateResourceConfig(p.ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: name, Config: p.pack(p.resource(name), config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.Diagnostics
}

// Refresh reads an object, and returns the names of the top-level attributes that the read changed.
func (p *Protocol) Refresh(resource string, before Object) (after Object, changed []string, diags Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ReadResource(p.ctx, &tfprotov6.ReadResourceRequest{TypeName: resource, CurrentState: before.state, Private: before.private})
	if err != nil {
		p.t.Fatal(err)
	}
	after = Object{resp.NewState, resp.Private}
	old, current := p.Attributes(resource, before), p.Attributes(resource, after)
	for name, value := range old {
		if !value.Equal(current[name]) {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return after, changed, resp.Diagnostics
}

// Attributes returns the attributes of an object by name; none if it does not exist.
func (p *Protocol) Attributes(resource string, object Object) map[string]tftypes.Value {
	p.t.Helper()
	attributes := map[string]tftypes.Value{}
	if object.state == nil {
		return attributes
	}
	value, err := object.state.Unmarshal(p.resource(resource))
	if err == nil && !value.IsNull() {
		err = value.As(&attributes)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return attributes
}

// Create plans and applies, and fails the test if either has an error.
func (p *Protocol) Create(resource string, config Values) Object {
	p.t.Helper()
	plan := p.Plan(resource, Object{}, config)
	plan.mustHaveNoErrors(p.t)
	object, diags := p.Apply(resource, plan)
	diags.mustHaveNoErrors(p.t)
	return object
}

// proposed returns the state that a CLI proposes: the configuration, with the prior value of each computed attribute that it omits, also inside
// nested objects.
func (p *Protocol) proposed(resource string, prior Object, config Values) *tfprotov6.DynamicValue {
	kind := p.resource(resource)
	if config == nil {
		return p.pack(kind, nil)
	}
	known := p.Attributes(resource, prior)
	members := map[string]tftypes.Value{}
	for _, attribute := range p.schemas.ResourceSchemas[resource].Block.Attributes {
		members[attribute.Name] = p.proposedAttribute(attribute, known[attribute.Name], p.value(attribute.ValueType(), config[attribute.Name]))
	}
	return p.dynamic(kind, tftypes.NewValue(kind, members))
}

func (p *Protocol) proposedAttribute(attribute *tfprotov6.SchemaAttribute, old, value tftypes.Value) tftypes.Value {
	if old.Type() == nil || value.IsNull() {
		if value.IsNull() && attribute.Computed && old.Type() != nil {
			return old
		}
		return value
	}
	var before, members map[string]tftypes.Value
	if attribute.NestedType == nil || attribute.NestedType.Nesting != tfprotov6.SchemaObjectNestingModeSingle || old.IsNull() || !value.IsKnown() ||
		old.As(&before) != nil || value.As(&members) != nil {
		return value
	}
	for _, member := range attribute.NestedType.Attributes {
		members[member.Name] = p.proposedAttribute(member, before[member.Name], members[member.Name])
	}
	return tftypes.NewValue(value.Type(), members)
}

func (p *Protocol) resource(name string) tftypes.Type {
	schema, ok := p.schemas.ResourceSchemas[name]
	if !ok {
		p.t.Fatalf("there is no resource %q", name)
	}
	return schema.ValueType()
}

// pack encodes values for the protocol; nil is null.
func (p *Protocol) pack(kind tftypes.Type, values Values) *tfprotov6.DynamicValue {
	p.t.Helper()
	if values == nil {
		return p.dynamic(kind, tftypes.NewValue(kind, nil))
	}
	return p.dynamic(kind, p.value(kind, values))
}

func (p *Protocol) dynamic(kind tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	packed, err := tfprotov6.NewDynamicValue(kind, value)
	if err != nil {
		p.t.Fatal(err)
	}
	return &packed
}

func (p *Protocol) value(kind tftypes.Type, value any) tftypes.Value {
	p.t.Helper()
	switch value := value.(type) {
	case int:
		return tftypes.NewValue(kind, big.NewFloat(float64(value)))
	case []any:
		var element tftypes.Type
		switch kind := kind.(type) {
		case tftypes.List:
			element = kind.ElementType
		case tftypes.Set:
			element = kind.ElementType
		}
		items := make([]tftypes.Value, len(value))
		for i := range value {
			items[i] = p.value(element, value[i])
		}
		return tftypes.NewValue(kind, items)
	case Values:
		members := map[string]tftypes.Value{}
		if object, ok := kind.(tftypes.Object); ok {
			for name := range value {
				if _, ok := object.AttributeTypes[name]; !ok {
					p.t.Fatalf("there is no attribute %q", name)
				}
			}
			for name, member := range object.AttributeTypes {
				members[name] = p.value(member, value[name])
			}
			return tftypes.NewValue(kind, members)
		}
		for name := range value {
			members[name] = p.value(kind.(tftypes.Map).ElementType, value[name])
		}
		return tftypes.NewValue(kind, members)
	}
	return tftypes.NewValue(kind, value)
}

// Diagnostics are the diagnostics of a response.
type Diagnostics []*tfprotov6.Diagnostic

// Errors returns the errors, each as one text with its attribute path.
func (d Diagnostics) Errors() []string { return d.texts(tfprotov6.DiagnosticSeverityError) }

// Warnings returns the warnings, each as one text with its attribute path.
func (d Diagnostics) Warnings() []string { return d.texts(tfprotov6.DiagnosticSeverityWarning) }

func (d Diagnostics) texts(severity tfprotov6.DiagnosticSeverity) []string {
	var texts []string
	for _, one := range d {
		if one.Severity == severity {
			texts = append(texts, one.Attribute.String()+": "+one.Summary+"\n"+one.Detail)
		}
	}
	return texts
}

// MustWarn fails the test unless there is no error and one of the warnings holds all these words.
func (d Diagnostics) MustWarn(t *testing.T, words ...string) {
	t.Helper()
	d.mustHaveNoErrors(t)
	for _, text := range d.Warnings() {
		if holdsAll(text, words) {
			return
		}
	}
	t.Errorf("no warning holds %q; the warnings are %q", words, d.Warnings())
}

// MustFail fails the test unless one of the errors holds all these words.
func (d Diagnostics) MustFail(t *testing.T, words ...string) {
	t.Helper()
	for _, text := range d.Errors() {
		if holdsAll(text, words) {
			return
		}
	}
	t.Errorf("no error holds %q; the errors are %q", words, d.Errors())
}

// MustBeSilent fails the test if there is an error or a warning.
func (d Diagnostics) MustBeSilent(t *testing.T) {
	t.Helper()
	d.mustHaveNoErrors(t)
	if warnings := d.Warnings(); len(warnings) > 0 {
		t.Errorf("unexpected warnings: %q", warnings)
	}
}

func (d Diagnostics) mustHaveNoErrors(t *testing.T) {
	t.Helper()
	if errors := d.Errors(); len(errors) > 0 {
		t.Fatalf("unexpected errors: %q", errors)
	}
}

func holdsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// ProviderBlock is the provider block of Config, for Configured.
func ProviderBlock(sim *simulator.Simulator) Values {
	return Values{
		"access_key": sim.AccessKey(), "secret_key": sim.SecretKey(), "endpoint": sim.URL(), "edge_endpoint": sim.EdgeURL(),
		"prism": Values{"endpoint": sim.PrismEndpoint(), "access_token": sim.AccessToken()},
	}
}
