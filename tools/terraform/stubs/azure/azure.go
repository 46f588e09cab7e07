// Package azure stands in for Terraform's azure backend, which is not published as a module.
package azure

import "github.com/hashicorp/terraform/internal/backend"

// New panics: the CLI built here runs tests and captures schemas, with local state only.
func New() backend.Backend {
	panic("this build of Terraform has no azure backend")
}
