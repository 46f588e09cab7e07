package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// says fails the test unless a command succeeds, or fails where fails is set, and prints all words; lines are joined, as CLIs wrap them.
func (c *aCLI) says(fails bool, arguments []string, words ...string) {
	c.t.Helper()
	output, err := c.run(arguments...)
	if (err != nil) != fails {
		c.t.Fatalf("%q: %v\n%s", arguments, err, output)
	}
	joined := strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(output)), " ")
	for _, word := range words {
		if !strings.Contains(joined, word) {
			c.t.Errorf("%q does not say %q:\n%s", arguments, word, output)
		}
	}
}

func (c *aCLI) rewrite(config string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, "main.tf"), []byte(requirement+config), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// On a real CLI, what forces a replacement without a first plan call takes no curtain off and ends no stream; a tainted curtain is named
// by its plan, and a destroy that was planned and saved does what it said.
func TestAccForcedReplacementsEndNothingOnARealCLI(t *testing.T) {
	acceptance.Needs(t, gate.BuiltInData)
	sim := acceptance.Start(t)
	channelID, contentID := sim.AddGeneralChannel(simulator.GeneralChannel{}), sim.AddCurtainContent(simulator.CurtainContent{})
	config := func(day, lifecycle, triggers string) string {
		return acceptance.Config(sim, livestationtest.Impatient, "", fmt.Sprintf(`
resource "terraform_data" "day" { input = %q }
resource "livestation_curtain" "break" {
  channel_id  = %q
  content_ids = [%d]
  insert_time = 10
  %s
  lifecycle {
    replace_triggered_by = [terraform_data.day]
    %s
  }
}
resource "livestation_restream_channel" "relay" {
  channel_name = "evening_show"
  plan_type    = "STANDARD"
  restream     = { y = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "k" } }
}
`, day, channelID, contentID, triggers, lifecycle))
	}
	c := newCLI(t, config("1", "", ""))
	c.says(false, []string{"apply", "-auto-approve"})
	channels := sim.ActiveRestreamChannels()
	livestationtest.Must(t, sim.SetPublishing(channels[0].ChannelID, true))
	sim.ResetRequests()

	const curtain, relay = "livestation_curtain.break", "livestation_restream_channel.relay"
	c.says(false, []string{"plan", "-replace=" + curtain, "-replace=" + relay, "-out=forced"})
	c.says(true, []string{"apply", "forced"}, "is on and was not taken off", "did not announce that it takes a curtain off", "did not announce that it terminates a channel that is streaming")
	c.rewrite(config("2", "", ""))
	c.says(true, []string{"apply", "-auto-approve"}, "is on and was not taken off")
	c.says(false, []string{"taint", curtain})
	c.says(false, []string{"taint", relay})
	c.says(false, []string{"plan"}, "The curtain on channel "+channelID+" is on and may be taken off", "Re-stream channel "+channels[0].ChannelID+" is streaming and may be terminated")
	c.says(false, []string{"untaint", curtain})
	c.says(false, []string{"untaint", relay})
	// The next curtain comes first here, and the service takes one at a time.
	c.rewrite(config("2", "create_before_destroy = true", `triggers = { scene = "break" }`))
	c.says(true, []string{"apply", "-auto-approve"}, "is on and will be taken off", "create_before_destroy")
	if sim.Count("curtain.remove")+sim.Count("restream.delete") > 0 || len(sim.ActiveCurtains()) != 1 {
		t.Fatalf("requests were %q", livestationtest.Writes(sim))
	}

	livestationtest.Must(t, sim.SetPublishing(channels[0].ChannelID, false))
	c.says(false, []string{"plan", "-destroy", "-out=destroy"}, "is on and will be taken off", "Re-stream channel will be terminated")
	sim.ResetRequests()
	c.says(false, []string{"apply", "destroy"})
	got := livestationtest.Writes(sim)
	slices.Sort(got)
	if !slices.Equal(got, []string{"curtain.remove", "restream.delete"}) {
		t.Errorf("writes were %q", got)
	}
}

// A second relay like one in state is no trace of an earlier run, neither in its plan nor when a saved plan is applied. OpenTofu's apply
// cannot be told from a plan: there the text says what to make of it.
func TestAccSavedPlanDoesNotAdviseImportingWhatIsInState(t *testing.T) {
	sim := acceptance.Start(t)
	relay := `
resource "livestation_restream_channel" %q {
  channel_name = "evening_show"
  plan_type    = "STANDARD"
  restream     = { y = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "k" } }
  %s
}
`
	first := acceptance.Config(sim, livestationtest.Impatient, "", fmt.Sprintf(relay, "a", ""))
	c := newCLI(t, first)
	c.says(false, []string{"apply", "-auto-approve"})
	c.rewrite(first + fmt.Sprintf(relay, "b", "depends_on = [livestation_restream_channel.a]"))
	for _, command := range [][]string{{"plan", "-out=twin"}, {"apply", "twin"}} {
		output, err := c.run(command...)
		if err != nil {
			t.Fatalf("%q: %v\n%s", command, err, output)
		}
		if said := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "); strings.Contains(said, "exists already") && !strings.Contains(said, "there is nothing to do") {
			t.Errorf("%q: %s", command, output)
		}
	}
	if got := len(sim.ActiveRestreamChannels()); got != 2 {
		t.Errorf("%d channels exist, want 2", got)
	}
}
