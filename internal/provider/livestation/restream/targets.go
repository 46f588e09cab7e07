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
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
)

// targetModel is one entry of the attribute `restream`. Labels, the keys of the map, are the user's own and are not sent;
// so the entries of a plan are matched with those of the state, and both with those of the service, by their contents.
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
			diags.Append(models.FromObject(entry, &target)...)
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
		entry, diags := models.ToObject(targetType.AttrTypes, &target)
		if diags.HasError() {
			return types.MapNull(targetType), diags
		}
		entries[label] = entry
	}
	return types.MapValue(targetType, entries)
}

// labels are in the order in which targets are created.
func (t targetModels) labels() []string { return slices.Sorted(maps.Keys(t)) }

func (t targetModel) sameContent(o targetModel) bool {
	return t.TargetName.Equal(o.TargetName) && t.RTMPURL.Equal(o.RTMPURL) &&
		t.StreamKey.Equal(o.StreamKey) && t.StreamKeyWOVersion.Equal(o.StreamKeyWOVersion) && t.AuthID.Equal(o.AuthID) &&
		t.AuthPassword.Equal(o.AuthPassword) && t.AuthPasswordWOVersion.Equal(o.AuthPasswordWOVersion)
}

// hasUnknown reports whether a value of t, as planned, is not known yet.
func (t targetModel) hasUnknown() bool {
	return t.TargetName.IsUnknown() || t.RTMPURL.IsUnknown() || t.StreamKey.IsUnknown() || t.StreamKeyWO.IsUnknown() || t.StreamKeyWOVersion.IsUnknown() ||
		t.AuthID.IsUnknown() || t.AuthPassword.IsUnknown() || t.AuthPasswordWO.IsUnknown() || t.AuthPasswordWOVersion.IsUnknown()
}

// dropsAuth reports whether t no longer has a credential that before had; the service cannot take one away.
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

// forState returns t without the values that state must not contain.
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

// needsEdit reports whether the change from before to t must be sent to the service. A secret that only moves between its stored and
// its write-only form need not be.
func (t targetModel) needsEdit(before targetModel, prints fingerprints) bool {
	if !t.RTMPURL.Equal(before.RTMPURL) || !t.AuthID.Equal(before.AuthID) {
		return true
	}
	platformID := before.PlatformID.ValueString()
	// A new version has the key sent. A version that is missing from state (after an import, or because a refresh has found another
	// key) and a stored key do not, if the service is known to have the key.
	newVersion := !t.StreamKeyWO.IsNull() && !before.StreamKeyWOVersion.IsNull()
	key := t.StreamKeyWOVersion.Equal(before.StreamKeyWOVersion) && t.StreamKey.Equal(before.StreamKey) ||
		!before.StreamKey.IsNull() && t.key() == before.StreamKey.ValueString() ||
		before.StreamKey.IsNull() && !newVersion && prints.matches(platformID, t.key())
	password := t.AuthPasswordWOVersion.Equal(before.AuthPasswordWOVersion) && t.AuthPassword.Equal(before.AuthPassword) ||
		!before.AuthPassword.IsNull() && t.password() == before.AuthPassword.ValueString()
	return !key || !password
}

// refresh returns t as the service shows it now. Entries keep their labels; those that t lacks get labels of their own. Keys that
// state does not hold are noted in prints.
func (t targetModels) refresh(platforms []api.Platform, prints fingerprints, secretsInState bool) targetModels {
	platformOf, _ := t.matchPlatforms(platforms, prints)
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
		found[label] = t[label].refresh(platform, prints, !known && secretsInState)
	}
	return found
}

// refresh returns t as the service shows it now. storeKey allows a key in a state that has none.
func (t targetModel) refresh(platform api.Platform, prints fingerprints, storeKey bool) targetModel {
	t.TargetName = models.TextOrPrior(t.TargetName, string(platform.TargetName))
	t.RTMPURL = models.TextOrPrior(t.RTMPURL, string(platform.RTMPURL))
	t.AuthID = models.TextOrPrior(t.AuthID, string(platform.ID))
	hadID := !t.PlatformID.IsNull()
	t.PlatformID = models.TextOrPrior(t.PlatformID, string(platform.PlatformID))
	id, key := t.PlatformID.ValueString(), string(platform.StreamKey)
	switch {
	case api.Masked(key):
	case !t.StreamKey.IsNull(), storeKey:
		t.StreamKey = types.StringValue(key)
	case prints.differs(id, key):
		// The key was changed elsewhere. The version is taken out of state, so that the plan shows it and sends the configured one again.
		t.StreamKeyWOVersion = types.Int64Null()
		prints.add(id, key)
	case !hadID && id != "":
		prints.add(id, key)
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
