package acceptance

import "testing"

// Managed is one object, with which a test does what a CLI does: it refreshes before it plans, carries the plan out, and plans
// once more. Each command has a process of the provider of its own, so that nothing is remembered but what is in state.
type Managed struct {
	Object
	t        *testing.T
	resource string
	process  func() *Protocol
}

// Manage begins with an object that does not exist.
func Manage(t *testing.T, resource string, process func() *Protocol) *Managed {
	return &Managed{t: t, resource: resource, process: process}
}

// Plan refreshes the object and plans a configuration, which is nil for a destroy. Neither may fail.
func (m *Managed) Plan(config Values) Planned {
	m.t.Helper()
	p := m.process()
	if p.Exists(m.resource, m.Object) {
		var diags Diagnostics
		m.Object, _, diags = p.Refresh(m.resource, m.Object)
		diags.mustBeGood(m.t)
	}
	plan := p.Plan(m.resource, m.Object, config)
	plan.mustBeGood(m.t)
	return plan
}

// Try plans a configuration and carries it out, and returns what the apply said.
func (m *Managed) Try(config Values) (said Diagnostics) {
	m.t.Helper()
	plan := m.Plan(config)
	m.Object, said = m.process().Apply(m.resource, plan)
	return said
}

// Apply is Try for what must succeed. An empty plan is not carried out.
func (m *Managed) Apply(config Values) {
	m.t.Helper()
	if plan, p := m.Plan(config), m.process(); p.Changes(m.resource, plan) {
		var said Diagnostics
		m.Object, said = p.Apply(m.resource, plan)
		said.mustBeGood(m.t)
	}
}

// NothingToDo fails the test unless the plan is empty, after a refresh that saw no change either.
func (m *Managed) NothingToDo(config Values) {
	m.t.Helper()
	p := m.process()
	if _, changed, _ := p.Refresh(m.resource, m.Object); len(changed) > 0 {
		m.t.Errorf("the refresh sees a change of %q", changed)
	}
	if p.Changes(m.resource, m.Plan(config)) {
		m.t.Error("the plan is not empty")
	}
}

// State has the object's attributes as Plain has them.
func (m *Managed) State() map[string]any {
	m.t.Helper()
	plain := map[string]any{}
	for name, value := range m.process().Attributes(m.resource, m.Object) {
		plain[name] = Plain(value)
	}
	return plain
}
