package service

import (
	"regexp"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

var plainArgument = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// ShellArgument quotes an id for a command that people may copy into a shell: an id from a service may hold any text, even commands.
func ShellArgument(id string) string {
	if id = printable.Text(id); plainArgument.MatchString(id) {
		return id
	}
	return "'" + strings.ReplaceAll(id, "'", `'\''`) + "'"
}
