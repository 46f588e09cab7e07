package protocol

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func (*asked) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (*asked) ImportResourceState(context.Context, *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return &tfprotov6.ImportResourceStateResponse{}, nil
}

// Only warnings that the plan has shown already are left out of an apply: an error never is, and a run that has read or imported an object
// is a plan, whatever it allows.
func TestApplyLeavesOutOnlyTheWarningsOfItsPlan(t *testing.T) {
	t.Parallel()
	read := func(s tfprotov6.ProviderServer) error {
		_, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "note", CurrentState: noteOf(t, "old", true)})
		return err
	}
	imported := func(s tfprotov6.ProviderServer) error {
		_, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "note", ID: "old"})
		return err
	}
	configured := func(s tfprotov6.ProviderServer) error {
		_, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{})
		return err
	}
	for name, test := range map[string]struct {
		before   []func(tfprotov6.ProviderServer) error
		deferral bool
		want     []string
	}{
		"an apply":                          {nil, true, []string{"an error"}},
		"a plan":                            {nil, false, []string{"a warning", "an error"}},
		"a plan that has read":              {[]func(tfprotov6.ProviderServer) error{read}, true, []string{"a warning", "an error"}},
		"a plan that has imported":          {[]func(tfprotov6.ProviderServer) error{imported}, true, []string{"a warning", "an error"}},
		"an apply in the process of a plan": {[]func(tfprotov6.ProviderServer) error{read, configured}, true, []string{"an error"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, _, s := newNotes(t, true)
			n.modifyPlan = func(_ context.Context, _ resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
				resp.Diagnostics.AddWarning("a warning", "of a change")
				resp.Diagnostics.AddError("an error", "of a change")
			}
			for _, call := range test.before {
				if err := call(s); err != nil {
					t.Fatal(err)
				}
			}
			resp, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: "note", PriorState: noteOf(t, "old", true), ProposedNewState: noteOf(t, "new", true), Config: noteOf(t, "new", true),
				ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: test.deferral},
			})
			if err != nil {
				t.Fatal(err)
			}
			said := map[string]bool{}
			for _, diagnostic := range resp.Diagnostics {
				said[diagnostic.Summary] = true
			}
			if len(said) != len(test.want) {
				t.Errorf("it said %v, want %v", said, test.want)
			}
			for _, want := range test.want {
				if !said[want] {
					t.Errorf("%q is missing in %v", want, said)
				}
			}
		})
	}
}

// A resource that is asked without the framework learns all the same whether an apply asks.
func TestShortcutsPassOnWhetherDeferralIsAllowed(t *testing.T) {
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		n, _, s := newNotes(t, true)
		var planned bool
		n.modifyPlan = func(_ context.Context, req resource.ModifyPlanRequest, _ *resource.ModifyPlanResponse) {
			planned = req.ClientCapabilities.DeferralAllowed
		}
		if _, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: "note", PriorState: noteOf(t, "old", true), ProposedNewState: noteOf(t, "old", true), Config: noteOf(t, "old", true),
			ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: allowed},
		}); err != nil {
			t.Fatal(err)
		}
		if planned != allowed {
			t.Errorf("a plan that allows %t learns %t", allowed, planned)
		}
	}
}
