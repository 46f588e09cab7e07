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

// PrivateFlag is a key in private state that is either absent or holds "true".
type PrivateFlag string

// Load reports whether the flag is set.
func (f PrivateFlag) Load(ctx context.Context, private PrivateReader) (bool, diag.Diagnostics) {
	value, diags := private.GetKey(ctx, string(f))
	return string(value) == "true", diags
}

// Save sets or clears the flag.
func (f PrivateFlag) Save(ctx context.Context, private PrivateWriter, set bool) diag.Diagnostics {
	if !set {
		return private.SetKey(ctx, string(f), nil)
	}
	return private.SetKey(ctx, string(f), []byte("true"))
}
