package faultmatrix

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// The types of resources.
const (
	channelType = "livestation_restream_channel"
	curtainType = "livestation_curtain"
	contentType = "livestation_curtain_content"
	liveType    = "prism_live"
	sessionType = "prism_live_session"

	generalType  = "livestation_channel"
	profileType  = "livestation_quality_profile"
	setType      = "livestation_quality_set"
	vodType      = "livestation_vod2live_channel"
	scheduleType = "livestation_vod2live_schedule"
	callbackType = "livestation_default_callback"
	// edgeKind is what channels make and leave beside themselves; no resource stands for it.
	edgeKind = "edge"
)

// declared is one resource block.
type declared struct {
	kind   string
	name   string
	config acceptance.Values
}

// held is one object in state. Of one that is deposed, another has taken the place, and its own destroy is still to come.
type held struct {
	kind             string
	name             string
	object           acceptance.Object
	tainted, deposed bool
}

// user is somebody with a configuration, a state and a CLI that does what Terraform does with both: each command begins
// with a provider that remembers nothing, a plan and its apply too.
type user struct {
	t        *testing.T
	sim      *simulator.Simulator
	wire     *wire
	settings acceptance.Values
	state    []*held
	// schemas is any provider: it knows what states look like.
	schemas *acceptance.Protocol

	// known are, by service, the secrets that a provider is handed by configuration and state, and that the service might repeat.
	known map[string][]string

	// moves are those of the lifecycle that the command makes.
	moves moves

	// ever are the ids of all objects of the kinds that vanish without a trace.
	ever map[string]bool

	// idle is whether the latest command had nothing to do.
	idle bool
	// errors are those of the latest command; said is all that was ever said, logs included.
	errors []string
	// told are the errors and warnings of all commands.
	told []string
	said strings.Builder
	logs bytes.Buffer
	// slow are the operations that took longer than they may, dropped are objects that left the state although they exist.
	slow, dropped []string
	// unannounced are the broadcasts that a command ended although its plan did not say so.
	unannounced []string
}

// provider starts one, configured.
func (u *user) provider() *acceptance.Protocol {
	u.t.Helper()
	ctx := tflogtest.RootLogger(context.Background(), &u.logs)
	p := acceptance.ConfiguredWith(u.t, ctx, provider.Options{Version: "test", Dial: u.wire.Dial}, u.settings)
	if u.schemas == nil {
		u.schemas = p
	}
	return p
}

// timed runs an operation that has this much time.
func (u *user) timed(what string, limit time.Duration, operation func() acceptance.Diagnostics) bool {
	u.t.Helper()
	began := time.Now()
	diags := operation()
	if took := time.Since(began); took > limit {
		u.slow = append(u.slow, fmt.Sprintf("%s took %s, and may take %s", what, took, limit))
	}
	for _, text := range slices.Concat(diags.Errors(), diags.Warnings()) {
		u.said.WriteString(text + "\n")
		u.told = append(u.told, text)
	}
	u.errors = append(u.errors, diags.Errors()...)
	return len(diags.Errors()) == 0
}

// Terraform gives a plan, a read and an import no time of their own; these have no argument `timeouts` either. Each request has its
// tries and pauses, and none of these operations makes more than four requests.
const unbounded = 4 * (5*30*time.Second + 4*33*time.Second)

// grace is what an operation may take beyond its timeout, to look what became of a write.
const grace = 21 * time.Second

// given are the timeouts of all declared resources.
const given = 90 * time.Second

// timeouts are what a resource's operations get; reads only where the resource has that.
func timeouts(operations ...string) acceptance.Values {
	values := acceptance.Values{}
	for _, operation := range operations {
		values[operation] = given.String()
	}
	return values
}

func (u *user) find(kind, name string) *held {
	for _, object := range u.state {
		if object.kind == kind && object.name == name && !object.deposed {
			return object
		}
	}
	return nil
}

func (u *user) forget(object *held) {
	u.state = slices.DeleteFunc(u.state, func(other *held) bool { return other == object })
}

// attribute is one of an object's, as Plain has it.
func (u *user) attribute(object *held, name string) any {
	value, ok := u.schemas.Attributes(object.kind, object.object)[name]
	if !ok {
		return nil
	}
	return acceptance.Plain(value)
}

// refresh reads all that is in state.
func (u *user) refresh(p *acceptance.Protocol) bool {
	good := true
	for _, object := range slices.Clone(u.state) {
		limit := unbounded
		if slices.Contains([]string{channelType, generalType, vodType}, object.kind) {
			limit = given + time.Second
		}
		good = u.timed("refresh of "+object.kind, limit, func() acceptance.Diagnostics {
			before := object.object
			after, _, diags := p.Refresh(object.kind, before)
			if len(diags.Errors()) > 0 {
				return diags // The CLI keeps what it had.
			}
			if object.object = after; !p.Exists(object.kind, after) {
				u.leave(p, object, before, "a refresh")
			}
			return diags
		}) && good
	}
	return good
}

// leave takes an object out of state, and notes it if the object is still there in truth.
func (u *user) leave(p *acceptance.Protocol, object *held, before acceptance.Object, by string) {
	u.forget(object)
	if u.exists(object.kind, p.Attributes(object.kind, before), by) {
		u.dropped = append(u.dropped, fmt.Sprintf("%s took %s.%s out of state, and it exists", by, object.kind, object.name))
	}
}

// exists reports whether what an object stands for is there in truth. A destroy that forgets a live is as documented; so is a
// destroyed session of a live that is not on air.
func (u *user) exists(kind string, attributes map[string]tftypes.Value, by string) bool {
	text := func(name string) string { return fmt.Sprint(acceptance.Plain(attributes[name])) }
	switch kind {
	case channelType:
		channel, ok := u.sim.RestreamChannel(text("channel_id"))
		return ok && channel.Status != simulator.StatusDeleted && channel.Status != simulator.StatusForceDeleted
	case contentType:
		return slices.ContainsFunc(u.sim.CurtainContents(), func(content simulator.CurtainContent) bool {
			return fmt.Sprint(content.ID) == text("content_id") && content.Status != simulator.StatusDeleted
		})
	case curtainType:
		return slices.ContainsFunc(u.sim.ActiveCurtains(), func(curtain simulator.Curtain) bool {
			return curtain.ChannelID == text("channel_id") && strings.HasSuffix(text("id"), fmt.Sprint("/", curtain.StartedAt.UnixMilli()))
		})
	case liveType:
		_, ok := u.sim.Live(text("live_id"))
		return ok && by == "a refresh"
	case sessionType:
		live, ok := u.sim.Live(text("live_id"))
		goesOn := u.holds(sessionType, "live_id", live.LiveID) != nil // with another session
		return ok && (by == "a refresh" || live.Status == simulator.LiveOnAir && !goesOn)
	}
	return u.channelExists(kind, text, by)
}

// step is one planned change of an object: a destruction, a creation (object is nil), an update or a replacement.
type step struct {
	kind, name string
	object     *held
	plan       acceptance.Planned
	destroys   bool
}

// plan plans all changes, the destructions of what is not declared first.
func (u *user) plan(p *acceptance.Protocol, blocks []declared) (steps []step, good bool) {
	good = true
	for _, object := range u.state {
		if object.deposed || !slices.ContainsFunc(blocks, object.isOf) {
			s := step{kind: object.kind, name: object.name, object: object, destroys: true}
			good = u.planned(&s, func() acceptance.Planned { return p.Plan(object.kind, object.object, nil) }) && good
			steps = append(steps, s)
		}
	}
	for _, block := range blocks {
		s := step{kind: block.kind, name: block.name, object: u.find(block.kind, block.name)}
		good = u.planned(&s, func() acceptance.Planned {
			switch {
			case s.object == nil:
				return p.Plan(block.kind, acceptance.Object{}, block.config)
			case s.object.tainted:
				return p.PlanTainted(block.kind, s.object.object, block.config)
			case u.moves.forced:
				return p.PlanForced(block.kind, s.object.object, block.config)
			}
			return p.Plan(block.kind, s.object.object, block.config)
		}) && good
		if s.object == nil || p.Changes(block.kind, s.plan) {
			steps = append(steps, s)
		}
	}
	if u.moves.newFirst {
		slices.Reverse(steps)
	}
	return steps, good
}

func (u *user) planned(s *step, plan func() acceptance.Planned) bool {
	return u.timed("plan of "+s.kind, unbounded, func() acceptance.Diagnostics {
		s.plan = plan()
		return s.plan.Diagnostics
	})
}

// apply is `terraform apply`: it reads, plans, and carries out. After a failed step nothing that comes after it is begun.
func (u *user) apply(blocks ...declared) bool {
	u.t.Helper()
	u.errors = nil
	p := u.provider()
	return u.refresh(p) && u.become(p, blocks)
}

// destroy is `terraform destroy -refresh=false`, for whoever has just seen a plan.
func (u *user) destroy() bool {
	u.t.Helper()
	u.errors = nil
	return u.become(u.provider(), nil)
}

// become plans with a provider that has read what is, and carries the plan out with another.
func (u *user) become(p *acceptance.Protocol, blocks []declared) bool {
	u.t.Helper()
	steps, good := u.plan(p, blocks)
	if u.idle = good && len(steps) == 0; !good {
		return false
	}
	if len(steps) == 0 {
		return true
	}
	defer u.noteUnannounced(broadcastsEnded(u.sim), steps)
	p = u.provider()
	for _, s := range steps {
		if good = u.carryOut(p, s) && good; !good && !u.moves.newFirst {
			break
		}
	}
	return good
}

func (u *user) carryOut(p *acceptance.Protocol, s step) bool {
	limit := given + grace
	hasTimeouts := s.kind != liveType && s.kind != callbackType
	if !hasTimeouts {
		limit = unbounded
	}
	apply := p.Apply
	if s.plan.Replaces && u.moves.createFirst {
		return u.replaceCreatingFirst(p, s, limit+unbounded)
	}
	if s.destroys || s.plan.Replaces {
		if !u.end(p, s, limit) {
			return false
		}
		if s.destroys {
			return true
		}
		apply = p.ApplyCreate
		if hasTimeouts {
			limit += unbounded // for the plan that a CLI makes anew
		}
	}
	return u.timed("change of "+s.kind, limit, func() acceptance.Diagnostics {
		after, diags := apply(s.kind, s.plan)
		if object := u.find(s.kind, s.name); object != nil {
			object.object = after
		} else if p.Exists(s.kind, after) {
			u.state = append(u.state, &held{kind: s.kind, name: s.name, object: after, tainted: len(diags.Errors()) > 0})
		}
		return diags
	})
}

// end carries a destroy out, or the first half of a replacement.
func (u *user) end(p *acceptance.Protocol, s step, limit time.Duration) bool {
	return u.timed("end of "+s.kind, limit, func() acceptance.Diagnostics {
		before := s.object.object
		after, diags := p.ApplyDelete(s.kind, s.plan)
		if s.object.object = after; !p.Exists(s.kind, after) {
			u.leave(p, s.object, before, "a destroy")
		}
		return diags
	})
}

// pending are the changes that a plan would make now, each in words.
func (u *user) pending(blocks ...declared) []string {
	u.t.Helper()
	u.errors = nil
	p := u.provider()
	u.refresh(p)
	steps, _ := u.plan(p, blocks)
	changes := slices.Clone(u.errors)
	for _, s := range steps {
		changes = append(changes, fmt.Sprintf("%s.%s: exists %t, destroys %t", s.kind, s.name, s.object != nil, s.destroys || s.plan.Replaces))
	}
	return changes
}

// take is an import with the read that follows it.
func (u *user) take(kind, name, id string) bool {
	u.t.Helper()
	p := u.provider()
	object := &held{kind: kind, name: name}
	exists := false
	good := u.timed("import of "+kind, unbounded, func() acceptance.Diagnostics {
		imported, diags := p.Import(kind, id)
		if len(diags.Errors()) > 0 {
			return diags
		}
		read, _, more := p.Refresh(kind, imported)
		if object.object = read; len(more.Errors()) == 0 && p.Exists(kind, read) {
			u.state, exists = append(u.state, object), true
		}
		return append(diags, more...)
	})
	if good && !exists {
		u.errors = append(u.errors, "Cannot import non-existent remote object") // says the CLI
	}
	return good && exists
}

// takeSoon is take by somebody who tries again if there is nothing to be seen yet.
func (u *user) takeSoon(kind, name, id string) bool {
	u.t.Helper()
	for range 3 {
		if u.take(kind, name, id) {
			return true
		}
	}
	return false
}

// with is a copy of values with one more; a dot leads into an attribute.
func with(values acceptance.Values, name string, value any) acceptance.Values {
	changed := maps.Clone(values)
	if outer, inner, nested := strings.Cut(name, "."); nested {
		members, _ := changed[outer].(acceptance.Values)
		changed[outer] = with(members, inner, value)
		return changed
	}
	changed[name] = value
	return changed
}

// freshToken gives the user an access token that works.
func (u *user) freshToken() {
	u.settings = with(u.settings, "prism.access_token", u.sim.IssueToken(simulator.DefaultUserID, 0))
}
