package planwarnings

import (
	"cmp"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Unplanned holds the objects of one type that this run has read from state and has not planned yet. For a tainted object a CLI plans
// only the creation of its replacement: that creation may be the end of an object held here. The zero value is empty.
type Unplanned struct {
	mu      sync.Mutex
	objects map[string]Held
	readAny bool
}

// Held is an object in state.
type Held struct {
	ID string
	// Like is what links a configuration to the object that it may replace, such as a name.
	Like string
	// Text describes the object in a warning.
	Text string
}

// Read adds an object that is in state.
func (u *Unplanned) Read(held Held) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.objects == nil {
		u.objects = map[string]Held{}
	}
	u.objects[held.ID], u.readAny = held, true
}

// HeldByNone ends a sentence about an object that exists already: as far as this run can tell, no resource holds it.
func (u *Unplanned) HeldByNone() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	text := "and no resource that this run has read so far holds it."
	if !u.readAny {
		text += " It has read none of this type, as when OpenTofu applies a plan: if a resource in your state holds it, there is nothing to do."
	}
	return text
}

// ReadAny reports whether this run has read an object of the type from state. A run that applies reads none.
func (u *Unplanned) ReadAny() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.readAny
}

// Seen records that this run has read an object of the type from state that no creation can replace.
func (u *Unplanned) Seen() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.readAny = true
}

// Repeats reports whether a plan call is known to repeat, during an apply, the plan of a change in place that is being carried out. It must
// agree with that plan: a replacement that is required only now is what Terraform calls an inconsistent plan, and a bug in the provider.
func (u *Unplanned) Repeats(req resource.ModifyPlanRequest) bool { return InApply(req) && !u.ReadAny() }

// Planned removes an object that a CLI has planned, and which is therefore not tainted.
func (u *Unplanned) Planned(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.objects, id)
}

// Like returns the objects that a creation may replace, ordered by id.
func (u *Unplanned) Like(like string) (found []Held) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, held := range u.objects {
		if held.Like == like {
			found = append(found, held)
		}
	}
	slices.SortFunc(found, func(a, b Held) int { return cmp.Compare(a.ID, b.ID) })
	return found
}
