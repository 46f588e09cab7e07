package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/benchmark/parse"
)

// results is all that one run has measured.
type results struct {
	sizes      []int
	refreshes  []*refreshes
	traffic    []traffic
	distances  []distant
	starts     []start
	bareStarts []start
	memory     map[string]int64
	crowds     []crowd
	binary     int64
	creations  []creation
	benchmarks []*parse.Benchmark
	cli        string
	rounds     int
}

func median[T any](of []T, value func(T) time.Duration) time.Duration {
	var all []time.Duration
	for _, one := range of {
		all = append(all, value(one))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// ratio is the median of the ratios of each round: what disturbs the machine in one round disturbs both sides.
func ratio(one, other []cost, value func(cost) time.Duration) float64 {
	var all []float64
	for i := range min(len(one), len(other)) {
		all = append(all, float64(value(one[i]))/float64(max(value(other[i]), 1)))
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func wall(c cost) time.Duration { return c.wall }
func cpu(c cost) time.Duration  { return c.cpu }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
func times(r float64) string         { return fmt.Sprintf("%.2f", r) }
func mib(bytes int64) string         { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }

func (r results) tables() []table {
	return []table{r.refreshTable(), r.distanceTable(), r.afarTable(), r.creationTable(), r.trafficTable(), r.processTable(), r.crowdTable(), r.benchmarkTable()}
}

func (r results) refreshTable() table {
	t := table{
		title: "Plans with refresh, without latency", names: 2,
		note: "Wall and CPU of the CLI with its providers. The floor is as many `terraform_data` with the same content; the bare provider is " +
			"`tools/bench/bare` with as many attributes. Ratios are medians over rounds.",
		columns: []string{"object", "N", "requests", "floor", "wall", "CPU", "wall / floor", "CPU / floor", "wall / bare", "CPU / bare"},
	}
	for _, one := range r.refreshes {
		s := one.samples
		t.rows = append(t.rows, []string{
			one.kind.name, fmt.Sprint(one.n), fmt.Sprint(one.requests), seconds(median(s[floor], wall)), seconds(median(s[ours], wall)), seconds(median(s[ours], cpu)),
			times(ratio(s[ours], s[floor], wall)), times(ratio(s[ours], s[floor], cpu)), times(ratio(s[ours], s[bare], wall)), times(ratio(s[ours], s[bare], cpu)),
		})
	}
	return t
}

// limit is the least that n objects take with a request each.
func limit(n, parallelism int) time.Duration {
	return time.Duration((n+parallelism-1)/parallelism) * distance
}

func (r results) distanceTable() table {
	t := table{
		title: "Plans with refresh, 50 ms away", names: 2,
		note: "The limit is N / parallelism x 50 ms, as if each object took one request. (limit + floor) / wall is 1 where the provider adds nothing to it.",
		columns: []string{"object", "N", "limit at 10", "wall at 10", "(limit + floor) / wall", "wall at 10 / limit",
			"limit at 50", "wall at 50", "wall at 50 / wall without latency", "wall at 10 / bare"},
	}
	for _, one := range r.refreshes {
		s := one.samples
		if len(s[far]) == 0 {
			continue
		}
		t.rows = append(t.rows, []string{
			one.kind.name, fmt.Sprint(one.n), seconds(limit(one.n, parallelism)), seconds(median(s[far], wall)),
			times(one.reach()), times(median(s[far], wall).Seconds() / limit(one.n, parallelism).Seconds()),
			seconds(limit(one.n, wide)), seconds(median(s[farWide], wall)), times(ratio(s[farWide], s[ours], wall)), besideBare(s),
		})
	}
	return t
}

// besideBare is the ratio to the bare provider from afar, where that was measured.
func besideBare(s map[subject][]cost) string {
	if len(s[bareFar]) == 0 {
		return "-"
	}
	return times(ratio(s[far], s[bareFar], wall))
}

// reach is (limit + floor) / wall at 50 ms and the CLI's own parallelism, the median of all rounds.
func (r *refreshes) reach() float64 {
	var bounds []cost
	for _, one := range r.samples[floor] {
		bounds = append(bounds, cost{wall: limit(r.n, parallelism) + one.wall})
	}
	return ratio(bounds, r.samples[far], wall)
}

func (r results) trafficTable() table {
	t := table{
		title: "Requests and connections", names: 4, note: "With the CLI's own parallelism of 10. `create` and `destroy` are applies without a refresh.",
		columns: []string{"object", "objects", "protocol", "command", "requests", "connections"},
	}
	for _, one := range r.traffic {
		for _, command := range one.commands {
			t.rows = append(t.rows, []string{one.kind, fmt.Sprint(one.objects), one.http, command.command, fmt.Sprint(command.requests), fmt.Sprint(command.connections)})
		}
	}
	return t
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000)
}

func (r results) processTable() table {
	t := table{title: "The provider's process", columns: []string{"what", "livestation", "bare"}, names: 1}
	if len(r.starts) == 0 {
		return t // -only leaves this part out.
	}
	row := func(what string, value func(start) time.Duration) {
		t.rows = append(t.rows, []string{what, milliseconds(median(r.starts, value)), milliseconds(median(r.bareStarts, value))})
	}
	row("start to handshake", func(s start) time.Duration { return s.handshake })
	row("schema", func(s start) time.Duration { return s.schema })
	memory := func(what string, value func(start) time.Duration) {
		t.rows = append(t.rows, []string{what, mib(int64(median(r.starts, value))), mib(int64(median(r.bareStarts, value)))})
	}
	memory("peak memory, idle", idleMemory)
	memory("peak memory, schema handed out", func(s start) time.Duration { return time.Duration(s.described) })
	for _, name := range slices.Sorted(maps.Keys(r.memory)) {
		t.rows = append(t.rows, []string{fmt.Sprintf("peak memory, plan of %d: %s", slices.Max(r.sizes), name), mib(r.memory[name]), ""})
	}
	t.rows = append(t.rows,
		[]string{"schema as sent", fmt.Sprintf("%.0f kB", float64(r.starts[0].schemaBytes)/1000), ""},
		[]string{"binary, stripped", fmt.Sprintf("%.1f MB", float64(r.binary)/1e6), ""})
	return t
}

// idleMemory is a size; it goes through median as a duration does.
func idleMemory(s start) time.Duration { return time.Duration(s.idle) }

func (r results) crowdTable() table {
	t := table{
		title: "A channel with many lives", names: 2, columns: []string{"read by", "objects", "answer", "memory beside none", "peak memory"},
	}
	for _, one := range r.crowds {
		t.rows = append(t.rows, []string{one.how, fmt.Sprint(one.lives), mib(one.answer), mib(one.more), mib(one.peak)})
	}
	return t
}

func (r results) benchmarkTable() table {
	t := table{title: "Go benchmarks", columns: []string{"benchmark", "time", "allocated", "allocations"}, names: 1}
	for _, one := range r.benchmarks {
		name := one.Name
		if at := strings.LastIndex(name, "-"); at > 0 {
			name = name[:at] // the number of cores
		}
		t.rows = append(t.rows, []string{
			strings.TrimPrefix(name, "Benchmark"), fmt.Sprintf("%.3g us", one.NsPerOp/1000), fmt.Sprintf("%d B", one.AllocedBytesPerOp), fmt.Sprint(one.AllocsPerOp),
		})
	}
	return t
}
