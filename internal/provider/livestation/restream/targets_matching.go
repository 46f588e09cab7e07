package restream

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
)

// Labels are never sent, and the order in which the service lists targets is not documented, so targets are matched by what they have in
// common. Kinds of evidence are weighed in order, strongest first: targets are paired so that as many pairs as possible agree in the
// strongest kind; among such pairings, as many as possible agree in the next; and so on. Targets that only their order distinguishes are alike
// in everything that is visible, and exchanging them changes nothing.

// evidence is a set of the kinds in which two targets agree: a sum of the constants below.
type evidence int64

// Each kind outweighs any number of pairs that agree in all weaker ones: neither side has more than 31 targets, since the client refuses
// longer lists.
const (
	samePlace   evidence = 1 << (5 * iota) // label, or the order of creation
	sameRest                               // all other attributes, or what a mask shows of the key
	sameUser                               // user name
	sameAddress                            // RTMP address
	sameKey                                // stream key, compared with the key itself or with its fingerprint
	unchanged                              // nothing would have to be sent, and nothing visible differs
	keepsAuth                              // no credential is removed, which would replace the channel
	sameService                            // target_name; without this or the id, targets are never paired
	sameID                                 // platform id
)

func (e *evidence) add(kind evidence, agrees bool) {
	if agrees {
		*e |= kind
	}
}

// matchPrior pairs the entries of a plan with those of the state that they continue. complete is false if an entry of either side has no
// partner.
func (t targetModels) matchPrior(prior targetModels, prints fingerprints) (from map[string]string, complete bool) {
	labels, priorLabels := t.labels(), prior.labels()
	partners := pair(len(labels), len(priorLabels), func(i, j int) evidence {
		e := t[labels[i]].continuing(prior[priorLabels[j]], prints)
		e.add(samePlace, labels[i] == priorLabels[j])
		return e
	})
	from = map[string]string{}
	for i, j := range partners {
		if j >= 0 {
			from[labels[i]] = priorLabels[j]
		}
	}
	return from, len(from) == len(t) && len(from) == len(prior)
}

// continuing returns the evidence that the planned t continues before, which is in state.
func (t targetModel) continuing(before targetModel, prints fingerprints) (e evidence) {
	e.add(sameService, t.TargetName.IsUnknown() || t.TargetName.Equal(before.TargetName))
	if id := t.PlatformID.ValueString(); id != "" && id == before.PlatformID.ValueString() {
		e |= sameID // The plan has decided it: an apply follows the plan.
	}
	e.add(keepsAuth, !t.dropsAuth(before))
	e.add(unchanged, !t.needsEdit(before, prints))
	e.add(sameKey, t.hasKeyOf(before, prints))
	e.add(sameAddress, t.RTMPURL.Equal(before.RTMPURL))
	e.add(sameUser, t.AuthID.Equal(before.AuthID))
	e.add(sameRest, t.sameContent(before))
	return e
}

// hasKeyOf reports whether the key of t, as planned, is known to be the one that the service has for before.
func (t targetModel) hasKeyOf(before targetModel, prints fingerprints) bool {
	key := t.key()
	switch {
	case key == "":
		return false
	case !before.StreamKey.IsNull():
		return key == before.StreamKey.ValueString()
	}
	return prints.matches(before.PlatformID.ValueString(), key)
}

// matchPlatforms pairs entries with the targets that the service shows. complete is false if one of either side has no partner.
func (t targetModels) matchPlatforms(platforms []api.Platform, prints fingerprints) (platformOf map[string]int, complete bool) {
	labels := t.labels()
	// Targets get their ids in the order in which they are created, which is that of the labels.
	order := make([]int, len(platforms))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return compareIDs(string(platforms[a].PlatformID), string(platforms[b].PlatformID))
	})
	partners := pair(len(labels), len(order), func(i, j int) evidence {
		e := t[labels[i]].shownAs(platforms[order[j]], prints)
		e.add(samePlace, i == j)
		return e
	})
	platformOf = map[string]int{}
	for i, j := range partners {
		if j >= 0 {
			platformOf[labels[i]] = order[j]
		}
	}
	return platformOf, len(platformOf) == len(t) && len(platformOf) == len(platforms)
}

// compareIDs orders ids, which are numbers, by value.
func compareIDs(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) }

// shownAs returns the evidence that a target of the service is t.
func (t targetModel) shownAs(platform api.Platform, prints fingerprints) (e evidence) {
	e.add(sameService, t.TargetName.ValueString() == string(platform.TargetName))
	e.add(sameID, platform.PlatformID != "" && t.PlatformID.ValueString() == string(platform.PlatformID))
	e.add(unchanged, t.matchesPlatform(platform, prints))
	e.add(sameKey, t.isKey(string(platform.StreamKey), prints))
	e.add(sameAddress, t.RTMPURL.ValueString() == string(platform.RTMPURL))
	e.add(sameUser, t.AuthID.ValueString() == string(platform.ID))
	// A mask that shows the beginning of a key is no proof, but better than the order.
	visible, _, masked := strings.Cut(string(platform.StreamKey), "*")
	e.add(sameRest, masked && visible != "" && strings.HasPrefix(t.key(), visible))
	return e
}

// matchesPlatform reports whether a target that the service shows can be the unchanged t.
func (t targetModel) matchesPlatform(platform api.Platform, prints fingerprints) bool {
	key := string(platform.StreamKey)
	return t.TargetName.ValueString() == string(platform.TargetName) && t.RTMPURL.ValueString() == string(platform.RTMPURL) &&
		(platform.ID == "" || t.AuthID.ValueString() == string(platform.ID)) &&
		(api.Masked(key) || t.isKey(key, prints) || t.key() == "" && !prints.differs(t.PlatformID.ValueString(), key))
}

// isKey reports whether a key that the service shows is known to be that of t.
func (t targetModel) isKey(shown string, prints fingerprints) bool {
	if api.Masked(shown) {
		return false
	}
	return t.key() == shown || t.key() == "" && prints.matches(t.PlatformID.ValueString(), shown)
}

// matchesUnambiguously reports whether targets that are shown without ids can only be the entries of t: each is unchanged except at most
// one, which matches no other entry. If several match one entry they are alike, and it does not matter which of them it is.
func (t targetModels) matchesUnambiguously(platforms []api.Platform, prints fingerprints) bool {
	platformOf, complete := t.matchPlatforms(platforms, prints)
	changed := 0
	for label, index := range platformOf {
		if t[label].PlatformID.IsNull() {
			return false
		}
		if t[label].matchesPlatform(platforms[index], prints) {
			continue
		}
		changed++
		if slices.ContainsFunc(platforms, func(other api.Platform) bool { return t[label].matchesPlatform(other, prints) }) {
			return false // Another one matches, and may be the one that was changed.
		}
	}
	return complete && changed <= 1
}

// withShownKeys fills in the keys that the list with ids masks and the channel shows, if only one target of the channel matches.
func withShownKeys(platforms, ofChannel []api.Platform) []api.Platform {
	platforms = slices.Clone(platforms)
	for i, platform := range platforms {
		if !api.Masked(string(platform.StreamKey)) {
			continue
		}
		visible, _, _ := strings.Cut(string(platform.StreamKey), "*")
		var keys []lenientjson.String
		for _, other := range ofChannel {
			if other.TargetName == platform.TargetName && other.RTMPURL == platform.RTMPURL && other.ID == platform.ID &&
				strings.HasPrefix(string(other.StreamKey), visible) {
				keys = append(keys, other.StreamKey)
			}
		}
		if len(keys) == 1 {
			platforms[i].StreamKey = keys[0]
		}
	}
	return platforms
}
