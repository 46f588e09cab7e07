package acceptance_test

import (
	"slices"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What the guide "On air" says of moves that no other test makes.

func TestAccOnAirGuideLettingGoLeavesTheShowOnAir(t *testing.T) {
	acceptance.Needs(t, gate.Removal)
	sim, c := showOnAir(t)
	c.write("main.tf", livestationRequired+`
removed {
  from = prism_live_session.show

  lifecycle {
    destroy = false
  }
}
`)
	c.run("apply", "-auto-approve")
	c.mustHaveNothingInState()
	mustBeOnAirUncut(t, sim)
}

// With destroy = false a CLI forgets a tainted session and creates it anew, and forgets it in a destroy. Another replacement stops the show
// on Terraform: findings/terraform-destroy-false-destroys-in-replacement.sh.
func TestAccOnAirGuideDestroyFalseLeavesATaintedShowOnAir(t *testing.T) {
	acceptance.Needs(t, gate.DestroyFalse)
	sim, c := showOnAir(t)
	c.write("main.tf", sessionOf(eveningShow, "lifecycle {\n    destroy = false\n  }"))
	c.run("taint", "prism_live_session.show")
	c.run("apply", "-auto-approve")
	mustBeOnAirUncut(t, sim)
	output, _ := c.try("destroy", "-auto-approve") // OpenTofu ends with exit code 1.
	mustSay(t, output, "destroy = false")
	c.mustHaveNothingInState()
	mustBeOnAirUncut(t, sim)
}

// What leaves a show on air leaves a channel billed: nobody holds the old one any more.
func TestAccOnAirGuideDestroyFalseLeavesATaintedRelayBilledBesideTheNewOne(t *testing.T) {
	acceptance.Needs(t, gate.DestroyFalse)
	sim := acceptance.Start(t)
	c := inEmptyFolder(t, sim)
	c.write("main.tf", livestationRequired+`
resource "livestation_restream_channel" "relay" {
  channel_name = "olive_relay"
  plan_type    = "STANDARD"
  restream = {
    youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.example.com/live2", stream_key = "yt-key-1" }
  }

  lifecycle {
    destroy = false
  }
}
`)
	c.run("apply", "-auto-approve")
	old := sim.ActiveRestreamChannels()[0].ChannelID
	c.run("taint", "livestation_restream_channel.relay")
	mustSay(t, c.run("apply", "-auto-approve"), "Re-stream channel "+old+" may be terminated")
	billed := sim.ActiveRestreamChannels()
	if len(billed) != 2 || billed[0].ChannelID != old && billed[1].ChannelID != old {
		t.Errorf("billed are %+v, want %s and another", billed, old)
	}
	if state := c.run("show", "-no-color"); says(state, old) {
		t.Errorf("state still holds %s:\n%s", old, state)
	}
}

func TestAccOnAirGuideATargetedDestroyStopsTheShowDespiteOtherErrors(t *testing.T) {
	sim, c := showOnAir(t)
	relay := sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: "olive_relay", PlanType: "STANDARD"})
	c.write("relay.tf", `
data "livestation_restream_channel" "relay" { channel_id = "`+relay+`" }
`)
	sim.Inject(simulator.Fault{Route: "restream.get", Status: 403})
	if output, err := c.try("plan"); err == nil {
		t.Fatalf("the relay is not broken:\n%s", output)
	}
	c.run("destroy", "-auto-approve", "-target=prism_live_session.show")
	if got := writesOf(sim); !slices.Equal(got, []string{"stop " + eveningShow}) {
		t.Errorf("the service saw %v", got)
	}
}

func TestAccOnAirGuideWorkspacesAreTwoOwnersOfOneLive(t *testing.T) {
	sim, c := showOnAir(t)
	c.run("workspace", "new", "other")
	mustSay(t, c.run("apply", "-auto-approve"), "Live was on air already")
	mustBeOnAirUncut(t, sim)
	mustSay(t, c.run("destroy", "-auto-approve"), "Live "+eveningShow+" is on air and will be stopped")
	if live, _ := sim.Live(eveningShow); live.Status != simulator.LiveEnd {
		t.Errorf("the show is %s", live.Status)
	}
}

func TestAccOnAirGuideASavedStopInPlaceAlwaysStops(t *testing.T) {
	sim, c := showOnAir(t)
	if err := sim.EndLive(eveningShow); err != nil {
		t.Fatal(err)
	}
	c.write("main.tf", sessionOf(eveningShow, "on_air = false"))
	c.run("plan", "-out=stop.tfplan")
	if err := sim.StartLive(eveningShow); err != nil {
		t.Fatal(err)
	}
	c.run("apply", "stop.tfplan")
	if got := writesOf(sim); !slices.Equal(got, []string{"stop " + eveningShow}) {
		t.Errorf("the service saw %v", got)
	}
}

func TestAccOnAirGuideWithoutARefreshAStopStillWarnsAndOnlyTheRestartIsMissed(t *testing.T) {
	sim, c := showOnAir(t)
	stop := "Live " + eveningShow + " is on air and will be stopped"
	mustSay(t, c.run("plan", "-destroy", "-refresh=false"), stop)
	c.write("main.tf", sessionOf(eveningShow, "on_air = false"))
	mustSay(t, c.run("plan", "-refresh=false"), stop)

	c.write("main.tf", sessionOf(eveningShow, "restart_when_ended = true"))
	c.run("apply", "-auto-approve")
	if err := sim.EndLive(eveningShow); err != nil {
		t.Fatal(err)
	}
	mustSay(t, c.run("plan", "-refresh=false"), "No changes")
	mustSay(t, c.run("plan"), "Live "+eveningShow+" has ended and will be started again")
	if got := writesOf(sim); len(got) != 0 {
		t.Errorf("the service saw %v", got)
	}
}
