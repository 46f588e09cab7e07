package vod2live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// privateFlag is the key in private state of something that is true of a schedule, or not.
type privateFlag string

const (
	// hasRun: a read has seen that the schedule is over. What has run is never gone, whatever a later read says.
	hasRun privateFlag = "has_run"
	// brokenByEdit: the service has taken an edit and could not use its files. Such a schedule is as good as tainted: state may already hold
	// what the configuration says, and still nothing would start.
	brokenByEdit privateFlag = "broken_by_edit"
)

func (f privateFlag) save(ctx context.Context, private service.PrivateWriter, value bool) diag.Diagnostics {
	if !value {
		return private.SetKey(ctx, string(f), nil)
	}
	return private.SetKey(ctx, string(f), []byte("true"))
}

func (f privateFlag) load(ctx context.Context, private service.PrivateReader) (bool, diag.Diagnostics) {
	value, diags := private.GetKey(ctx, string(f))
	return string(value) == "true", diags
}
