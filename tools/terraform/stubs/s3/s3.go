// Package s3 stands in for Terraform's s3 backend, which is not published as a module.
package s3

import "github.com/hashicorp/terraform/internal/backend"

// New panics: the CLI built here runs tests and captures schemas, with local state only.
func New() backend.Backend {
	panic("this build of Terraform has no s3 backend")
}
