package protocol

import "github.com/hashicorp/terraform-plugin-go/tfprotov6"

// repeats reports whether a plan call comes from an apply, which plans each creation and change again immediately before it makes it. A CLI
// shows the warnings of that call at the end of the apply, when it is too late, and the plan has given them already.
//
// Terraform allows deferral in an apply. So do the plans of its Stacks, but those read what is in state, and an apply does not. What a
// Stack creates before it has read anything is planned without warnings; none of these is about the end of a broadcast. OpenTofu makes the
// same calls in both phases, so it repeats them. The destroy of a deposed object is planned in the apply alone, so its warnings are kept.
func (s *server) repeats(req *tfprotov6.PlanResourceChangeRequest) bool {
	if req.ClientCapabilities == nil || !req.ClientCapabilities.DeferralAllowed || s.refreshed.Load() || req.ProposedNewState == nil {
		return false
	}
	destroy, err := req.ProposedNewState.IsNull()
	return err != nil || !destroy
}

func isWarning(diagnostic *tfprotov6.Diagnostic) bool {
	return diagnostic.Severity == tfprotov6.DiagnosticSeverityWarning
}
