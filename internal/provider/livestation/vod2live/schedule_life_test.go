package vod2live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const schedule = "livestation_vod2live_schedule"

// show are the files of a programme, all in media-bkt.
func show(files ...string) []any {
	list := make([]any, len(files))
	for i, file := range files {
		list[i] = acceptance.Values{"bucket_name": "media-bkt", "file_path": file}
	}
	return list
}

var evening = show("/shows/intro.mp4", "/shows/main.MP4")

// programme is the configuration of a schedule; more replaces or adds.
func programme(channelID string, start time.Time, more acceptance.Values) acceptance.Values {
	return with(acceptance.Values{"channel_id": channelID, "start_time": start.Format(time.RFC3339), "vod_list": evening}, more)
}

func with(values, more acceptance.Values) acceptance.Values {
	both := acceptance.Values{}
	for _, some := range []acceptance.Values{values, more} {
		for name, value := range some {
			both[name] = value
		}
	}
	return both
}

func inKorea(at time.Time) time.Time { return at.In(time.FixedZone("", 9*60*60)).Truncate(time.Second) }

// story is a provider, a channel and a schedule on it that starts in an hour.
type story struct {
	*acceptance.Protocol
	t       *testing.T
	sim     *simulator.Simulator
	channel string
	start   time.Time
	config  acceptance.Values
	object  acceptance.Object
	id      int64
}

func scheduled(t *testing.T, sim *simulator.Simulator) *story {
	t.Helper()
	s := &story{Protocol: livestationtest.Configured(t, sim, nil), t: t, sim: sim, channel: sim.AddVODChannel(simulator.VODChannel{})}
	s.start = inKorea(sim.Now().Add(time.Hour))
	s.config = programme(s.channel, s.start, nil)
	s.object = s.Create(schedule, s.config)
	s.id = s.newest().ID
	sim.ResetRequests()
	return s
}

func (s *story) newest() simulator.Schedule {
	s.t.Helper()
	all := s.sim.Schedules()
	if len(all) == 0 {
		s.t.Fatal("there is no schedule")
	}
	return all[len(all)-1]
}

func (s *story) status() string {
	channel, _ := s.sim.VODChannel(s.channel)
	return channel.Status
}

// refresh reads again, and fails unless exactly these attributes changed.
func (s *story) refresh(changed ...string) acceptance.Diagnostics {
	s.t.Helper()
	object, got, diags := s.Refresh(schedule, s.object)
	s.object = object
	if !slices.Equal(got, changed) {
		s.t.Errorf("a refresh changed %q, want %q; it says %q", got, changed, append(diags.Errors(), diags.Warnings()...))
	}
	return diags
}

// quiet fails unless neither a refresh nor a plan changes or writes anything.
func (s *story) quiet() {
	s.t.Helper()
	s.sim.ResetRequests()
	s.refresh().MustBeSilent(s.t)
	plan := s.Plan(schedule, s.object, s.config)
	plan.MustBeSilent(s.t)
	if s.Changes(schedule, plan) {
		s.t.Error("the plan changes something")
	}
	s.wrote()
}

// wrote fails unless exactly these writes were made since the log was last emptied, and empties it.
func (s *story) wrote(routes ...string) {
	s.t.Helper()
	if got := livestationtest.Writes(s.sim); !slices.Equal(got, routes) && len(got)+len(routes) > 0 {
		s.t.Errorf("writes were %q, want %q", got, routes)
	}
	s.sim.ResetRequests()
}

// apply carries a plan out.
func (s *story) apply(plan acceptance.Planned) acceptance.Diagnostics {
	s.t.Helper()
	object, diags := s.Apply(schedule, plan)
	s.object = object
	return diags
}

// goOnAir moves the clock into the broadcast.
func (s *story) goOnAir() {
	s.t.Helper()
	s.sim.Advance(s.start.Sub(s.sim.Now()) + time.Minute)
	if s.status() != simulator.StatusPublishing {
		s.t.Fatalf("the channel is %s", s.status())
	}
}

func (s *story) finish() { s.sim.Advance(3 * time.Hour) }

// moved is the configuration with a start this far from now.
func (s *story) moved(ahead time.Duration) acceptance.Values {
	return with(s.config, acceptance.Values{"start_time": s.sim.Now().Add(ahead).UTC().Format(time.RFC3339)})
}

func (s *story) bodyOf(route string) string {
	s.t.Helper()
	requests := s.sim.RequestsTo(route)
	if len(requests) == 0 {
		s.t.Fatalf("nothing was sent to %s: %q", route, s.sim.Routes())
	}
	return string(requests[len(requests)-1].Body)
}

// The whole life of a schedule, under every choice that the API reference leaves open: it is made, waits, is edited, moved, runs, stays
// run, and is destroyed without a write.
func TestVOD2LIVESchedule_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectSchedule, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		s := scheduled(t, sim)
		made := s.newest()
		if !made.StartTime.Equal(s.start) || made.Status != simulator.ScheduleReady || len(made.Files) != 2 || s.status() != simulator.StatusReserved {
			t.Fatalf("the service holds %+v, and the channel is %s", made, s.status())
		}
		s.quiet()

		s.config = with(s.config, acceptance.Values{"vod_list": show("/shows/other.mp4")})
		s.apply(s.Plan(schedule, s.object, s.config)).MustBeSilent(t)
		if body := s.bodyOf("schedule.update"); quirk != simulator.QuirkScheduleEditClears && strings.Contains(body, "startTime") {
			t.Errorf("an edit of the files sent %s", body)
		}
		if now := s.newest(); now.ID != s.id || len(now.Files) != 1 || !now.StartTime.Equal(s.start) {
			t.Errorf("after an edit of its files the service holds %+v", now)
		}
		s.quiet()

		s.config = s.moved(2 * time.Hour)
		s.apply(s.Plan(schedule, s.object, s.config)).MustBeSilent(t)
		s.wrote("schedule.update")
		if now := s.newest(); now.ID != s.id || len(now.Files) != 1 || now.StartTime.Equal(s.start) {
			t.Errorf("after it was moved the service holds %+v", now)
		}
		s.start = s.newest().StartTime
		s.quiet()

		s.goOnAir()
		s.quiet()
		if quirk == simulator.QuirkDeadScheduleNotFound {
			sim.SetClockOffset(24 * time.Hour) // what is not found is over only if the service's clock says so
		}
		s.finish()
		s.refresh()
		s.quiet()
		s.apply(s.Plan(schedule, s.object, nil))
		s.wrote()
		if s.Exists(schedule, s.object) || s.status() != simulator.StatusReady {
			t.Errorf("the schedule is in state: %t; the channel is %s", s.Exists(schedule, s.object), s.status())
		}
	})
}

func TestVOD2LIVESchedule_sendsTheStartAsKoreanWallClock(t *testing.T) {
	sim := acceptance.Start(t)
	start := sim.Now().Add(5 * time.Hour).UTC().Truncate(time.Second)
	p := livestationtest.Configured(t, sim, nil)
	p.Create(schedule, programme(sim.AddVODChannel(simulator.VODChannel{}), start.In(time.FixedZone("", -3*60*60-1800)), nil))
	want := fmt.Sprintf(`"startTime":%q`, start.Add(9*time.Hour).Format("20060102150405"))
	if body := string(sim.RequestsTo("schedule.create")[0].Body); !strings.Contains(body, want) {
		t.Errorf("sent %s, want %s", body, want)
	}
}

func TestVOD2LIVESchedule_comparesStartsAsInstants(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	for _, text := range []string{s.start.UTC().Format(time.RFC3339), s.start.UTC().Format("2006-01-02T15:04:05.000+00:00"), s.start.In(time.FixedZone("", -5*60*60)).Format(time.RFC3339)} {
		plan := s.Plan(schedule, s.object, with(s.config, acceptance.Values{"start_time": text}))
		plan.MustBeSilent(t)
		if s.Changes(schedule, plan) {
			t.Errorf("%s is a change", text)
		}
	}
	livestationtest.MustHaveAsked(t, s.sim)
}

// A schedule that has run cannot be moved any more: another start that the service shows of it, such as when it really began, is no drift.
func TestVOD2LIVESchedule_startOfOneThatHasRunStays(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	for status, changed := range map[string][]string{"FINISH": nil, "READY": {"start_time"}} {
		lift := s.sim.Inject(simulator.Fault{Route: "schedule.get", Status: 200, Body: fmt.Sprintf(
			`{"content": {"scheduleId": %d, "channelId": %q, "status": %q, "startTime": %d}}`, s.id, s.channel, status, s.start.Add(7*time.Second).UnixMilli())})
		if _, got, _ := s.Refresh(schedule, s.object); !slices.Equal(got, changed) {
			t.Errorf("%s: a refresh changed %q, want %q", status, got, changed)
		}
		lift()
	}
}

func TestVOD2LIVESchedule_warnsOfAStartThatTheServiceWouldRefuse(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	channel := sim.AddVODChannel(simulator.VODChannel{})
	for ahead, words := range map[time.Duration]string{
		5*time.Minute + 30*time.Second: "in 5m", -26 * time.Hour: "26h0m ago", 15*24*time.Hour + 30*time.Minute: "in 15 days and 0 hours", -10 * 24 * time.Hour: "10 days and 0 hours ago",
	} {
		plan := p.Plan(schedule, acceptance.Object{}, programme(channel, sim.Now().Add(ahead), nil))
		plan.MustWarn(t, `AttributeName("start_time")`, "outside of the service's window", words)
		_, diags := p.Apply(schedule, plan)
		diags.MustFail(t, `AttributeName("start_time")`, "was not created", "250002", "10 minutes and 14 days")
	}
	for _, ahead := range []time.Duration{11 * time.Minute, 14*24*time.Hour - time.Minute} {
		p.Plan(schedule, acceptance.Object{}, programme(channel, sim.Now().Add(ahead), nil)).MustBeSilent(t)
	}
	if all := sim.Schedules(); len(all) > 0 {
		t.Errorf("schedules were made: %+v", all)
	}
}

func TestVOD2LIVESchedule_badInputIsRefusedOnItsPathWithoutARequest(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	good := programme("ls-20260101000000-AbCd1", sim.Now().Add(time.Hour), nil)
	many := make([]string, 51)
	for i := range many {
		many[i] = fmt.Sprintf("/shows/%d.mp4", i)
	}
	path := `AttributeName("vod_list").ElementKeyInt(0).AttributeName("file_path")`
	for name, c := range map[string]struct {
		more acceptance.Values
		at   string
	}{
		"no file":             {acceptance.Values{"vod_list": []any{}}, `AttributeName("vod_list")`},
		"51 files":            {acceptance.Values{"vod_list": show(many...)}, `AttributeName("vod_list")`},
		"path without slash":  {acceptance.Values{"vod_list": show("shows/main.mp4")}, path},
		"no MP4":              {acceptance.Values{"vod_list": show("/shows/main.mov")}, path},
		"no name":             {acceptance.Values{"vod_list": show("/.mp4")}, path},
		"no name in a folder": {acceptance.Values{"vod_list": show("/shows/.MP4")}, path},
		"blank name":          {acceptance.Values{"vod_list": show("/shows/ .mp4")}, path},
		"no extension":        {acceptance.Values{"vod_list": show("/shows/mp4")}, path},
		"no bucket":           {acceptance.Values{"vod_list": []any{acceptance.Values{"bucket_name": "", "file_path": "/a.mp4"}}}, `AttributeName("bucket_name")`},
		"no time":             {acceptance.Values{"start_time": "tonight"}, `AttributeName("start_time")`},
		"time without offset": {acceptance.Values{"start_time": "2026-12-31T20:00:00"}, `AttributeName("start_time")`},
		"service's own form":  {acceptance.Values{"start_time": "20261231200000"}, `AttributeName("start_time")`},
		"no such day":         {acceptance.Values{"start_time": "2026-02-30T20:00:00Z"}, `AttributeName("start_time")`},
		"no channel":          {acceptance.Values{"channel_id": ""}, `AttributeName("channel_id")`},
	} {
		t.Run(name, func(t *testing.T) { p.Validate(schedule, with(good, c.more)).MustFail(t, c.at) })
	}
	p.Validate(schedule, with(good, acceptance.Values{"vod_list": show("/shows/.mp4")})).MustFail(t, path, "no name before the extension", `"/shows/.mp4"`)
	p.Validate(schedule, with(good, acceptance.Values{"vod_list": show(many[:50]...)})).MustBeSilent(t)
	p.Validate(schedule, with(good, acceptance.Values{"vod_list": show("/.shows/.intro.mp4", "/가.MP4")})).MustBeSilent(t)
	p.Validate(schedule, with(good, acceptance.Values{"start_time": acceptance.Unknown, "vod_list": acceptance.Unknown, "channel_id": acceptance.Unknown})).MustBeSilent(t)
	livestationtest.MustHaveAsked(t, sim)
}

func TestVOD2LIVESchedule_waitsUntilItIsPrepared(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithCreation(0, 3))
	s := scheduled(t, sim)
	if now := s.newest(); now.Status != simulator.ScheduleReady {
		t.Errorf("the service holds %+v", now)
	}
}

func TestVOD2LIVESchedule_thatCannotBePreparedStaysInStateUntilItIsReplaced(t *testing.T) {
	for name, options := range map[string][]simulator.Option{
		"default": nil, "fails reserved": {simulator.WithQuirks(simulator.QuirkScheduleFailKeepsReserved)}, "reserved late": {simulator.WithQuirks(simulator.QuirkChannelReservedLate)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				p := process()
				channel := sim.AddVODChannel(simulator.VODChannel{})
				config := programme(channel, sim.Now().Add(time.Hour), acceptance.Values{"vod_list": show("/shows/broken.mp4")})
				sim.RemoveFile("media-bkt", "/shows/broken.mp4")
				tainted, diags := p.Apply(schedule, p.Plan(schedule, acceptance.Object{}, config))
				diags.MustFail(t, `AttributeName("vod_list")`, "could not be prepared", "PROCESSING_FAIL", "tainted")
				if !p.Exists(schedule, tainted) {
					t.Fatal("its id is lost")
				}
				tainted, changed, diags := p.Refresh(schedule, tainted)
				diags.MustWarn(t, "will not start", "PROCESSING_FAIL")
				if len(changed) > 0 {
					t.Errorf("a refresh changed %q", changed)
				}
				config["vod_list"] = evening
				_, diags = p.Apply(schedule, p.PlanTainted(schedule, tainted, config))
				diags.MustBeSilent(t)
				all := sim.Schedules()
				if len(all) != 2 || all[0].Status != simulator.ScheduleDeleted || all[1].Status != simulator.ScheduleReady {
					t.Errorf("the service holds %+v", all)
				}
			}, options...)
		})
	}
}

// A service that takes long for each answer is looked at as often as a quick one.
func TestVOD2LIVESchedule_aSlowServiceIsNotTakenForOneThatReservesNoChannel(t *testing.T) {
	t.Parallel()
	memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		p := process()
		plan := p.Plan(schedule, acceptance.Object{}, programme(sim.AddVODChannel(simulator.VODChannel{}), sim.Now().Add(time.Hour), nil))
		sim.Inject(simulator.Fault{Route: "vod-channel.get", Delay: 25 * time.Second})
		_, diags := p.Apply(schedule, plan)
		diags.MustBeSilent(t)
	}, simulator.WithQuirks(simulator.QuirkChannelReservedLate))
}

func TestVOD2LIVESchedule_onAChannelThatIsNotReadyIsRefusedWithItsStatus(t *testing.T) {
	for status, words := range map[string]string{simulator.StatusBlock: "turn it on", simulator.StatusReserved: "another one waits", simulator.StatusPublishing: "another one is on air"} {
		t.Run(status, func(t *testing.T) {
			sim := acceptance.Start(t)
			channel := sim.AddVODChannel(simulator.VODChannel{Status: status})
			p := livestationtest.Configured(t, sim, nil)
			_, diags := p.Apply(schedule, p.Plan(schedule, acceptance.Object{}, programme(channel, sim.Now().Add(time.Hour), nil)))
			diags.MustFail(t, `AttributeName("channel_id")`, "Schedule was not created", status, words)
			if got := livestationtest.Writes(sim); len(got) > 0 {
				t.Errorf("writes were %q", got)
			}
		})
	}
}

// Of a channel that is made in the same apply nothing is known, and nothing is asked.
func TestVOD2LIVESchedule_planOfAChannelThatIsNotMadeYet(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	plan := p.Plan(schedule, acceptance.Object{}, programme("", sim.Now().Add(time.Minute), acceptance.Values{"channel_id": tftypes.UnknownValue}))
	plan.MustWarn(t, "outside of the service's window")
	if text := strings.Join(plan.Warnings(), ""); strings.Count(text, "\n") != 1 {
		t.Errorf("warnings are %q", text)
	}
}
