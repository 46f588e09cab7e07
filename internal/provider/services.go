package provider

import (
	"os"
	"sort"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
)

// services is what every object gets from the provider; each takes the one it works with.
type services struct {
	liveStation *livestation.Service
	prism       *prism.Service
}

// LiveStation is for the objects of provider/livestation.
func (s *services) LiveStation() *livestation.Service { return s.liveStation }

// Prism is for the objects of provider/prism.
func (s *services) Prism() *prism.Service { return s.prism }

// setting names a setting with both ways to give it.
func setting(attribute, variable string) string { return "`" + attribute + "` (or " + variable + ")" }

func inOrder(names []string) string {
	sort.Strings(names)
	return strings.Join(names, ", ")
}

func userAgent(coreVersion, version string) string {
	agent := "Terraform/" + coreVersion + " terraform-provider-livestation/" + version
	if more := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT")); more != "" && !hasControl(more) {
		agent += " " + more
	}
	return agent
}
