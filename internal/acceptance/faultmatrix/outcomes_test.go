package faultmatrix

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func shortened(text string) string {
	if *only == "" && len(text) > 3000 {
		return text[:3000] + "..."
	}
	return text
}

// outcome is how a case ended, as the table has it.
type outcome string

// outcomeOf classifies a case for the table. requests are those of the command, and changed is whether it has changed anything at the services.
func (c faultCase) outcomeOf(r *record, requests []simulator.Request, changed bool) outcome {
	switch {
	case r.succeeded && isWrite(c.request) && lostAnswer(c.n, requests):
		return reconciled
	case r.succeeded:
		return atOnce
	case changed:
		return recovered
	}
	return refused
}

// lostAnswer reports whether the write that met the fault was sent once, so its outcome was looked up and the write not repeated.
func lostAnswer(n int, requests []simulator.Request) bool {
	if len(requests) < n || requests[n-1].Fault == "" {
		return false
	}
	return !slices.ContainsFunc(requests[n:], func(other simulator.Request) bool {
		return other.Method == requests[n-1].Method && other.URI == requests[n-1].URI
	})
}

// mustPass reports whether the fault must have no effect: it hits a read once, or a write that the service has not seen.
func (c faultCase) mustPass() bool {
	return !c.fault.lasting && (c.fault.unseen || c.fault.passes && isRead(c.request))
}

// noticed returns what a user notices of a fault that must have no effect.
func (c faultCase) noticed(r *record, requests []simulator.Request) (list []string) {
	if !c.mustPass() {
		return nil
	}
	if r.succeeded == c.story.refused {
		list = append(list, "the command did not end as it does without the fault: "+strings.Join(r.errors, "\n"))
	}
	if len(requests) >= c.n && requests[c.n-1].Route != c.request.Route {
		list = append(list, fmt.Sprintf("request %d was to %s", c.n, requests[c.n-1].Route))
	}
	if !c.story.refused && r.made != c.story.wanted {
		list = append(list, fmt.Sprintf("%+v took effect, wanted was %+v", r.made, c.story.wanted))
	}
	return list
}
