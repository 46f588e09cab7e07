package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// gateObjects is the number of objects that the bounds are meant for: with few, the start of processes is most of the cost.
const gateObjects = 1000

// gateCreation is how long a creation takes that the bounds are meant for.
const gateCreation = 20 * time.Second

// gate is a bound that a figure has to keep.
type gate struct {
	name  string
	limit float64
	// atLeast turns the bound around.
	atLeast bool
	unit    string
	value   float64
	// where says which kind of object is the furthest from the bound.
	where string
}

func (g gate) reached() bool {
	if g.atLeast {
		return g.value >= g.limit
	}
	return g.value <= g.limit
}

func (g gate) bound() string {
	sign := "<="
	if g.atLeast {
		sign = ">="
	}
	return fmt.Sprintf("%s %.4g%s", sign, g.limit, g.unit)
}

// worst takes the value that is the furthest from the bound.
func (g *gate) worst(value float64, where string) {
	if g.where == "" || g.atLeast == (value < g.value) && value != g.value {
		g.value, g.where = value, where
	}
}

func gateTable(gates []gate, n int) table {
	t := table{title: "Gates", note: fmt.Sprintf("The bounds are set for %d objects and a machine of one's own; this run had %d at the most.", gateObjects, n), columns: []string{"gate", "worst", "at", "bound", "reached"}, names: 1}
	for _, g := range gates {
		if g.where == "" {
			t.rows = append(t.rows, []string{g.name, "not measured", "", g.bound(), "-"})
			continue
		}
		verdict := "yes"
		if !g.reached() {
			verdict = "**no**"
		}
		t.rows = append(t.rows, []string{g.name, fmt.Sprintf("%.3g%s", g.value, g.unit), g.where, g.bound(), verdict})
	}
	return t
}

func sayGates(w io.Writer, gates []gate) {
	reached := 0
	for _, g := range gates {
		mark := "not measured"
		switch {
		case g.where == "":
		case g.reached():
			mark = "reached"
			reached++
		default:
			mark = "NOT reached"
		}
		fmt.Fprintf(w, "%-60s %8.3g%s at %-26s %-12s %s\n", g.name, g.value, g.unit, g.where, g.bound(), mark)
	}
	fmt.Fprintf(w, "%d of %d gates reached\n", reached, len(gates))
}

// gates are the bounds that the project has set itself, for the largest number of objects.
func (r results) gates() []gate {
	const (
		wallFloor = iota
		cpuFloor
		wallBare
		cpuBare
		distant
		sharing
		distantWide
		peak
		idle
		handshake
		size
		crowdMemory
		firstConnections
		multiplexed
		toAir
		listedBare
		listedLimit
		creationPolls
		creationSeen
		creationLists
	)
	gates := []gate{
		wallFloor:        {name: "wall to the floor", limit: 1.3},
		cpuFloor:         {name: "CPU to the floor", limit: 1.4},
		wallBare:         {name: "wall to the bare provider", limit: 1},
		cpuBare:          {name: "CPU to the bare provider", limit: 1},
		distant:          {name: "50 ms, parallelism 10: (limit + floor) / wall", limit: 1, atLeast: true},
		sharing:          {name: "50 ms, parallelism 10, shared channels: wall / limit", limit: 1},
		distantWide:      {name: "50 ms, parallelism 50: wall to that without latency", limit: 1.15},
		peak:             {name: "peak memory", limit: 150, unit: " MiB"},
		idle:             {name: "idle memory", limit: 17, unit: " MiB"},
		handshake:        {name: "start to handshake", limit: 8, unit: " ms"},
		size:             {name: "stripped binary", limit: 22, unit: " MB"},
		crowdMemory:      {name: "memory of many lives to their answer", limit: 6},
		firstConnections: {name: "ten objects, HTTP/1.1, round trip 150 ms: wall to " + todayCommit, limit: 0.65},
		multiplexed:      {name: "ten objects, HTTP/2, round trip 150 ms: wall to " + todayCommit, limit: 1.02},
		toAir:            {name: "saved plan to the start, round trip 150 ms: time to " + todayCommit, limit: 0.75},
		listedBare:       {name: "50 ms, parallelism 10, one list: wall to the bare provider", limit: 0.35},
		listedLimit:      {name: "50 ms, parallelism 10, one list: wall / limit", limit: 0.45},
		creationPolls:    {name: "30 creations: polls to those of each by itself", limit: 0.35},
		creationSeen:     {name: "30 creations: seen to be ready after", limit: 1, unit: " s"},
		creationLists:    {name: "30 creations: least time between two lists", limit: 1, unit: " s", atLeast: true},
	}
	for _, one := range r.refreshes {
		if one.n != slices.Max(r.sizes) {
			continue
		}
		s, name := one.samples, one.kind.name
		gates[wallFloor].worst(ratio(s[ours], s[floor], wall), name)
		gates[cpuFloor].worst(ratio(s[ours], s[floor], cpu), name)
		gates[wallBare].worst(ratio(s[ours], s[bare], wall), name)
		gates[cpuBare].worst(ratio(s[ours], s[bare], cpu), name)
		gates[distantWide].worst(ratio(s[farWide], s[ours], wall), name)
		switch {
		case one.kind.listed:
			if one.n < gateObjects { // The pages of a list and one read are few only beside many.
				continue
			}
			gates[listedLimit].worst(median(s[far], wall).Seconds()/limit(one.n, parallelism).Seconds(), name)
			gates[listedBare].worst(ratio(s[far], s[bareFar], wall), name)
		case one.kind.shared:
			gates[sharing].worst(median(s[far], wall).Seconds()/limit(one.n, parallelism).Seconds(), name)
		default:
			gates[distant].worst(one.reach(), name)
		}
	}
	for name, bytes := range r.memory {
		gates[peak].worst(float64(bytes)/(1<<20), name)
	}
	if len(r.starts) > 0 {
		if bytes := median(r.starts, idleMemory); bytes > 0 {
			gates[idle].worst(float64(bytes)/(1<<20), "start")
		}
		gates[handshake].worst(median(r.starts, func(s start) time.Duration { return s.handshake }).Seconds()*1000, "start")
	}
	if r.binary > 0 {
		gates[size].worst(float64(r.binary)/1e6, "linux")
	}
	for _, one := range r.distances {
		switch ratio := ratio(one.ours, one.today, wall); {
		case one.roundTrip != farthest:
		case one.what == toTheStart:
			gates[toAir].worst(ratio, one.http)
		case one.http == "HTTP/2":
			gates[multiplexed].worst(ratio, one.what)
		default:
			gates[firstConnections].worst(ratio, one.what)
		}
	}
	for _, one := range r.creations {
		if one.takes < gateCreation {
			continue
		}
		gates[creationPolls].worst(one.ratio(), one.kind)
		gates[creationSeen].worst(one.seen.Seconds(), one.kind)
		gates[creationLists].worst(one.apart.Seconds(), one.kind)
	}
	for _, one := range r.crowds {
		gates[crowdMemory].worst(float64(one.more)/float64(one.answer), one.how)
	}
	return gates
}
