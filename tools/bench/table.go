package main

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// table is one section of the results. The first columns are text and name the row; figures follow.
type table struct {
	title   string
	note    string
	columns []string
	// names is how many columns name a row.
	names int
	rows  [][]string
}

// write writes the table as Markdown.
func (t table) write(w io.Writer) {
	fmt.Fprintf(w, "\n## %s\n\n", t.title)
	if t.note != "" {
		fmt.Fprintf(w, "%s\n\n", t.note)
	}
	fmt.Fprintf(w, "| %s |\n|%s%s\n", strings.Join(t.columns, " | "), strings.Repeat("---|", t.names), strings.Repeat("---:|", len(t.columns)-t.names))
	for _, row := range t.rows {
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
}

// figure is one number of a table, and where it stands.
type figure struct {
	section, row, column string
	text                 string
	value                float64
}

func (f figure) where() string { return f.section + " / " + f.row + " / " + f.column }

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?`)

// figures reads the tables of a Markdown text that write has written. Columns whose cells are all numbers, with a unit or without,
// are figures; those before the first of them name the row.
func figures(text string) (all []figure) {
	var section string
	var columns []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section, columns = title, nil
			continue
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if columns == nil {
			columns = cells
			continue
		}
		all = append(all, figuresOf(section, columns, cells)...)
	}
	return all
}

func figuresOf(section string, columns, cells []string) (all []figure) {
	named := namingColumns(columns)
	for i := named; i < min(len(columns), len(cells)); i++ {
		text := number.FindString(cells[i])
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			continue
		}
		all = append(all, figure{section, strings.Join(cells[:named], ", "), columns[i], cells[i], value})
	}
	return all
}

// namingColumns is how many of the columns name a row: those up to the last of the words that name something.
func namingColumns(columns []string) int {
	named := 1
	for i, column := range columns {
		switch column {
		case "objects", "N", "protocol", "command":
			named = i + 1
		}
	}
	return named
}

// compare says of each figure that both have and that moved by more than a tenth how it was and how it is.
func compare(w io.Writer, kept, now string) {
	before := map[string]figure{}
	for _, one := range figures(kept) {
		before[one.where()] = one
	}
	moved, same := 0, 0
	for _, one := range figures(now) {
		old, ok := before[one.where()]
		switch {
		case !ok:
		case old.value != 0 && one.value/old.value > 0.9 && one.value/old.value < 1.1, old.value == one.value:
			same++
		default:
			moved++
			fmt.Fprintf(w, "%-90s %12s -> %s\n", one.where(), old.text, one.text)
		}
	}
	fmt.Fprintf(w, "%d figures within a tenth of the kept table, %d outside\n", same, moved)
}
