package vod2live

import "github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"

const (
	// hasRun is set once a read has seen that the schedule is over. Such a schedule is never gone, whatever a later read says.
	hasRun service.PrivateFlag = "has_run"
	// brokenByEdit is set after an edit that the service accepted, and whose files it could not use. The schedule is then as good as tainted:
	// state may already hold what the configuration says, and still nothing would start.
	brokenByEdit service.PrivateFlag = "broken_by_edit"
)
