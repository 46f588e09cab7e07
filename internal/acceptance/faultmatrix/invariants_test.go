package faultmatrix

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// effects counts what took effect at the services. Channels are re-stream channels.
type effects struct {
	channels, contents, lives, starts, curtains               int
	generals, edges, profiles, sets, vods, schedules, records int
}

// counts are the numbers of what there is of each.
func (e *effects) counts() map[string]*int {
	return map[string]*int{
		"channels": &e.channels, "contents": &e.contents, "lives": &e.lives, "starts": &e.starts, "curtains": &e.curtains,
		"general channels": &e.generals, "edges": &e.edges, "quality profiles": &e.profiles, "quality sets": &e.sets,
		"VOD2LIVE channels": &e.vods, "schedules": &e.schedules, "recordings": &e.records,
	}
}

func (e effects) minus(other effects) effects {
	others := other.counts()
	for what, count := range e.counts() {
		*count -= *others[what]
	}
	return e
}

// beyond names what there is more of than wanted.
func (e effects) beyond(wanted effects) []string {
	var more []string
	allowed := wanted.counts()
	for what, count := range e.counts() {
		if *count > *allowed[what] {
			more = append(more, fmt.Sprintf("%d %s, wanted were %d", *count, what, *allowed[what]))
		}
	}
	slices.Sort(more)
	return more
}

// thing is something that exists at a service and was made here.
type thing struct {
	kind string
	// id is what it would be imported by; "" where that is not possible.
	id string
	// name is what somebody without the id knows it by.
	name string
	// inState reports whether the state has it.
	inState bool
}

// record is what a case left for the checks.
type record struct {
	// succeeded is whether the command under the fault said so, errors is what it said otherwise.
	succeeded bool
	errors    []string
	// told is all that was said as errors and warnings so far.
	told []string
	// goal says in what the truth differs from what was ordered; "" if in nothing. It is looked at after the command.
	goal string
	// made is what took effect during the command, and in all until the end of the recovery; wanted is what was ordered. A
	// curtain that could not be proven and was told so may be laid once more when its time is over; again is what the recovery may make
	// once more for a reason of the story's.
	made, madeInAll, wanted, again effects
	unprovenCurtains               int
	// truth is what exists after the command.
	truth []thing
	// dropped and slow are as in user.
	dropped, slow []string
	// cuts are the lives that were closed by a start, consent those of which the configuration says so.
	cuts    []simulator.Cut
	consent []string
	// never is what the story says must not be, whatever became of the command.
	never string
	// unannounced are the broadcasts that some command of the story ended without an announcement in its plan.
	unannounced []string
	// said is all output, secrets what must not be in there.
	said    string
	secrets []string
	// noticed is what a user noticed of a fault that must have no effect.
	noticed []string
	// recovery says what went wrong when the user did as told, pending what a plan wants to change then, and left what exists
	// after the destroy.
	recovery, pending, left []string
}

// invariants are what must be true of every case.
var invariants = []struct {
	name  string
	check func(r *record) []string
}{
	{"no orphan", noOrphan},
	{"no duplicate", noDuplicate},
	{"no false success", noFalseSuccess},
	{"no drop without proof", func(r *record) []string { return r.dropped }},
	{"no secret in output", noSecret},
	{"no hang", func(r *record) []string { return r.slow }},
	{"no cut without consent", noCut},
	{"no end that no plan announced", func(r *record) []string { return r.unannounced }},
	{"nothing happens that must never", func(r *record) []string {
		if r.never == "" {
			return nil
		}
		return []string{r.never}
	}},
	{"a fault that passes is not noticed", func(r *record) []string { return r.noticed }},
	{"recovery ends in an empty plan, and destroy leaves nothing", func(r *record) []string {
		return slices.Concat(r.recovery, r.pending, r.left)
	}},
}

// violations are what is not true of a case, each with the name of the invariant.
func (r *record) violations() []string {
	var list []string
	for _, invariant := range invariants {
		for _, violation := range invariant.check(r) {
			list = append(list, invariant.name+": "+violation)
		}
	}
	return list
}

// noOrphan wants that whatever was made here is in state, or that an error names it and says how to get it there.
func noOrphan(r *record) []string {
	var orphans []string
	for _, t := range r.truth {
		said := r.errors
		if t.kind == edgeKind {
			said = r.told // A destroy that leaves an edge as it was told to warns of it.
		}
		if !t.inState && !slices.ContainsFunc(said, t.explainedBy) {
			orphans = append(orphans, fmt.Sprintf("%s %s %s exists, is not in state, and no error says so", t.kind, t.id, t.name))
		}
	}
	return orphans
}

// explainedBy reports whether an error names the thing and the way to take it into state.
func (t thing) explainedBy(text string) bool {
	named := strings.Contains(text, t.name) || t.id != "" && strings.Contains(text, t.id)
	if t.kind == curtainType {
		return named && strings.Contains(text, "ends by itself") && strings.Contains(text, "cannot be imported")
	}
	if t.kind == edgeKind { // No resource stands for one.
		return named && strings.Contains(text, "billed until it is deleted")
	}
	return named && strings.Contains(text, "terraform import "+t.kind+".NAME")
}

func noDuplicate(r *record) []string {
	allowed := r.wanted
	list := r.made.beyond(allowed)
	allowed.curtains += r.unprovenCurtains
	allowed = allowed.minus(effects{}.minus(r.again))
	for _, more := range r.madeInAll.beyond(allowed) {
		list = append(list, "in all "+more)
	}
	return list
}

func noFalseSuccess(r *record) []string {
	switch {
	case r.succeeded && r.goal != "":
		return []string{"no error, and " + r.goal}
	case r.succeeded && len(r.errors) > 0:
		return []string{"success with errors"}
	case !r.succeeded && len(r.errors) == 0:
		return []string{"no success, and no error says so"}
	}
	return nil
}

func noSecret(r *record) []string {
	var found []string
	for _, secret := range r.secrets {
		if len(secret) > 3 && strings.Contains(r.said, secret) {
			found = append(found, fmt.Sprintf("%q was said", secret))
		}
	}
	return found
}

func noCut(r *record) []string {
	var list []string
	left := slices.Clone(r.consent)
	for _, cut := range r.cuts {
		if i := slices.Index(left, cut.LiveID); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		list = append(list, fmt.Sprintf("live %s was closed by the start of %s", cut.LiveID, cut.ByLiveID))
	}
	return list
}
