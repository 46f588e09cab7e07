package restream

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/fields"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
)

// targetModel is one entry of the attribute `restream`. Labels, the keys of the map, are the user's own and are not sent;
// so the entries of a plan are matched with those of the state, and both with those of the service, by what they hold.
type targetModel struct {
	TargetName            types.String `tfsdk:"target_name"`
	RTMPURL               types.String `tfsdk:"rtmp_url"`
	StreamKey             types.String `tfsdk:"stream_key"`
	StreamKeyWO           types.String `tfsdk:"stream_key_wo"`
	StreamKeyWOVersion    types.Int64  `tfsdk:"stream_key_wo_version"`
	AuthID                types.String `tfsdk:"auth_id"`
	AuthPassword          types.String `tfsdk:"auth_password"`
	AuthPasswordWO        types.String `tfsdk:"auth_password_wo"`
	AuthPasswordWOVersion types.Int64  `tfsdk:"auth_password_wo_version"`
	PlatformID            types.String `tfsdk:"platform_id"`
}

// targetModels are the entries by their labels.
type targetModels map[string]targetModel

// targetsOf decodes the attribute. known is false if the map or an entire entry is unknown.
func targetsOf(value types.Map) (targets targetModels, known bool, diags diag.Diagnostics) {
	if value.IsUnknown() {
		return nil, false, diags
	}
	for _, element := range value.Elements() {
		if element.IsUnknown() {
			return nil, false, diags
		}
	}
	targets = targetModels{}
	for label, element := range value.Elements() {
		var target targetModel
		if entry, ok := element.(types.Object); ok {
			diags.Append(fields.FromObject(entry, &target)...)
		}
		targets[label] = target
	}
	return targets, true, diags
}

// withUnknownMembers replaces each unknown entry by one whose members are unknown, except for the write-only members, which are null:
// a CLI refuses a plan in which a write-only value is unknown.
func withUnknownMembers(value types.Map) (types.Map, diag.Diagnostics) {
	elements := value.Elements()
	for label, element := range elements {
		if !element.IsUnknown() {
			continue
		}
		members := map[string]attr.Value{}
		for name, kind := range targetType.AttrTypes {
			switch {
			case kind.Equal(types.Int64Type):
				members[name] = types.Int64Unknown()
			case name == "stream_key_wo", name == "auth_password_wo":
				members[name] = types.StringNull()
			default:
				members[name] = types.StringUnknown()
			}
		}
		entry, diags := types.ObjectValue(targetType.AttrTypes, members)
		if diags.HasError() {
			return value, diags
		}
		elements[label] = entry
	}
	if value.IsNull() || value.IsUnknown() {
		return value, nil
	}
	return types.MapValue(targetType, elements)
}

func (t targetModels) value() (types.Map, diag.Diagnostics) {
	entries := make(map[string]attr.Value, len(t))
	for label, target := range t {
		entry, diags := fields.ToObject(targetType.AttrTypes, &target)
		if diags.HasError() {
			return types.MapNull(targetType), diags
		}
		entries[label] = entry
	}
	return types.MapValue(targetType, entries)
}

// labels are in the order in which targets are created.
func (t targetModels) labels() []string { return slices.Sorted(maps.Keys(t)) }

// matchPrior matches the entries of t with those of the prior state that they continue: the one with the same content first, then
// the one of the same label, then one of the same service. complete is false where an entry is left over on either side.
func (t targetModels) matchPrior(prior targetModels) (from map[string]string, complete bool) {
	return pair(t, prior, t.labels(), prior.labels(),
		func(label string, own targetModel, priorLabel string, before targetModel) bool {
			return label == priorLabel && own.sameContent(before)
		},
		func(_ string, own targetModel, _ string, before targetModel) bool {
			return own.sameContent(before)
		},
		func(label string, own targetModel, priorLabel string, before targetModel) bool {
			return label == priorLabel && (own.TargetName.IsUnknown() || own.TargetName.Equal(before.TargetName))
		},
		func(_ string, own targetModel, _ string, before targetModel) bool {
			return own.TargetName.Equal(before.TargetName) && own.RTMPURL.Equal(before.RTMPURL)
		},
		func(_ string, own targetModel, _ string, before targetModel) bool {
			return own.TargetName.Equal(before.TargetName)
		},
	)
}

// pair gives each key of one side a key of the other, by the first rule that fits, stricter rules first.
func pair[K, L comparable, A, B any](one map[K]A, other map[L]B, keys []K, otherKeys []L, rules ...func(K, A, L, B) bool) (to map[K]L, complete bool) {
	to = map[K]L{}
	taken := map[L]bool{}
	for _, rule := range rules {
		for _, key := range keys {
			if _, done := to[key]; done {
				continue
			}
			for _, candidate := range otherKeys {
				if !taken[candidate] && rule(key, one[key], candidate, other[candidate]) {
					to[key], taken[candidate] = candidate, true
					break
				}
			}
		}
	}
	return to, len(to) == len(one) && len(to) == len(other)
}

func (t targetModel) sameContent(o targetModel) bool {
	return t.TargetName.Equal(o.TargetName) && t.RTMPURL.Equal(o.RTMPURL) &&
		t.StreamKey.Equal(o.StreamKey) && t.StreamKeyWOVersion.Equal(o.StreamKeyWOVersion) && t.AuthID.Equal(o.AuthID) &&
		t.AuthPassword.Equal(o.AuthPassword) && t.AuthPasswordWOVersion.Equal(o.AuthPasswordWOVersion)
}

// dropsAuth tells whether t no longer has a credential that before had; the service cannot take one away.
func (t targetModel) dropsAuth(before targetModel) bool {
	had := !before.AuthPassword.IsNull() || !before.AuthPasswordWOVersion.IsNull()
	has := !t.AuthPassword.IsNull() || !t.AuthPasswordWOVersion.IsNull()
	return !before.AuthID.IsNull() && t.AuthID.IsNull() || had && !has
}

// key and password are the secrets to send, from whichever form the configuration uses.
func (t targetModel) key() string {
	if !t.StreamKeyWO.IsNull() {
		return t.StreamKeyWO.ValueString()
	}
	return t.StreamKey.ValueString()
}

func (t targetModel) password() string {
	if !t.AuthPasswordWO.IsNull() {
		return t.AuthPasswordWO.ValueString()
	}
	return t.AuthPassword.ValueString()
}

// withSecretsOf returns t with the write-only values, which only a configuration has.
func (t targetModel) withSecretsOf(config targetModel) targetModel {
	t.StreamKeyWO, t.AuthPasswordWO = config.StreamKeyWO, config.AuthPasswordWO
	return t
}

// forState returns t without the values that state must not hold.
func (t targetModel) forState() targetModel {
	t.StreamKeyWO, t.AuthPasswordWO = types.StringNull(), types.StringNull()
	return t
}

func (t targetModel) input() api.PlatformInput {
	return api.PlatformInput{
		TargetName: t.TargetName.ValueString(), RTMPURL: t.RTMPURL.ValueString(), StreamKey: t.key(),
		ID: t.AuthID.ValueString(), Password: t.password(),
	}
}

func (t targetModel) edit() api.PlatformEdit {
	return api.PlatformEdit{RTMPURL: t.RTMPURL.ValueString(), StreamKey: t.key(), ID: t.AuthID.ValueString(), Password: t.password()}
}

// needsEdit tells whether the service has to be told that before became t. A secret that only moves between its stored and
// its write-only form need not be.
func (t targetModel) needsEdit(before targetModel, prints fingerprints) bool {
	if !t.RTMPURL.Equal(before.RTMPURL) || !t.AuthID.Equal(before.AuthID) {
		return true
	}
	platformID := before.PlatformID.ValueString()
	key := t.StreamKeyWOVersion.Equal(before.StreamKeyWOVersion) && t.StreamKey.Equal(before.StreamKey) ||
		!before.StreamKey.IsNull() && t.key() == before.StreamKey.ValueString() ||
		before.StreamKey.IsNull() && t.StreamKeyWO.IsNull() && prints.matches(platformID, t.key())
	password := t.AuthPasswordWOVersion.Equal(before.AuthPasswordWOVersion) && t.AuthPassword.Equal(before.AuthPassword) ||
		!before.AuthPassword.IsNull() && t.password() == before.AuthPassword.ValueString()
	return !key || !password
}

// matchesPlatform tells whether a target of the service is t. Secrets that the service masks are not compared.
func (t targetModel) matchesPlatform(platform api.Platform) bool {
	key := string(platform.StreamKey)
	return t.TargetName.ValueString() == string(platform.TargetName) && t.RTMPURL.ValueString() == string(platform.RTMPURL) &&
		(api.Masked(key) || t.key() == "" || t.key() == key)
}

// matchPlatforms matches entries with the service's targets by what they hold, and by the order of creation among equals.
func (t targetModels) matchPlatforms(platforms []api.Platform) (platformOf map[string]int, complete bool) {
	byIndex := make(map[int]api.Platform, len(platforms))
	order := make([]int, len(platforms))
	for i, platform := range platforms {
		byIndex[i], order[i] = platform, i
	}
	return pair(t, byIndex, t.labels(), order,
		func(_ string, own targetModel, _ int, platform api.Platform) bool {
			return platform.PlatformID != "" && own.PlatformID.ValueString() == string(platform.PlatformID)
		},
		func(_ string, own targetModel, _ int, platform api.Platform) bool {
			return own.matchesPlatform(platform)
		},
		func(_ string, own targetModel, _ int, platform api.Platform) bool {
			return own.TargetName.ValueString() == string(platform.TargetName) && own.RTMPURL.ValueString() == string(platform.RTMPURL)
		},
		func(_ string, own targetModel, _ int, platform api.Platform) bool {
			return own.TargetName.ValueString() == string(platform.TargetName)
		},
	)
}

// matchesUnambiguously tells whether targets without ids can only be the entries of t: all but at most one match by what they hold,
// and the one that is left belongs to the same service.
func (t targetModels) matchesUnambiguously(platforms []api.Platform) bool {
	platformOf, complete := t.matchPlatforms(platforms)
	changed := 0
	for label, index := range platformOf {
		if t[label].PlatformID.IsNull() {
			return false
		}
		if !t[label].matchesPlatform(platforms[index]) {
			changed++
		}
	}
	return complete && changed <= 1
}

// refresh returns t as the service shows it now. Entries keep their labels; those that t lacks get labels of their own.
func (t targetModels) refresh(platforms []api.Platform, prints fingerprints, secretsInState bool) targetModels {
	platformOf, _ := t.matchPlatforms(platforms)
	labelOf := map[int]string{}
	for label, index := range platformOf {
		labelOf[index] = label
	}
	found := targetModels{}
	for index, platform := range platforms {
		label, known := labelOf[index]
		if !known {
			label = t.newLabel(platforms, index, found)
		}
		found[label] = t[label].refresh(platform, known, prints, secretsInState)
	}
	return found
}

func (t targetModel) refresh(platform api.Platform, known bool, prints fingerprints, secretsInState bool) targetModel {
	t.TargetName = livestation.TextOrPrior(t.TargetName, string(platform.TargetName))
	t.RTMPURL = livestation.TextOrPrior(t.RTMPURL, string(platform.RTMPURL))
	t.AuthID = livestation.TextOrPrior(t.AuthID, string(platform.ID))
	t.PlatformID = livestation.TextOrPrior(t.PlatformID, string(platform.PlatformID))
	key := string(platform.StreamKey)
	switch {
	case api.Masked(key):
	case !known:
		if secretsInState {
			t.StreamKey = types.StringValue(key)
		}
	case !t.StreamKey.IsNull():
		t.StreamKey = types.StringValue(key)
	case !t.StreamKeyWOVersion.IsNull() && prints.differs(t.PlatformID.ValueString(), key):
		// The key was changed elsewhere. The version is taken out of state, so that the plan sends the configured one again.
		t.StreamKeyWOVersion = types.Int64Null()
	}
	return t
}

var plainLabel = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)

// newLabel makes a label for a target that has no entry: the name of its service, with a number if there are several.
func (t targetModels) newLabel(platforms []api.Platform, index int, found targetModels) string {
	name := strings.ToLower(string(platforms[index].TargetName))
	if !plainLabel.MatchString(name) {
		name = "target" // Labels stand in configurations and in the paths of messages.
	}
	number, count := 0, 0
	for i, platform := range platforms {
		if platform.TargetName == platforms[index].TargetName {
			if count++; i <= index {
				number++
			}
		}
	}
	label := name
	if count > 1 {
		label = fmt.Sprintf("%s_%d", name, number)
	}
	for next := number + 1; ; next++ {
		_, inState := t[label]
		if _, inFound := found[label]; !inState && !inFound {
			return label
		}
		label = fmt.Sprintf("%s_%d", name, next)
	}
}
