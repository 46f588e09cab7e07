package livestation

import (
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

// AtBlamed puts a diagnostic about a refusal on the attribute that the service names. Its messages about bad input begin with the field of the
// request, as in "qualitySetId: invalid value." [live-station-error-code]. attributes are by field; a field below one of them, such as
// "record.format" below "record", counts as that one. Without such a field the diagnostic stays as it is.
func AtBlamed(diagnostic diag.Diagnostic, err error, attributes map[string]path.Path) diag.Diagnostic {
	if at, ok := blamed(err, attributes); ok {
		return diag.WithPath(at, diagnostic)
	}
	return diagnostic
}

// Blames reports whether the service names a field other than these as the cause of a refusal.
func Blames(err error, attributes map[string]path.Path, other ...path.Path) bool {
	at, ok := blamed(err, attributes)
	for _, one := range other {
		ok = ok && !at.Equal(one)
	}
	return ok
}

func blamed(err error, attributes map[string]path.Path) (path.Path, bool) {
	failure, ok := errors.AsType[*apierror.Error](err)
	if !ok {
		return path.Empty(), false
	}
	field, _, _ := strings.Cut(strings.TrimSpace(failure.Message), " ")
	for field = strings.TrimRight(field, ":."); field != ""; field = field[:max(strings.LastIndexAny(field, ".["), 0)] {
		if at, ok := attributes[field]; ok {
			return at, true
		}
	}
	return path.Empty(), false
}

// ChannelFields are the attributes of channels of both kinds by the fields of their creation and edit.
var ChannelFields = map[string]path.Path{
	"channelName": path.Root("channel_name"), "envType": path.Root("env_type"), "outputProtocol": path.Root("output_protocol"),
	"qualitySetId": path.Root("quality_set_id"), "drmEnabledYn": path.Root("drm"), "drm": path.Root("drm"),
	"cdn": path.Root("cdn"), "cdn.profileId": path.Root("cdn").AtName("profile_id"), "cdn.regionType": path.Root("cdn").AtName("region_type"),
	"cdn.cdnInstanceNo": path.Root("cdn").AtName("instance_no"), "cdn.cdnDomain": path.Root("cdn").AtName("domain"), "cdn.cdnType": path.Root("cdn").AtName("type"),
	// Only general channels have these.
	"ingestProtocol": path.Root("ingest_protocol"), "useDvr": path.Root("use_dvr"), "timemachineMin": path.Root("use_dvr"), "immediateOnAir": path.Root("immediate_on_air"),
	"isStreamFailOver": path.Root("is_stream_fail_over"), "record": path.Root("record"), "record.type": path.Root("record").AtName("type"),
	"record.format": path.Root("record").AtName("format"), "record.bucketName": path.Root("record").AtName("bucket_name"),
	"record.filePath": path.Root("record").AtName("file_path"), "record.accessControl": path.Root("record").AtName("access_control"),
}
