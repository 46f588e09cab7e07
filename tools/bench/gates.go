package main

import (
	"fmt"
	"io"
)

// gateObjects is the number of objects that the bounds are meant for: with few, the start of processes is most of the cost.
const gateObjects = 1000

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
