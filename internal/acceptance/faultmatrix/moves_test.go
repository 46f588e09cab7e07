package faultmatrix

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// moves are what Terraform's lifecycle makes of a command.
type moves struct {
	// forced replaces what is declared and in state, as -replace does.
	forced bool
	// createFirst is create_before_destroy.
	createFirst bool
	// newFirst makes new objects before it destroys others. Neither depends on the other, so that one goes on where the other fails.
	newFirst bool
}

// isOf reports whether an object is the one of a block.
func (h *held) isOf(block declared) bool { return block.kind == h.kind && block.name == h.name }

// replaceCreatingFirst carries a replacement out with create_before_destroy. The destroy of the old object is planned only when it is
// deposed, and nobody is asked then: what that plan says announces nothing.
func (u *user) replaceCreatingFirst(p *acceptance.Protocol, s step, limit time.Duration) bool {
	if !u.timed("change of "+s.kind, limit, func() acceptance.Diagnostics {
		after, diags := p.ApplyCreate(s.kind, s.plan)
		if p.Exists(s.kind, after) {
			s.object.deposed = true
			u.state = append(u.state, &held{kind: s.kind, name: s.name, object: after, tainted: len(diags.Errors()) > 0})
		}
		return diags
	}) {
		return false
	}
	destroy := step{kind: s.kind, name: s.name, object: s.object, destroys: true}
	return u.planned(&destroy, func() acceptance.Planned { return p.Plan(s.kind, s.object.object, nil) }) && u.end(p, destroy, limit)
}

// broadcast is what viewers see and a command can end.
type broadcast struct {
	what, id string
	// also is what else a plan may name it by; "" if nothing.
	also string
	// announced is what a plan says of its end, beside the id.
	announced *regexp.Regexp
}

var (
	liveEnds    = regexp.MustCompile(`will be stopped|may stop it|Applying this stops|broadcast may be interrupted`)
	curtainEnds = regexp.MustCompile(`will be taken off|may be taken off|takes off`)
	channelEnds = regexp.MustCompile(`will be terminated|may be terminated`)
)

// broadcastsEnded counts the broadcasts that were ever ended by a call of their own. Those that a start closed are cuts.
func broadcastsEnded(sim *simulator.Simulator) map[broadcast]int {
	ended := map[broadcast]int{}
	for _, live := range sim.Lives() {
		ended[broadcast{"live", live.LiveID, "", liveEnds}] = live.Stops
	}
	for _, curtain := range sim.Curtains() {
		if curtain.EndedBy == "remove" {
			ended[broadcast{"the curtain on channel", curtain.ChannelID, "", curtainEnds}]++
		}
	}
	for _, channel := range sim.RestreamChannels() {
		if channel.Status == simulator.StatusDeleted || channel.Status == simulator.StatusForceDeleted {
			ended[broadcast{"re-stream channel", channel.ChannelID, "", channelEnds}]++
		}
	}
	addStreamsEnded(ended, sim)
	return ended
}

// unannounced names the broadcasts that have ended since before and of which none of the warnings said so.
func unannounced(before, now map[broadcast]int, warnings []string) (list []string) {
	for ended, count := range now {
		if count > before[ended] && !slices.ContainsFunc(warnings, func(text string) bool {
			named := strings.Contains(text, ended.id) || ended.also != "" && strings.Contains(text, ended.also)
			return named && ended.announced.MatchString(text)
		}) {
			list = append(list, fmt.Sprintf("%s %s was ended, and no plan had said so", ended.what, ended.id))
		}
	}
	slices.Sort(list)
	return list
}

// noteUnannounced compares what the steps of a command have ended with what their plans said. Of a replacement by force nobody hears, and
// where it ends a channel, no stream was on it: the service does not terminate one that streams.
func (u *user) noteUnannounced(before map[broadcast]int, steps []step) {
	var said []string
	for _, s := range steps {
		said = append(said, s.plan.Warnings()...)
	}
	now := broadcastsEnded(u.sim)
	if u.moves.forced {
		maps.DeleteFunc(now, func(ended broadcast, _ int) bool { return ended.announced == channelEnds })
	}
	u.unannounced = append(u.unannounced, unannounced(before, now, said)...)
}
