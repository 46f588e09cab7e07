package acceptance_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// targetKeys are the variables of the examples of the re-stream channel.
var targetKeys = []string{"TF_VAR_youtube_key=made-up-1", "TF_VAR_chzzk_key=made-up-2"}

// channelVariables are those of the examples of the general channel: the profile is the one that every account of the simulator has.
var channelVariables = []string{"TF_VAR_edge_profile_id=11", "TF_VAR_recordings_bucket=demo-rec"}

// examplesToApply has the trial of each example that does more than read, or is not whole, by its file below examples/.
func examplesToApply(t *testing.T) map[string]trial {
	t.Helper()
	return map[string]trial{
		"provider/provider.tf": {silent: true},
		"provider/arguments.tf": {
			beside: example(t, "provider/first_plan.tf") + example(t, "data-sources/livestation_channel/data-source.tf"),
			given:  []string{"TF_VAR_ncloud_secret_key=simulator-secret-key-of-no-value-0123456", "TF_VAR_prism_access_token=at-simulator-access-token-0001"},
			edit: func(sim *simulator.Simulator, text string) string {
				return strings.NewReplacer("https://api.example.com", sim.PrismEndpoint(), "NCLOUDACCESSKEY00001", sim.AccessKey()).Replace(text)
			},
		},
		"resources/livestation_channel/resource.tf":      {given: channelVariables[:1], writes: "channel.create channel.delete edge.stop edge.delete"},
		"resources/livestation_channel/resource_full.tf": {given: channelVariables, writes: "channel.create channel.delete edge.stop edge.delete"},
		"resources/livestation_curtain/resource.tf":      {writes: "curtain.insert curtain.remove"},
		"resources/livestation_curtain/resource_again.tf": {
			instead: example(t, "resources/livestation_curtain/resource.tf"), writes: "curtain.insert curtain.remove curtain.insert curtain.remove",
		},
		"resources/livestation_curtain/resource_channel.tf": {
			writes: "channel.create channel.delete content.create content.delete edge.delete edge.stop", anyOrder: true,
		},
		"resources/livestation_curtain_content/resource.tf":         {writes: "content.create content.delete"},
		"resources/livestation_curtain_content/resource_full.tf":    {writes: "content.create content.delete"},
		"resources/livestation_quality_profile/resource.tf":         {writes: "quality-profile.create quality-profile.delete"},
		"resources/livestation_quality_profile/resource_full.tf":    {writes: "quality-profile.create quality-profile.delete"},
		"resources/livestation_quality_set/resource.tf":             {writes: "quality-set.create quality-set.delete"},
		"resources/livestation_quality_set/resource_full.tf":        {writes: "quality-set.create quality-set.delete"},
		"resources/livestation_quality_set/resource_own_profile.tf": {writes: "quality-profile.create quality-set.create quality-set.delete quality-profile.delete"},
		"resources/livestation_restream_channel/resource.tf":        {given: targetKeys[:1], writes: "restream.create restream.delete"},
		"resources/livestation_restream_channel/resource_full.tf":   {given: targetKeys, writes: "restream.create restream.delete"},
		"resources/livestation_restream_channel/resource_write_only.tf": {
			beside: variables("partner_key", "partner_password"), given: []string{"TF_VAR_partner_key=made-up-3", "TF_VAR_partner_password=made-up-4"},
			writes: "restream.create restream.delete",
		},
		"resources/livestation_default_callback/resource.tf":        {writes: "default-callback.set"},
		"resources/livestation_default_callback/resource_full.tf":   {given: []string{"TF_VAR_hook_secret=made-up-5"}, writes: "default-callback.set"},
		"data-sources/livestation_vod2live_channel/data-source.tf":  {world: withVODChannel},
		"data-sources/livestation_vod2live_channels/data-source.tf": {world: withVODChannel},
		"data-sources/livestation_vod2live_schedule/data-source.tf": {world: withSchedule},
		"resources/livestation_vod2live_channel/resource.tf":        {given: channelVariables[:1], writes: "vod-channel.create vod-channel.delete edge.stop edge.delete"},
		"resources/livestation_vod2live_channel/resource_full.tf":   {given: channelVariables[:1], writes: "vod-channel.create vod-channel.delete edge.stop edge.delete"},
		"resources/livestation_vod2live_schedule/resource.tf":       {world: withVODChannel, edit: tomorrow, writes: "schedule.create schedule.delete"},
		"resources/livestation_vod2live_schedule/resource_full.tf":  {world: withVODChannel, edit: tomorrow, writes: "schedule.create schedule.delete"},
		"resources/prism_live/resource.tf":                          {writes: "live.create"},
		"resources/prism_live/resource_full.tf":                     {writes: "live.create"},
		"resources/prism_live/resource_kept.tf":                     {writes: "live.create", kept: true},
		"resources/prism_live_session/resource.tf":                  {writes: "live.start live.stop"},
		"resources/prism_live_session/resource_again.tf": {
			instead: example(t, "resources/prism_live_session/resource.tf"), writes: "live.start live.stop",
		},
		"resources/prism_live_session/resource_handover.tf":         {world: onAir("900017"), edit: today, writes: "live.start live.stop", keeps: -1},
		"data-sources/prism_channel_lives/data-source_on_air.tf":    {world: onAir("900018"), moves: true},
		"ephemeral-resources/prism_rtmp_path/ephemeral-resource.tf": {writes: "restream.create restream.delete"},
		"functions/parse_rtmp_path/function.tf":                     {silent: true},
	}
}

// variables declares variables for secrets.
func variables(names ...string) (text string) {
	for _, name := range names {
		text += "\nvariable \"" + name + "\" {\n  type      = string\n  sensitive = true\n}\n"
	}
	return text
}

// exampleFiles are the files below examples/ that match one of the patterns, by their paths.
func exampleFiles(t *testing.T, patterns ...string) (files []string) {
	t.Helper()
	root := os.DirFS(filepath.Join("..", "..", "examples"))
	for _, pattern := range patterns {
		found, err := fs.Glob(root, pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: no examples (%v)", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

var (
	applied  = []string{"provider/*.tf", "resources/*/resource*.tf", "data-sources/*/*.tf", "ephemeral-resources/*/*.tf", "functions/*/*.tf"}
	imported = []string{"resources/*/import-by-*.tf", "resources/*/import.sh"}
	invoked  = []string{"actions/*/action.tf"}
	queried  = []string{"list-resources/*/list-resource.tfquery.hcl"}
)

// A file in a folder of its own kind must not go untried.
func TestEveryExampleFileIsTested(t *testing.T) {
	t.Parallel()
	tried := exampleFiles(t, slices.Concat(applied, imported, invoked, queried)...)
	// These have tests of their own, which run the whole folder.
	folders := []string{"channel", "event-day", "handover", "keys-out-of-state", "twelve-shows", "vod2live"}
	err := fs.WalkDir(os.DirFS(filepath.Join("..", "..", "examples")), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		folder, _, _ := strings.Cut(file, "/")
		if !slices.Contains(tried, file) && !slices.Contains(folders, folder) {
			t.Errorf("no test tries examples/%s", file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file := range examplesToApply(t) {
		if !slices.Contains(tried, file) {
			t.Errorf("there is no examples/%s", file)
		}
	}
}

// A reader in a hurry sees what matters first, and all of it at a glance.
func TestFirstExampleOfEveryPageIsShortAndBeginsWithItsSubject(t *testing.T) {
	t.Parallel()
	for _, kind := range []struct {
		file, word string
		lines      int
	}{
		{"resources/*/resource.tf", "resource", 16}, {"data-sources/*/data-source.tf", "data", 16}, {"actions/*/action.tf", "action", 16},
		{"ephemeral-resources/*/ephemeral-resource.tf", "ephemeral", 26}, // with what takes the secret
	} {
		for _, file := range exampleFiles(t, kind.file) {
			about, text := kind.word+` "`+path.Base(path.Dir(file))+`"`, example(t, file)
			above, _, found := strings.Cut(text, about)
			if lines := strings.Count(text, "\n"); lines > kind.lines || !found || strings.Contains(above, "{\n") {
				t.Errorf("examples/%s has %d lines, and before %s stands %q", file, lines, about, above)
			}
			if !strings.Contains(text, "required_providers") {
				t.Errorf("examples/%s does not work when pasted", file)
			}
		}
	}
}

func TestAccEveryExampleIsAppliedAndLeavesNothing(t *testing.T) {
	trials := examplesToApply(t)
	for _, file := range exampleFiles(t, applied...) {
		t.Run(file, func(t *testing.T) { trials[file].run(t, example(t, file)) })
	}
}

var invocation = regexp.MustCompile(`# terraform apply (-invoke=\S+)`)

func TestAccActionExamplesHaveTheirEffects(t *testing.T) {
	trials := map[string]struct {
		route   string
		prepare func(*testing.T, *simulator.Simulator)
	}{
		"prism_start_live":             {"live.start", nil},
		"prism_stop_live":              {"live.stop", onAir("900017")},
		"livestation_insert_curtain":   {"curtain.insert", nil},
		"livestation_turn_channel_off": {"channel.off", nil},
		"livestation_turn_channel_on": {"channel.on", func(t *testing.T, sim *simulator.Simulator) {
			t.Helper()
			if err := sim.SetGeneralChannelStatus(simulator.DemoGeneralChannelID, simulator.StatusBlock); err != nil {
				t.Fatal(err)
			}
		}},
		"livestation_switch_stream": {"channel.switch_stream", withDemoChannel(func(channel *simulator.GeneralChannel) { channel.FailOver = true })},
		"livestation_start_recording": {"recording.start", withDemoChannel(func(channel *simulator.GeneralChannel) {
			channel.Record = simulator.Record{Type: "MANUAL_UPLOAD"}
		})},
		"livestation_stop_recording":            {"recording.stop", withDemoChannel(func(channel *simulator.GeneralChannel) { channel.Recording = true })},
		"livestation_turn_vod2live_channel_off": {"vod-channel.off", withSchedule},
		"livestation_turn_vod2live_channel_on": {"vod-channel.on", func(_ *testing.T, sim *simulator.Simulator) {
			sim.AddVODChannel(simulator.VODChannel{ChannelID: demoVOD, Status: simulator.StatusBlock})
		}},
		"livestation_remove_curtain": {"curtain.remove", func(t *testing.T, sim *simulator.Simulator) {
			t.Helper()
			inCopyOf(t, sim, "actions/livestation_insert_curtain", asItIs).run("apply", "-auto-approve", "-invoke=action.livestation_insert_curtain.interruption")
		}},
	}
	for _, file := range exampleFiles(t, invoked...) {
		name := path.Base(path.Dir(file))
		t.Run(name, func(t *testing.T) {
			acceptance.Needs(t, gate.Actions)
			wanted, ok := trials[name]
			if !ok {
				t.Fatal("nobody says what this example does")
			}
			sim := documented(t)
			if wanted.prepare != nil {
				wanted.prepare(t, sim)
			}
			command := invocation.FindStringSubmatch(example(t, file))
			if command == nil {
				t.Fatal("the example does not say how to invoke it")
			}
			sim.ResetRequests()
			inCopyOf(t, sim, "actions/"+name, asItIs).run("apply", "-auto-approve", command[1])
			mustHaveWritten(t, sim, wanted.route)
		})
	}
}

func TestAccListResourceExamplesFindExistingObjects(t *testing.T) {
	finds := map[string]string{
		"prism_live": "live_id=900018", "prism_live_session": "live_id=900017",
		"livestation_restream_channel": "channel_id=" + demoRelay, "livestation_curtain_content": "content_id=513",
		"livestation_vod2live_schedule": "schedule_id=3301",
		"livestation_vod2live_channel":  "channel_id=" + demoVOD,
		"livestation_quality_profile":   "quality_profile_id=3102", "livestation_quality_set": "quality_set_id=4501",
		"livestation_channel": "channel_id=" + simulator.DemoGeneralChannelID,
	}
	for _, file := range exampleFiles(t, queried...) {
		name := path.Base(path.Dir(file))
		t.Run(name, func(t *testing.T) {
			acceptance.Needs(t, gate.Queries)
			sim := documented(t)
			onAir("900017")(t, sim)
			withSchedule(t, sim)
			c := inCopyOf(t, sim, path.Dir(file), asItIs)
			c.write("provider.tf", example(t, "provider/provider.tf"))
			if output := c.run("query"); finds[name] == "" || !strings.Contains(output, finds[name]) {
				t.Errorf("want %q:\n%s", finds[name], output)
			}
			mustHaveWritten(t, sim, "")
		})
	}
}

// withDemoChannel is a world in which the demo's general channel is otherwise than the seed has it.
func withDemoChannel(change func(*simulator.GeneralChannel)) func(*testing.T, *simulator.Simulator) {
	return func(t *testing.T, sim *simulator.Simulator) {
		t.Helper()
		if err := sim.EditGeneralChannel(simulator.DemoGeneralChannelID, change); err != nil {
			t.Fatal(err)
		}
	}
}

// importTrials have, per type, what the example of an import leads to: it takes in what is there, and then does what a resource
// of the same words does.
var importTrials = map[string]trial{
	"livestation_channel": {writes: "channel.delete", given: channelVariables, world: func(t *testing.T, sim *simulator.Simulator) {
		t.Helper()
		err := errors.Join(sim.StopEncoder(simulator.DemoGeneralChannelID), sim.EditGeneralChannel(simulator.DemoGeneralChannelID, func(channel *simulator.GeneralChannel) {
			channel.ChannelName, channel.UseDVR = "olive_stage", true
			channel.Record = simulator.Record{Type: "AUTO_UPLOAD", Format: "MP4", BucketName: "demo-rec", FilePath: "/olive", AccessControl: "PRIVATE"}
		}))
		if err != nil {
			t.Fatal(err)
		}
	}},
	"livestation_curtain_content": {keeps: -1, writes: "content.delete", world: func(t *testing.T, sim *simulator.Simulator) {
		t.Helper()
		// The example of the import stands beside the fullest of the page, whose content has two files.
		if err := sim.EditCurtainContent(512, func(content *simulator.CurtainContent) {
			content.Inputs = append(content.Inputs, simulator.ContentInput{BucketName: "media-bkt", FilePath: "/curtain/music.mp3"})
		}); err != nil {
			t.Fatal(err)
		}
	}},
	"livestation_restream_channel":  {keeps: -1, writes: "restream.delete", given: targetKeys},
	"livestation_vod2live_schedule": {keeps: -1, writes: "schedule.delete", edit: tomorrow, world: withSchedule},
	"livestation_vod2live_channel":  {keeps: -1, given: channelVariables[:1], world: withVODChannel, writes: "vod-channel.delete"},
	"livestation_default_callback": {given: []string{"TF_VAR_hook_secret=made-up-5"}, world: func(_ *testing.T, sim *simulator.Simulator) {
		sim.SetDefaultCallback("https://hooks.example.com/live-station?secret=made-up-5")
	}},
	"prism_live":                  {},
	"prism_live_session":          {writes: "live.start live.stop"},
	"livestation_quality_profile": {writes: "quality-profile.delete"},
	"livestation_quality_set":     {writes: "quality-set.delete"},
}

func TestAccImportExamplesImportExistingObjects(t *testing.T) {
	for _, file := range exampleFiles(t, imported...) {
		kind, how := path.Base(path.Dir(file)), path.Base(file)
		t.Run(kind+" "+how, func(t *testing.T) {
			wanted, ok := importTrials[kind]
			if !ok {
				t.Fatal("nobody says what this example does")
			}
			text := example(t, file)
			if how == "import.sh" {
				wanted.byCommand(t, text, fullest(t, path.Dir(file)))
				return
			}
			if !strings.Contains(text, "\nresource ") {
				wanted.beside = fullest(t, path.Dir(file))
			}
			wanted.run(t, text)
		})
	}
}

// fullest is the example of a resource that says most.
func fullest(t *testing.T, folder string) string {
	t.Helper()
	if slices.Contains(exampleFiles(t, folder+"/resource*.tf"), folder+"/resource_full.tf") {
		return example(t, folder+"/resource_full.tf")
	}
	return example(t, folder+"/resource.tf")
}

// byCommand runs the one command of a shell example in a folder that has an example of the page.
func (w trial) byCommand(t *testing.T, script, configuration string) {
	t.Helper()
	sim := documented(t)
	if w.world != nil {
		w.world(t, sim)
	}
	c := inEmptyFolder(t, sim)
	c.environment = append(c.environment, w.given...)
	c.write("main.tf", w.make(t, sim, configuration))
	lines := strings.Split(strings.TrimSpace(script), "\n")
	command := strings.Fields(lines[len(lines)-1])
	if len(lines) != 2 || len(command) != 4 || command[0] != "terraform" || command[1] != "import" {
		t.Fatalf("not one command of an import: %q", script)
	}
	c.run("import", command[2], command[3])
	mustHaveWritten(t, sim, "")
	taken := strings.Fields(c.run("state", "list"))
	if taken = slices.DeleteFunc(taken, func(address string) bool { return strings.HasPrefix(address, "data.") }); !slices.Equal(taken, command[2:3]) {
		t.Errorf("the state holds %q", taken)
	}
	sim.ResetRequests()
	c.run("destroy", "-auto-approve")
	mustHaveWritten(t, sim, strings.TrimPrefix(w.writes, "live.start live.stop")) // what was only reserved needs no stop
	c.mustHaveNothingInState()
}
