package acceptance_test

import (
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The guide "A live channel from nothing", pasted and typed in its own order by somebody who has nothing yet.
func TestAccChannelGuideLeadsFromAnEmptyFolderToACurtainAndBackToNothing(t *testing.T) {
	const guide = "templates/guides/general-channels.md "
	blocks := blocksOfPages(t)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	channels, edges := len(sim.ActiveGeneralChannels()), len(sim.ActiveEdges())
	c := inEmptyFolder(t, sim)

	c.write("main.tf", blocks[guide+"1"])
	c.run("plan")
	c.run("apply", "-auto-approve")
	stage := sim.ActiveGeneralChannels()[channels]
	if c.run("output", "-raw", "key") != stage.StreamKey || !strings.HasPrefix(c.run("output", "-raw", "server"), "rtmp://") {
		t.Error("the outputs are not what an encoder wants")
	}
	if players := c.run("output", "-json", "players"); strings.Count(players, "https://") != 3 {
		t.Errorf("there must be an address for each quality: %s", players)
	}

	c.write("curtain.tf", blocks[guide+"2"])
	c.run("apply", "-auto-approve")
	// Too early: nobody sends yet.
	output, err := c.try("apply", "-auto-approve", "-var", "curtain=true")
	if err == nil || sim.Count("curtain.insert") > 0 {
		t.Errorf("a curtain was laid over nothing: %v", sim.Routes())
	}
	mustSay(t, output, "The channel cannot have a curtain now")
	if err := sim.StartEncoder(stage.ChannelID); err != nil {
		t.Fatal(err)
	}
	c.run("apply", "-auto-approve", "-var", "curtain=true")
	if curtains := sim.ActiveCurtains(); len(curtains) != 1 || curtains[0].ChannelID != stage.ChannelID || curtains[0].EndsAt.Sub(curtains[0].StartedAt).Minutes() != 3 {
		t.Errorf("the curtains are %+v", curtains)
	}
	c.run("apply", "-auto-approve")
	if len(sim.ActiveCurtains()) > 0 {
		t.Error("the curtain is still on")
	}

	// What the table says of changes, while viewers watch.
	for change, with := range map[string]string{
		`"olive_stage"`: `"olive_other"`,                 // in place
		`"KOREA"`:       `"JAPAN"`,                       // another channel
		"\n  cdn = {":   "\n  use_dvr = true\n  cdn = {", // in place
	} {
		c.write("main.tf", strings.Replace(blocks[guide+"1"], change, with, 1))
		if output, err := c.try("apply", "-auto-approve"); err == nil {
			t.Errorf("%s went through while streaming:\n%s", with, output)
		}
	}
	c.write("main.tf", blocks[guide+"1"])
	if output, err := c.try("destroy", "-auto-approve"); err == nil {
		t.Errorf("a destroy went through while streaming:\n%s", output)
	}
	if channel, _ := sim.GeneralChannel(stage.ChannelID); channel.Status != simulator.StatusPublishing || channel.ChannelName != "olive_stage" || channel.UseDVR {
		t.Errorf("the broadcast is %+v", channel)
	}
	if err := sim.StopEncoder(stage.ChannelID); err != nil {
		t.Fatal(err)
	}
	c.run("destroy", "-auto-approve")
	c.mustHaveNothingInState()
	if len(sim.ActiveGeneralChannels()) != channels || len(sim.ActiveEdges()) != edges {
		t.Errorf("left: %v %v", sim.ActiveGeneralChannels(), sim.ActiveEdges())
	}
}
