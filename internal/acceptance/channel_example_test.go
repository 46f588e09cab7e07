package acceptance_test

import (
	"encoding/json"
	"slices"
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

func TestAccChannelExampleMakesWhatAShowHangsOnAndLeavesNothing(t *testing.T) {
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
	c.mustMakeTheBucketFirstAndKeepItLongest(sim, "module.channel.livestation_channel.stage")
}

// mustMakeTheBucketFirstAndKeepItLongest applies and destroys a configuration with a channel that records to a bucket of its own.
func (c *folderCLI) mustMakeTheBucketFirstAndKeepItLongest(sim *simulator.Simulator, channel string) {
	c.t.Helper()
	inOrder := func(output string, lines ...string) {
		c.t.Helper()
		for _, line := range lines {
			_, rest, found := strings.Cut(output, line)
			if !found {
				c.t.Errorf("%q does not come where it should:\n%s", line, output)
			}
			output = rest
		}
	}
	const bucket = "ncloud_objectstorage_bucket.recordings"
	inOrder(c.run("apply", "-auto-approve"), bucket+": Creation complete", channel+": Creating...")
	if made := sim.ActiveGeneralChannels(); len(made) != 1 || !slices.Contains([]string{"demo-rec", "olive-recordings"}, made[0].Record.BucketName) {
		c.t.Errorf("the service has %+v", made)
	}
	c.run("plan", "-detailed-exitcode")
	inOrder(c.run("destroy", "-auto-approve"), channel+": Destruction complete", bucket+": Destroying...")
	c.mustHaveNothingInState()
}

// mustHaveWrittenInAnyOrder is for what a CLI does at once.
func mustHaveWrittenInAnyOrder(t *testing.T, sim *simulator.Simulator, want string) {
	t.Helper()
	var writes []string
	for _, request := range sim.Requests() {
		if request.Method != "GET" {
			writes = append(writes, request.Route)
		}
	}
	slices.Sort(writes)
	if got := strings.Join(writes, " "); got != want {
		t.Errorf("the service saw the writes %q, want %q", got, want)
	}
}
