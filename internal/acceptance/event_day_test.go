package acceptance_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// testsAddress is where the example's own tests want the simulator, and testsEdgeAddress its Global Edge.
const (
	testsAddress     = "http://127.0.0.1:8917"
	testsEdgeAddress = "http://127.0.0.1:8918"
)

func TestAccEventDayTestsPassAgainstTheSimulator(t *testing.T) {
	acceptance.Needs(t, gate.Tests)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	moved := 0
	c := inCopyOf(t, sim, "event-day", func(text string) string {
		moved += strings.Count(text, `"`+testsAddress+`"`) + strings.Count(text, `"`+testsEdgeAddress+`"`)
		return strings.NewReplacer(`"`+testsAddress+`"`, `"`+sim.URL()+`"`, `"`+testsEdgeAddress+`"`, `"`+sim.EdgeURL()+`"`).Replace(text)
	})
	if moved != 3 {
		t.Fatalf("the tests name the simulator's addresses %d times; three services must be told one", moved)
	}
	// What the file says must count, and not the environment: elsewhere that leads to the real services.
	for i, variable := range c.environment {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasSuffix(name, "_ENDPOINT") || strings.HasSuffix(name, "_KEY") || strings.HasSuffix(name, "_TOKEN") {
			c.environment[i] = name + "=https://must-not-be-asked.example"
		}
	}
	output := c.run("test", "-filter=tests/simulator.tftest.hcl")
	if !strings.Contains(output, "6 passed, 0 failed") {
		t.Errorf("not every run of the file took part:\n%s", output)
	}
	for route, want := range map[string]int{
		"live.create": 1, "live.start": 1, "live.stop": 1, "restream.create": 1, "restream.delete": 1, "platforms.update": 0,
		"content.create": 1, "content.delete": 1, "curtain.insert": 0, "curtain.remove": 0,
		"quality-profile.create": 1, "quality-profile.delete": 1, "quality-set.create": 1, "quality-set.delete": 1,
		"channel.create": 1, "channel.update": 0, "channel.delete": 1, "edge.stop": 1, "edge.delete": 1,
	} {
		if got := sim.Count(route); got != want {
			t.Errorf("%s: %d requests, want %d", route, got, want)
		}
	}
	if left := len(sim.OnAir()) + len(sim.ActiveRestreamChannels()) + len(sim.ActiveCurtains()) + len(sim.Cuts()); left > 0 {
		t.Errorf("something is on air, left behind, or was cut: %v %v", sim.OnAir(), sim.Cuts())
	}
	if channels, edges := sim.ActiveGeneralChannels(), sim.ActiveEdges(); len(channels) != 1 || len(edges) != 1 {
		t.Errorf("the seed has one channel and one edge, and there are %v and %v", channels, edges)
	}
}

func TestAccEventDayTestsPassWithMocksAndWithoutAnyService(t *testing.T) {
	acceptance.Needs(t, gate.Mocks)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "event-day", asItIs)
	// OpenTofu takes the twin of the file; each CLI knows only its own name of it.
	file, want := "tests/mocks.tftest.hcl", "10 passed, 0 failed"
	if strings.Contains(c.run("version"), "OpenTofu") {
		file, want = "tests/mocks.tofutest.hcl", "11 passed, 0 failed"
	}
	if output := c.run("test", "-filter="+file); !strings.Contains(output, want) {
		t.Errorf("not every run of the file took part:\n%s", output)
	}
	if len(sim.Requests()) > 0 {
		t.Errorf("mocks must ask nobody, and the service saw: %v", sim.Routes())
	}
}

func TestAccEventDayWarnsOfATargetThatFailsAndHoldsNothingUp(t *testing.T) {
	acceptance.Needs(t, gate.Checks)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "event-day", asItIs)
	c.run("apply", "-auto-approve", "-var", "phase=on_air")
	relay := sim.ActiveRestreamChannels()[0].ChannelID
	if err := errors.Join(sim.SetPublishing(relay, true), sim.StartEncoder(stageOf(t, sim))); err != nil {
		t.Fatal(err)
	}
	if output := c.run("plan", "-detailed-exitcode", "-var", "phase=on_air"); strings.Contains(output, "Warning: Check") {
		t.Errorf("an undisturbed show makes a check fail:\n%s", output)
	}
	if err := sim.EditRestreamChannel(relay, func(channel *simulator.RestreamChannel) {
		for i := range channel.Platforms {
			if channel.Platforms[i].TargetName == "CHZZK" {
				channel.Platforms[i].ConnectStatus = "FAIL"
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	output := c.run("plan", "-detailed-exitcode", "-var", "phase=on_air")
	if text := strings.Join(strings.Fields(output), " "); !strings.Contains(text, "The relay fails to CHZZK at rtmp://rtmp.chzzk.example/app") || strings.Contains(text, "fails to YOUTUBE") {
		t.Errorf("the check must name the target that fails, and only that:\n%s", output)
	}

	// The relay cannot be looked at, and the stop must come through all the same.
	lift := sim.Inject(simulator.Fault{Route: "platforms.list", Status: 400, Body: `{"error":{"errorCode":"200","message":"out of order"}}`})
	defer lift()
	before := sim.Count("live.stop")
	c.run("apply", "-auto-approve", "-refresh=false", "-var", "phase=wrap")
	if sim.Count("live.stop") != before+1 || len(sim.OnAir()) > 0 {
		t.Errorf("the show is still on air: %v", sim.OnAir())
	}
}

// stageOf is the general channel that the example has made.
func stageOf(t *testing.T, sim *simulator.Simulator) string {
	t.Helper()
	for _, channel := range sim.ActiveGeneralChannels() {
		if channel.ChannelName == "olive_stage" {
			return channel.ChannelID
		}
	}
	t.Fatal("there is no stage")
	return ""
}

func TestAccEventDayEndsTheShowButNotTheStageThatViewersStillWatch(t *testing.T) {
	acceptance.Needs(t, gate.Checks)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	c := inCopyOf(t, sim, "event-day", asItIs)
	c.run("apply", "-auto-approve")
	stage := stageOf(t, sim)
	if err := sim.StartEncoder(stage); err != nil {
		t.Fatal(err)
	}
	c.run("apply", "-auto-approve", "-var", "phase=on_air", "-var", "curtain=true")
	if curtains := sim.ActiveCurtains(); len(curtains) != 1 || curtains[0].ChannelID != stage {
		t.Errorf("the curtains are %v", curtains)
	}
	streams := func() bool {
		channel, _ := sim.GeneralChannel(stage)
		return channel.Status == simulator.StatusPublishing
	}
	c.run("apply", "-auto-approve", "-var", "phase=wrap")
	if len(sim.OnAir()) > 0 || len(sim.ActiveCurtains()) > 0 || sim.Count("curtain.remove") != 1 || !streams() {
		t.Errorf("on air %v, curtains %v, the stage streams: %t", sim.OnAir(), sim.ActiveCurtains(), streams())
	}
	output, err := c.try("destroy", "-auto-approve", "-var", "phase=wrap")
	if err == nil || !streams() {
		t.Errorf("a destroy went over a stage that viewers watch: %v\n%s", err, output)
	}
	mustSay(t, output, "Channel "+stage+" is streaming and was not deleted")
	if err := sim.StopEncoder(stage); err != nil {
		t.Fatal(err)
	}
	c.run("destroy", "-auto-approve", "-var", "phase=wrap")
	c.mustHaveNothingInState()
}

// A profile cannot change, so another one comes with another set and another channel: the chain is longer than what is refused.
func TestAccEventDayChangesTheQualityOfTheStageOnlyOffAir(t *testing.T) {
	acceptance.Needs(t, gate.Checks)
	sim := acceptance.Start(t, simulator.WithSeed(simulator.SeedDemo))
	profiles, sets := len(sim.QualityProfiles()), len(sim.QualitySets())
	c := inCopyOf(t, sim, "event-day", asItIs)
	c.run("apply", "-auto-approve")
	stage := stageOf(t, sim)
	if err := sim.StartEncoder(stage); err != nil {
		t.Fatal(err)
	}
	sharper := strings.Replace(example(t, "event-day/stage.tf"), "bitrate = 2500000", "bitrate = 3500000", 1)
	c.write("stage.tf", sharper)
	output, err := c.try("apply", "-auto-approve")
	if channel, _ := sim.GeneralChannel(stage); err == nil || channel.Status != simulator.StatusPublishing {
		t.Errorf("the stage is %s: %v\n%s", channel.Status, err, output)
	}
	mustSay(t, output, "Channel "+stage+" is streaming and was not deleted")
	if err := sim.StopEncoder(stage); err != nil {
		t.Fatal(err)
	}
	c.run("apply", "-auto-approve")
	c.run("plan", "-detailed-exitcode")
	if stageOf(t, sim) == stage || len(sim.QualityProfiles()) != profiles+1 || len(sim.QualitySets()) != sets+1 {
		t.Errorf("stage %s, profiles %v, sets %v", stageOf(t, sim), sim.QualityProfiles(), sim.QualitySets())
	}
	c.run("destroy", "-auto-approve")
	c.mustHaveNothingInState()
	if len(sim.QualityProfiles()) != profiles || len(sim.QualitySets()) != sets || len(sim.ActiveEdges()) != 1 {
		t.Errorf("left: %v %v %v", sim.QualityProfiles(), sim.QualitySets(), sim.ActiveEdges())
	}
}

// A type that the mocks leave out would give module authors made-up letters for ids and times.
func TestMocksCoverEveryTypeAndComputedAttribute(t *testing.T) {
	t.Parallel()
	server, err := acceptance.Factories()["livestation"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", "event-day", "tests", "mocks", "livestation.tfmock.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	mocks := map[string][]string{}
	for _, block := range regexp.MustCompile(`(?s)\n(mock_\w+ "\w+") \{\n(.*?)\n\}\n`).FindAllStringSubmatch(string(text), -1) {
		names := []string{}
		for _, line := range regexp.MustCompile(`(?m)^    (\w+) +=`).FindAllStringSubmatch(block[2], -1) {
			names = append(names, line[1])
		}
		slices.Sort(names)
		mocks[block[1]] = names
	}
	want := map[string][]string{}
	for kind, types := range map[string]map[string]*tfprotov6.Schema{"mock_resource": schemas.ResourceSchemas, "mock_data": schemas.DataSourceSchemas} {
		for name, schema := range types {
			names := []string{}
			for _, attribute := range schema.Block.Attributes {
				if attribute.Computed || attribute.Name == "restream" {
					names = append(names, attribute.Name)
				}
			}
			slices.Sort(names)
			want[kind+` "`+name+`"`] = names
		}
	}
	for _, block := range slices.Sorted(maps.Keys(want)) {
		if !slices.Equal(mocks[block], want[block]) {
			t.Errorf("%s sets %v, and must set %v", block, mocks[block], want[block])
		}
	}
	if len(mocks) != len(want) {
		t.Errorf("%d blocks for %d types", len(mocks), len(want))
	}
}

// blocksOf are the blocks of a file that begin with one of the words, by their first lines and without indentation.
func blocksOf(t *testing.T, file, words string) map[string][]string {
	t.Helper()
	text := regexp.MustCompile(`(?m)^ +`).ReplaceAllString(example(t, "event-day/tests/"+file), "")
	begin := regexp.MustCompile(`^(?:` + words + `) "`)
	blocks, name, depth := map[string][]string{}, "", 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if depth == 0 && begin.MatchString(line) {
			name = line
		}
		if name == "" {
			continue
		}
		blocks[name] = append(blocks[name], line)
		depth += strings.Count(line, "{") - strings.Count(line, "}")
		if depth == 0 {
			name = ""
		}
	}
	return blocks
}

// OpenTofu reads no mock files, so its mocks are written again in its test; they must not come to tell of another world.
func TestMocksForOpenTofuSayTheSameAsTheOthers(t *testing.T) {
	t.Parallel()
	all := blocksOf(t, "mocks/livestation.tfmock.hcl", "mock_resource|mock_data")
	twins := blocksOf(t, "mocks.tofutest.hcl", "mock_resource|mock_data")
	if len(twins) < 5 {
		t.Fatalf("%d blocks were found", len(twins))
	}
	for name, lines := range twins {
		for _, line := range lines {
			// What is aligned differs with the neighbours, and only OpenTofu mocks a list by its elements.
			plain := func(line string) string {
				return strings.Join(strings.Fields(strings.NewReplacer("[{", "{", "}]", "}").Replace(line)), " ")
			}
			same := func(other string) bool { return plain(other) == plain(line) }
			if !slices.ContainsFunc(all[name], same) {
				t.Errorf("%s says %q to OpenTofu alone", name, line)
			}
		}
	}
	runs, twinRuns := blocksOf(t, "mocks.tftest.hcl", "run"), blocksOf(t, "mocks.tofutest.hcl", "run")
	if len(runs) != 10 || len(twinRuns) != 11 {
		t.Errorf("%d runs, and %d for OpenTofu", len(runs), len(twinRuns))
	}
	for name, lines := range runs {
		if !slices.Equal(twinRuns[name], lines) {
			t.Errorf("%s is another for OpenTofu", name)
		}
	}
}
