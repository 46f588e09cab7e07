package faultmatrix

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// stage is what a story plays on: what was there before it began.
type stage struct {
	*user
	// live, other and general are the ids of two lives of one channel and of a general channel on air; content is a content that
	// can be shown on it, channel a re-stream channel that somebody else made.
	live, other, general, channel string
	// vod is an idle VOD2LIVE channel that somebody else made.
	vod     string
	content int
	// result is the answer to what only reads, truth what it should be.
	result any
}

// story is one command of a user, with what was before it. It is told without a fault first; then each of its requests meets
// each fault.
type story struct {
	name string
	// quirks are choices of the service, settings changes of the provider block.
	quirks   []simulator.Quirk
	settings func(sim *simulator.Simulator, settings acceptance.Values) acceptance.Values
	// set prepares the stage behind the provider's back; meanwhile does so after prior was applied.
	set, meanwhile func(s *stage)
	// prior is what was applied before, config what is ordered now.
	prior, config func(s *stage) []declared
	// command is what the user does; to apply config, unless given. It says whether that succeeded.
	command func(s *stage) bool
	// goal says in what the truth differs from what a successful command promises; state and truth as declared, unless given.
	goal func(s *stage) string
	// moves are what the lifecycle makes of the command.
	moves moves
	// wanted is what may take effect, again what a recovery may make once more, consent the lives that may be closed by it.
	wanted, again effects
	consent       func(s *stage) []string
	// tells says which requests of the command meet the faults; all, unless given. What a story shares with another is told there.
	tells func(n int, request simulator.Request) bool
	// believes tells of answers that are faults elsewhere, and here what the contract takes at its word.
	believes func(f fault, request simulator.Request) bool
	// never says what must not be after the command, whatever became of it; "" where all is well.
	never func(s *stage) string
	// refused says that the command must fail, fault or not, until the user has cleared the way.
	refused bool
	// imports says that what prior made is there to be taken into state, and no orphan until then.
	imports bool
	clear   func(s *stage)
}

func nothing(*stage) []declared { return nil }

// after skips the first requests of a command: the refresh, which has a story of its own, and what is planned as elsewhere.
func after(skipped int) func(int, simulator.Request) bool {
	return func(n int, _ simulator.Request) bool { return n > skipped }
}

// writes are for stories under another choice of the service, in which the answers to them are looked for in another way.
func writes(_ int, request simulator.Request) bool { return isWrite(request) }

// to are requests to some routes.
func to(routes ...string) func(int, simulator.Request) bool {
	return func(_ int, request simulator.Request) bool { return slices.Contains(routes, request.Route) }
}

// keepsNoState tells of actions and reads.
func (st story) keepsNoState() bool { return st.command != nil && !st.imports }

func (st story) declaredIn(s *stage) []declared {
	if st.config == nil {
		return nil
	}
	return st.config(s)
}

func (st story) run(s *stage) bool {
	s.moves = st.moves
	defer func() { s.moves = moves{} }()
	if st.command != nil {
		s.errors = nil
		return st.command(s)
	}
	return s.apply(st.config(s)...)
}

func (st story) reached(s *stage) string {
	if st.goal != nil {
		return st.goal(s)
	}
	return s.reached(st.declaredIn(s))
}

// stories are all of them; together they make every call that the provider can make.
func stories() []story {
	var list []story
	for _, some := range [][]story{
		channelStories(), curtainStories(), contentStories(), liveStories(), sessionStories(), moveStories(),
		generalStories(), edgeStories(), qualityStories(), vodStories(), scheduleStories(), callbackStories(),
		readingStories(), channelReadingStories(), actionStories(), broadcastActionStories(),
	} {
		list = append(list, some...)
	}
	return list
}

// reading is a story of a read that changes nothing; its answer is the one that a service in good health gives.
func reading(name string, set func(s *stage), read func(p *acceptance.Protocol, s *stage) (any, acceptance.Diagnostics)) story {
	ask := func(s *stage, into *any) bool {
		return s.timed(name, unbounded, func() acceptance.Diagnostics {
			answer, diags := read(s.provider(), s)
			*into = answer
			return diags
		})
	}
	return story{
		name: name, set: set, prior: nothing,
		command: func(s *stage) bool { return ask(s, &s.result) },
		goal: func(s *stage) string {
			answered := s.result
			s.heal()
			var truth any
			if !ask(s, &truth) || !reflect.DeepEqual(answered, truth) {
				return fmt.Sprintf("the answer is %v, and should be %v", answered, truth)
			}
			return ""
		},
	}
}

func dataSource(name string, set func(s *stage), config func(s *stage) acceptance.Values) story {
	return reading("data "+name, set, func(p *acceptance.Protocol, s *stage) (any, acceptance.Diagnostics) {
		return plainAnswer(p.Read(name, config(s)))
	})
}

func plainAnswer(answer map[string]any, diags acceptance.Diagnostics) (any, acceptance.Diagnostics) {
	return answer, diags
}

func ephemeral(name string, set func(s *stage), config func(s *stage) acceptance.Values) story {
	return reading("ephemeral "+name, set, func(p *acceptance.Protocol, s *stage) (any, acceptance.Diagnostics) {
		return plainAnswer(p.Open(name, config(s)))
	})
}

func list(name string, set func(s *stage), config func(s *stage) acceptance.Values) story {
	return reading("list "+name, set, func(p *acceptance.Protocol, s *stage) (any, acceptance.Diagnostics) {
		found, diags := p.Query(name, config(s))
		return found, diags
	})
}
