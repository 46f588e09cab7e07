package service

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateReader is the part of a resource's private state that can be read; the framework gives its type no name.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter is the part that can be written.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}
