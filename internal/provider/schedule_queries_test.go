package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// addSchedules adds three channels with a schedule each, and returns the schedules' ids in the order in which a query lists them.
func addSchedules(t *testing.T, sim *simulator.Simulator, c *protocolClient) []any {
	t.Helper()
	for range 3 {
		if _, err := sim.AddSchedule(simulator.Schedule{ChannelID: sim.AddVODChannel(simulator.VODChannel{})}); err != nil {
			t.Fatal(err)
		}
	}
	all := ids(t, c.query(scheduleType, map[string]any{}, 0, false))
	if len(all) != 3 {
		t.Fatalf("found %v", all)
	}
	sim.ResetRequests()
	return all
}

// A query of schedules stops at its limit, reads none of those above it, and warns of them on its last result.
func TestScheduleQueryStopsAtItsLimitAndSaysHowManyItLeavesOut(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	all := addSchedules(t, sim, c)
	for limit := range 3 {
		sim.ResetRequests()
		list := c.query(scheduleType, map[string]any{}, int64(limit+1), true)
		said := list[len(list)-1].Said
		if warned := strings.Contains(said, "3 schedules were found, and this query lists"); warned != (limit < 2) {
			t.Errorf("limit %d: the last result says %q", limit+1, said)
		}
		list[len(list)-1].Said = ""
		if got := ids(t, list); !slices.Equal(got, all[:limit+1]) {
			t.Errorf("limit %d: found %v of %v", limit+1, got, all)
		}
		if got := sim.Count("schedule.get"); got != limit+1 {
			t.Errorf("limit %d: %d schedules were read", limit+1, got)
		}
	}
}

// A schedule that is deleted while a query runs is left out without an error, and takes no place within the limit.
func TestScheduleQueryLeavesOutAScheduleThatIsDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	all := addSchedules(t, sim, c)
	deleted, ok := all[0].(int64)
	if !ok {
		t.Fatalf("the id is %#v", all[0])
	}
	sim.Inject(simulator.Fault{Route: "schedule.get", Times: 1, Do: func(sim *simulator.Simulator) { sim.RemoveSchedule(deleted) }})
	if got := ids(t, c.query(scheduleType, map[string]any{}, 2, true)); !slices.Equal(got, all[1:]) { // ids fails on any message
		t.Errorf("found %v of %v", got, all)
	}
}
