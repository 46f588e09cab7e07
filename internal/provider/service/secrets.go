package service

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const oneValue = "Use one value of `secrets_in_state` (LIVESTATION_SECRETS_IN_STATE) everywhere, or it will go in and out."

// SecretsSettingChanged warns if a run with another value of `secrets_in_state` has stored a secret that this run removes from state, or left
// one out that this run stores. what names the secret, such as "`stream_key` of channel x"; before is its value in state, and now the
// one that the service reports. withheld says that a null in state was left out on purpose.
func SecretsSettingChanged(what string, before, now types.String, withheld, secretsInState bool) (diags diag.Diagnostics) {
	switch {
	case !before.IsNull() && !secretsInState:
		diags.AddWarning("State holds a secret that `secrets_in_state = false` forbids",
			fmt.Sprintf("The %s was stored by a run with another setting; this run takes it out. %s", what, oneValue))
	case before.IsNull() && withheld && secretsInState && !now.IsNull():
		diags.AddWarning("State gets a secret that it did not hold",
			fmt.Sprintf("The %s was left out by a run with `secrets_in_state = false`; this run stores it. %s", what, oneValue))
	}
	return diags
}
