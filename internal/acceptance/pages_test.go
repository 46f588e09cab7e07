package acceptance_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

var fenced = regexp.MustCompile("(?ms)^```(?:terraform|hcl)\n(.*?)^```$")

// blocksOfPages are the pieces of configuration that are written into pages rather than taken from examples/, by their page and
// their number there. Pages in Korean are left out: `make translations-check` holds their blocks equal.
func blocksOfPages(t *testing.T) map[string]string {
	t.Helper()
	blocks := map[string]string{}
	root := filepath.Join("..", "..")
	read := func(file string) {
		if strings.Contains(file, ".ko.md") {
			return
		}
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		for i, match := range fenced.FindAllStringSubmatch(string(text), -1) {
			blocks[fmt.Sprintf("%s %d", file, i+1)] = match[1]
		}
	}
	for _, folder := range []string{"templates", "examples"} {
		err := fs.WalkDir(os.DirFS(root), folder, func(file string, entry fs.DirEntry, err error) error {
			if err == nil && (strings.HasSuffix(file, ".md") || strings.HasSuffix(file, ".md.tmpl")) {
				read(file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	pages, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		read(filepath.Base(page))
	}
	return blocks
}

// blocksNotApplied are those that cannot be, and why. The words stand in the block; if they go, so must the line here.
var blocksNotApplied = map[string]struct{ words, why string }{
	"templates/guides/hcp-terraform.md 1":          {"cloud {", "it wants an organisation of HCP Terraform"},
	"templates/guides/troubleshooting.md 1":        {"moved {", "TestAccLifecycleMoveWithoutMoved tries it with the module that it names"},
	"templates/guides/vod2live.md 4":               {"programme = {", "TestAccVOD2LIVEProgrammeReplacesOnlyWhatHasRun applies such a week, with the simulator's edge and times to come"},
	"templates/guides/general-channels.md 4":       {"ncloud_objectstorage_bucket", "it is tried in the channel, with the block before it"},
	"templates/guides/rehearsal.md 1":              {"relay_feed", "the example event-day has this output, and is tried with it"},
	"templates/guides/keys-out-of-state.md.tmpl 2": {"aws_secretsmanager_secret_version", "it wants the provider of AWS, and an account there"},
}

// blockTrial tries one block.
type blockTrial func(t *testing.T, text string)

// as applies the block.
func as(w trial) blockTrial {
	return func(t *testing.T, text string) { t.Helper(); w.run(t, text) }
}

// within applies the block in the place that the page means it for; around has %s there.
func within(around string, w trial) blockTrial {
	return func(t *testing.T, text string) { t.Helper(); w.run(t, fmt.Sprintf(around, text)) }
}

// asTest runs the block as the test of a configuration.
func asTest(configuration, mock, writes string) blockTrial {
	return func(t *testing.T, text string) {
		t.Helper()
		for _, feature := range featuresOf(configuration, mock, text) {
			acceptance.Needs(t, feature)
		}
		sim := documented(t)
		c := inEmptyFolder(t, sim)
		c.write("main.tf", trial{}.make(t, sim, configuration))
		c.write("show.tftest.hcl", mock+strings.NewReplacer(testsAddress, sim.URL(), testsEdgeAddress, sim.EdgeURL()).Replace(text))
		if output := c.run("test"); !strings.Contains(output, "1 passed, 0 failed") {
			t.Error(output)
		}
		mustHaveWritten(t, sim, writes)
	}
}

// asQuery expects that a query finds all of these.
func asQuery(finds ...string) blockTrial {
	return func(t *testing.T, text string) {
		t.Helper()
		acceptance.Needs(t, gate.Queries)
		sim := documented(t)
		onAir("900017")(t, sim)
		c := inEmptyFolder(t, sim)
		c.write("provider.tf", example(t, "provider/provider.tf"))
		c.write("show.tfquery.hcl", text)
		output := c.run("query")
		for _, words := range finds {
			if !strings.Contains(output, words) {
				t.Errorf("want %s:\n%s", words, output)
			}
		}
		mustHaveWritten(t, sim, "")
	}
}

// blocksToApply says how each of the others is tried.
func blocksToApply(t *testing.T, blocks map[string]string) map[string]blockTrial {
	t.Helper()
	const guides = "templates/guides/"
	session, relay, keysOutOfState := example(t, "resources/prism_live_session/resource.tf"), example(t, "resources/livestation_restream_channel/resource_full.tf"), example(t, "keys-out-of-state/main.tf")
	const startAndStop, createAndDelete = "live.start live.stop", "restream.create restream.delete"
	ended := func(t *testing.T, sim *simulator.Simulator) {
		t.Helper()
		if err := sim.EndLive("900017"); err != nil {
			t.Fatal(err)
		}
	}
	relayVariables := variables("youtube_key", "chzzk_url", "chzzk_key", "partner_key", "partner_password")
	relayGiven := []string{"TF_VAR_youtube_key=k1", "TF_VAR_chzzk_url=rtmp://rtmp.chzzk.example/app", "TF_VAR_chzzk_key=k2", "TF_VAR_partner_key=k3", "TF_VAR_partner_password=k4"}
	return map[string]blockTrial{
		"README.md 1":                    as(trial{writes: startAndStop}),
		"examples/event-day/README.md 1": mocksInFiles,

		guides + "getting-started.md 1": as(trial{}),
		guides + "getting-started.md 2": as(trial{beside: blocks[guides+"getting-started.md 1"], moves: true, writes: startAndStop}),
		guides + "getting-started.md 3": as(trial{
			instead: blocks[guides+"getting-started.md 2"], meanwhile: ended, beside: blocks[guides+"getting-started.md 1"], moves: true, writes: "live.start live.start live.stop",
		}),

		guides + "event-day.md 1": within("resource \"prism_live_session\" \"evening\" {\n  provider = livestation\n\n  live_id = \"900017\"\n%s}\n", trial{edit: today, writes: startAndStop}),
		guides + "event-day.md 2": as(trial{kept: true, writes: createAndDelete, edit: func(_ *simulator.Simulator, text string) string {
			return strings.Replace(text, "# ...", "channel_name = \"olive_relay\"\n  plan_type = \"STANDARD\"\n"+
				"  restream = { youtube = { target_name = \"YOUTUBE\", rtmp_url = \"rtmp://a.rtmp.youtube.com/live2\", stream_key = \"k\" } }", 1)
		}}),

		guides + "importing.md 1": asQuery("channel_id="+demoRelay, "live_id=900017"),
		guides + "importing.md 2": generated,
		guides + "importing.md 3": as(trial{beside: session, writes: startAndStop}),
		guides + "importing.md 4": as(trial{}),
		guides + "importing.md 5": as(trial{instead: relay, given: targetKeys, writes: "restream.create", keeps: 1}),

		guides + "keys-out-of-state.md.tmpl 1": within(regexp.MustCompile(`(?m)^ +youtube = .*\n`).ReplaceAllLiteralString(keysOutOfState, "%s"), trial{
			instead: keysOutOfState, given: []string{`TF_VAR_stream_keys={"youtube":"k1","chzzk":"k2"}`}, writes: "restream.create platforms.update restream.delete",
		}),

		guides + "provider-meta-argument.md 1": as(trial{writes: startAndStop}),
		guides + "provider-meta-argument.md 2": as(trial{writes: startAndStop}),
		guides + "provider-meta-argument.md 3": as(trial{
			beside: variables("second_access_token"), given: []string{"TF_VAR_second_access_token=at-simulator-access-token-0001"}, writes: startAndStop,
			edit: func(sim *simulator.Simulator, text string) string {
				return strings.ReplaceAll(text, "https://api.second.example", sim.PrismEndpoint())
			},
		}),
		guides + "provider-meta-argument.md 4": warned,
		guides + "provider-meta-argument.md 5": as(trial{writes: startAndStop}),

		guides + "billing.md 1":          as(trial{}),
		guides + "callbacks.md 1":        as(trial{given: []string{"TF_VAR_callback_secret=a&b", "TF_VAR_youtube_key=k1"}, writes: "restream.create restream.callback restream.delete"}),
		guides + "encoder.md 1":          as(trial{}),
		guides + "general-channels.md 1": as(trial{writes: "channel.create channel.delete edge.stop edge.delete"}),
		guides + "general-channels.md 2": as(trial{
			beside: blocks[guides+"general-channels.md 1"], writes: "channel.create channel.delete content.create content.delete edge.delete edge.stop", anyOrder: true,
		}),
		guides + "general-channels.md 3": recordedWithNcloud,
		guides + "on-air.md 1":           as(trial{instead: session, writes: startAndStop}),
		guides + "scheduled-show.md 1":   as(trial{edit: today, writes: startAndStop}),

		guides + "vod2live.md 1": as(trial{edit: tomorrow, writes: "vod-channel.create schedule.create schedule.delete vod-channel.delete"}),
		guides + "vod2live.md 2": filesOfNcloud,
		guides + "vod2live.md 3": partOf("vod2live/main.tf"),

		guides + "re-streaming.md 1": as(trial{beside: relayVariables, given: relayGiven, writes: createAndDelete}),
		guides + "re-streaming.md 2": as(trial{writes: "live.start restream.create restream.delete live.stop", edit: func(_ *simulator.Simulator, text string) string {
			locals, target, _ := strings.Cut(text, "# ... in restream:\n")
			target, rest, _ := strings.Cut(target, "\n}\n")
			return locals + "resource \"livestation_restream_channel\" \"relay\" {\n  channel_name = \"olive_relay\"\n  plan_type = \"STANDARD\"\n  restream = {\n" + target + "\n}\n  }\n}\n" + rest
		}, beside: strings.NewReplacer(`"evening"`, `"show"`, ".evening.", ".show.").Replace(session)}),
		guides + "re-streaming.md 3": as(trial{beside: blocks[guides+"re-streaming.md 1"] + relayVariables, given: relayGiven, writes: createAndDelete}),

		guides + "testing.md 1": asTest(session, "", ""),
		guides + "testing.md 2": asTest(`
data "prism_live" "show" {
  provider = livestation

  live_id = "900017"
}

check "show_is_on_air" {
  assert {
    condition     = data.prism_live.show.status == "ON_AIR"
    error_message = "The show is not on air."
  }
}
`, "mock_provider \"livestation\" {}\n", ""),
		guides + "testing.md 3": asTest(session, "", startAndStop),
	}
}

// generated does with an import block what the page says: it has the configuration generated, fills in the keys, and names no
// provider in the block then.
func generated(t *testing.T, text string) {
	t.Helper()
	acceptance.Needs(t, gate.GeneratedConfiguration)
	sim := documented(t)
	c := inEmptyFolder(t, sim)
	c.write("main.tf", trial{}.make(t, sim, text))
	if output, err := c.try("plan", "-generate-config-out=imported.tf"); err == nil || !strings.Contains(output, "Stream key is missing") {
		t.Errorf("%v\n%s", err, output)
	}
	file, err := os.ReadFile(filepath.Join(c.dir, "imported.tf"))
	if err != nil {
		t.Fatal(err)
	}
	key := 0
	c.write("imported.tf", regexp.MustCompile(`(?m)^( +stream_key += )null`).ReplaceAllStringFunc(string(file), func(line string) string {
		key++ // in the order of the labels: chzzk, youtube
		return strings.Replace(line, "null", []string{`"made-up-2"`, `"made-up-1"`}[key-1], 1)
	}))
	c.write("main.tf", trial{}.make(t, sim, strings.Replace(text, "provider = livestation\n", "", 1)))
	c.run("apply", "-auto-approve")
	mustHaveWritten(t, sim, "")
	c.run("plan", "-detailed-exitcode")
	c.run("destroy", "-auto-approve")
	mustHaveWritten(t, sim, "restream.delete")
}

// partOf expects that an example has the block, and leaves its trial to the example's own test.
func partOf(path string) blockTrial {
	return func(t *testing.T, text string) {
		t.Helper()
		if !strings.Contains(example(t, path), text) {
			t.Errorf("%s does not have:\n%s", path, text)
		}
	}
}

// mocksInFiles runs a test with a block that names mocks in files, in a copy of the folder that has them.
func mocksInFiles(t *testing.T, text string) {
	t.Helper()
	acceptance.Needs(t, gate.MocksInFiles)
	sim := documented(t)
	c := inCopyOf(t, sim, "event-day", asItIs)
	c.write(filepath.Join("tests", "page.tftest.hcl"), text+"\nrun \"rehearsal\" {}\n")
	if output := c.run("test", "-filter=tests/page.tftest.hcl"); !strings.Contains(output, "1 passed, 0 failed") {
		t.Error(output)
	}
	if len(sim.Requests()) > 0 {
		t.Errorf("mocks must ask nobody, and the service saw: %v", sim.Routes())
	}
}

// warned expects the CLI to warn of what the page warns of.
func warned(t *testing.T, text string) {
	t.Helper()
	acceptance.Needs(t, gate.WarnsOfTwoNames)
	c := inEmptyFolder(t, documented(t))
	c.write("main.tf", text)
	if output := c.run("validate"); !strings.Contains(output, "Duplicate required provider") {
		t.Error(output)
	}
}

func TestEveryBlockOfEveryPageIsAppliedOrHasAReason(t *testing.T) {
	t.Parallel()
	blocks := blocksOfPages(t)
	trials := blocksToApply(t, blocks)
	for block, text := range blocks {
		exception, excepted := blocksNotApplied[block]
		if _, tried := trials[block]; tried == excepted {
			t.Errorf("%s: say once how it is tried, or why it cannot be:\n%s", block, text)
		}
		if excepted && !strings.Contains(text, exception.words) {
			t.Errorf("%s is not tried since %s, and does not say %q any more", block, exception.why, exception.words)
		}
	}
	for _, block := range slices.Concat(slices.Collect(maps.Keys(trials)), slices.Collect(maps.Keys(blocksNotApplied))) {
		if blocks[block] == "" {
			t.Errorf("there is no block %s", block)
		}
	}
}

func TestAccEveryBlockOfEveryPageWorksWhenPasted(t *testing.T) {
	blocks := blocksOfPages(t)
	for block, try := range blocksToApply(t, blocks) {
		t.Run(block, func(t *testing.T) { try(t, blocks[block]) })
	}
}
