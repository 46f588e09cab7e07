package acceptance_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// channelExampleWrites are those of the example channel, from the first apply to the end of the destroy.
const (
	channelExampleCreates = "channel.create quality-profile.create quality-profile.create quality-set.create"
	channelExampleDeletes = "channel.delete edge.delete edge.stop quality-profile.delete quality-profile.delete quality-set.delete"
)

func TestAccChannelExampleCreatesAllThatAShowNeedsAndLeavesNothing(t *testing.T) {
	sim := acceptance.Start(t)
	c := inCopyOf(t, sim, "channel", asItIs)
	c.environment = append(c.environment, channelVariables...)
	c.run("apply", "-auto-approve")
	mustHaveWrittenInAnyOrder(t, sim, channelExampleCreates)
	made := sim.ActiveGeneralChannels()
	if len(made) != 1 || made[0].Record.BucketName != "demo-rec" || !made[0].ImmediateOnAir || !made[0].UseDVR || made[0].EdgeID == simulator.DefaultEdgeID {
		t.Fatalf("the service has %+v", made)
	}
	// Where viewers watch is known at once, or with the next apply, and nothing else changes by it.
	c.run("plan", "-detailed-exitcode")
	var players map[string][]string
	if err := json.Unmarshal([]byte(c.run("output", "-json", "players")), &players); err != nil || len(players) == 0 {
		t.Errorf("viewers watch at %v: %v", players, err)
	}
	if encoder := c.run("output", "-json", "encoder"); !strings.Contains(encoder, made[0].StreamKey) {
		t.Errorf("the encoder does not learn the key: %s", encoder)
	}

	// A destroy while the encoder sends is refused, and ends nothing.
	if err := sim.StartEncoder(made[0].ChannelID); err != nil {
		t.Fatal(err)
	}
	c.run("plan", "-detailed-exitcode")
	output, err := c.try("destroy", "-auto-approve")
	if channel, _ := sim.GeneralChannel(made[0].ChannelID); err == nil || channel.Status != simulator.StatusPublishing {
		t.Errorf("the channel is %s: %v\n%s", channel.Status, err, output)
	}
	if err := sim.StopEncoder(made[0].ChannelID); err != nil {
		t.Fatal(err)
	}
	sim.ResetRequests()
	c.run("destroy", "-auto-approve")
	mustHaveWrittenInAnyOrder(t, sim, channelExampleDeletes)
	c.mustHaveNothingInState()
	if channels, edges := sim.ActiveGeneralChannels(), sim.ActiveEdges(); len(channels) > 0 || len(edges) != 1 {
		t.Errorf("left: %v %v", channels, edges)
	}
}

func TestAccChannelExampleAppliesAgainForPlayersWhileTheEdgeIsMade(t *testing.T) {
	sim := acceptance.Start(t)
	sim.SetEdgeDelay(0, 1000)
	c := inCopyOf(t, sim, "channel", asItIs)
	c.environment = append(c.environment, channelVariables...)
	c.run("apply", "-auto-approve")
	if players := c.run("output", "-json", "players"); strings.TrimSpace(players) != "{}" {
		t.Errorf("there is no edge yet, and players are %s", players)
	}
	for _, edge := range sim.ActiveEdges() {
		if err := sim.EditEdge(edge.ID, func(e *simulator.Edge) { e.Status = "RUNNING" }); err != nil {
			t.Fatal(err)
		}
	}
	sim.SetEdgeDelay(0, 0)
	sim.ResetRequests()
	c.run("apply", "-auto-approve")
	mustHaveWritten(t, sim, "")
	if players := c.run("output", "-json", "players"); !strings.Contains(players, "https://") {
		t.Errorf("the edge is there, and players are %s", players)
	}
}

// What the README says of the provider ncloud, with a stand-in for it.
func TestAccChannelExampleRecordsToABucketOfNcloud(t *testing.T) {
	sim := acceptance.Start(t)
	c := inCopyOf(t, sim, "channel", asItIs)
	c.takeNcloud()
	c.dir += "/with-ncloud"
	c.environment = append(c.environment, append(channelVariables, "NCLOUD_REGION=KR")...)
	c.run("get")
	const channel = "module.channel.livestation_channel.stage"
	mustComeInOrder(t, c.run("apply", "-auto-approve"), bucketOfNcloud+": Creation complete", channel+": Creating...")
	if made := sim.ActiveGeneralChannels(); len(made) != 1 || made[0].Record.BucketName != "demo-rec" {
		t.Errorf("the service has %+v", made)
	}
	c.run("plan", "-detailed-exitcode")
	mustComeInOrder(t, c.run("destroy", "-auto-approve"), channel+": Destruction complete", bucketOfNcloud+": Destroying...")
	c.mustHaveNothingInState()
}

const bucketOfNcloud = "ncloud_objectstorage_bucket.recordings"

// recordedWithNcloud goes through what the guide says of ncloud, with a stand-in for it: the channel that the guide has made records to a
// bucket now, which is made first and goes last.
func recordedWithNcloud(t *testing.T, text string) {
	t.Helper()
	const guide, channel = "templates/guides/general-channels.md ", "livestation_channel.stage"
	blocks := blocksOfPages(t)
	_, without, found := strings.Cut(blocks[guide+"1"], "\n}\n")
	with := strings.Replace(text+without, "  cdn = {\n", blocks[guide+"4"]+"\n  cdn = {\n", 1)
	if !found || with == text+without {
		t.Fatal("the guide's first block is not what this test thinks it is")
	}
	sim := documented(t)
	c := inEmptyFolder(t, sim)
	c.takeNcloud()
	c.environment = append(c.environment, "NCLOUD_REGION=KR")
	c.write("main.tf", blocks[guide+"1"])
	c.run("apply", "-auto-approve")
	sim.ResetRequests()
	c.write("main.tf", with)
	mustComeInOrder(t, c.run("apply", "-auto-approve"), bucketOfNcloud+": Creation complete", channel+": Modifying...")
	mustHaveWritten(t, sim, "channel.update")
	c.run("plan", "-detailed-exitcode")
	mustComeInOrder(t, c.run("destroy", "-auto-approve"), channel+": Destruction complete", bucketOfNcloud+": Destroying...")
	c.mustHaveNothingInState()
}

func mustComeInOrder(t *testing.T, output string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		_, rest, found := strings.Cut(output, line)
		if !found {
			t.Errorf("%q does not come where it should:\n%s", line, output)
		}
		output = rest
	}
}
