package restream

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"
)

// The pairing that a plan has announced by its platform ids is the one that the apply carries out, whatever a write-only key is then.
func TestApplyFollowsThePlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prior := drawTargets(t, true)
		plan := drawSomeTargets(t, len(prior), false) // Another number of targets replaces the channel.
		labels, before := plan.labels(), prior.labels()
		order := rapid.Permutation(before).Draw(t, "order")
		for i, label := range labels {
			target := plan[label]
			target.PlatformID = prior[order[i]].PlatformID
			plan[label] = target
		}
		from, _ := plan.matchPrior(stored(prior), drawFingerprints(t, prior))
		for i, label := range labels {
			if from[label] != order[i] {
				t.Fatalf("%q continues %q, and the plan said %q", label, from[label], order[i])
			}
		}
	})
}

// One edited entry of otherwise equal ones is the only one that needs an edit, under any labels that the others keep.
func TestOnlyTheChangedEntryNeedsAnEdit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prior := drawTargets(t, true)
		plan := maps.Clone(prior)
		changed := rapid.SampledFrom(prior.labels()).Draw(t, "changed")
		target := plan[changed]
		target.RTMPURL = types.StringValue("rtmp://new/x")
		plan[changed] = target
		from, complete := plan.matchPrior(prior, fingerprints{})
		edits := 0
		for label, before := range from {
			if plan[label].needsEdit(prior[before], fingerprints{}) {
				edits++
			}
		}
		if !complete || edits != 1 {
			t.Fatalf("%q changed in %v after %v, and %d entries need an edit", changed, plan, prior, edits)
		}
	})
}

func TestNeedsEdit(t *testing.T) {
	t.Parallel()
	text, number := types.StringValue, types.Int64Value
	base := targetModel{TargetName: text("CUSTOM"), RTMPURL: text("rtmp://a/x"), PlatformID: text("1")}
	of := func(change func(*targetModel)) targetModel {
		target := base
		change(&target)
		return target
	}
	plain := of(func(r *targetModel) { r.StreamKey = text("k") })
	hidden := of(func(r *targetModel) { r.StreamKeyWO, r.StreamKeyWOVersion = text("k"), number(1) })
	prints, foreign := fingerprints{}, fingerprints{}
	prints.add("1", "k")
	foreign.add("1", "foreign")
	for name, c := range map[string]struct {
		before, after targetModel
		prints        fingerprints
		want          bool
	}{
		"nothing":                          {plain, plain, nil, false},
		"key":                              {plain, of(func(r *targetModel) { r.StreamKey = text("k2") }), nil, true},
		"to write-only, same key":          {plain, hidden, nil, false},
		"to write-only, other key":         {plain, of(func(r *targetModel) { r.StreamKeyWO, r.StreamKeyWOVersion = text("k2"), number(1) }), nil, true},
		"to stored, same key":              {hidden.forState(), plain, prints, false},
		"to stored, other key":             {hidden.forState(), of(func(r *targetModel) { r.StreamKey = text("k2") }), prints, true},
		"to stored, key cannot be known":   {hidden.forState(), plain, fingerprints{}, true},
		"version alone":                    {hidden.forState(), of(func(r *targetModel) { r.StreamKeyWO, r.StreamKeyWOVersion = text("k"), number(2) }), prints, true},
		"version taken out by a refresh":   {of(func(*targetModel) {}), hidden, foreign, true},
		"another key, put right elsewhere": {of(func(*targetModel) {}), hidden, prints, false},
		"no version, key cannot be known":  {of(func(*targetModel) {}), hidden, fingerprints{}, true},
		"password version alone": {of(func(r *targetModel) { r.StreamKey, r.AuthPasswordWOVersion = text("k"), number(1) }),
			of(func(r *targetModel) {
				r.StreamKey, r.AuthPasswordWO, r.AuthPasswordWOVersion = text("k"), text("p"), number(2)
			}), nil, true},
		"password to write-only": {of(func(r *targetModel) { r.StreamKey, r.AuthPassword = text("k"), text("p") }),
			of(func(r *targetModel) {
				r.StreamKey, r.AuthPasswordWO, r.AuthPasswordWOVersion = text("k"), text("p"), number(1)
			}), nil, false},
		"key without a new version":        {hidden.forState(), of(func(r *targetModel) { r.StreamKeyWO, r.StreamKeyWOVersion = text("k2"), number(1) }), prints, false},
		"address":                          {plain, of(func(r *targetModel) { r.StreamKey, r.RTMPURL = text("k"), text("rtmp://b/x") }), nil, true},
		"user":                             {plain, of(func(r *targetModel) { r.StreamKey, r.AuthID = text("k"), text("u") }), nil, true},
		"password":                         {plain, of(func(r *targetModel) { r.StreamKey, r.AuthPassword = text("k"), text("p") }), nil, true},
		"label of another platform's mark": {of(func(r *targetModel) { r.PlatformID = text("2") }), plain, prints, true},
	} {
		if got := c.after.needsEdit(c.before, c.prints); got != c.want {
			t.Errorf("%s: needs an edit %t, want %t", name, got, c.want)
		}
	}
}
