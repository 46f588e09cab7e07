package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const queryBlocks = `
list "livestation_restream_channel" "test" {
  provider         = livestation
  include_resource = true
  config {
    channel_name = "late_show"
  }
}
list "livestation_curtain_content" "test" {
  provider         = livestation
  include_resource = true
  config {
    status = "READY"
  }
}
list "livestation_quality_profile" "test" {
  provider         = livestation
  include_resource = true
  config {
    name = "hd-720"
  }
}
list "livestation_quality_set" "test" {
  provider         = livestation
  include_resource = true
}
list "prism_live" "test" {
  provider         = livestation
  include_resource = true
  limit            = 1
  config {
    channel_id = "%[1]s"
    status     = "RESERVED"
  }
}
list "prism_live_session" "test" {
  provider         = livestation
  include_resource = true
  config {
    channel_id = "%[1]s"
  }
}
`

func TestAccQueriesLeadToAnEmptyPlan(t *testing.T) {
	acceptance.Needs(t, gate.Queries)
	sim := acceptance.Start(t)
	all := newCatalogue(sim)
	c := newCLI(t, acceptance.Config(sim, "", "", ""))
	c.write("all.tfquery.hcl", fmt.Sprintf(queryBlocks, simulator.DefaultChannelID))
	output := c.must("query", "-generate-config-out=generated.tf")
	for _, id := range []any{all.channels[2], all.contents[0], all.contents[2], all.profiles[0], all.sets[0], all.sets[2], all.reserved[0], all.onAir[0]} {
		if !strings.Contains(output, fmt.Sprint(id)) {
			t.Errorf("%v was not found:\n%s", id, output)
		}
	}
	for _, id := range []any{all.channels[0], all.contents[1], all.ended[0]} {
		if strings.Contains(output, fmt.Sprint(id)) {
			t.Errorf("%v was not asked for:\n%s", id, output)
		}
	}
	generated := c.read("generated.tf")
	if imports := strings.Count(generated, "\nimport {") + strings.Count(generated[:7], "import "); imports != 9 {
		t.Errorf("%d import blocks were generated:\n%s", imports, generated)
	}
	for _, secret := range []string{"canary-key-one", "canary-pass-one", "canary-yt-key"} {
		if strings.Contains(generated, secret) || strings.Contains(output, secret) {
			t.Errorf("the query shows %s", secret)
		}
	}
	c.write("generated.tf", c.filledIn(generated))
	c.mustImport(9)
	mustHaveWritten(t, sim)
}

func TestAccAQueryThatFailsStopsTheCLI(t *testing.T) {
	acceptance.Needs(t, gate.Queries)
	sim := acceptance.Start(t)
	newCatalogue(sim)
	for range 100 {
		sim.AddRestreamChannel(simulator.RestreamChannel{})
	}
	sim.Inject(simulator.Fault{Route: "restream.list", Skip: 1, Status: 403})
	c := newCLI(t, acceptance.Config(sim, "max_retries = 0", "", ""))
	c.write("all.tfquery.hcl", "list \"livestation_restream_channel\" \"test\" {\n  provider = livestation\n  limit = 1000\n}\n")
	output, err := c.run("query")
	if err == nil || !strings.Contains(output, "could not be listed") || strings.Contains(output, "channel_id=") {
		t.Errorf("%v:\n%s", err, output)
	}
}

// The warning comes in a result of its own, without an identity, which the CLI must take for no object and count against no limit.
func TestAccAQueryWarnsOfALiveWithoutAnIDAndListsTheOthers(t *testing.T) {
	acceptance.Needs(t, gate.Queries)
	sim := acceptance.Start(t)
	c := newCLI(t, acceptance.Config(sim, "", "", ""))
	sim.Inject(simulator.Fault{Route: "channel.lives", Status: 200, Body: `{"success":true,"data":{"channelId":4100,"lives":[{"status":"RESERVED"},{"liveId":900017,"status":"RESERVED"}]}}`})
	c.write("lives.tfquery.hcl", fmt.Sprintf(`
list "prism_live" "test" {
  provider = livestation
  limit    = 1
  config {
    channel_id = %q
  }
}
`, simulator.DefaultChannelID))
	output := c.must("query")
	for _, want := range []string{"leaves out lives without an id", "900017"} {
		if !strings.Contains(output, want) {
			t.Errorf("%q is missing:\n%s", want, output)
		}
	}
}
