package announced

import (
	"cmp"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// InApply reports whether a plan call is known to come from an apply, which plans each creation and change once more right before it
// makes it. All has been said by then, and a run that applies has read no state, so it cannot tell what others hold. Terraform allows
// deferral in an apply alone; OpenTofu never does, and its two calls look alike.
func InApply(req resource.ModifyPlanRequest) bool { return req.ClientCapabilities.DeferralAllowed }

// Unplanned holds the objects of one type that this run has read from state and has not planned yet. A CLI plans nothing for a tainted
// object but the creation of the one that takes its place: that creation may be the end of an object in here. The zero value is empty.
type Unplanned struct {
	mu      sync.Mutex
	objects map[string]Held
	readAny bool
}

// Held is an object in state.
type Held struct {
	ID string
	// Like is what tells from a configuration which object it may be about, such as a name.
	Like string
	// Text is what a warning says of the object.
	Text string
}

// Read notes an object that is in state.
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

// ReadAny tells whether this run has read an object of the type from state. A run that applies reads none.
func (u *Unplanned) ReadAny() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.readAny
}

// Planned notes that a CLI has planned the object itself, so that it is not tainted.
func (u *Unplanned) Planned(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.objects, id)
}

// Like returns the objects that a creation may take the place of, by id.
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
