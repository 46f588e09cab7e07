// Package gcs stands in for Terraform's gcs backend, which is not published as a module.
package gcs

import "github.com/hashicorp/terraform/internal/backend"

// New panics: the CLI built here runs tests and captures schemas, with local state only.
func New() backend.Backend {
	panic("this build of Terraform has no gcs backend")
}
