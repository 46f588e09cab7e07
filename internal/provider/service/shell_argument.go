package service

import (
	"regexp"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

var plainArgument = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// ShellArgument is an id as a command has it that somebody may copy into a shell: what a service calls an id may hold orders to that.
func ShellArgument(id string) string {
	if id = printable.Text(id); plainArgument.MatchString(id) {
		return id
	}
	return "'" + strings.ReplaceAll(id, "'", `'\''`) + "'"
}
