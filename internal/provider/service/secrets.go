package service

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

const oneValue = "Use one value of `secrets_in_state` (LIVESTATION_SECRETS_IN_STATE) everywhere, or it will go in and out."

// WarnOfStored warns of a secret that a run with another setting has stored; what names it, such as "`stream_key` of channel x".
func WarnOfStored(diags *diag.Diagnostics, what string) {
	diags.AddWarning("State holds a secret that `secrets_in_state = false` forbids",
		fmt.Sprintf("The %s was stored by a run with another setting; this run takes it out. %s", what, oneValue))
}

// WarnOfWithheld warns of a secret that a run with another setting has left out.
func WarnOfWithheld(diags *diag.Diagnostics, what string) {
	diags.AddWarning("State gets a secret that it did not hold",
		fmt.Sprintf("The %s was left out by a run with `secrets_in_state = false`; this run stores it. %s", what, oneValue))
}
