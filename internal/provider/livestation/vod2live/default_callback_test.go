package vod2live_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	callback = "livestation_default_callback"
	hook     = "https://hooks.example.com/live?key=canary-secret"
)

// The whole life of the callback under every quirk: set, quiet, changed, and forgotten with a warning.
func TestVOD2LIVEDefaultCallback_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectCallback, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		p := livestationtest.Configured(t, sim, nil)
		object := p.Create(callback, acceptance.Values{"callback_url": hook})
		if got := sim.DefaultCallback(); got != hook {
			t.Fatalf("the service has %q", got)
		}
		object, changed, diags := p.Refresh(callback, object)
		diags.MustBeSilent(t)
		if plan := p.Plan(callback, object, acceptance.Values{"callback_url": hook}); len(changed) > 0 || p.Changes(callback, plan) {
			t.Errorf("a refresh changed %q; the plan changes something: %t", changed, p.Changes(callback, plan))
		}
		sim.ResetRequests()
		object, diags = p.Apply(callback, p.Plan(callback, object, acceptance.Values{"callback_url": hook + "2"}))
		diags.MustBeSilent(t)
		if got := sim.DefaultCallback(); got != hook+"2" || !slices.Equal(livestationtest.Writes(sim), []string{"default-callback.set"}) {
			t.Errorf("the service has %q after %q", got, sim.Routes())
		}
		sim.ResetRequests()
		plan := p.Plan(callback, object, nil)
		plan.MustWarn(t, "keeps the default callback")
		object, diags = p.Apply(callback, plan)
		diags.MustWarn(t, "keeps the default callback")
		livestationtest.MustHaveAsked(t, sim)
		if p.Exists(callback, object) || sim.DefaultCallback() != hook+"2" {
			t.Errorf("in state: %t; the service has %q", p.Exists(callback, object), sim.DefaultCallback())
		}
	})
}

func TestVOD2LIVEDefaultCallback_importWithAnyID(t *testing.T) {
	sim := acceptance.Start(t)
	sim.SetDefaultCallback(hook)
	p := livestationtest.Configured(t, sim, nil)
	for _, id := range []string{"default", "whatever it is", "https://hooks.example.com"} {
		object, diags := p.Import(callback, id)
		diags.MustBeSilent(t)
		object, _, diags = p.Refresh(callback, object)
		diags.MustBeSilent(t)
		if plan := p.Plan(callback, object, acceptance.Values{"callback_url": hook}); p.Changes(callback, plan) {
			t.Errorf("after an import as %q the plan changes something", id)
		}
	}
}

func TestVOD2LIVEDefaultCallback_driftIsDetectedAndCorrected(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkDefaultCallbackNull, simulator.QuirkDefaultCallbackEmpty, simulator.QuirkDefaultCallbackMissing},
		func(t *testing.T, sim *simulator.Simulator) {
			p := livestationtest.Configured(t, sim, nil)
			config := acceptance.Values{"callback_url": hook}
			p.Plan(callback, acceptance.Object{}, config).MustBeSilent(t)
			object := p.Create(callback, config)
			sim.SetDefaultCallback("https://other.example.com/theirs")
			object, changed, _ := p.Refresh(callback, object)
			if !slices.Equal(changed, []string{"callback_url"}) {
				t.Errorf("a refresh changed %q", changed)
			}
			sim.SetDefaultCallback("")
			if gone, _, _ := p.Refresh(callback, object); p.Exists(callback, gone) {
				t.Error("what is unset is still in state")
			}
		})
}

// Whoever takes over an account's callback is told that there is one, without being shown it.
func TestVOD2LIVEDefaultCallback_warnsBeforeItReplacesOneThatIsSet(t *testing.T) {
	sim := acceptance.Start(t)
	sim.SetDefaultCallback(hook)
	p := livestationtest.Configured(t, sim, nil)
	plan := p.Plan(callback, acceptance.Object{}, acceptance.Values{"callback_url": "https://other.example.com"})
	plan.MustWarn(t, `AttributeName("callback_url")`, "has a default callback already", "import")
	if text := strings.Join(plan.Warnings(), ""); strings.Contains(text, "canary") {
		t.Errorf("the warning shows it: %s", text)
	}
	p.Plan(callback, acceptance.Object{}, acceptance.Values{"callback_url": hook}).MustBeSilent(t)
}

// An apply plans a creation once more, and what the plan has looked up is not looked up again.
func TestVOD2LIVEDefaultCallback_anApplyDoesNotLookAgain(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	plan := p.Plan(callback, acceptance.Object{}, acceptance.Values{"callback_url": hook})
	livestationtest.MustHaveAsked(t, sim, "default-callback.get")
	sim.ResetRequests()
	_, diags := p.InApply().ApplyCreate(callback, plan)
	diags.MustBeSilent(t)
	if got := sim.Routes()[0]; got != "default-callback.set" {
		t.Errorf("the apply begins with %s", got)
	}
}

func TestVOD2LIVEDefaultCallback_badInputIsRefusedOnItsPathAndNotShown(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	for _, url := range []string{"", "http://hooks.example.com/canary", "hooks.example.com/canary", "ftp://canary", "https://", "/canary"} {
		diags := p.Validate(callback, acceptance.Values{"callback_url": url})
		diags.MustFail(t, `AttributeName("callback_url")`, "https")
		if strings.Contains(strings.Join(diags.Errors(), ""), "canary") {
			t.Errorf("an error shows the URL: %q", diags.Errors())
		}
	}
	p.Validate(callback, acceptance.Values{"callback_url": acceptance.Unknown}).MustBeSilent(t)
	livestationtest.MustHaveAsked(t, sim)
}

func TestVOD2LIVEDefaultCallback_refusalsAndLostAnswers(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	config := acceptance.Values{"callback_url": hook}
	set := func() (acceptance.Object, acceptance.Diagnostics) {
		return p.Apply(callback, p.Plan(callback, acceptance.Object{}, config))
	}
	lift := sim.Inject(simulator.Fault{Route: "default-callback.set", Status: 403})
	_, diags := set()
	diags.MustFail(t, `AttributeName("callback_url")`, "was not set", "403")
	lift()
	lift = sim.Inject(simulator.Fault{Route: "default-callback.set", Kind: simulator.FaultReset})
	object, diags := set()
	diags.MustFail(t, "was not set", "no response shows")
	if p.Exists(callback, object) {
		t.Error("what is not proven is in state")
	}
	lift()
	sim.Inject(simulator.Fault{Route: "default-callback.set", Kind: simulator.FaultReset, AfterEffect: true, Times: 1})
	_, diags = set()
	diags.MustBeSilent(t)
	if text := strings.Join(diags.Errors(), ""); strings.Contains(text, "canary") || sim.DefaultCallback() != hook {
		t.Errorf("the service has %q; %s", sim.DefaultCallback(), text)
	}
}

// The part of the URL that is secret is kept by itself too, of the URL before as of the new one.
func TestVOD2LIVEDefaultCallback_secretsThatTheServiceRepeatsAreNotShown(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	object := p.Create(callback, acceptance.Values{"callback_url": hook})
	p = livestationtest.Configured(t, sim, nil)
	plan := p.Plan(callback, object, acceptance.Values{"callback_url": "https://hooks.example.com/live?key=canary-next"})
	sim.Inject(simulator.Fault{Route: "default-callback.set", Status: 400, Body: `{"error":{"errorCode":250001,"message":"canary-secret and canary-next"}}`})
	_, diags := p.Apply(callback, plan)
	diags.MustFail(t, "Default callback was not set", "Nothing was changed")
	for _, text := range diags.Errors() {
		if strings.Contains(text, "canary") {
			t.Errorf("a secret is shown: %s", text)
		}
	}
}

// Only what the service says of the URL proves that there is none.
func TestVOD2LIVEDefaultCallback_anAnswerWithoutContentTakesNothingOutOfState(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"no body": {Kind: simulator.FaultEmptyBody, Status: 204}, "something else": {Kind: simulator.FaultWrongShape, Body: `{"data":{}}`},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			p := livestationtest.Configured(t, sim, nil)
			object := p.Create(callback, acceptance.Values{"callback_url": hook})
			fault.Route = "default-callback.get"
			sim.Inject(fault)
			after, _, diags := p.Refresh(callback, object)
			diags.MustFail(t, "Default callback could not be read", "Nothing was changed in state")
			if !p.Exists(callback, after) {
				t.Error("it is lost from state")
			}
		})
	}
}
