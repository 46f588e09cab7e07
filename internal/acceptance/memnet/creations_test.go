package memnet_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	many        = 30
	parallelism = 10
	takes       = 20 * time.Second
	// usual is the pause between two polls of one who polls for itself.
	usual = 3 * time.Second
)

// creation is a kind of channel that takes its time.
type creation struct {
	resource, create, read, list string
	config                       func(i int) acceptance.Values
}

func creations() []creation {
	watched := func(i int) acceptance.Values {
		return acceptance.Values{"channel_name": fmt.Sprintf("olive_%d", i), "quality_set_id": int(simulator.DefaultQualitySetID), "cdn": acceptance.Values{
			"profile_id": int(simulator.DefaultEdgeProfileID), "instance_no": int(simulator.DefaultEdgeID), "domain": simulator.DefaultEdgeDomain,
		}}
	}
	relayed := func(i int) acceptance.Values {
		return acceptance.Values{"channel_name": fmt.Sprintf("relay_%d", i), "plan_type": "STANDARD", "restream": acceptance.Values{
			"youtube": acceptance.Values{"target_name": "YOUTUBE", "rtmp_url": "rtmp://a.rtmp.example.com/live2", "stream_key": "abcd-efgh"},
		}}
	}
	return []creation{
		{"livestation_channel", "channel.create", "channel.get", "channel.list", watched},
		{"livestation_vod2live_channel", "vod-channel.create", "vod-channel.get", "vod-channel.list", watched},
		{"livestation_restream_channel", "restream.create", "restream.get", "restream.list", relayed},
	}
}

// together runs n things, so many at a time as a CLI does.
func together(n int, do func(i int)) {
	var all sync.WaitGroup
	turns := make(chan struct{}, parallelism)
	for i := range n {
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			do(i)
		})
	}
	all.Wait()
}

// Thirty channels that take twenty seconds each cost a third of what they would if each were polled by itself, at the usual pace; each is seen
// to be ready soon after it is; and no two lists are within a second, whatever they are of.
func TestManyCreationsShareTheListsOfOneAccount(t *testing.T) {
	t.Parallel()
	for _, latency := range []time.Duration{0, 50 * time.Millisecond} {
		for _, kinds := range [][]creation{creations()[:1], creations()[1:2], creations()[2:], creations()} {
			var name []string
			for _, kind := range kinds {
				name = append(name, strings.TrimPrefix(kind.resource, "livestation_"))
			}
			t.Run(fmt.Sprintf("%s, %s away", strings.Join(name, " and "), latency), func(t *testing.T) {
				t.Parallel()
				memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
					sim.SetCreation(takes, 0)
					sim.Inject(simulator.Fault{Delay: latency})
					planner, applier := process(), process().InApply()
					plans := make([]acceptance.Planned, many)
					for i := range plans {
						kind := kinds[i%len(kinds)]
						plans[i] = planner.Plan(kind.resource, acceptance.Object{}, kind.config(i))
					}
					sim.ResetRequests()
					var mu sync.Mutex
					seen := map[string]time.Time{} // by name
					together(many, func(i int) {
						kind := kinds[i%len(kinds)]
						object, said := applier.Apply(kind.resource, plans[i])
						if len(said) > 0 {
							t.Error(said.Errors(), said.Warnings())
							return
						}
						var name string
						if err := applier.Attributes(kind.resource, object)["channel_name"].As(&name); err != nil {
							t.Error(err)
						}
						mu.Lock()
						defer mu.Unlock()
						seen[name] = time.Now()
					})
					mustBeModest(t, sim, kinds, seen)
				})
			})
		}
	}
}

// A plan lists once what exists, and the apply that follows at once is another process, which knows nothing of that list.
func TestFirstListOfAnApplyIsASecondAfterThatOfThePlan(t *testing.T) {
	t.Parallel()
	for _, kind := range creations() {
		t.Run(kind.resource, func(t *testing.T) {
			t.Parallel()
			memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				sim.SetCreation(takes, 0)
				planner := process()
				plans := make([]acceptance.Planned, parallelism)
				for i := range plans {
					plans[i] = planner.Plan(kind.resource, acceptance.Object{}, kind.config(i))
				}
				applier := process().InApply()
				together(parallelism, func(i int) {
					if _, said := applier.Apply(kind.resource, plans[i]); len(said) > 0 {
						t.Error(said.Errors(), said.Warnings())
					}
				})
				var lists []time.Time
				for _, request := range sim.Requests() {
					if request.Route == kind.list {
						lists = append(lists, request.Time)
					}
				}
				if len(lists) < 2 {
					t.Fatalf("%d lists were read, want that of the plan and those of the apply", len(lists))
				}
				if apart := lists[1].Sub(lists[0]); apart < time.Second {
					t.Errorf("the first list of the apply came %s after the plan's", apart)
				}
			})
		})
	}
}

func mustBeModest(t *testing.T, sim *simulator.Simulator, kinds []creation, seen map[string]time.Time) {
	t.Helper()
	var lists, late []time.Duration
	polls := 0
	start := sim.Requests()[0].Time
	for _, request := range sim.Requests() {
		for _, kind := range kinds {
			switch request.Route {
			case kind.list:
				lists = append(lists, request.Time.Sub(start))
				polls++
			case kind.read, "platforms.list":
				polls++
			case kind.create:
				for name, at := range seen {
					if strings.Contains(string(request.Body), `"`+name+`"`) {
						late = append(late, at.Sub(request.Time.Add(takes)))
					}
				}
			}
		}
	}
	for i := 1; i < len(lists); i++ {
		if apart := lists[i] - lists[i-1]; apart < time.Second {
			t.Errorf("two lists are %s apart, after %s", apart, lists[i])
		}
	}
	if len(kinds) > 1 { // Each kind has a list of its own, and they take turns.
		return
	}
	if each := many * int(takes/usual+1); float64(polls) > 0.35*float64(each) {
		t.Errorf("%d polls, and %d if each had polled by itself", polls, each)
	}
	slices.Sort(late)
	if len(late) != many || late[many/2] > time.Second || late[0] < 0 {
		t.Errorf("%d channels were seen to be ready so long after they were: %s", len(late), late)
	}
	t.Logf("%d lists, %d polls; seen after %s in the middle and %s at the latest", len(lists), polls, late[len(late)/2], late[len(late)-1])
}

// The list that shows channels to be ready shows no targets, and a list of targets may hide most of their keys. What is configured tells two
// targets of one address apart.
func TestChannelsCreatedTogetherKnowTheIDsOfTargetsWhoseKeysAreMasked(t *testing.T) {
	t.Parallel()
	memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		const resource = "livestation_restream_channel"
		sim.SetCreation(takes, 0)
		config := func(i int) acceptance.Values {
			target := func(key string) acceptance.Values {
				return acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://relay.example.net/live", "stream_key_wo": fmt.Sprintf("key-%s-%d", key, i), "stream_key_wo_version": 1}
			}
			return acceptance.Values{"channel_name": fmt.Sprintf("relay_%d", i), "plan_type": "STANDARD", "restream": acceptance.Values{"b": target("first"), "a": target("second")}}
		}
		planner, applier := process(), process().InApply()
		plans := make([]acceptance.Planned, parallelism)
		for i := range plans {
			plans[i] = planner.Plan(resource, acceptance.Object{}, config(i))
		}
		objects := make([]acceptance.Object, parallelism)
		together(parallelism, func(i int) {
			var said acceptance.Diagnostics
			if objects[i], said = applier.Apply(resource, plans[i]); len(said) > 0 {
				t.Error(said.Errors(), said.Warnings())
			}
		})
		ids := map[string]string{} // by key
		for _, channel := range sim.RestreamChannels() {
			for _, platform := range channel.Platforms {
				ids[platform.StreamKey] = fmt.Sprint(platform.PlatID)
			}
		}
		for i, object := range objects {
			for label, key := range map[string]string{"b": "first", "a": "second"} {
				if got, want := targetID(t, applier.Attributes(resource, object), label), ids[fmt.Sprintf("key-%s-%d", key, i)]; got != want {
					t.Errorf("target %q of channel %d has the id %s, want %s", label, i, got, want)
				}
			}
		}
	}, simulator.WithQuirks(simulator.QuirkStreamKeyMaskedInPlatforms, simulator.QuirkPlatformsReversed))
}

func targetID(t *testing.T, channel map[string]tftypes.Value, label string) (id string) {
	t.Helper()
	var targets, target map[string]tftypes.Value
	if err := errors.Join(channel["restream"].As(&targets), targets[label].As(&target), target["platform_id"].As(&id)); err != nil {
		t.Error(err)
	}
	return id
}
