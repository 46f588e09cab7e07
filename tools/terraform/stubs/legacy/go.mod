// Terraform's go.mod requires this module; nothing that is built here imports it.
module github.com/hashicorp/terraform/internal/legacy

go 1.26.4
