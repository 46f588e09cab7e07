package acceptance_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A destroy deletes the channel and fails at its edge. Only a CLI shows that the channel is still in state then, what the next plans say,
// and that a destroy without a refresh deletes what is left.
func TestAccEdgeLeftByADestroyIsNamedByThePlansAndDeletedByTheNextDestroy(t *testing.T) {
	sim := acceptance.Start(t)
	c := inEmptyFolder(t, sim)
	stage := livestationRequired + fmt.Sprintf(`
resource "livestation_channel" "stage" {
  channel_name   = "olive_live"
  quality_set_id = %d
  cdn            = { profile_id = %d, region_type = "KOREA", delete_edge = true }
}
`, simulator.DefaultQualitySetID, simulator.DefaultEdgeProfileID)
	c.write("main.tf", stage)
	c.run("apply", "-auto-approve")
	channel := sim.GeneralChannels()[0]
	lift := sim.Inject(simulator.Fault{Route: "edge.stop", Status: 403})
	output, err := c.try("destroy", "-auto-approve")
	if err == nil {
		t.Fatalf("the edge is left without an error:\n%s", output)
	}
	mustSay(t, output, fmt.Sprintf("Edge %d was not deleted", channel.EdgeID), "terraform destroy -refresh=false -target=ADDRESS")
	lift()
	if len(sim.ActiveGeneralChannels()) > 0 {
		t.Fatal("the channel is not deleted")
	}

	left := []string{"Channel " + channel.ChannelID + " is gone, and its edge may be left", fmt.Sprintf("The edge %d was created with channel", channel.EdgeID), "terraform destroy -refresh=false -target=ADDRESS"}
	mustSay(t, c.run("plan"), left...)
	// A destroy that refreshes is no way: it forgets the channel, and neither CLI shows the warnings of its refresh.
	if output := c.run("plan", "-destroy"); says(output, "will be destroyed") {
		t.Errorf("the advice is out of date: this destroys the channel once more:\n%s", output)
	}
	c.write("main.tf", livestationRequired)
	mustSay(t, c.run("plan"), left...)
	mustSay(t, c.run("plan", "-destroy", "-refresh=false"), "Channel "+channel.ChannelID+" is gone, and its edge will be deleted")
	c.write("main.tf", stage)
	c.run("destroy", "-auto-approve", "-refresh=false", "-target=livestation_channel.stage")
	if edge, _ := sim.Edge(channel.EdgeID); edge.Status != simulator.EdgeDeleted {
		t.Errorf("the edge is %s", edge.Status)
	}
	if state := c.run("state", "list"); strings.TrimSpace(state) != "" {
		t.Errorf("state holds %s", state)
	}
}
