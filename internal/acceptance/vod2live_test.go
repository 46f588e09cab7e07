package acceptance_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A week's programme runs by itself; next week's takes the place of what has run, and of nothing else.
func TestAccVOD2LIVEProgrammeReplacesOnlyWhatHasRun(t *testing.T) {
	sim := acceptance.Start(t)
	c := inCopyOf(t, sim, "vod2live", asItIs)
	week := func(monday, friday time.Time) {
		c.write("week.auto.tfvars", fmt.Sprintf(`edge   = { profile_id = %d, instance_no = %d, domain = %q }
bucket = "media-bkt"
programme = {
  monday = { start = %q, files = ["/shows/intro.mp4", "/shows/monday.mp4"] }
  friday = { start = %q, files = ["/shows/friday.mp4"] }
}
`, simulator.DefaultEdgeProfileID, simulator.DefaultEdgeID, simulator.DefaultEdgeDomain, monday.Format(time.RFC3339), friday.Format(time.RFC3339)))
	}
	writes := func() (routes []string) {
		for _, request := range sim.Requests() {
			if request.Method != "GET" {
				routes = append(routes, request.Route)
			}
		}
		sim.ResetRequests()
		slices.Sort(routes)
		return routes
	}
	const day = 24 * time.Hour
	korea := time.FixedZone("KST", 9*60*60)
	monday, friday := sim.Now().Add(day).In(korea), sim.Now().Add(5*day).UTC()
	week(monday, friday)
	c.run("apply", "-auto-approve")
	if got := writes(); !slices.Equal(got, []string{"schedule.create", "schedule.create", "vod-channel.create", "vod-channel.create"}) {
		t.Errorf("the first week wrote %q", got)
	}
	for _, later := range []time.Duration{0, day + time.Minute, day} { // it waits, is on air, and is over
		sim.Advance(later)
		c.run("plan", "-detailed-exitcode")
	}
	if got := writes(); len(got) > 0 {
		t.Errorf("plans wrote %q", got)
	}
	week(sim.Now().Add(6*day).In(korea), friday.In(korea)) // the same Friday
	c.run("apply", "-auto-approve")
	if got := writes(); !slices.Equal(got, []string{"schedule.create"}) {
		t.Errorf("the next Monday wrote %q", got)
	}
	finished, waiting := 0, 0
	for _, schedule := range sim.Schedules() {
		switch schedule.Status {
		case simulator.ScheduleFinish:
			finished++
		case simulator.ScheduleReady:
			waiting++
		}
	}
	if finished != 1 || waiting != 2 {
		t.Errorf("the service holds %+v", sim.Schedules())
	}
	c.run("plan", "-detailed-exitcode")

	// A slot that is on air is refused, and holds up no other.
	sim.ResetRequests()
	sim.Advance(3*day - time.Minute) // Friday is on air
	week(sim.Now().Add(2*day).In(korea), sim.Now().Add(3*day).In(korea))
	if output, err := c.try("apply", "-auto-approve"); err == nil || !strings.Contains(output, "Schedule was not changed") {
		t.Errorf("%v\n%s", err, output)
	}
	if got := writes(); !slices.Equal(got, []string{"schedule.update"}) {
		t.Errorf("an apply while Friday is on air wrote %q", got)
	}
	sim.Advance(day) // Friday is over
	c.run("apply", "-auto-approve")
	if got := writes(); !slices.Equal(got, []string{"schedule.create"}) {
		t.Errorf("the next Friday wrote %q", got)
	}
	c.run("destroy", "-auto-approve")
	if left := sim.ActiveVODChannels(); len(left) > 0 {
		t.Errorf("left: %+v", left)
	}
}

// filesOfNcloud goes through what the guide says of files that the same configuration uploads, with a stand-in for their provider: a new one
// is there before the schedule plays it, and the old one stays until it is taken out.
func filesOfNcloud(t *testing.T, text string) {
	t.Helper()
	const schedule = "livestation_vod2live_schedule.friday"
	file := func(name string) string { return `ncloud_objectstorage_object.show["` + name + `"]` }
	sim := documented(t)
	withVODChannel(t, sim)
	c := inEmptyFolder(t, sim)
	c.takeNcloud()
	c.environment = append(c.environment, "NCLOUD_REGION=KR", "TF_VAR_channel_id="+demoVOD)
	if err := os.Mkdir(filepath.Join(c.dir, "media"), 0o700); err != nil {
		t.Fatal(err)
	}
	const first = "friday-1204.mp4"
	for _, name := range []string{"intro.mp4", first, "b.mp4", "c.mp4"} {
		c.write(filepath.Join("media", name), "no picture")
	}
	// week is what the page has, with uploads of its own and another file for Friday.
	week := func(start time.Time, plays string, uploads ...string) {
		t.Helper()
		at := wholeMoment.ReplaceAllString(text, start.Format(`"`+time.RFC3339+`"`))
		edited := strings.Replace(at, `uploads = ["intro.mp4", "`+first+`"]`, `uploads = ["intro.mp4", "`+strings.Join(uploads, `", "`)+`"]`, 1)
		edited = strings.Replace(edited, `friday = ["intro.mp4", "`+first+`"]`, `friday = ["intro.mp4", "`+plays+`"]`, 1)
		c.write("main.tf", edited)
	}
	start := startOfTomorrow()
	week(start, first, first)
	mustComeInOrder(t, c.run("apply", "-auto-approve"), file(first)+": Creation complete", schedule+": Creating...")
	if made := sim.Schedules(); len(made) != 1 || !slices.Equal(made[0].Files, []simulator.VODFile{
		{BucketName: "olive-shows", FilePath: "/shows/intro.mp4"}, {BucketName: "olive-shows", FilePath: "/shows/" + first},
	}) {
		t.Errorf("the service has %+v", made)
	}
	c.run("plan", "-detailed-exitcode")
	week(start, "b.mp4", first, "b.mp4")
	mustComeInOrder(t, c.run("apply", "-auto-approve"), file("b.mp4")+": Creation complete", schedule+": Modifying...")
	// Next week: a new start and a new file, after this week's programme has run.
	sim.Advance(72 * time.Hour)
	start = sim.Now().Add(24 * time.Hour)
	week(start, "c.mp4", first, "b.mp4", "c.mp4")
	mustComeInOrder(t, c.run("apply", "-auto-approve"), file("c.mp4")+": Creation complete", schedule+": Creation complete")
	c.run("plan", "-detailed-exitcode")
	week(start, "c.mp4", "c.mp4")
	c.run("apply", "-auto-approve")
	c.run("plan", "-detailed-exitcode")
	mustComeInOrder(t, c.run("destroy", "-auto-approve"), schedule+": Destruction complete", file("intro.mp4")+": Destroying...")
	mustHaveWritten(t, sim, "schedule.create schedule.update schedule.create schedule.delete")
	c.mustHaveNothingInState()
}
