package main

import (
	"strings"
	"testing"
	"time"
)

func sampleTable() table {
	return table{
		title: "Plans", columns: []string{"object", "N", "wall", "wall / floor"}, names: 2,
		rows: [][]string{{"session", "10", "1.50 s", "1.10"}, {"session", "100", "3.00 s", "1.20"}},
	}
}

func written(tables ...table) string {
	var text strings.Builder
	for _, t := range tables {
		t.write(&text)
	}
	return text.String()
}

func TestFiguresAreReadBackAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	found := map[string]float64{}
	for _, one := range figures(written(sampleTable())) {
		found[one.where()] = one.value
	}
	want := map[string]float64{
		"Plans / session, 10 / wall": 1.5, "Plans / session, 10 / wall / floor": 1.1,
		"Plans / session, 100 / wall": 3, "Plans / session, 100 / wall / floor": 1.2,
	}
	if len(found) != len(want) {
		t.Errorf("%v, want %v", found, want)
	}
	for where, value := range want {
		if found[where] != value {
			t.Errorf("%s is %v, want %v", where, found[where], value)
		}
	}
}

func TestComparisonShowsChangesAndCountsTheRest(t *testing.T) {
	t.Parallel()
	now := sampleTable()
	now.rows = [][]string{{"session", "10", "1.55 s", "1.10"}, {"session", "100", "6.00 s", "1.20"}}
	var said strings.Builder
	compare(&said, written(sampleTable()), written(now))
	for _, words := range []string{"session, 100 / wall ", "3.00 s -> 6.00 s", "3 figures within a tenth", "1 outside"} {
		if !strings.Contains(said.String(), words) {
			t.Errorf("%q is not in:\n%s", words, said.String())
		}
	}
	if strings.Contains(said.String(), "1.55") {
		t.Errorf("a figure that did not move is shown:\n%s", said.String())
	}
}

func TestGateRecordsTheWorstMeasurementAndItsPlace(t *testing.T) {
	t.Parallel()
	most := gate{limit: 1.3}
	for where, value := range map[string]float64{"a": 1.1, "b": 1.4, "c": 1.2} {
		most.worst(value, where)
	}
	if most.where != "b" || most.reached() {
		t.Errorf("%+v, want b, which is beyond the bound", most)
	}
	least := gate{limit: 1, atLeast: true}
	for where, value := range map[string]float64{"a": 1.1, "b": 1.05, "c": 1.2} {
		least.worst(value, where)
	}
	if least.where != "b" || !least.reached() {
		t.Errorf("%+v, want b, which is within the bound", least)
	}
}

func TestRatioIsTheMedianOfTheRounds(t *testing.T) {
	t.Parallel()
	one := []cost{{wall: 2 * time.Second}, {wall: 30 * time.Second}, {wall: 3 * time.Second}}
	other := []cost{{wall: time.Second}, {wall: 10 * time.Second}, {wall: time.Second}}
	if got := ratio(one, other, wall); got != 3 {
		t.Errorf("%v, want 3: the medians' own ratio would be another", got)
	}
}

func TestRunOfOneKindStillPrintsTables(t *testing.T) {
	t.Parallel()
	samples := map[subject][]cost{floor: {{time.Second, time.Second}}, ours: {{time.Second, 2 * time.Second}}, bare: {{time.Second, 4 * time.Second}}}
	r := results{sizes: []int{10}, refreshes: []*refreshes{{kind: kinds[0], n: 10, samples: samples}}}
	text := written(r.tables()...)
	if !strings.Contains(text, "| re-stream channel | 10 | 0 | 1.00 s | 1.00 s | 2.00 s | 1.00 | 2.00 | 1.00 | 0.50 |") {
		t.Errorf("the ratios are not in:\n%s", text)
	}
	for _, g := range r.gates() {
		if g.name == "CPU to the floor" && (g.value != 2 || g.reached()) {
			t.Errorf("%+v, want 2, which is beyond the bound", g)
		}
	}
}

func TestLimitRoundsUpToFullRows(t *testing.T) {
	t.Parallel()
	if got := limit(1000, 10); got != 5*time.Second {
		t.Errorf("%s, want 5s", got)
	}
	if got := limit(11, 10); got != 2*distance {
		t.Errorf("%s, want two rows", got)
	}
}

func TestEveryResourceIsMeasured(t *testing.T) {
	t.Parallel()
	counts, err := countAttributes()
	if err != nil {
		t.Fatal(err)
	}
	measured := map[string]bool{}
	for _, k := range kinds {
		if counts[k.resource] < 5 {
			t.Errorf("%s has %d attributes", k.resource, counts[k.resource])
		}
		measured[k.resource] = true
	}
	delete(counts, "livestation_default_callback") // an account has one
	for resource := range counts {
		if !measured[resource] {
			t.Errorf("there is no kind for %s", resource)
		}
	}
}
