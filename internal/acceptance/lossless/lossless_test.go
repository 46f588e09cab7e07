package lossless

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

type inner struct{ UserName lenientjson.String }

type innerModel struct {
	UserName types.String `tfsdk:"user_name"`
}

func TestLostMembersAreNamed(t *testing.T) {
	t.Parallel()
	type object struct {
		LiveID  lenientjson.String
		Count   lenientjson.Int
		Enabled lenientjson.Bool
		Extra   lenientjson.String
		Inner   *inner
	}
	type model struct {
		LiveID  types.String `tfsdk:"live_id"`
		Count   types.Int64  `tfsdk:"count"`
		Enabled types.Bool   `tfsdk:"enabled"`
		Inner   *innerModel  `tfsdk:"inner"`
	}
	said := object{"1", lenientjson.Int{Value: 0, Valid: true}, lenientjson.Bool{}, "x", &inner{"u"}}
	good := model{types.StringValue("1"), types.Int64Value(0), types.BoolNull(), &innerModel{types.StringValue("u")}}
	names := Names{"Extra": ""}
	if lost := Lost(said, good, names); len(lost) > 0 {
		t.Errorf("nothing is lost, and found was %q", lost)
	}
	for want, change := range map[string]func(*model){
		"LiveID":         func(m *model) { m.LiveID = types.StringNull() },
		"Count":          func(m *model) { m.Count = types.Int64Null() },
		"Enabled":        func(m *model) { m.Enabled = types.BoolValue(false) },
		"Inner":          func(m *model) { m.Inner = nil },
		"Inner.UserName": func(m *model) { m.Inner = &innerModel{types.StringValue("v")} },
	} {
		bad := good
		change(&bad)
		if lost := Lost(said, bad, names); len(lost) != 1 || !strings.HasPrefix(lost[0], want+":") {
			t.Errorf("%s is lost, and found was %q", want, lost)
		}
	}
	if lost := Lost(said, good, nil); len(lost) != 1 || !strings.HasPrefix(lost[0], "Extra: there is no attribute") {
		t.Errorf("Extra has no attribute, and found was %q", lost)
	}
}
