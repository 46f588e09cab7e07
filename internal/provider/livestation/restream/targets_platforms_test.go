package restream

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

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
