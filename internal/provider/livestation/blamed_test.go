package livestation

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
)

func TestRefusalsAreOnTheAttributeThatTheServiceNames(t *testing.T) {
	t.Parallel()
	for message, at := range map[string]string{
		"qualitySetId: invalid value.":                   "quality_set_id",
		"channelName must has a valid value":             "channel_name",
		"record.bucketName: invalid value.":              "record.bucket_name",
		"record.somethingNew: invalid value.":            "record",
		"cdn[0].x: invalid value.":                       "cdn",
		"channel not found.":                             "",
		"":                                               "",
		"The channelName of another channel, envType...": "",
	} {
		err := &apierror.Error{Kind: apierror.Refused, Message: message}
		got := ""
		if placed, ok := AtBlamed(diag.NewErrorDiagnostic("Channel was not created", "why"), err, ChannelFields).(diag.DiagnosticWithPath); ok {
			got = placed.Path().String()
		}
		if got != at {
			t.Errorf("%q is on %q, want %q", message, got, at)
		}
		if other := at != "" && at != "quality_set_id"; Blames(err, ChannelFields, path.Root("quality_set_id")) != other {
			t.Errorf("%q blames another attribute: %t, want %t", message, !other, other)
		}
	}
}
