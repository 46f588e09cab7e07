package acceptance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Managed is one object that a test manages as a CLI does: it validates, refreshes before it plans, and applies the plan. Each command uses a
// new process of the provider, so that nothing but the state is remembered.
type Managed struct {
	Object
	t        *testing.T
	resource string
	process  func() *Protocol
	// tainted is an object whose creation failed after it was made: the next plan replaces it.
	tainted bool
}

// Action is what a plan does with an object, in the words of a CLI.
type Action string

// The actions of a plan.
const (
	Nothing Action = "no-op"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Destroy Action = "delete"
)

// Manage returns an object that does not exist yet.
func Manage(t *testing.T, resource string, process func() *Protocol) *Managed {
	return &Managed{t: t, resource: resource, process: process}
}

// plan validates, refreshes and plans a configuration, which is nil for a destroy. It stops at the first error.
func (m *Managed) plan(config Values) (plan Planned, action Action, said Diagnostics) {
	m.t.Helper()
	p := m.process()
	if config != nil {
		if said = p.Validate(m.resource, config); len(said.Errors()) > 0 {
			return Planned{}, Nothing, said
		}
	}
	if p.Exists(m.resource, m.Object) {
		refreshed, _, diags := p.Refresh(m.resource, m.Object)
		if said = append(said, diags...); len(said.Errors()) > 0 {
			return Planned{}, Nothing, said
		}
		m.Object = refreshed
	}
	exists := p.Exists(m.resource, m.Object)
	switch {
	case !exists && config == nil:
		return Planned{}, Nothing, said
	case exists && m.tainted && config != nil:
		plan = p.PlanTainted(m.resource, m.Object, config)
	default:
		plan = p.Plan(m.resource, m.Object, config)
	}
	switch {
	case !exists:
		action = Create
	case config == nil:
		action = Destroy
	case plan.Replaces:
		action = Replace
	case p.Changes(m.resource, plan):
		action = Update
	default:
		action = Nothing
	}
	return plan, action, append(said, plan.Diagnostics...)
}

// Plan refreshes the object and plans a configuration, which is nil for a destroy. Neither may fail.
func (m *Managed) Plan(config Values) Planned {
	m.t.Helper()
	plan, _, said := m.plan(config)
	said.mustHaveNoErrors(m.t)
	return plan
}

// Wants returns the action of a plan of the configuration.
func (m *Managed) Wants(config Values) Action {
	m.t.Helper()
	_, action, said := m.plan(config)
	said.mustHaveNoErrors(m.t)
	return action
}

// Try plans and applies a configuration, and returns all diagnostics up to the first error.
func (m *Managed) Try(config Values) (said Diagnostics) {
	m.t.Helper()
	_, said = m.try(config)
	return said
}

func (m *Managed) try(config Values) (action Action, said Diagnostics) {
	m.t.Helper()
	plan, action, said := m.plan(config)
	if action == Nothing || len(said.Errors()) > 0 {
		return action, said
	}
	p, creates := m.process(), action == Create
	var diags Diagnostics
	if action == Replace {
		m.Object, diags = p.ApplyDelete(m.resource, plan)
		if said = append(said, diags...); len(diags.Errors()) > 0 {
			return action, said
		}
		creates = true
		m.Object, diags = p.ApplyCreate(m.resource, plan)
	} else {
		m.Object, diags = p.Apply(m.resource, plan)
	}
	if creates { // A creation that fails taints what it has made.
		m.tainted = len(diags.Errors()) > 0 && p.Exists(m.resource, m.Object)
	}
	return action, append(said, diags...)
}

// Apply is Try for a configuration that must succeed. It returns the action of the plan.
func (m *Managed) Apply(config Values) Action {
	m.t.Helper()
	action, said := m.try(config)
	said.mustHaveNoErrors(m.t)
	return action
}

// Do is Apply for a plan with this action.
func (m *Managed) Do(want Action, config Values) {
	m.t.Helper()
	if got := m.Apply(config); got != want {
		m.t.Errorf("the plan wants %s, and should want %s", got, want)
	}
}

// NothingToDo fails the test unless both the refresh and the plan are empty.
func (m *Managed) NothingToDo(config Values) {
	m.t.Helper()
	if _, changed, _ := m.process().Refresh(m.resource, m.Object); len(changed) > 0 {
		m.t.Errorf("the refresh sees a change of %q", changed)
	}
	if got := m.Wants(config); got != Nothing {
		m.t.Errorf("the plan is not empty, but wants %s", got)
	}
}

// Import imports an object by its id. If it does not exist, the error is that of a CLI.
func (m *Managed) Import(id string) (said Diagnostics) {
	m.t.Helper()
	p := m.process()
	imported, said := p.Import(m.resource, id)
	if len(said.Errors()) > 0 {
		return said
	}
	read, _, diags := p.Refresh(m.resource, imported)
	if said = append(said, diags...); len(said.Errors()) > 0 {
		return said
	}
	if !p.Exists(m.resource, read) {
		return append(said, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: "Cannot import non-existent remote object"})
	}
	m.Object, m.tainted = read, false
	return said
}

// Must fails the test if the diagnostics hold an error.
func (m *Managed) Must(said Diagnostics) {
	m.t.Helper()
	said.mustHaveNoErrors(m.t)
}

// State returns the object's attributes, as Plain converts them.
func (m *Managed) State() map[string]any {
	m.t.Helper()
	plain := map[string]any{}
	for name, value := range m.process().Attributes(m.resource, m.Object) {
		plain[name] = Plain(value)
	}
	return plain
}

// Has fails the test unless the object has these attributes in state, as Plain converts them.
func (m *Managed) Has(want Values) {
	m.t.Helper()
	state := m.State()
	for name, value := range want {
		if state[name] != value {
			m.t.Errorf("%s is %#v, want %#v", name, state[name], value)
		}
	}
}

// Lacks fails the test if any of these texts is in the state or private state of the object.
func (m *Managed) Lacks(texts ...string) {
	m.t.Helper()
	kept := fmt.Sprint(m.State()) + string(m.private)
	for _, text := range texts {
		if strings.Contains(kept, text) {
			m.t.Errorf("%q is in state", text)
		}
	}
}
