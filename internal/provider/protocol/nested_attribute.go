package protocol

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// nameNested adds the path of a nested attribute to the detail of a diagnostic that lacks it. OpenTofu, and Terraform before 1.16, point at
// the whole resource instead, because they look for a block with the name of the outer attribute.
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
