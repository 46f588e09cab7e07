package acceptance_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// trial says how a piece of configuration out of the documentation is tried as its reader would, and what it must do.
// The zero value is a whole configuration that only reads.
type trial struct {
	// instead is a configuration that is applied before, and gives way to this one.
	instead string
	// meanwhile is what happens in between.
	meanwhile func(*testing.T, *simulator.Simulator)
	// beside is what the page takes for granted, such as variables; the provider block is there in any case.
	beside string
	// edit fits what cannot be the same everywhere, such as an address or a date.
	edit func(*simulator.Simulator, string) string
	// given are variables, as NAME=VALUE.
	given []string
	// world is what has happened before.
	world func(*testing.T, *simulator.Simulator)
	// writes are the routes of all writes, from the first apply to the end of the destroy.
	writes string
	// anyOrder says that a CLI makes some of the writes at once; writes are by name then.
	anyOrder bool
	// kept says that a destroy is refused until prevent_destroy is taken out.
	kept bool
	// keeps is how many objects of the service outlive the destroy, as the page says.
	keeps int
	// moves says that it shows what is another at each look.
	moves bool
	// silent says that the service hears nothing at all.
	silent bool
}

// marks are the words by which a configuration tells what it needs of a CLI.
var marks = []struct {
	words   *regexp.Regexp
	feature gate.Feature
}{
	{regexp.MustCompile(`(?m)^resource "terraform_data"`), gate.BuiltInData},
	{regexp.MustCompile(`(?m)^import \{`), gate.ImportBlocks},
	{regexp.MustCompile(`(?m)^moved \{`), gate.Moves},
	{regexp.MustCompile(`(?m)^check "`), gate.Checks},
	{regexp.MustCompile(`(?m)^run "`), gate.Tests},
	{regexp.MustCompile(`(?m)^removed \{`), gate.Removal},
	{regexp.MustCompile(`(?m)^mock_provider "`), gate.Mocks},
	{regexp.MustCompile(`(?m)^ +source += "\./tests/mocks"`), gate.MocksInFiles},
	{regexp.MustCompile(`\bprovider::`), gate.Functions},
	{regexp.MustCompile(`(?m)^ephemeral "|^ +ephemeral += true`), gate.Ephemeral},
	{regexp.MustCompile(`\w_wo\b`), gate.WriteOnly},
	{regexp.MustCompile(`(?m)^ +identity = \{`), gate.ImportByIdentity},
	{regexp.MustCompile(`(?m)^action "`), gate.Actions},
	{regexp.MustCompile(`(?m)^list "`), gate.Queries},
}

// featuresOf are those that a CLI must have for any of the texts.
func featuresOf(texts ...string) (features []gate.Feature) {
	for _, mark := range marks {
		if slices.ContainsFunc(texts, mark.words.MatchString) {
			features = append(features, mark.feature)
		}
	}
	return features
}

// demoRelay is the re-stream channel that examples read and import.
const demoRelay = "ls-20260102030405-Zx9Qa"

// documented is the world that the documentation speaks of.
func documented(t *testing.T) *simulator.Simulator {
	t.Helper()
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	sim.AddRestreamChannel(simulator.RestreamChannel{ChannelID: demoRelay, ChannelName: "olive_relay", PlanType: "STANDARD", Platforms: []simulator.Platform{
		{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.youtube.com/live2", StreamKey: "made-up-1"},
		{TargetName: "CHZZK", RTMPURL: "rtmp://rtmp.chzzk.example/app", StreamKey: "made-up-2"},
	}})
	sim.AddQualityProfile(simulator.QualityProfile{ID: 3102, Name: "hd-720", Video: &simulator.QualityVideo{Profile: "HIGH", Width: 1280, Height: 720, FPS: 30, Bitrate: 2_500_000}})
	sim.AddQualitySet(simulator.QualitySet{ID: 4501, Name: "show-hls"})
	return sim
}

// onAir is a world in which a live of the demo channel is on air.
func onAir(liveID string) func(*testing.T, *simulator.Simulator) {
	return func(t *testing.T, sim *simulator.Simulator) {
		t.Helper()
		if err := sim.StartLive(liveID); err != nil {
			t.Fatal(err)
		}
	}
}

var wholeMoment = regexp.MustCompile(`"202\d-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00"`)

// today moves two moments of a page, of which the first comes before a show and the second after it, to before and after now.
func today(_ *simulator.Simulator, text string) string {
	hours := time.Duration(-1)
	return wholeMoment.ReplaceAllStringFunc(text, func(string) string {
		at := time.Now().Add(hours * time.Hour).Format(`"` + time.RFC3339 + `"`)
		hours = 2
		return at
	})
}

// demoVOD is the VOD2LIVE channel that examples schedule on.
const demoVOD = "ls-20260102030405-Vd2Lv"

func withVODChannel(_ *testing.T, sim *simulator.Simulator) {
	sim.AddVODChannel(simulator.VODChannel{ChannelID: demoVOD, ChannelName: "olive_shows"})
}

func withSchedule(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	withVODChannel(t, sim)
	if _, err := sim.AddSchedule(simulator.Schedule{ID: 3301, ChannelID: demoVOD, StartTime: startOfTomorrow()}); err != nil {
		t.Fatal(err)
	}
}

// tomorrow moves the one moment of a page into the days that a schedule may start in.
func tomorrow(_ *simulator.Simulator, text string) string {
	return wholeMoment.ReplaceAllString(text, startOfTomorrow().Format(`"`+time.RFC3339+`"`))
}

func startOfTomorrow() time.Time {
	return time.Now().UTC().Truncate(24 * time.Hour).Add(48 * time.Hour)
}

func example(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// make adds to a configuration what makes it whole: what the trial says, and the provider block where there is none.
func (w trial) make(t *testing.T, sim *simulator.Simulator, text string) string {
	t.Helper()
	if text += "\n" + w.beside; !strings.Contains(text, "required_providers") {
		provider := example(t, "provider/provider.tf")
		if strings.Contains(text, "provider \"livestation\" {") && !strings.Contains(text, "alias =") {
			provider = strings.Replace(provider, "provider \"livestation\" {}\n", "", 1)
		}
		text += "\n" + provider
	}
	if w.edit != nil {
		text = w.edit(sim, text)
	}
	return text
}

// managing finds the blocks of a configuration by which a state comes to hold more than what was read.
var managing = regexp.MustCompile(`(?m)^(resource|import|moved|removed|module) ?["{]`)

// run applies the text, expects a plan without a change then, destroys it, and looks what the service has seen.
func (w trial) run(t *testing.T, text string) {
	t.Helper()
	for _, feature := range featuresOf(text, w.beside, w.instead) {
		acceptance.Needs(t, feature)
	}
	sim := documented(t)
	if w.world != nil {
		w.world(t, sim)
	}
	before := objects(sim)
	c := inEmptyFolder(t, sim)
	c.environment = append(append(c.environment, w.given...),
		"PRISM_CLIENT_ID="+sim.ClientID(), "PRISM_CLIENT_SECRET="+sim.ClientSecret(), "PRISM_REFRESH_TOKEN="+sim.RefreshToken())
	if w.instead != "" {
		c.write("main.tf", w.make(t, sim, w.instead))
		c.run("apply", "-auto-approve")
	}
	if w.meanwhile != nil {
		w.meanwhile(t, sim)
	}
	text = w.make(t, sim, text)
	c.write("main.tf", text)
	c.run("apply", "-auto-approve")
	if !w.moves {
		c.run("plan", "-detailed-exitcode")
	}
	if w.kept {
		if output, err := c.try("destroy", "-auto-approve"); err == nil || !strings.Contains(output, "prevent_destroy") {
			t.Errorf("the destroy was not refused: %v\n%s", err, output)
		}
		c.write("main.tf", strings.ReplaceAll(text, "prevent_destroy = true", "prevent_destroy = false"))
	}
	if managing.MatchString(text) { // A configuration that only reads leaves nothing to destroy.
		c.run("destroy", "-auto-approve")
		c.mustHaveNothingInState()
	}
	if w.anyOrder {
		mustHaveWrittenInAnyOrder(t, sim, w.writes)
	} else {
		mustHaveWritten(t, sim, w.writes)
	}
	if left := objects(sim) - before; left != w.keeps {
		t.Errorf("after the destroy there are %d objects more than before, and not %d", left, w.keeps)
	}
	if heard := slices.ContainsFunc(sim.Requests(), func(r simulator.Request) bool { return r.Status == 200 }); heard == w.silent {
		t.Errorf("the service saw %v", sim.Routes())
	}
}

// objects counts what costs money, is seen by viewers, or takes up room, at both services.
func objects(sim *simulator.Simulator) int {
	contents := slices.DeleteFunc(sim.CurtainContents(), func(content simulator.CurtainContent) bool { return content.Status == simulator.StatusDeleted })
	schedules := slices.DeleteFunc(sim.Schedules(), func(schedule simulator.Schedule) bool {
		return schedule.Status == simulator.ScheduleFinish || schedule.Status == simulator.ScheduleDeleted
	})
	return len(schedules) + len(sim.ActiveVODChannels()) + len(sim.OnAir()) + len(sim.ActiveRestreamChannels()) + len(sim.ActiveCurtains()) + len(contents)
}

func mustHaveWritten(t *testing.T, sim *simulator.Simulator, want string) {
	t.Helper()
	if got := strings.Join(writeRoutes(sim), " "); got != want {
		t.Errorf("the service saw the writes %q, want %q", got, want)
	}
}

// mustHaveWrittenInAnyOrder is for writes that a CLI makes at once; want has them by name.
func mustHaveWrittenInAnyOrder(t *testing.T, sim *simulator.Simulator, want string) {
	t.Helper()
	if got := strings.Join(slices.Sorted(slices.Values(writeRoutes(sim))), " "); got != want {
		t.Errorf("the service saw the writes %q, want %q", got, want)
	}
}

func writeRoutes(sim *simulator.Simulator) (routes []string) {
	for _, request := range sim.Requests() {
		if request.Method != "GET" {
			routes = append(routes, request.Route)
		}
	}
	return routes
}

func (c *folderCLI) mustHaveNothingInState() {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, "terraform.tfstate"))
	if err != nil {
		c.t.Fatal(err)
	}
	var state struct{ Resources []any }
	if err := json.Unmarshal(text, &state); err != nil || len(state.Resources) > 0 {
		c.t.Errorf("the state still holds %v: %v", state.Resources, err)
	}
}
