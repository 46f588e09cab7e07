// Package announced carries what a plan said about broadcasts that end, from the plan to the delete that carries it out.
//
// CLIs plan a replacement in two calls (the change, then the creation), drop the warnings of the second, and hand the private state of the first to the second and of the
// second to the delete. A replacement that the user forces (-replace, replace_triggered_by, a tainted object) has no first call that could
// warn. So each plan call notes in private state what it said, and a delete ends nothing on air that no note names. Create, Update and
// Delete forget the note, so it never outlives its plan.
package announced

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// key is where private state holds the note.
const key = "announced"

// Action is what a plan call was asked to do.
type Action string

// The actions of a plan. A delete that finds Create belongs to a replacement.
const (
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Destroy Action = "destroy"
	// Deposed is the destroy of an object that a forced replacement with create_before_destroy has deposed.
	Deposed Action = "deposed"
)

// Plan is the note of one plan call.
type Plan struct {
	Action Action `json:"action"`
	// Ends are the ids of what the plan said it ends, also where it said that it could not look.
	Ends []string `json:"ends,omitempty"`
}

// Save notes a plan in the private state that goes on to the apply.
func (p Plan) Save(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	note, _ := json.Marshal(p) // strings alone, which cannot fail
	return private.SetKey(ctx, key, note)
}

// Load returns the note of the plan that is being carried out, or of the first call of a replacement; nil where there was none, as under
// Terraform before 1.3 and Pulumi, which do not plan a delete.
func Load(ctx context.Context, private service.PrivateReader) (*Plan, diag.Diagnostics) {
	note, diags := private.GetKey(ctx, key)
	var plan Plan
	if len(note) == 0 || json.Unmarshal(note, &plan) != nil || plan.Action == "" {
		return nil, diags
	}
	return &plan, diags
}

// Forget removes the note. Every Create, Update and Delete begins with it.
func Forget(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	return private.SetKey(ctx, key, nil)
}

// MayEnd reports whether a delete may end what is on air under this id.
func (p *Plan) MayEnd(id string) bool {
	return p == nil || slices.Contains(p.Ends, id)
}

// Creation makes the note of a plan call for a new object, which is also the second call of a replacement. announced tells whether the
// first one has said everything: nobody hears the second.
func Creation(ctx context.Context, private service.PrivateReader) (note Plan, announced bool, diags diag.Diagnostics) {
	first, diags := Load(ctx, private)
	if first == nil {
		return Plan{Action: Create}, false, diags
	}
	return Plan{Action: Create, Ends: first.Ends}, first.Action == Replace, diags
}

// NextSteps says what to do about an end that was refused; object is the address to put into commands, such as "prism_live_session.NAME",
// and inPlace the change that does in place what the replacement was meant to do.
func (p *Plan) NextSteps(object, inPlace string) string {
	return p.NextStepsAbout("ends a broadcast", object, inPlace)
}

// NextStepsAbout is NextSteps for another end than that of a broadcast; does is what the delete would do, such as "takes a curtain off".
func (p *Plan) NextStepsAbout(does, object, inPlace string) string {
	switch p.Action {
	case Deposed:
		return "It is the old half of a replacement with `create_before_destroy` whose plan did not announce that it " + does + ": `-replace`, `replace_triggered_by` and a " +
			"tainted object are replaced without a warning. The new half is made, and the old one is kept as a deposed object. If the end is what you want, plan again: the new plan says so."
	case Destroy:
		return "When this destroy was planned, nothing was on air, so the plan did not announce that it " + does + ". If that is what you want, plan again: the new plan says so."
	}
	return "This delete is half of a replacement whose plan did not announce that it " + does + ": `-replace`, `replace_triggered_by` and a tainted object " +
		"are replaced without a warning. " + inPlace + " If the object is tainted, `terraform untaint " + object + "` keeps it. " +
		"If the end is what you want, destroy the object (`terraform destroy -target=" + object + "`), or plan again once it is over."
}
