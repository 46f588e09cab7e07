package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"
)

// The latency of a service at some distance, and how many operations are in flight by default and where somebody asks for more.
const (
	distance    = 50 * time.Millisecond
	parallelism = 10
	wide        = 50
)

// subjects are what one round measures, side by side.
type subject string

const (
	floor   subject = "terraform_data"
	bare    subject = "bare provider"
	ours    subject = "ours"
	far     subject = "ours, 50 ms away, parallelism 10"
	farWide subject = "ours, 50 ms away, parallelism 50"
	bareFar subject = "bare provider, 50 ms away, parallelism 10"
)

// refreshes are the measurements of one kind at one N, a sample per round for each subject.
type refreshes struct {
	kind     kind
	n        int
	samples  map[subject][]cost
	requests int
	// peak is the most memory that the provider held, in bytes.
	peak int64
}

// refreshes measures a kind at one size, in a world of its own.
func (b *bench) refreshes(k kind, n int) (*refreshes, error) {
	if err := b.services.NewWorld(k.world(n)); err != nil {
		return nil, err
	}
	spaces, measured, err := b.prepare(k, n)
	if err != nil {
		return nil, fmt.Errorf("%d of %s: %w", n, k.name, err)
	}
	for round := range b.rounds {
		if err := b.round(round, measured, spaces); err != nil {
			return nil, fmt.Errorf("%d of %s: %w", n, k.name, err)
		}
	}
	return measured, nil
}

// prepare lays out n objects of a kind and their like, and counts what a refresh of them asks.
func (b *bench) prepare(k kind, n int) (map[subject]*workspace, *refreshes, error) {
	measured := &refreshes{kind: k, n: n, samples: map[subject][]cost{}}
	name := fmt.Sprintf("%s-%d", slug(k.name), n)
	own, err := b.workspace(name, k.configuration(n))
	if err != nil {
		return nil, nil, err
	}
	if err := own.holds(stateOf(source+"livestation", k.resource, n, k.state)); err != nil {
		return nil, nil, err
	}
	attributes, err := own.attributes()
	if err != nil {
		return nil, nil, err
	}
	payload, err := json.MarshalIndent(withoutNulls(attributes), "  ", "  ")
	if err != nil {
		return nil, nil, err
	}
	base, err := b.multiplied(name+"-floor", builtIn, "terraform_data", n, func(n int) string { return floorConfiguration(n, payload) }, func(w *workspace) error {
		_, _, err := w.run("apply", "-auto-approve", "-input=false")
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	size := b.attributes[k.resource]
	least, err := b.multiplied(name+"-bare", source+"bare", bareResource(size), n, func(n int) string { return bareConfiguration(n, size) }, func(w *workspace) error {
		return w.holds(stateOf(source+"bare", bareResource(size), 1, bareState))
	})
	if err != nil {
		return nil, nil, err
	}
	if _, err := b.services.Traffic(); err != nil {
		return nil, nil, err
	}
	measured.peak, err = b.watched(func() error {
		_, err := own.plan(parallelism)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	traffic, err := b.services.Traffic()
	if err != nil {
		return nil, nil, err
	}
	measured.requests = traffic.Sum()
	if most := k.requests(n); measured.requests > most {
		return nil, nil, fmt.Errorf("a refresh made %d requests, and %d are enough: %v", measured.requests, most, traffic.Requests)
	}
	return map[subject]*workspace{floor: base, bare: least, ours: own}, measured, nil
}

// multiplied is a folder whose state has n objects like the one that lay makes there; texts with the id of the bare provider's first object
// have the others' ids. To make each would take as long as a round.
func (b *bench) multiplied(name, provider, resource string, n int, configuration func(n int) string, lay func(*workspace) error) (*workspace, error) {
	w, err := b.workspace(name, configuration(1))
	if err != nil {
		return nil, err
	}
	if err := lay(w); err != nil {
		return nil, err
	}
	first, err := w.attributes()
	if err != nil {
		return nil, err
	}
	state, err := stateOf(provider, resource, n, func(i int) map[string]any {
		attributes := maps.Clone(first)
		for attribute, value := range attributes {
			if text, ok := value.(string); ok {
				attributes[attribute] = strings.ReplaceAll(text, bareID(0), bareID(i))
			}
		}
		return attributes
	})
	if err != nil {
		return nil, err
	}
	if err := w.write(state); err != nil {
		return nil, err
	}
	return b.workspace(name, configuration(n))
}

// step is one measurement of a round.
type step struct {
	subject, in subject
	parallelism int
	latency     time.Duration
}

// round measures each subject once. Who begins changes from round to round, so that what the machine does meanwhile hits all alike.
func (b *bench) round(round int, measured *refreshes, in map[subject]*workspace) error {
	steps := []step{{floor, floor, parallelism, 0}, {ours, ours, parallelism, 0}, {bare, bare, parallelism, 0}}
	if measured.n == b.largest() {
		steps = append(steps, step{far, ours, parallelism, distance}, step{farWide, ours, wide, distance})
		if measured.kind.listed {
			steps = append(steps, step{bareFar, bare, parallelism, distance})
		}
	}
	for i := range steps {
		next := steps[(i+round)%len(steps)]
		if err := b.services.SetLatency(next.latency); err != nil {
			return err
		}
		took, err := in[next.in].plan(next.parallelism)
		if err != nil {
			return fmt.Errorf("%s: %w", next.subject, err)
		}
		measured.samples[next.subject] = append(measured.samples[next.subject], took)
	}
	return b.services.SetLatency(0)
}
