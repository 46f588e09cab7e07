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

// outcomeOf sorts a case for the table; effect is whether anything has changed at the services.
func outcomeOf(r *record, request simulator.Request, n int, met []simulator.Request, effect bool) outcome {
	switch {
	case r.succeeded && isWrite(request) && lostAnswer(n, met):
		return reconciled
	case r.succeeded:
		return atOnce
	case effect:
		return recovered
	}
	return refused
}

// lostAnswer reports whether the write that met the fault was sent once, and so was looked for instead of repeated.
func lostAnswer(n int, met []simulator.Request) bool {
	if len(met) < n || met[n-1].Fault == "" {
		return false
	}
	return !slices.ContainsFunc(met[n:], func(other simulator.Request) bool {
		return other.Method == met[n-1].Method && other.URI == met[n-1].URI
	})
}

// mustPass tells of a fault whether nobody may notice it: it strikes a read once, or a write that the service has not seen.
func mustPass(f fault, request simulator.Request) bool {
	return !f.lasting && (f.unseen || f.passes && isRead(request))
}

// noticed says what was noticed of a fault that must pass: a read that meets it once, or a write that the service has not seen.
func noticed(r *record, st story, f fault, request simulator.Request, n int, met []simulator.Request) (list []string) {
	if !mustPass(f, request) {
		return nil
	}
	if r.succeeded == st.refused {
		list = append(list, "the command did not end as it does without the fault: "+strings.Join(r.errors, "\n"))
	}
	if len(met) >= n && met[n-1].Route != request.Route {
		list = append(list, fmt.Sprintf("request %d was to %s", n, met[n-1].Route))
	}
	if !st.refused && r.made != st.wanted {
		list = append(list, fmt.Sprintf("%+v took effect, wanted was %+v", r.made, st.wanted))
	}
	return list
}
