package provider_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

// Whether somebody reads logs changes nothing of what the provider does; LIVESTATION_PROTOCOL_SHORTCUTS does.
func TestOnlyTheirVariableDisablesShortcuts(t *testing.T) {
	object := plannedObjects()["curtain"]
	for _, value := range []string{"", "on", "off"} {
		t.Setenv(provider.ShortcutsVariable, value)
		var log bytes.Buffer
		c := newProtocolClient(t)
		c.Ctx = tfsdklogtest.RootLogger(context.Background(), &log)
		c.configure(settingsOf(startSimulator(t)))
		c.plan(object.resource, c.dynamic(c.Schema.ResourceSchemas[object.resource], object.state), object.config, nil)
		if asked := strings.Contains(log.String(), "Calling provider defined Resource ModifyPlan"); asked != (value == "off") {
			t.Errorf("with %q, the framework was asked for a plan: %t", value, asked)
		}
	}
}
