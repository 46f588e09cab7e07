package restream

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// randomTargets are up to five entries that resemble each other as much as they can: few names, addresses and keys. With ids
// they are as state has them.
func randomTargets(random *rand.Rand, ids bool) targetModels {
	targets := targetModels{}
	for i := range 1 + random.IntN(5) {
		target := targetModel{
			TargetName: types.StringValue([]string{"CUSTOM", "CUSTOM", "YOUTUBE"}[random.IntN(3)]),
			RTMPURL:    types.StringValue([]string{"rtmp://a/x", "rtmp://b/x"}[random.IntN(2)]),
		}
		if key := fmt.Sprintf("key-%d", random.IntN(3)); random.IntN(2) == 0 {
			target.StreamKey = types.StringValue(key)
		} else {
			target.StreamKeyWO, target.StreamKeyWOVersion = types.StringValue(key), types.Int64Value(int64(random.IntN(2)))
		}
		if random.IntN(2) == 0 {
			target.AuthID, target.AuthPassword = types.StringValue("user"), types.StringValue(fmt.Sprintf("pass-%d", random.IntN(2)))
		}
		if ids {
			target.PlatformID = types.StringValue(fmt.Sprint(4000 + i))
		}
		targets[fmt.Sprintf("%c%d", 'a'+random.IntN(26), i)] = target
	}
	return targets
}

// relabelled gives the same entries other labels, some of which may be those of other entries.
func relabelled(random *rand.Rand, targets targetModels) (renamed targetModels, from map[string]string) {
	labels := append(targets.labels(), "other1", "other2", "other3")
	random.Shuffle(len(labels), func(i, j int) { labels[i], labels[j] = labels[j], labels[i] })
	renamed, from = targetModels{}, map[string]string{}
	for i, label := range targets.labels() {
		target := targets[label]
		target.PlatformID = types.StringNull()
		renamed[labels[i]], from[labels[i]] = target, label
	}
	return renamed, from
}

func stored(targets targetModels) targetModels {
	kept := targetModels{}
	for label, target := range targets {
		kept[label] = target.forState()
	}
	return kept
}

const rounds = 2000

// Whatever is renamed or exchanged, no entry needs an edit and none is without its predecessor, and each is paired with one
// that holds the same.
func TestRenamingNeverNeedsAnEdit(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		prior := randomTargets(random, true)
		prints := fingerprints{}
		for _, target := range prior {
			if !target.StreamKeyWO.IsNull() {
				prints.add(target.PlatformID.ValueString(), target.key())
			}
		}
		plan, _ := relabelled(random, prior)
		from, complete := plan.matchPrior(stored(prior))
		if !complete {
			t.Fatalf("%v does not continue %v", plan, prior)
		}
		for label, before := range from {
			if !plan[label].sameContent(prior[before]) || plan[label].needsEdit(stored(prior)[before], prints) || plan[label].dropsAuth(prior[before]) {
				t.Fatalf("%q of %v continues %q of %v, and would be changed", label, plan, before, prior)
			}
		}
	}
}

// Pairing is one to one, keeps to the name of the target, and is complete exactly if both sides have the same names.
func TestMatchPriorIsOneToOneByTargetName(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	names := func(targets targetModels) []string {
		var all []string
		for _, target := range targets {
			all = append(all, target.TargetName.ValueString())
		}
		slices.Sort(all)
		return all
	}
	for range rounds {
		prior, plan := randomTargets(random, true), randomTargets(random, false)
		from, complete := plan.matchPrior(prior)
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
	}
}

// One edited entry of otherwise equal ones is the only one that needs an edit, under any labels that the others keep.
func TestOnlyTheChangedEntryNeedsAnEdit(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for range rounds {
		prior := randomTargets(random, true)
		plan := maps.Clone(prior)
		changed := prior.labels()[random.IntN(len(prior))]
		target := plan[changed]
		target.RTMPURL = types.StringValue("rtmp://new/x")
		plan[changed] = target
		from, complete := plan.matchPrior(prior)
		for label, before := range from {
			if !complete || plan[label].needsEdit(prior[before], fingerprints{}) != (label == changed) {
				t.Fatalf("%q changed in %v after %v, and %q needs an edit: %t", changed, plan, prior, label, label != changed)
			}
		}
	}
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
// them, and with keys hidden or not.
func TestRefreshOfTheSameIsTheSame(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	for range rounds {
		held := randomTargets(random, true)
		prints := fingerprints{}
		for _, target := range held {
			if !target.StreamKeyWO.IsNull() {
				prints.add(target.PlatformID.ValueString(), target.key())
			}
		}
		shown := platforms(held, true)
		random.Shuffle(len(shown), func(i, j int) { shown[i], shown[j] = shown[j], shown[i] })
		for i := range shown {
			if random.IntN(3) == 0 {
				shown[i].StreamKey = "k****"
			}
		}
		state := stored(held)
		if got := state.refresh(shown, prints, true); !same(got, state) {
			t.Fatalf("%v was refreshed to %v by %v", state, got, shown)
		}
	}
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
	}, nil, true)
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
	two := targetModels{"a": entry("rtmp://a/x", "ka", "1"), "b": entry("rtmp://b/x", "kb", "2")}
	for name, c := range map[string]struct {
		state targetModels
		shown []api.Platform
		want  bool
	}{
		"unchanged":           {two, []api.Platform{shown("rtmp://b/x", "kb"), shown("rtmp://a/x", "ka")}, true},
		"one changed":         {two, []api.Platform{shown("rtmp://a/x", "ka"), shown("rtmp://c/x", "other")}, true},
		"both changed":        {two, []api.Platform{shown("rtmp://c/x", "kc"), shown("rtmp://d/x", "kd")}, false},
		"one more":            {two, []api.Platform{shown("rtmp://a/x", "ka"), shown("rtmp://b/x", "kb"), shown("rtmp://c/x", "kc")}, false},
		"one less":            {two, []api.Platform{shown("rtmp://a/x", "ka")}, false},
		"an entry without id": {targetModels{"a": entry("rtmp://a/x", "ka", "")}, []api.Platform{shown("rtmp://a/x", "ka")}, false},
		"nothing in state":    {targetModels{}, []api.Platform{shown("rtmp://a/x", "ka")}, false},
	} {
		if got := c.state.matchesUnambiguously(c.shown); got != c.want {
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
		got := c.state.refresh(c.shown, nil, true)
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
		if got := (targetModels{}).refresh(shown, nil, allowed)["custom"].StreamKey; !got.Equal(want) {
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
	prints := fingerprints{}
	prints.add("1", "k")
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
		"version taken out by a refresh":   {of(func(*targetModel) {}), hidden, prints, true},
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
