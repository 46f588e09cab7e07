// Package concurrency_test lets many operations loose on a service that wants fewer of them and answers some of them badly.
package concurrency_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	channelType = "livestation_restream_channel"
	sessionType = "prism_live_session"

	size        = 200
	parallelism = 50
)

// crowd is what is ordered: channels, and sessions in pairs. The two of a pair are on one channel of PRISM, and each consents to
// close the other, so both can start, in any order, but never at the same time.
type crowd struct {
	sim      *simulator.Simulator
	channels []string
	lives    []string
}

func newCrowd(t *testing.T, n int) *crowd {
	t.Helper()
	sim, err := simulator.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	c := &crowd{sim: sim}
	for i := range n {
		c.channels = append(c.channels, fmt.Sprintf("crowd_%03d", i))
		channel := fmt.Sprintf("streamer-%03d", i/2)
		if i%2 == 0 {
			if err := sim.AddPrismChannel(simulator.PrismChannel{ChannelID: channel}); err != nil {
				t.Fatal(err)
			}
		}
		c.lives = append(c.lives, sim.AddLive(simulator.Live{ChannelID: channel, Title: fmt.Sprintf("Show %d", i)}))
	}
	return c
}

// order is one resource of the crowd.
type order struct {
	kind, name string
	config     acceptance.Values
}

func (c *crowd) orders() []order {
	var all []order
	for i, name := range c.channels {
		all = append(all, order{channelType, name, acceptance.Values{
			"channel_name": name, "plan_type": "STANDARD",
			"restream": acceptance.Values{"relay": acceptance.Values{"target_name": "CUSTOM", "rtmp_url": "rtmp://relay.example.net/live", "stream_key": "key-" + name}},
		}}, order{sessionType, c.lives[i], acceptance.Values{"live_id": c.lives[i], "replaces_live_id": c.lives[i^1]}})
	}
	return all
}

// outcome is what became of one order.
type outcome struct {
	order
	acceptance.Diagnostics
	// attributes are what the state gets; none if it gets nothing.
	attributes map[string]tftypes.Value
}

// held reports whether the provider has handed over an object for the state.
func (o outcome) held() bool { return len(o.attributes) > 0 }

// create carries the orders out, as many at a time as a CLI does with -parallelism=50.
func create(p *acceptance.Protocol, orders []order) []outcome {
	outcomes := make([]outcome, len(orders))
	var group sync.WaitGroup
	slots := make(chan struct{}, parallelism)
	for i, one := range orders {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			outcomes[i].order = one
			plan := p.Plan(one.kind, acceptance.Object{}, one.config)
			if outcomes[i].Diagnostics = plan.Diagnostics; len(plan.Errors()) == 0 {
				object, diags := p.Apply(one.kind, plan)
				outcomes[i].Diagnostics, outcomes[i].attributes = diags, p.Attributes(one.kind, object)
			}
		})
	}
	group.Wait()
	return outcomes
}

// spoil answers one in twenty requests badly, the same ones in every run as far as the order of their arrival is the same.
func spoil(sim *simulator.Simulator, faults func(write bool) []simulator.Fault) (lift func()) {
	var mu sync.Mutex
	dice := rand.New(rand.NewPCG(5, 200))
	for _, write := range []bool{false, true} {
		kinds := faults(write)
		for i, fault := range kinds {
			fault.When = func(r simulator.Request) bool {
				mu.Lock()
				defer mu.Unlock()
				// Those before it have had their chance already.
				return (r.Method != "GET") == write && dice.Float64() < 0.05/float64(len(kinds))/(1-0.05*float64(i)/float64(len(kinds)))
			}
			sim.Inject(fault)
		}
	}
	return sim.ClearFaults
}

// survivable faults are those for which the provider promises success: a read is repeated, and a write whose answer was lost
// is found by looking.
func survivable(write bool) []simulator.Fault {
	faults := []simulator.Fault{
		{Status: 429}, {Status: 429, Header: map[string]string{"Retry-After": "1"}},
		{Status: 500, AfterEffect: true}, {Status: 503, AfterEffect: true}, {Status: 504, AfterEffect: true},
		{Kind: simulator.FaultReset, AfterEffect: true}, {Kind: simulator.FaultClose, AfterEffect: true}, {Kind: simulator.FaultCutBody},
	}
	if write {
		return append(faults[2:], simulator.Fault{Kind: simulator.FaultTruncated}, simulator.Fault{Kind: simulator.FaultNotJSON, AfterEffect: true},
			simulator.Fault{Status: 429}, simulator.Fault{Kind: simulator.FaultEmptyBody, AfterEffect: true})
	}
	return append(faults, simulator.Fault{Status: 502}, simulator.Fault{Kind: simulator.FaultReset})
}

func TestTwoHundredChannelsAndSessionsAtOnceSurviveAThrottleAndFaults(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, size)
	c.sim.SetThrottle(60)
	spoil(c.sim, survivable)
	for _, o := range create(acceptance.Configured(t, acceptance.ProviderBlock(c.sim)), c.orders()) {
		if problems := o.Errors(); len(problems) > 0 {
			t.Errorf("%s %s: %s", o.kind, o.name, problems)
		}
	}
	c.report(t)
	c.mustHaveEachOnce(t)
	c.mustNotOverlap(t)
}

// unprovable faults come before the effect of a write, without saying so, or spoil what a read is for. Then an error is the honest
// answer, and it says what to do.
func unprovable(write bool) []simulator.Fault {
	if !write {
		return append(survivable(write), simulator.Fault{Kind: simulator.FaultNotJSON}, simulator.Fault{Kind: simulator.FaultWrongShape}, simulator.Fault{Kind: simulator.FaultTruncated})
	}
	return append(survivable(write), simulator.Fault{Status: 500}, simulator.Fault{Status: 503}, simulator.Fault{Kind: simulator.FaultReset},
		simulator.Fault{Kind: simulator.FaultNotJSON}, simulator.Fault{Kind: simulator.FaultEmptyBody})
}

func TestParallelObjectsLostToAFaultAreNamedAndMadeByTheSecondApply(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, size)
	c.sim.SetThrottle(400)
	lift := spoil(c.sim, unprovable)
	block := acceptance.ProviderBlock(c.sim)
	block["retry_max_wait"] = "100ms"
	failed := map[string]bool{}
	var again []order
	for _, o := range create(acceptance.Configured(t, block), c.orders()) {
		problems := strings.Join(o.Errors(), "\n")
		if problems == "" {
			continue
		}
		failed[o.name] = true
		held := o.held()
		for _, channel := range c.sim.ActiveRestreamChannels() {
			if o.kind == channelType && channel.ChannelName == o.name && !held && !strings.Contains(problems, "terraform import "+channelType) {
				t.Errorf("channel %s exists, is in no state, and the error does not say how to import it: %s", channel.ChannelID, problems)
			}
		}
		if o.kind == channelType && (held || c.exists(o.name)) {
			continue // It is in state, or is imported.
		}
		again = append(again, o.order)
	}
	if len(failed) == 0 {
		t.Error("no fault was met")
	}
	lift()
	for _, o := range create(acceptance.Configured(t, block), again) {
		if problems := o.Errors(); len(problems) > 0 {
			t.Errorf("the second time, %s %s: %s", o.kind, o.name, problems)
		}
	}
	c.report(t)
	t.Logf("%d of %d failed at first", len(failed), 2*size)
	c.mustHaveChannelsOnce(t)
	c.mustNotOverlap(t)
	for _, id := range c.lives {
		// One that was started and could not be seen may have been closed by its twin before the second apply.
		if live, _ := c.sim.Live(id); live.Starts != 1 && (live.Starts != 2 || !failed[id]) {
			t.Errorf("live %s was started %d times", id, live.Starts)
		}
	}
}

// Without consent, one of all sessions of a channel gets on air, and no other cuts it.
func TestOfManySessionsThatWantOneChannelExactlyOneStarts(t *testing.T) {
	t.Parallel()
	const channels, lives = 40, 5
	c := newCrowd(t, 0)
	var orders []order
	for i := range channels {
		channel := fmt.Sprintf("contended-%02d", i)
		if err := c.sim.AddPrismChannel(simulator.PrismChannel{ChannelID: channel}); err != nil {
			t.Fatal(err)
		}
		for range lives {
			id := c.sim.AddLive(simulator.Live{ChannelID: channel})
			orders = append(orders, order{sessionType, id, acceptance.Values{"live_id": id}})
		}
	}
	started := 0
	for _, o := range create(acceptance.Configured(t, acceptance.ProviderBlock(c.sim)), orders) {
		if len(o.Errors()) == 0 {
			started++
			continue
		}
		o.MustFail(t, "Another live is on air on this channel")
	}
	if onAir := c.sim.OnAir(); started != channels || len(onAir) != channels || c.sim.Count("live.start") != channels {
		t.Errorf("%d sessions say that they started, %d lives are on air after %d starts, want %d", started, len(onAir), c.sim.Count("live.start"), channels)
	}
	if cuts := c.sim.Cuts(); len(cuts) > 0 {
		t.Errorf("cut: %v", cuts)
	}
}

// report says what the service saw.
func (c *crowd) report(t *testing.T) {
	t.Helper()
	faults, throttled := 0, 0
	requests := c.sim.Requests()
	for _, r := range requests {
		switch {
		case r.Fault != "":
			faults++
		case r.Status == 429:
			throttled++
		}
	}
	last := requests[len(requests)-1]
	t.Logf("%d requests in %s, %d with a fault, %d throttled", len(requests), last.Started.Sub(requests[0].Started).Round(1e8), faults, throttled)
}

func (c *crowd) names() (names []string) {
	for _, channel := range c.sim.ActiveRestreamChannels() {
		names = append(names, channel.ChannelName)
	}
	slices.Sort(names)
	return names
}

func (c *crowd) exists(name string) bool { return slices.Contains(c.names(), name) }

func (c *crowd) mustHaveChannelsOnce(t *testing.T) {
	t.Helper()
	if names := c.names(); !slices.Equal(names, c.channels) {
		t.Errorf("%d channels exist, want each of %d once: %v", len(names), len(c.channels), names)
	}
}

func (c *crowd) mustHaveEachOnce(t *testing.T) {
	t.Helper()
	c.mustHaveChannelsOnce(t)
	for _, id := range c.lives {
		if live, _ := c.sim.Live(id); live.Starts != 1 {
			t.Errorf("live %s was started %d times", id, live.Starts)
		}
	}
	if cuts := c.sim.Cuts(); len(cuts) != len(c.lives)/2 {
		t.Errorf("%d lives were cut, want one of each pair", len(cuts))
	}
}

// mustNotOverlap looks at the times of all starts and stops that reached the service.
func (c *crowd) mustNotOverlap(t *testing.T) {
	t.Helper()
	byChannel := map[string][]simulator.Request{}
	for _, r := range c.sim.Requests() {
		if r.Route == "live.start" || r.Route == "live.stop" {
			parts := strings.Split(r.URI, "/")
			live, _ := c.sim.Live(parts[len(parts)-2])
			byChannel[live.ChannelID] = append(byChannel[live.ChannelID], r)
		}
	}
	if len(byChannel) != len(c.lives)/2 {
		t.Errorf("starts on %d channels, want %d", len(byChannel), len(c.lives)/2)
	}
	for channel, writes := range byChannel {
		slices.SortFunc(writes, func(a, b simulator.Request) int { return a.Started.Compare(b.Started) })
		for i := 1; i < len(writes); i++ {
			if writes[i].Started.Before(writes[i-1].Finished) {
				t.Errorf("channel %s: %s began before %s had its answer", channel, writes[i].URI, writes[i-1].URI)
			}
		}
	}
}
