package acceptance

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Plan plans as a CLI does: from prior to a configuration, which is nil for a destroy. If the provider requires a replacement, a second call
// plans the new object: it gets the private state of the first, and its warnings are dropped.
func (p *Protocol) Plan(resource string, prior Object, config Values) Planned {
	p.t.Helper()
	plan := p.planCall(resource, prior, config)
	if plan.Replaces && len(plan.Errors()) == 0 {
		return p.planNewObject(resource, plan, config)
	}
	return plan
}

// InApply makes the plan calls of p those of an apply by Terraform, which plans each creation and change again, and then allows deferral,
// unlike in a plan. OpenTofu never allows it, so the plan calls of its applies look like any other.
func (p *Protocol) InApply() *Protocol {
	p.inApply = true
	return p
}

// PlanForced is Plan for a replacement that the user forces with `-replace` or replace_triggered_by. The provider learns of it only with the
// second call.
func (p *Protocol) PlanForced(resource string, prior Object, config Values) Planned {
	p.t.Helper()
	plan := p.planCall(resource, prior, config)
	if len(plan.Errors()) > 0 {
		return plan
	}
	return p.planNewObject(resource, plan, config)
}

// PlanTainted is Plan for a tainted object: a CLI plans only a new object, without private state, and then replaces the old one.
func (p *Protocol) PlanTainted(resource string, tainted Object, config Values) Planned {
	p.t.Helper()
	plan := p.planCall(resource, Object{}, config)
	plan.Replaces, plan.prior = true, tainted
	return plan
}

// planNewObject is the second call of a replacement.
func (p *Protocol) planNewObject(resource string, first Planned, config Values) Planned {
	p.t.Helper()
	second := p.planCall(resource, Object{private: first.private}, config)
	plan := Planned{Diagnostics: first.Diagnostics, Replaces: true, prior: first.prior, config: second.config, planned: second.planned, private: second.private}
	if len(second.Errors()) > 0 {
		plan.Diagnostics = append(plan.Diagnostics, second.Diagnostics...)
	}
	return plan
}

func (p *Protocol) planCall(resource string, prior Object, config Values) Planned {
	p.t.Helper()
	kind := p.resource(resource)
	if prior.state == nil {
		prior.state = p.pack(kind, nil)
	}
	plan := Planned{prior: prior, config: p.pack(kind, config)}
	resp, err := p.server.PlanResourceChange(p.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: prior.state, PriorPrivate: prior.private, Config: plan.config, ProposedNewState: p.proposed(resource, prior, config),
		ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: p.inApply},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	plan.Diagnostics, plan.Replaces = resp.Diagnostics, len(resp.RequiresReplace) > 0
	plan.planned, plan.private = resp.PlannedState, resp.PlannedPrivate
	if config != nil && len(plan.Errors()) == 0 {
		p.mustConform(resource, prior, config, p.Attributes(resource, Object{state: plan.planned}))
	}
	return plan
}

// Apply applies a plan. For a replacement it deletes the old object first; if that fails, the old object stays and there is no new one.
func (p *Protocol) Apply(resource string, plan Planned) (Object, Diagnostics) {
	p.t.Helper()
	if !plan.Replaces {
		return p.applyCall(resource, plan)
	}
	old, diags := p.ApplyDelete(resource, plan)
	if len(diags.Errors()) > 0 {
		return old, diags
	}
	created, more := p.ApplyCreate(resource, plan)
	return created, append(diags, more...)
}

// ApplyDelete is the first half of a replacement: it deletes the old object, with the private state of the plan.
func (p *Protocol) ApplyDelete(resource string, plan Planned) (Object, Diagnostics) {
	p.t.Helper()
	plan.config = p.pack(p.resource(resource), nil)
	plan.planned = plan.config
	return p.applyCall(resource, plan)
}

// DeleteUnplanned deletes an object without a plan, as Terraform before 1.3 and Pulumi do.
func (p *Protocol) DeleteUnplanned(resource string, object Object) (Object, Diagnostics) {
	p.t.Helper()
	nothing := p.pack(p.resource(resource), nil)
	return p.applyCall(resource, Planned{prior: object, config: nothing, planned: nothing, private: object.private})
}

// ApplyCreate is the second half: a CLI plans the new object again immediately before it creates it, without the private state of the plan.
func (p *Protocol) ApplyCreate(resource string, plan Planned) (Object, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.PlanResourceChange(p.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(p.resource(resource), nil), Config: plan.config, ProposedNewState: plan.config,
		ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: p.inApply},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	again := Planned{Diagnostics: resp.Diagnostics, prior: Object{state: p.pack(p.resource(resource), nil)}, config: plan.config, planned: resp.PlannedState, private: resp.PlannedPrivate}
	if len(again.Errors()) > 0 {
		return Object{}, again.Diagnostics
	}
	created, diags := p.applyCall(resource, again)
	return created, append(again.Diagnostics, diags...)
}

// ApplyCreateAsPlanned is ApplyCreate without the second plan, as the protocol allows: the new object is created with the private state of
// its plan, which contains notes about the old one.
func (p *Protocol) ApplyCreateAsPlanned(resource string, plan Planned) (Object, Diagnostics) {
	p.t.Helper()
	plan.prior = Object{state: p.pack(p.resource(resource), nil)}
	return p.applyCall(resource, plan)
}

// ApplyCreateFirst applies a replacement with create_before_destroy: the new object is created, the old one is deposed, and only then a CLI
// plans its destroy. deposed is the old object if its delete fails.
func (p *Protocol) ApplyCreateFirst(resource string, plan Planned) (created, deposed Object, diags Diagnostics) {
	p.t.Helper()
	created, diags = p.ApplyCreate(resource, plan)
	if len(diags.Errors()) > 0 {
		return created, plan.prior, diags
	}
	destroy := p.planCall(resource, plan.prior, nil)
	if diags = append(diags, destroy.Diagnostics...); len(destroy.Errors()) > 0 {
		return created, plan.prior, diags
	}
	deposed, more := p.applyCall(resource, destroy)
	return created, deposed, append(diags, more...)
}

func (p *Protocol) applyCall(resource string, plan Planned) (Object, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ApplyResourceChange(p.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: resource, PriorState: plan.prior.state, PlannedState: plan.planned, Config: plan.config, PlannedPrivate: plan.private,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if after := (Object{resp.NewState, resp.Private}); len(Diagnostics(resp.Diagnostics).Errors()) > 0 || !p.Exists(resource, after) {
		return after, resp.Diagnostics
	}
	planned, err := plan.planned.Unmarshal(p.resource(resource))
	if err != nil {
		p.t.Fatal(err)
	}
	got, err := resp.NewState.Unmarshal(p.resource(resource))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := differs(planned, got); err != nil {
		p.t.Errorf("a CLI would call this result of %s inconsistent: %s", resource, err)
	}
	return Object{resp.NewState, resp.Private}, resp.Diagnostics
}
