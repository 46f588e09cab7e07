package restream

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// drawTargets are up to five entries that resemble each other as much as they can: few names, addresses and keys. With ids they are
// as state has them.
func drawTargets(t *rapid.T, ids bool) targetModels {
	return drawSomeTargets(t, rapid.IntRange(1, 5).Draw(t, "targets"), ids)
}

func drawSomeTargets(t *rapid.T, count int, ids bool) targetModels {
	targets := targetModels{}
	text := func(label string, values ...string) types.String {
		return types.StringValue(rapid.SampledFrom(values).Draw(t, label))
	}
	for i := range count {
		target := targetModel{TargetName: text("name", "CUSTOM", "YOUTUBE"), RTMPURL: text("address", "rtmp://a/x", "rtmp://b/x")}
		if key := text("key", "key-0", "key-1", "other"); rapid.Bool().Draw(t, "stored") {
			target.StreamKey = key
		} else {
			target.StreamKeyWO, target.StreamKeyWOVersion = key, types.Int64Value(int64(rapid.IntRange(1, 2).Draw(t, "version")))
		}
		if rapid.Bool().Draw(t, "has user") {
			target.AuthID, target.AuthPassword = text("user", "user", "other"), text("password", "pass-0", "pass-1")
		}
		if ids {
			target.PlatformID = types.StringValue(fmt.Sprint(4000 + i))
		}
		targets[fmt.Sprintf("%s%d", rapid.StringMatching("[a-z]").Draw(t, "label"), i)] = target
	}
	return targets
}

// drawFingerprints are those of the write-only keys, save of some that the provider has never seen.
func drawFingerprints(t *rapid.T, targets targetModels) fingerprints {
	prints := fingerprints{}
	for _, label := range targets.labels() {
		if target := targets[label]; !target.StreamKeyWO.IsNull() && rapid.IntRange(0, 3).Draw(t, "fingerprint") > 0 {
			prints.add(target.PlatformID.ValueString(), target.key())
		}
	}
	return prints
}

// drawRenamed gives the same entries other labels, some of which may be those of other entries, and moves some secrets to their
// other form where the provider can know them.
func drawRenamed(t *rapid.T, targets targetModels, prints fingerprints) targetModels {
	labels := rapid.Permutation(append(targets.labels(), "other1", "other2", "other3")).Draw(t, "labels")
	renamed := targetModels{}
	for i, label := range targets.labels() {
		target := targets[label]
		if moves := rapid.Bool().Draw(t, "other form"); moves && !target.StreamKey.IsNull() {
			target.StreamKey, target.StreamKeyWO, target.StreamKeyWOVersion = types.StringNull(), target.StreamKey, types.Int64Value(1)
			if !target.AuthPassword.IsNull() {
				target.AuthPassword, target.AuthPasswordWO, target.AuthPasswordWOVersion = types.StringNull(), target.AuthPassword, types.Int64Value(1)
			}
		} else if moves && prints.matches(target.PlatformID.ValueString(), target.key()) {
			target.StreamKey, target.StreamKeyWO, target.StreamKeyWOVersion = target.StreamKeyWO, types.StringNull(), types.Int64Null()
		}
		target.PlatformID = types.StringNull()
		renamed[labels[i]] = target
	}
	return renamed
}

func stored(targets targetModels) targetModels {
	kept := targetModels{}
	for label, target := range targets {
		kept[label] = target.forState()
	}
	return kept
}

// Whatever is renamed, exchanged or moved between its stored and its write-only form, no entry needs an edit and none is without
// its predecessor.
func TestRenamingNeverNeedsAnEdit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		held := drawTargets(t, true)
		prints, prior := drawFingerprints(t, held), stored(held)
		plan := drawRenamed(t, held, prints)
		from, complete := plan.matchPrior(prior, prints)
		if !complete {
			t.Fatalf("%v does not continue %v", plan, prior)
		}
		for label, before := range from {
			if plan[label].needsEdit(prior[before], prints) || plan[label].dropsAuth(prior[before]) {
				t.Fatalf("%q of %v continues %q of %v, and would be changed", label, plan, before, prior)
			}
			if _, known := prints[prior[before].PlatformID.ValueString()]; known && plan[label].key() != held[before].key() {
				t.Fatalf("%q of %v continues %q of %v, which is known to have another key", label, plan, before, held)
			}
		}
	})
}

// Where one way to pair targets replaces the channel and another does not, it is the other: a credential that moves from one target
// to its twin is an edit of both.
func TestMatchPriorKeepsCredentialsWherePossible(t *testing.T) {
	t.Parallel()
	entry := func(key, user string) targetModel {
		target := targetModel{TargetName: types.StringValue("CUSTOM"), RTMPURL: types.StringValue("rtmp://a/x"), StreamKey: types.StringValue(key)}
		if user != "" {
			target.AuthID = types.StringValue(user)
		}
		return target
	}
	prior := targetModels{"a": entry("ka", "olive"), "b": entry("kb", "")}
	plan := targetModels{"a": entry("ka", ""), "b": entry("kb", "olive")}
	from, complete := plan.matchPrior(prior, fingerprints{})
	if !complete || from["a"] != "b" || from["b"] != "a" {
		t.Errorf("paired %v, complete %t", from, complete)
	}
}

// Pairing is one to one, keeps to the name of the target, and is complete exactly if both sides have the same names.
func TestMatchPriorIsOneToOneByTargetName(t *testing.T) {
	t.Parallel()
	names := func(targets targetModels) []string {
		var all []string
		for _, target := range targets {
			all = append(all, target.TargetName.ValueString())
		}
		slices.Sort(all)
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		prior, plan := drawTargets(t, true), drawTargets(t, false)
		from, complete := plan.matchPrior(prior, fingerprints{})
		seen := map[string]bool{}
		for label, before := range from {
			if seen[before] || !plan[label].TargetName.Equal(prior[before].TargetName) {
				t.Fatalf("%q of %v continues %q of %v", label, plan, before, prior)
			}
			seen[before] = true
		}
		if want := slices.Equal(names(prior), names(plan)); complete != want {
			t.Fatalf("complete is %t for %v after %v", complete, plan, prior)
		}
	})
}

func same(a, b targetModels) bool {
	return maps.EqualFunc(a, b, func(x, y targetModel) bool { return x.sameContent(y) && x.PlatformID.Equal(y.PlatformID) })
}

// Targets that are shown without ids are only taken for the entries where there is no doubt.
func TestMatchesUnambiguously(t *testing.T) {
	t.Parallel()
	entry := func(url, key, id string) targetModel {
		target := targetModel{TargetName: types.StringValue("CUSTOM"), RTMPURL: types.StringValue(url), StreamKey: types.StringValue(key)}
		if id != "" {
			target.PlatformID = types.StringValue(id)
		}
		return target
	}
	shown := func(url, key string) api.Platform {
		return api.Platform{TargetName: "CUSTOM", RTMPURL: lenientjson.String(url), StreamKey: lenientjson.String(key)}
	}
	twins := targetModels{"a": entry("rtmp://a/x", "ka", "1"), "b": entry("rtmp://a/x", "ka", "2")}
	two := targetModels{"a": entry("rtmp://a/x", "ka", "1"), "b": entry("rtmp://b/x", "kb", "2")}
	for name, c := range map[string]struct {
		state targetModels
		shown []api.Platform
		want  bool
	}{
		"unchanged":                {two, []api.Platform{shown("rtmp://b/x", "kb"), shown("rtmp://a/x", "ka")}, true},
		"one changed":              {two, []api.Platform{shown("rtmp://a/x", "ka"), shown("rtmp://c/x", "other")}, true},
		"one of two alike changed": {twins, []api.Platform{shown("rtmp://a/x", "ka"), shown("rtmp://a/x", "other")}, false},
		"both changed":             {two, []api.Platform{shown("rtmp://c/x", "kc"), shown("rtmp://d/x", "kd")}, false},
		"one more":                 {two, []api.Platform{shown("rtmp://a/x", "ka"), shown("rtmp://b/x", "kb"), shown("rtmp://c/x", "kc")}, false},
		"one less":                 {two, []api.Platform{shown("rtmp://a/x", "ka")}, false},
		"an entry without id":      {targetModels{"a": entry("rtmp://a/x", "ka", "")}, []api.Platform{shown("rtmp://a/x", "ka")}, false},
		"nothing in state":         {targetModels{}, []api.Platform{shown("rtmp://a/x", "ka")}, false},
	} {
		if got := c.state.matchesUnambiguously(c.shown, fingerprints{}); got != c.want {
			t.Errorf("%s: certain is %t, want %t", name, got, c.want)
		}
	}
}

// Import names entries after their targets, numbered in the order of the service where there are several, and never twice.
func TestNewLabels(t *testing.T) {
	t.Parallel()
	list := func(names ...string) []api.Platform {
		var all []api.Platform
		for i, name := range names {
			all = append(all, api.Platform{PlatformID: lenientjson.String(fmt.Sprint(i + 1)), TargetName: lenientjson.String(name), RTMPURL: lenientjson.String(fmt.Sprintf("rtmp://%d/x", i)), StreamKey: "k"})
		}
		return all
	}
	known := func(id string) targetModel {
		return targetModel{TargetName: types.StringValue("CUSTOM"), RTMPURL: types.StringValue("rtmp://own/x"), StreamKey: types.StringValue("k"), PlatformID: types.StringValue(id)}
	}
	for name, c := range map[string]struct {
		state targetModels
		shown []api.Platform
		want  string
	}{
		"different":        {targetModels{}, list("YOUTUBE", "CHZZK", "CUSTOM"), "chzzk=2 custom=3 youtube=1"},
		"several of one":   {targetModels{}, list("CUSTOM", "YOUTUBE", "CUSTOM"), "custom_1=1 custom_2=3 youtube=2"},
		"one added":        {targetModels{"mine": known("1")}, list("CUSTOM", "CUSTOM"), "custom_2=2 mine=1"},
		"label is taken":   {targetModels{"custom_2": known("1")}, list("CUSTOM", "CUSTOM"), "custom_2=1 custom_3=2"},
		"taken by another": {targetModels{"youtube": known("1")}, list("CUSTOM", "YOUTUBE"), "youtube=1 youtube_2=2"},
	} {
		got := c.state.refresh(c.shown, fingerprints{}, true)
		var pairs []string
		for _, label := range got.labels() {
			pairs = append(pairs, label+"="+got[label].PlatformID.ValueString())
		}
		if text := strings.Join(pairs, " "); text != c.want {
			t.Errorf("%s: got %s, want %s", name, text, c.want)
		}
	}
}
