package service

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// Printable is a value made safe to show in an error or warning: ids, names and links may hold any text that a service sends.
func Printable(value types.String) string { return printable.Text(value.ValueString()) }
