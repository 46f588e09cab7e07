package restream

import (
	"encoding/json"
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
	targets := targetModels{}
	text := func(label string, values ...string) types.String {
		return types.StringValue(rapid.SampledFrom(values).Draw(t, label))
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "targets") {
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

// The pairing that a plan has announced by its platform ids is the one that the apply carries out, whatever a write-only key is then.
func TestAnApplyFollowsThePlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prior := drawTargets(t, true)
		plan := drawTargets(t, false)
		labels, before := plan.labels(), prior.labels()
		if len(labels) != len(before) {
			t.Skip("another number of targets replaces the channel")
		}
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

func platforms(targets targetModels, ids bool) []api.Platform {
	var all []api.Platform
	for _, label := range targets.labels() {
		target := targets[label]
		platform := api.Platform{
			TargetName: lenientjson.String(target.TargetName.ValueString()), RTMPURL: lenientjson.String(target.RTMPURL.ValueString()),
			StreamKey: lenientjson.String(target.key()), ID: lenientjson.String(target.AuthID.ValueString()),
		}
		if ids {
			platform.PlatformID = lenientjson.String(target.PlatformID.ValueString())
		}
		all = append(all, platform)
	}
	return all
}

// A refresh of what the service holds unchanged changes nothing, in whatever order the targets come, with ids or without
// them, and with keys hidden or not; and it never needs the list that has the ids.
func TestRefreshOfUnchangedTargetsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		held := drawTargets(t, true)
		prints, state := drawFingerprints(t, held), stored(held)
		noted := maps.Clone(prints)
		withIDs := rapid.Bool().Draw(t, "ids")
		shown := rapid.Permutation(platforms(held, withIDs)).Draw(t, "shown")
		for i := range shown {
			if rapid.IntRange(0, 2).Draw(t, "mask") == 0 {
				shown[i].StreamKey = lenientjson.String("k****")
			}
		}
		if !withIDs && !state.matchesUnambiguously(shown, prints) {
			t.Fatalf("%v is not recognised in %v", shown, held)
		}
		if got := state.refresh(shown, prints, true); !same(got, state) || !maps.Equal(prints, noted) {
			t.Fatalf("%v was refreshed to %v by %v", state, got, shown)
		}
	})
}

// A new channel's targets get the ids of what was made of them, in whatever order they are listed: by their keys, and by the order of
// the ids where the keys are hidden.
func TestNewTargetsGetTheirIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		made := drawTargets(t, false)
		shown := platforms(made, false)
		for i := range shown {
			shown[i].PlatformID = lenientjson.String(fmt.Sprint(98 + i)) // 98, 99, 100, ...
		}
		hidden := rapid.Bool().Draw(t, "keys hidden")
		if hidden {
			for i := range shown {
				shown[i].StreamKey = shown[i].StreamKey[:1] + "****"
			}
		}
		targets, prints := maps.Clone(made), fingerprints{}
		targets.setPlatformIDs(rapid.Permutation(shown).Draw(t, "shown"), prints)
		for i, label := range made.labels() {
			target, id := targets[label], targets[label].PlatformID.ValueString()
			// Targets of one content may have each other's ids.
			owner := made[made.labels()[slices.IndexFunc(shown, func(p api.Platform) bool { return string(p.PlatformID) == id })]]
			if owner.key() != target.key() || !owner.RTMPURL.Equal(target.RTMPURL) || !owner.AuthID.Equal(target.AuthID) {
				t.Fatalf("target %d of %v got id %s, which is %v", i, made, id, owner)
			}
			if prints.differs(id, target.key()) || prints.matches(id, target.key()) != !target.StreamKeyWO.IsNull() {
				t.Fatalf("the fingerprint of %q is not that of its key", label)
			}
		}
	})
}

func same(a, b targetModels) bool {
	return maps.EqualFunc(a, b, func(x, y targetModel) bool { return x.sameContent(y) && x.PlatformID.Equal(y.PlatformID) })
}

// Ids win over everything else: an entry whose target moved and got another key is still that target.
func TestMatchPlatformsGoesByID(t *testing.T) {
	t.Parallel()
	entry := func(url, key, id string) targetModel {
		return targetModel{TargetName: types.StringValue("CUSTOM"), RTMPURL: types.StringValue(url), StreamKey: types.StringValue(key), PlatformID: types.StringValue(id)}
	}
	state := targetModels{"a": entry("rtmp://a/x", "ka", "1"), "b": entry("rtmp://b/x", "kb", "2")}
	got := state.refresh([]api.Platform{
		{PlatformID: "2", TargetName: "CUSTOM", RTMPURL: "rtmp://a/x", StreamKey: "ka"},
		{PlatformID: "1", TargetName: "CUSTOM", RTMPURL: "rtmp://b/x", StreamKey: "kb"},
	}, fingerprints{}, true)
	want := targetModels{"a": entry("rtmp://b/x", "kb", "1"), "b": entry("rtmp://a/x", "ka", "2")}
	if !same(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
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

// A key that is new to state is stored only where state may hold secrets; one that was hidden stays as it was.
func TestRefreshedSecrets(t *testing.T) {
	t.Parallel()
	shown := []api.Platform{{PlatformID: "1", TargetName: "CUSTOM", RTMPURL: "rtmp://a/x", StreamKey: "secret"}}
	for allowed, want := range map[bool]types.String{true: types.StringValue("secret"), false: types.StringNull()} {
		if got := (targetModels{}).refresh(shown, fingerprints{}, allowed)["custom"].StreamKey; !got.Equal(want) {
			t.Errorf("secrets in state %t: got %v, want %v", allowed, got, want)
		}
	}
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

// A fingerprint recognises its key and no other, shows nothing of it, and is salted: two of one key differ.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	prints := fingerprints{}
	prints.add("1", "secret-key")
	prints.add("2", "secret-key")
	if prints["1"].Sum == prints["2"].Sum {
		t.Error("two fingerprints of one key are the same")
	}
	data, err := json.Marshal(prints)
	if err != nil || strings.Contains(string(data), "secret-key") {
		t.Fatalf("marshalled to %s, %v", data, err)
	}
	read := parseFingerprints(data)
	if !read.matches("1", "secret-key") || read.differs("1", "secret-key") {
		t.Error("its own key is not recognised")
	}
	if read.matches("1", "other") || !read.differs("1", "other") {
		t.Error("another key is recognised")
	}
	if read.matches("3", "secret-key") || read.differs("3", "secret-key") {
		t.Error("a platform without a fingerprint is judged")
	}
	for _, broken := range []string{"", "null", "[]", "{", `{"1":7}`} {
		if prints := parseFingerprints([]byte(broken)); prints.matches("1", "") || prints.differs("1", "") {
			t.Errorf("%q gave a judgement", broken)
		}
		prints := parseFingerprints([]byte(broken))
		prints.add("1", "k") // must not panic
	}
}
