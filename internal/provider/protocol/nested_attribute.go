package protocol

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// nameNested names a nested attribute in the words of a diagnostic where they do not: OpenTofu, and Terraform before 1.16, point at the
// whole resource then, because they look for a block of the name of the attribute that it is nested in.
func nameNested(diagnostic *tfprotov6.Diagnostic) {
	if diagnostic.Attribute == nil || len(diagnostic.Attribute.Steps()) < 2 {
		return
	}
	if name := attributeName(diagnostic.Attribute); !strings.Contains(diagnostic.Detail, name) {
		diagnostic.Detail = fmt.Sprintf("`%s`: %s", name, diagnostic.Detail)
	}
}

// attributeName writes a path as the framework and configurations do: restream["youtube"].rtmp_url.
func attributeName(path *tftypes.AttributePath) string {
	var name strings.Builder
	for _, step := range path.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			if name.Len() > 0 {
				name.WriteString(".")
			}
			name.WriteString(string(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&name, "[%q]", string(step))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&name, "[%d]", int64(step))
		}
	}
	return name.String()
}
