// Package planwarnings carries what a plan has warned of to the apply: which broadcasts and other things on air it said that it ends.
//
// CLIs plan a replacement in two calls: the change, then the creation. They drop the warnings of the second call. The private state of
// the first call reaches the second, and that of the second reaches the delete. A replacement that the user forces (-replace,
// replace_triggered_by, a tainted object) has no first call that could warn. So each plan call leaves a note in private state, and a
// delete ends nothing on air that no note names. Create, Update and Delete remove the note, so it never outlives its plan.
package planwarnings

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// key is where private state holds the note; plan files that were saved earlier have it too.
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

// Note records one plan call.
type Note struct {
	Action Action `json:"action"`
	// Ends are the ids of what the plan warned that it ends, or may end because it could not check.
	Ends []string `json:"ends,omitempty"`
}

// Save writes the note to the private state that the apply receives.
func (n Note) Save(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	note, _ := json.Marshal(n) // strings alone, which cannot fail
	return private.SetKey(ctx, key, note)
}

// Load returns the note of the plan that is being applied, or of the first call of a replacement. It returns nil where there is none, as
// under Terraform before 1.3 and Pulumi, which do not plan a delete.
func Load(ctx context.Context, private service.PrivateReader) (*Note, diag.Diagnostics) {
	value, diags := private.GetKey(ctx, key)
	var note Note
	if len(value) == 0 || json.Unmarshal(value, &note) != nil || note.Action == "" {
		return nil, diags
	}
	return &note, diags
}

// Forget removes the note. Every Create, Update and Delete calls it first.
func Forget(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	return private.SetKey(ctx, key, nil)
}

// MayEnd reports whether a delete may end what is on air under this id.
func (n *Note) MayEnd(id string) bool {
	return n == nil || slices.Contains(n.Ends, id)
}

// Creation returns the note of a plan call for a new object, which is also the second call of a replacement. warned reports whether the
// first call has given all warnings already; those of the second are shown to nobody.
func Creation(ctx context.Context, private service.PrivateReader) (note Note, warned bool, diags diag.Diagnostics) {
	first, diags := Load(ctx, private)
	if first == nil {
		return Note{Action: Create}, false, diags
	}
	return Note{Action: Create, Ends: first.Ends}, first.Action == Replace, diags
}

// InApply reports whether a plan call is known to come from an apply, which plans each creation and change again immediately before
// carrying it out. All warnings have been given by then, and a run that applies has read no state, so it cannot know what other resources
// manage. Terraform allows deferral in an apply alone; OpenTofu never does, and its two calls look alike.
func InApply(req resource.ModifyPlanRequest) bool { return req.ClientCapabilities.DeferralAllowed }

// NextSteps explains what to do about an end that was refused. object is the address to put into commands, such as
// "prism_live_session.NAME"; inPlace is the change that does in place what the replacement was meant to do.
func (n *Note) NextSteps(object, inPlace string) string {
	return n.NextStepsAbout("ends a broadcast", object, inPlace)
}

// NextStepsAbout is NextSteps for something other than a broadcast; does is what the delete would do, such as "takes a curtain off".
func (n *Note) NextStepsAbout(does, object, inPlace string) string {
	switch n.Action {
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
