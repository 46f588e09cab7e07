package faultmatrix

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// cliFaults are what a write of its own meets for each; one of every family that strikes a single request.
var cliFaults = []simulator.Fault{
	{Name: "reset", Kind: simulator.FaultReset},
	{Name: "reset, after the effect", Kind: simulator.FaultReset, AfterEffect: true},
	{Name: "hang, after the effect", Kind: simulator.FaultHang, AfterEffect: true},
	{Name: "truncated", Kind: simulator.FaultTruncated},
	{Name: "HTML", Kind: simulator.FaultNotJSON},
	{Name: "empty, after the effect", Kind: simulator.FaultEmptyBody, AfterEffect: true},
	{Name: "a list", Kind: simulator.FaultWrongShape, Body: `{"content":["a"],"data":[],"total":1}`},
	{Name: "429, short", Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "1"}},
	{Name: "429, long", Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "3600"}},
	{Name: "500", Status: http.StatusInternalServerError},
	{Name: "503, after the effect", Status: http.StatusServiceUnavailable, AfterEffect: true},
	{Name: "redirect", Kind: simulator.FaultRedirect, Location: "https://elsewhere.example.com/"},
}

// writeOf is one write of a resource, and the instances that meet a fault with it: as many as there are faults, or as the
// service allows.
type writeOf struct {
	key, route string
	count      int
	// marks reports whether a request is that of the instance.
	marks func(request simulator.Request, instance string) bool
}

func (w writeOf) instances() []string {
	list := make([]string, w.count)
	for i := range list {
		list[i] = fmt.Sprintf("%s_%d", w.key, i)
	}
	return list
}

// strike lets the write of each instance meet its fault, once.
func (w writeOf) strike(sim *simulator.Simulator) {
	for i, instance := range w.instances() {
		f := cliFaults[i*len(cliFaults)/w.count]
		f.Route, f.Times, f.When = w.route, 1, func(request simulator.Request) bool { return w.marks(request, instance) }
		sim.Inject(f)
	}
}

// mustHaveStruck fails the test unless each instance has met its fault.
func (w writeOf) mustHaveStruck(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	struck := slices.DeleteFunc(sim.RequestsTo(w.route), func(request simulator.Request) bool {
		return request.Fault == "" || !slices.ContainsFunc(w.instances(), func(instance string) bool { return w.marks(request, instance) })
	})
	if len(struck) != w.count {
		t.Errorf("%d of %d instances %q have met their fault", len(struck), w.count, w.key)
	}
}

// withBody marks a request by a text of its instance in quotes in the body.
func withBody(format string) func(simulator.Request, string) bool {
	return func(request simulator.Request, instance string) bool {
		return strings.Contains(string(request.Body), fmt.Sprintf(format, instance))
	}
}

// TestAccFaultMatrixWritesOfEveryResourceThroughACLI orders everything in few commands, in which each write of each instance meets a
// fault of its own, recovers as the errors tell, and ends with nothing left and nothing doubled.
func TestAccFaultMatrixWritesOfEveryResourceThroughACLI(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithCredentials("CANARYACCESSKEY", "canary-secret-key-0123456789"), simulator.WithQuirks(simulator.QuirkChannelTellsCurtain))
	id := map[string]string{} // of what an instance stands for
	inPath := func(request simulator.Request, instance string) bool {
		return id[instance] != "" && slices.Contains(strings.Split(request.URI, "/"), id[instance])
	}
	all := len(cliFaults)
	create := writeOf{"create", "restream.create", all, withBody(`"%s"`)}
	callback := writeOf{"callback", "restream.callback", all, withBody(`/%s/`)}
	edit := writeOf{"edit", "platforms.update", all, withBody(`canary-%s-key`)}
	terminate := writeOf{"end", "restream.delete", all, inPath}
	prepare := writeOf{"make", "content.create", 5, withBody(`/%s.png`)}
	drop := writeOf{"drop", "content.delete", 4, inPath}
	reserve := writeOf{"reserve", "live.create", all, withBody(`"%s"`)}
	start := writeOf{"start", "live.start", all, inPath}
	stop := writeOf{"stop", "live.stop", all, inPath}
	quit := writeOf{"quit", "live.stop", all, inPath}
	insert := writeOf{"insert", "curtain.insert", all, inPath}
	remove := writeOf{"remove", "curtain.remove", all, inPath}

	lives, generals := []string{}, []string{}
	for _, instance := range slices.Concat(start.instances(), stop.instances(), quit.instances()) {
		channel := "ch-" + instance
		if err := sim.AddPrismChannel(simulator.PrismChannel{ChannelID: channel, OwnerID: simulator.DefaultUserID, Name: channel}); err != nil {
			t.Fatal(err)
		}
		id[instance] = sim.AddLive(simulator.Live{ChannelID: channel, Title: instance})
		lives = append(lives, fmt.Sprintf("%q = %q", instance, id[instance]))
	}
	for _, instance := range slices.Concat(insert.instances(), remove.instances()) {
		id[instance] = sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: instance})
		generals = append(generals, fmt.Sprintf("%q = %q", instance, id[instance]))
	}
	content := sim.AddCurtainContent(simulator.CurtainContent{})

	c := newTerminal(t, sim, fmt.Sprintf(`
provider "livestation" {
  request_timeout = "6s"
  retry_max_wait  = "1s"
}
variable "round" { default = "first" }
variable "key" { sensitive = true } # an error shows lines of this file, and so must not show keys
resource "livestation_restream_channel" "test" {
  for_each          = toset(split(" ", %q))
  channel_name      = each.key
  plan_type         = "STANDARD"
  callback_endpoint = "https://hooks.example.com/${each.key}/${startswith(each.key, "callback") ? var.round : "always"}"
  restream = { youtube = {
    target_name = "YOUTUBE"
    rtmp_url    = "rtmp://a.rtmp.example.com/live2"
    stream_key  = startswith(each.key, "edit") && var.round == "second" ? "canary-${each.key}-key" : var.key
  } }
}
resource "livestation_curtain_content" "test" {
  for_each = toset(split(" ", %q))
  content  = [{ bucket_name = "media", file_path = "/${each.key}.png" }]
}
resource "livestation_curtain" "test" {
  for_each    = { %s }
  channel_id  = each.value
  content_ids = [%d]
  insert_time = 10
}
resource "prism_live" "test" {
  provider    = livestation
  for_each    = toset(split(" ", %q))
  channel_id  = %q
  title       = each.key
  reserved_at = "2031-01-01T20:00:00+09:00"
}
resource "prism_live_session" "test" {
  provider = livestation
  for_each = { %s }
  live_id  = each.value
  on_air   = !(startswith(each.key, "stop") && var.round == "second")
}
`, strings.Join(slices.Concat(create.instances(), callback.instances(), edit.instances(), terminate.instances()), " "),
		strings.Join(slices.Concat(prepare.instances(), drop.instances()), " "), strings.Join(generals, ", "), content,
		strings.Join(reserve.instances(), " "), simulator.DefaultChannelID, strings.Join(lives, ", ")))

	// Everything is ordered; creations, reservations, starts and insertions meet faults.
	strike := func(writes ...writeOf) (check func()) {
		sim.ClearFaults()
		sim.ResetRequests()
		for _, w := range writes {
			w.strike(sim)
		}
		return func() {
			t.Helper()
			for _, w := range writes {
				w.mustHaveStruck(t, sim)
			}
		}
	}
	struck := strike(create, prepare, reserve, start, insert)
	said, good := c.apply()
	struck()
	if good {
		t.Error("an apply with faults that cannot be got over succeeded")
	}
	c.mustNameWhatIsNotInState(said, id)
	mustBeMadeOnce(t, sim)
	c.recover(said)
	mustBeMadeOnce(t, sim)

	// Edits and stops in place meet faults.
	c.set("TF_VAR_round", "second")
	for _, channel := range sim.ActiveRestreamChannels() {
		id[channel.ChannelName] = channel.ChannelID
	}
	callback.marks = withBody(`/%s/second`)
	struck = strike(callback, edit, stop)
	if said, good = c.apply(); good {
		t.Error("an apply with faults that cannot be got over succeeded")
	}
	struck()
	c.mustNameWhatIsNotInState(said, id)
	c.recover(said)

	// The destroy meets faults.
	for _, made := range sim.CurtainContents() {
		id[strings.TrimSuffix(strings.TrimPrefix(made.Inputs[0].FilePath, "/"), ".png")] = fmt.Sprint(made.ID)
	}
	struck = strike(terminate, drop, quit, remove)
	if _, good = c.run("destroy", "-auto-approve", "-parallelism=60"); good {
		t.Error("a destroy with faults that cannot be got over succeeded")
	}
	struck()
	c.mustNameWhatIsNotInState("", id)
	sim.ClearFaults()
	c.mustRun("destroy", "-auto-approve", "-parallelism=60")
	mustBeMadeOnce(t, sim)
	if left := len(sim.ActiveRestreamChannels()) + len(sim.OnAir()) + len(sim.ActiveCurtains()) + len(c.inState()); left > 0 {
		t.Errorf("%d things are left after the destroy", left)
	}
	for _, made := range sim.CurtainContents() {
		if made.ID != content && made.Status != simulator.StatusDeleted {
			t.Errorf("content %d is left", made.ID)
		}
	}
	if cuts := sim.Cuts(); len(cuts) > 0 {
		t.Errorf("lives were cut: %+v", cuts)
	}
	c.mustHaveKeptSecrets()
}

// mustNameWhatIsNotInState fails the test for whatever was made here, is not in state, and is not named with the way to import it.
func (c *terminal) mustNameWhatIsNotInState(said string, id map[string]string) {
	c.t.Helper()
	state := c.inState()
	has := func(kind, instance string) bool { _, ok := state[kind+".test["+instance+"]"]; return ok }
	r := record{errors: strings.Split(said, "Error: ")}
	for _, channel := range c.sim.ActiveRestreamChannels() {
		r.truth = append(r.truth, thing{channelType, channel.ChannelID, channel.ChannelName, has(channelType, channel.ChannelName)})
	}
	for _, content := range c.sim.CurtainContents() {
		if path := content.Inputs[0].FilePath; content.Status != simulator.StatusDeleted && content.Inputs[0].BucketName == "media" {
			r.truth = append(r.truth, thing{contentType, fmt.Sprint(content.ID), path, has(contentType, strings.TrimSuffix(path[1:], ".png"))})
		}
	}
	for _, live := range c.sim.Lives() {
		if strings.HasPrefix(live.Title, "reserve_") {
			r.truth = append(r.truth, thing{liveType, live.LiveID, live.Title, has(liveType, live.Title) || said == ""}) // A destroy forgets lives, and says so.
		}
		if live.Status == simulator.LiveOnAir {
			r.truth = append(r.truth, thing{sessionType, live.LiveID, live.LiveID, has(sessionType, live.Title)})
		}
	}
	instances := map[string]string{}
	for instance, of := range id {
		instances[of] = instance
	}
	for _, curtain := range c.sim.ActiveCurtains() {
		r.truth = append(r.truth, thing{curtainType, "", curtain.ChannelID, has(curtainType, instances[curtain.ChannelID])})
	}
	for _, orphan := range noOrphan(&r) {
		c.t.Error(orphan)
	}
}

// mustBeMadeOnce fails the test if anything was made, started or laid more often than ordered.
func mustBeMadeOnce(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	var channels, contents, lives, curtains, others []string
	for _, channel := range sim.RestreamChannels() {
		channels = append(channels, channel.ChannelName)
	}
	for _, content := range sim.CurtainContents() {
		contents = append(contents, content.Inputs[0].FilePath)
	}
	for _, channel := range sim.GeneralChannels() {
		others = append(others, generalType+" "+channel.ChannelName)
	}
	for _, channel := range sim.VODChannels() {
		others = append(others, vodType+" "+channel.ChannelName)
	}
	for _, schedule := range sim.Schedules() {
		others = append(others, scheduleType+" on "+schedule.ChannelID)
	}
	for _, profile := range sim.QualityProfiles() {
		others = append(others, profileType+" "+profile.Name)
	}
	for _, set := range sim.QualitySets() {
		others = append(others, setType+" "+set.Name)
	}
	for _, live := range sim.Lives() {
		lives = append(lives, live.Title)
		if live.Starts > 1 {
			t.Errorf("live %s was started %d times", live.Title, live.Starts)
		}
	}
	for _, curtain := range sim.Curtains() {
		curtains = append(curtains, curtain.ChannelID)
	}
	once(t, "object", others)
	once(t, "channel", channels)
	once(t, "content", contents)
	once(t, "live", lives)
	once(t, "curtain of channel", curtains)
}

// recover does as the errors tell when the faults are over, applies again, and expects an empty plan.
func (c *terminal) recover(said string) {
	c.t.Helper()
	c.sim.ClearFaults()
	state := c.inState()
	for _, channel := range c.sim.ActiveRestreamChannels() {
		if address := channelType + ".test[" + channel.ChannelName + "]"; state[address] == nil {
			c.mustRun("import", fmt.Sprintf("%s.test[%q]", channelType, channel.ChannelName), channel.ChannelID)
		} else if strings.Contains(said, "Channel "+channel.ChannelID+" exists and is kept in state, marked as tainted") {
			c.mustRun("untaint", fmt.Sprintf("%s.test[%q]", channelType, channel.ChannelName))
		}
	}
	if output, good := c.apply(); !good {
		c.t.Errorf("the apply after the faults failed: %s", output)
	}
	c.mustPlanNothing()
}
