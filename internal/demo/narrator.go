package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// narrator tells the day in plain words.
type narrator struct {
	w                        io.Writer
	bold, dim, yellow, reset string
}

// newNarrator uses colours only where a person looks at a terminal that has them.
func newNarrator(w io.Writer) *narrator {
	n := &narrator{w: w}
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return n
	}
	if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		n.bold, n.dim, n.yellow, n.reset = "\x1b[1m", "\x1b[2m", "\x1b[33m", "\x1b[0m"
	}
	return n
}

const width = 100

func (n *narrator) title(format string, args ...any) {
	fmt.Fprintf(n.w, "\n%s%s%s\n", n.bold, fmt.Sprintf(format, args...), n.reset)
}

func (n *narrator) say(format string, args ...any) {
	fmt.Fprintln(n.w, fmt.Sprintf(format, args...))
}

func (n *narrator) setting(s setting) {
	fmt.Fprintf(n.w, "  %s: %s = %s\n", settingsFile, s.name, s.value)
}

func (n *narrator) command(format string, args ...any) {
	fmt.Fprintf(n.w, "  $ %s\n", fmt.Sprintf(format, args...))
}

// fact is something that was checked and is so.
func (n *narrator) fact(format string, args ...any) {
	n.wrapped("  ok: ", fmt.Sprintf(format, args...), "")
}

var pastTense = map[string]string{"create": "created", "update": "updated in place", "delete": "destroyed"}

// outcome tells warnings, which are of the plan, before what was done and what went wrong.
func (n *narrator) outcome(cli string, o outcome) {
	n.diagnostics(cli, o, "warning")
	for _, done := range o.done {
		action, address, _ := strings.Cut(done, " ")
		if past, ok := pastTense[action]; ok {
			action = past
		}
		n.wrapped("  "+cli+": ", address+" "+action, "")
	}
	n.diagnostics(cli, o, "error")
	if len(o.planned)+len(o.done)+len(o.diagnostics) == 0 && o.exit == 0 {
		n.wrapped("  "+cli+": ", "nothing to do", "")
	}
}

func (n *narrator) diagnostics(cli string, o outcome, severity string) {
	for _, d := range o.diagnostics {
		if d.Severity == severity {
			n.wrapped("  "+cli+", "+severity+": ", d.Summary+". "+d.Detail, n.yellow)
		}
	}
}

// requests tells what the service saw: writes one by one, and how many reads.
func (n *narrator) requests(r records) {
	writes := r.writes()
	text := fmt.Sprintf("%d reads, and no write", len(r.Requests)-len(writes))
	if len(writes) > 0 {
		text = fmt.Sprintf("%d reads, and", len(r.Requests)-len(writes))
	}
	n.wrapped("  the service saw: ", text, n.dim)
	for _, w := range writes {
		n.wrapped("    ", fmt.Sprintf("%s %s -> %d", w.Method, w.URI, w.Status), n.dim)
	}
}

// wrapped prints text after a lead, further lines below the text.
func (n *narrator) wrapped(lead, text, colour string) {
	reset := n.reset
	if colour == "" {
		reset = ""
	}
	for i, line := range wrap(text, width-len(lead)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		fmt.Fprintf(n.w, "%s%s%s%s\n", colour, lead, line, reset)
	}
}

// wrap breaks text between words into lines of at most width bytes; a longer word stays whole.
func wrap(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
