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
func attributeName(path *tftypes.AttributePath) (name string) {
	for _, step := range path.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			name += "." + string(step)
		case tftypes.ElementKeyString:
			name += fmt.Sprintf("[%q]", string(step))
		case tftypes.ElementKeyInt:
			name += fmt.Sprintf("[%d]", int64(step))
		}
	}
	return strings.TrimPrefix(name, ".")
}
