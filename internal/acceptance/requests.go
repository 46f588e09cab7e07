package acceptance

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// RequestsPage is the page that says which requests each command makes, seen from the root of the repository.
const RequestsPage = "tools/bench/requests.md"

// Command is one command that somebody gives about one object: it leads from Prior, nil for an object that does not exist, to Config, nil for
// a destroy.
type Command struct {
	Resource      string
	Prior, Config Values
	// Meanwhile happens between the two.
	Meanwhile func()
}

// Tell tells a command to a service, by processes of the provider.
type Tell func(t *testing.T, sim *simulator.Simulator, process func() *Protocol, command Command)

// RequestsRow gives a command to a service, once as Terraform does it and once as OpenTofu does, and returns its row of RequestsPage. begin
// makes a new service for each, and tells it the command.
func RequestsRow(name string, begin func(tell Tell)) string {
	var cells [2][3]string
	var sums [2]int
	for i, inApply := range []bool{true, false} {
		begin(func(t *testing.T, sim *simulator.Simulator, process func() *Protocol, command Command) {
			t.Helper()
			told := teller{t: t, sim: sim, process: process, inApply: inApply}
			cells[i] = told.command(command)
			sums[i] = told.count
		})
	}
	terraform, tofu := cells[0], cells[1]
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %d, %d |", name, terraform[0], terraform[1], terraform[2], tofu[2], sums[0], sums[1])
}

// teller gives a command as a CLI does, and writes down the requests of its parts.
type teller struct {
	t       *testing.T
	sim     *simulator.Simulator
	process func() *Protocol
	inApply bool
	count   int
}

func (l *teller) command(c Command) (cells [3]string) {
	l.t.Helper()
	p := l.process()
	var object Object
	if c.Prior != nil {
		object = p.Create(c.Resource, c.Prior)
	}
	if c.Meanwhile != nil {
		c.Meanwhile()
	}
	l.sim.ResetRequests()

	p = l.process()
	if c.Prior != nil {
		object, _, _ = p.Refresh(c.Resource, object)
	}
	cells[0] = l.requests()
	if c.Config == nil { // A CLI plans a destroy in a process of its own.
		p = l.process()
	}
	plan := p.Plan(c.Resource, object, c.Config)
	plan.mustHaveNoErrors(l.t)
	if cells[1] = l.requests(); !p.Changes(c.Resource, plan) {
		cells[2] = "-"
		return cells
	}

	if p = l.process(); l.inApply {
		p.InApply()
	}
	if c.Config != nil && !plan.Replaces { // A CLI plans anew what it makes or changes, and the new half of a replacement, but no destroy.
		plan = p.Plan(c.Resource, object, c.Config)
	}
	_, said := p.Apply(c.Resource, plan)
	said.mustHaveNoErrors(l.t)
	cells[2] = l.requests()
	return cells
}

// requests are those since the last time, by the simulator's names of routes; writes are bold.
func (l *teller) requests() string {
	var names []string
	for _, request := range l.sim.Requests() {
		name := request.Route
		if request.Method != http.MethodGet {
			name = "**" + name + "**"
		}
		names = append(names, name)
	}
	l.count += len(names)
	l.sim.ResetRequests()
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, ", ")
}

// RequestsSection is what the page says of a resource. root leads to the root of the repository.
func RequestsSection(t *testing.T, root, resource string) (rows []string, reasons string) {
	t.Helper()
	text, err := os.ReadFile(root + RequestsPage)
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## "+resource+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var rest strings.Builder
	for line := range strings.Lines(section) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "| Command"), strings.HasPrefix(line, "|---"):
		case strings.HasPrefix(line, "|"):
			rows = append(rows, line)
		default:
			rest.WriteString(line + "\n")
		}
	}
	return rows, rest.String()
}

// MustBeOnRequestsPage fails the test unless these rows, and no others, are what the page says of a resource, and unless it gives a reason
// for each route in them.
func MustBeOnRequestsPage(t *testing.T, root, resource string, rows []string) {
	t.Helper()
	written, reasons := RequestsSection(t, root, resource)
	if strings.Join(written, "\n") != strings.Join(rows, "\n") {
		t.Errorf("%s does not have these rows for %s:\n%s", RequestsPage, resource, strings.Join(rows, "\n"))
	}
	for _, row := range rows {
		for _, cell := range strings.Split(strings.Trim(row, "| "), " | ")[1:4] {
			for name := range strings.SplitSeq(cell, ", ") {
				if name = strings.Trim(name, "*"); name != "-" && !strings.Contains(reasons, "`"+name+"`") {
					t.Errorf("%s gives no reason for `%s` of %s", RequestsPage, name, resource)
				}
			}
		}
	}
}
