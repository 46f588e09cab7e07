package faultmatrix

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write the figures of this run to figures.md")

const figuresFile = "figures.md"

// figures counts cases by story, family of faults and outcome.
type figures struct {
	mu    sync.Mutex
	cells map[[2]string]map[outcome]int
}

func newFigures() *figures { return &figures{cells: map[[2]string]map[outcome]int{}} }

func (f *figures) count(story, family string, kind outcome) {
	f.mu.Lock()
	defer f.mu.Unlock()
	cell := f.cells[[2]string{story, family}]
	if cell == nil {
		cell = map[outcome]int{}
		f.cells[[2]string{story, family}] = cell
	}
	cell[kind]++
}

// sum adds up what is selected; "" is all.
func (f *figures) sum(story, family string, kind outcome) int {
	total := 0
	for at, cell := range f.cells {
		if story != "" && at[0] != story || family != "" && at[1] != family {
			continue
		}
		for of, count := range cell {
			if kind == "" || of == kind {
				total += count
			}
		}
	}
	return total
}

var outcomes = []outcome{atOnce, reconciled, refused, recovered}

// table is the text of figures.md.
func (f *figures) table() string {
	var b strings.Builder
	b.WriteString("# Figures of the fault matrix\n\nWritten by `go test ./internal/acceptance/faultmatrix -update`, and compared with each run.\n\n" +
		"Each request of each story met each fault, once or from there on (\"outage\"). A case is *at once* if the command succeeded as if nothing had been, *reconciled* if the answer\n" +
		"to a write was lost and the command found out that the write had taken effect, *refused* if it ended in an error and nothing had taken effect, and *recovered* if it ended in an\n" +
		"error after something had. Wherever a fault was noticed, the user then did what the errors said, and the next plan was empty. In no case was anything orphaned, doubled, dropped,\n" +
		"leaked, cut off air, or left to be paid for without a word.\n\n## Stories\n\n")
	row := func(cells ...string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	numbers := func(story, family string) []string {
		cells := []string{fmt.Sprint(f.sum(story, family, ""))}
		for _, kind := range outcomes {
			cells = append(cells, fmt.Sprint(f.sum(story, family, kind)))
		}
		return cells
	}
	row("Story", "Cases", "At once", "Reconciled", "Refused", "Recovered")
	row("---", "--:", "--:", "--:", "--:", "--:")
	for _, st := range stories() {
		row(append([]string{st.name}, numbers(st.name, "")...)...)
	}
	row(append([]string{"**All**"}, numbers("", "")...)...)
	b.WriteString("\n## Faults\n\n")
	row("Family", "Cases", "At once", "Reconciled", "Refused", "Recovered")
	row("---", "--:", "--:", "--:", "--:", "--:")
	for _, family := range families {
		row(append([]string{family}, numbers("", family)...)...)
	}
	row(append([]string{"**All**"}, numbers("", "")...)...)
	b.WriteString("\n## Cases by story and family\n\n")
	row(append([]string{"Story"}, families...)...)
	row(append([]string{"---"}, slices.Repeat([]string{"--:"}, len(families))...)...)
	for _, st := range stories() {
		cells := []string{st.name}
		for _, family := range families {
			cells = append(cells, fmt.Sprint(f.sum(st.name, family, "")))
		}
		row(cells...)
	}
	return b.String()
}

// check prints the table, and compares it with the one that is kept.
func (f *figures) check(t *testing.T) {
	t.Helper()
	table := f.table()
	t.Log("\n" + table)
	if *update {
		if err := os.WriteFile(figuresFile, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != table {
		t.Errorf("%s is not what this run has found; if that is right, run it with -update", figuresFile)
	}
	for _, readme := range readmes {
		f.checkReadme(t, readme.file, readme.count)
	}
}

// readmes name the count of all cases, each in its own words.
var readmes = []struct {
	file  string
	count *regexp.Regexp
}{
	{"README.md", regexp.MustCompile(`\*\*([0-9,]+) cases\*\*`)},
	{"README.ko.md", regexp.MustCompile(`\*\*([0-9,]+)건\*\*`)},
}

func (f *figures) checkReadme(t *testing.T, file string, count *regexp.Regexp) {
	t.Helper()
	path := filepath.Join("..", "..", "..", file)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := count.FindSubmatchIndex(text)
	if at == nil {
		t.Fatalf("%s does not tell the count of cases as %s", file, count)
	}
	total := f.sum("", "", "")
	cases := fmt.Sprintf("%d,%03d", total/1000, total%1000)
	if *update {
		if err := os.WriteFile(path, slices.Concat(text[:at[2]], []byte(cases), text[at[3]:]), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if told := string(text[at[2]:at[3]]); told != cases {
		t.Errorf("%s tells of %s cases, and there are %s", file, told, cases)
	}
}
