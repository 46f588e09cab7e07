package protocol

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A CLI that points at the whole resource leaves it to the words to say which attribute is meant.
func TestNestedAttributeIsNamedOnceInTheDetail(t *testing.T) {
	t.Parallel()
	for detail, test := range map[string]struct {
		path *tftypes.AttributePath
		want string
	}{
		"of the root":                  {tftypes.NewAttributePath().WithAttributeName("name"), "of the root"},
		"of a member":                  {tftypes.NewAttributePath().WithAttributeName("cdn").WithAttributeName("domain"), "`cdn.domain`: of a member"},
		"of a list":                    {tftypes.NewAttributePath().WithAttributeName("vod_list").WithElementKeyInt(2).WithAttributeName("file_path"), "`vod_list[2].file_path`: of a list"},
		"of a map":                     {tftypes.NewAttributePath().WithAttributeName("restream").WithElementKeyString("you.tube"), "`restream[\"you.tube\"]`: of a map"},
		"`vod_list[0]` names it":       {tftypes.NewAttributePath().WithAttributeName("vod_list").WithElementKeyInt(0), "`vod_list[0]` names it"},
		"of nothing that is in a path": {nil, "of nothing that is in a path"},
	} {
		diagnostic := &tfprotov6.Diagnostic{Detail: detail, Attribute: test.path}
		if nameNested(diagnostic); diagnostic.Detail != test.want {
			t.Errorf("%q became %q, want %q", detail, diagnostic.Detail, test.want)
		}
	}
}
