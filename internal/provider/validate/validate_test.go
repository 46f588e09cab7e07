package validate

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func said(v validator.String, value types.String) (summary, detail string, count int) {
	var resp validator.StringResponse
	v.ValidateString(context.Background(), validator.StringRequest{Path: path.Root("window").AtName("live_id"), ConfigValue: value}, &resp)
	if len(resp.Diagnostics) == 0 {
		return "", "", 0
	}
	return resp.Diagnostics[0].Summary(), resp.Diagnostics[0].Detail(), len(resp.Diagnostics)
}

func TestIDErrorNamesTheAttributeQuotesWhiteSpaceAndGivesANextStep(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		validator validator.String
		value     string
		words     []string // none: the value is good
	}{
		{RequiredID(), "900017", nil},
		{RequiredID(), "two words", nil},
		{RequiredID(), "", []string{`empty ("")`, "an id is needed"}},
		{OptionalID(), "", []string{`empty ("")`, "leave it out, or set it to null"}},
		{RequiredID(), "900017\n", []string{`"900017\n"`, "white space at its ends", "trimspace(...)"}},
		{OptionalID(), " 900017", []string{`" 900017"`, "white space at its ends"}},
		{RequiredID(), "\ufeff900017", []string{`"\ufeff900017"`, "white space at its ends"}},
		{RequiredID(), " \t", []string{`" \t"`, "nothing but white space"}},
		{RequiredID(), "9\n17", []string{`"9\n17"`, "control character"}},
		{RequiredID(), "..", []string{`".."`, "is no id"}},
		{OptionalID(), ".", []string{`"."`, "is no id"}},
		{RequiredID(), "..1", nil},
		{RequiredText(), "", []string{"a value is needed"}},
		{RequiredText(), " ", nil},
		{OptionalText(), "", []string{"leave it out, or set it to null"}},
		{Duration(), "1h30m", nil},
		{Duration(), "soon", []string{`"soon"`, "duration above zero such as `30s`"}},
		{Duration(), "30", []string{`"30"`, "a number with a unit"}},
		{Duration(), "-1s", []string{`"-1s"`, "above zero"}},
		{Duration(), "0s", []string{`"0s"`, "above zero"}},
	} {
		_, detail, count := said(test.validator, types.StringValue(test.value))
		if (count == 1) != (len(test.words) > 0) {
			t.Errorf("%q: %s", test.value, detail)
			continue
		}
		for _, word := range append(test.words, test.words...) {
			if !strings.Contains(detail, word) || !strings.HasPrefix(detail, "`window.live_id` is ") || strings.Contains(detail, "\n") {
				t.Errorf("%q: %q is missing, or the attribute, in: %s", test.value, word, detail)
			}
		}
	}
}

func TestUnknownValuesAreNotValidated(t *testing.T) {
	t.Parallel()
	for _, v := range []validator.String{RequiredID(), OptionalID(), RequiredText(), OptionalText(), Duration()} {
		for _, value := range []types.String{types.StringNull(), types.StringUnknown()} {
			if _, detail, count := said(v, value); count > 0 {
				t.Errorf("%s: %s", value, detail)
			}
		}
	}
}
