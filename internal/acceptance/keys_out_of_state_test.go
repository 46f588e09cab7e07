package acceptance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func TestAccKeysOutOfStateExampleStoresNoKey(t *testing.T) {
	acceptance.Needs(t, gate.WriteOnly)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "keys-out-of-state", asItIs)
	c.environment = append(c.environment, `TF_VAR_stream_keys={"youtube":"canary-youtube","chzzk":"canary-chzzk"}`)
	printed := c.run("plan", "-out=saved") + c.run("apply", "saved")
	channel := sim.ActiveRestreamChannels()[0]
	keys := map[string]string{}
	for _, platform := range channel.Platforms {
		keys[platform.TargetName] = platform.StreamKey
	}
	if keys["YOUTUBE"] != "canary-youtube" || keys["CHZZK"] != "canary-chzzk" {
		t.Errorf("the service has %v", keys)
	}
	printed += c.run("plan", "-detailed-exitcode") + c.run("show", "-json") + c.run("show", "-json", "saved")
	for _, file := range []string{"terraform.tfstate", "saved"} {
		text, err := os.ReadFile(filepath.Join(c.dir, file))
		if err != nil {
			t.Fatal(err)
		}
		printed += string(text)
	}
	for _, secret := range []string{"canary-youtube", "canary-chzzk", channel.StreamKey} {
		if strings.Contains(printed, secret) {
			t.Errorf("%s left the service", secret)
		}
	}
	c.run("destroy", "-auto-approve")
	c.mustHaveNothingInState()
	if left := sim.ActiveRestreamChannels(); len(left) > 0 {
		t.Errorf("the destroy left %v", left)
	}
}
