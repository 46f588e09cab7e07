package vod2live_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A value that becomes known only during the apply may need another channel. Terraform would call a replacement that is planned only then
// a bug in the provider.
func TestVOD2LIVEChannel_aReplacementThatOnlyTheApplyRequiresIsAnErrorInWords(t *testing.T) {
	sim := acceptance.Start(t)
	s := channelOf(t, sim, shows(nil))
	if s.plan(acceptance.Values{"output_protocol": acceptance.Unknown}).Replaces {
		t.Fatal("a value that is not known yet already replaces the channel")
	}
	sim.ResetRequests()
	plan := livestationtest.Configured(t, sim, nil).InApply().Plan(channelType, s.object, shows(acceptance.Values{"output_protocol": "LL_HLS"}))
	plan.MustFail(t, "output_protocol", "turned out to need a replacement", s.id, "Nothing was sent; plan and apply again")
	if plan.Replaces {
		t.Error("the plan of the apply requires a replacement")
	}
	livestationtest.MustHaveAsked(t, sim)
}

// What becomes of a schedule between the plan of a change in place and its apply is an error in words.
func TestVOD2LIVESchedule_aReplacementThatOnlyTheApplyRequiresIsAnErrorInWords(t *testing.T) {
	for name, of := range map[string]struct {
		since func(*story)
		says  []string
	}{
		"it has run": {func(s *story) { s.goOnAir(); s.finish() }, []string{"start_time", "Schedule has run already", "Nothing was sent", "Plan again"}},
		"it was deleted": {func(s *story) {
			livestationtest.Must(s.t, s.sim.EditSchedule(s.id, func(e *simulator.Schedule) { e.Status = simulator.StatusDeleted }))
		},
			[]string{"Schedule was not changed", "deleted since this was planned", "Plan again"}},
		"it has failed": {func(s *story) {
			livestationtest.Must(s.t, s.sim.EditSchedule(s.id, func(e *simulator.Schedule) { e.Status = simulator.ScheduleFailed }))
		},
			[]string{"vod_list", "Schedule could not be prepared", "failed since this was planned", "Nothing was sent", "Plan again"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := scheduled(t, acceptance.Start(t))
			moved := s.moved(26 * time.Hour)
			if s.Plan(schedule, s.object, moved).Replaces {
				t.Fatal("a schedule that waits is replaced")
			}
			of.since(s)
			applier := livestationtest.Configured(t, s.sim, nil).InApply()
			again := applier.Plan(schedule, s.object, moved)
			again.MustBeSilent(t)
			if again.Replaces {
				t.Error("the plan of the apply requires a replacement")
			}
			_, diags := applier.Apply(schedule, again)
			diags.MustFail(t, of.says...)
			s.wrote()
		})
	}
}

// A run that has read a schedule plans for the first time, whatever it says of deferral: also where the schedule is over.
func TestVOD2LIVESchedule_aRunThatHasReadOneMayReplaceIt(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.goOnAir()
	s.finish()
	process := livestationtest.Configured(t, s.sim, nil).InApply()
	object, _, _ := process.Refresh(schedule, s.object)
	if !process.Plan(schedule, object, s.moved(26*time.Hour)).Replaces {
		t.Error("a new start does not replace a schedule that has run")
	}
}

// A value of `enabled` that is not known yet may end a broadcast or begin one, and the plan says so.
func TestVOD2LIVEChannel_enabledThatIsNotKnownYetIsAnnounced(t *testing.T) {
	sim := acceptance.Start(t)
	s := channelOf(t, sim, shows(nil))
	unknown := acceptance.Values{"enabled": acceptance.Unknown}
	s.plan(unknown).MustBeSilent(t)
	s.goOnAir()
	s.plan(unknown).MustWarn(t, "enabled", "Channel "+s.id+" is streaming and may be turned off", "not known yet", "all viewers")
	livestationtest.Must(t, sim.SetVODChannelStatus(s.id, simulator.StatusBlock))
	s.refresh("enabled")
	s.plan(unknown).MustWarn(t, "enabled", "Channel "+s.id+" may be turned on", "not known yet")
}

// What the service does not report of an imported schedule is taken from the configuration, without a call.
func TestVOD2LIVESchedule_whatAnImportLeavesOutChangesNothing(t *testing.T) {
	s := scheduled(t, acceptance.Start(t))
	s.sim.Inject(simulator.Fault{Route: "schedule.get", Status: 200, Body: fmt.Sprintf(`{"content": {"scheduleId": %d, "status": "READY"}}`, s.id)})
	imported, diags := s.Import(schedule, fmt.Sprint(s.id))
	diags.MustBeSilent(t)
	imported, _, diags = s.Refresh(schedule, imported)
	diags.MustBeSilent(t)
	plan := s.Plan(schedule, imported, s.config)
	plan.MustBeSilent(t)
	if plan.Replaces {
		t.Fatal("what the service does not report replaces the schedule")
	}
	s.apply(plan).MustBeSilent(t)
	s.wrote()
}
