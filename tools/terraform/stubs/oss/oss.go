// Package oss stands in for Terraform's oss backend, which is not published as a module.
package oss

import "github.com/hashicorp/terraform/internal/backend"

// New panics: the CLI built here runs tests and captures schemas, with local state only.
func New() backend.Backend {
	panic("this build of Terraform has no oss backend")
}
