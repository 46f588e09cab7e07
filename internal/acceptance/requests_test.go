package acceptance_test

import (
	"slices"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The table of a session's requests rests on how a CLI plans in an apply, which only a CLI can show.
func TestAccSessionGoesOnAirWithTheRequestsOfTheTable(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inEmptyFolder(t, sim)
	c.write("main.tf", sessionOf(eveningShow, ""))
	cli, err := gate.Identify(t.Context(), c.path)
	if err != nil {
		t.Fatal(err)
	}
	plan, start := []string{"live.get", "channel.lives"}, []string{"live.get", "channel.lives", "live.start"}
	want := slices.Concat(plan, start)
	if cli.Product == gate.OpenTofu {
		want = slices.Concat(plan, plan, start)
	}
	c.run("apply", "-auto-approve")
	if got := sim.Routes(); !slices.Equal(got, want) {
		t.Errorf("%s made the requests %v, want %v", cli, got, want)
	}
}
