package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// creation is what the wait for many channels that are made at once costs.
type creation struct {
	kind, resource string
	n              int
	takes          time.Duration
	// polls are the lists and reads between the first creation and the end, lists those of them that are lists.
	polls, lists int
	// seen is how long after a channel was ready somebody looked, in the middle and at the latest; apart is the least between two lists.
	seen, latest, apart time.Duration
	wall                time.Duration
}

// usualPause is that of one who polls for himself.
const usualPause = 3 * time.Second

// ratio is that of the polls to those of channels that are each polled at the usual pace.
func (c creation) ratio() float64 {
	return float64(c.polls) / float64(c.n*int(c.takes/usualPause+1))
}

// manyCreations is three times the parallelism.
const (
	manyCreations = 30
	creationsName = "many creations"
)

// creationRoutes are the routes of what creates a kind of channel, reads one and lists all.
var creationRoutes = map[string][3]string{
	"general channel":   {"channel.create", "channel.get", "channel.list"},
	"re-stream channel": {"restream.create", "restream.get", "restream.list"},
	"VOD2LIVE channel":  {"vod-channel.create", "vod-channel.get", "vod-channel.list"},
}

// creations measures the creation of n channels of each kind, which take their time. They wait nearly all of it, so the kinds are made at
// once, each in an account of its own.
func (b *bench) creations(n int, takes time.Duration) ([]creation, error) {
	var (
		all    []creation
		failed []error
		mu     sync.Mutex
		making sync.WaitGroup
	)
	for _, k := range kinds {
		if _, ok := creationRoutes[k.name]; !ok {
			continue
		}
		making.Go(func() {
			one, err := b.creation(k, n, takes)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", k.name, err))
				return
			}
			all = append(all, one)
		})
	}
	making.Wait()
	slices.SortFunc(all, func(a, b creation) int { return strings.Compare(a.kind, b.kind) })
	return all, errors.Join(failed...)
}

func (b *bench) creation(k kind, n int, takes time.Duration) (creation, error) {
	one := creation{kind: k.name, resource: k.resource, n: n, takes: takes}
	services, err := service.Start()
	if err != nil {
		return one, err
	}
	defer services.Close()
	if err := services.NewWorld(service.World{Creation: takes}); err != nil {
		return one, err
	}
	w, err := b.workspace("creations-"+slug(k.name), k.configuration(n))
	if err != nil {
		return one, err
	}
	took, _, err := w.in(b.reaching(services.HTTP1)).run("apply", "-input=false", "-auto-approve", fmt.Sprintf("-parallelism=%d", parallelism))
	if err != nil {
		return one, err
	}
	one.wall = took.wall
	traffic, err := services.Traffic()
	if err != nil {
		return one, err
	}
	return one, one.count(traffic.Log, creationRoutes[k.name])
}

// count finds what the log says. A look that sees a channel ready is a list, or a read where nobody lists.
func (c *creation) count(log []service.Logged, routes [3]string) error {
	var creations, lists, looks []time.Time
	for _, request := range log {
		switch request.Route {
		case routes[0]:
			creations = append(creations, request.At)
			continue
		case routes[2]:
			lists = append(lists, request.At)
		case routes[1]:
		default:
			continue
		}
		if len(creations) > 0 { // What came before belongs to the plan.
			looks = append(looks, request.At)
		}
	}
	if len(creations) != c.n {
		return fmt.Errorf("%d of %d channels were made", len(creations), c.n)
	}
	lists = slices.DeleteFunc(lists, func(at time.Time) bool { return at.Before(creations[0]) })
	c.polls, c.lists, c.apart = len(looks), len(lists), time.Hour
	for i := 1; i < len(lists); i++ {
		c.apart = min(c.apart, lists[i].Sub(lists[i-1]))
	}
	var late []time.Duration
	for _, at := range creations {
		for _, look := range looks {
			if after := look.Sub(at.Add(c.takes)); after >= 0 {
				late = append(late, after)
				break
			}
		}
	}
	if len(late) != c.n {
		return fmt.Errorf("%d of %d channels were looked at when they were ready", len(late), c.n)
	}
	slices.Sort(late)
	c.seen, c.latest = late[len(late)/2], late[len(late)-1]
	return nil
}

func (r results) creationTable() table {
	t := table{
		title: "Many creations", names: 2,
		note: fmt.Sprintf("An apply with the CLI's own parallelism of 10. The polls are the lists and reads after the first creation, beside those of channels that are each polled every %s; "+
			"a channel is seen when the first look comes after it is ready.", usualPause),
		columns: []string{"object", "N", "each takes", "wall", "polls", "lists", "polls / each by itself", "seen after", "at the latest", "least between lists"},
	}
	for _, one := range r.creations {
		t.rows = append(t.rows, []string{
			one.kind, fmt.Sprint(one.n), seconds(one.takes), seconds(one.wall), fmt.Sprint(one.polls), fmt.Sprint(one.lists), times(one.ratio()), seconds(one.seen), seconds(one.latest), seconds(one.apart),
		})
	}
	return t
}
