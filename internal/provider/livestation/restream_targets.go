package livestation

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/fields"
)

// restreamTarget is one entry of the attribute `restream`. Labels, the keys of the map, are the user's own and are not sent;
// so the entries of a plan are recognised in the state, and those of the service in both, by what they hold.
type restreamTarget struct {
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

// targetNames are the services that Live Station knows [media-livestation-re-stream-channelcreate].
var targetNames = []string{"YOUTUBE", "CHZZK", "STEAM", "YOUNOW", "USTREAM", "AFREECATV", "PRISM", "CUSTOM"}

func restreamTargetSchema() schema.NestedAttributeObject {
	sibling := func(name string) path.Expression { return path.MatchRelative().AtParent().AtName(name) }
	return schema.NestedAttributeObject{CustomType: restreamTargetType, Validators: []validator.Object{oneStreamKey{}}, Attributes: map[string]schema.Attribute{
		"target_name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Service that the target belongs to: `" + strings.Join(targetNames, "`, `") + "`. " +
				"Use `CUSTOM` for any other. Changing it replaces the channel.",
			Validators: []validator.String{stringvalidator.OneOf(targetNames...)},
		},
		"rtmp_url": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "Address that the target gives for its ingest, beginning with `rtmp://` or `rtmps://`, without the stream key. It changes in place.",
			Validators:          []validator.String{stringvalidator.RegexMatches(rtmpAddress, "must be an address that begins with rtmp:// or rtmps://")},
		},
		"stream_key": schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: "Stream key that the target gives, stored in state. Exactly one of `stream_key` and `stream_key_wo` is needed. It changes in place.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1),
			},
		},
		"stream_key_wo": schema.StringAttribute{
			Optional: true, Sensitive: true, WriteOnly: true,
			MarkdownDescription: "Stream key that is sent and stored nowhere; it needs Terraform 1.11 or OpenTofu 1.11. A change is sent when `stream_key_wo_version` changes.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1),
				stringvalidator.AlsoRequires(sibling("stream_key_wo_version")),
			},
		},
		"stream_key_wo_version": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Number of your choice that says which `stream_key_wo` is meant. Change it to send a new one, in place.",
			Validators:          []validator.Int64{int64validator.AlsoRequires(sibling("stream_key_wo"))},
		},
		"auth_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "RTMP user name, for a target that wants one. It changes in place; removing it replaces the channel.",
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"auth_password": schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: "RTMP password, stored in state. It may stand without `auth_id`. The service hides it, so a change made elsewhere is not seen. It changes in place; removing it replaces the channel.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1),
				stringvalidator.ConflictsWith(sibling("auth_password_wo")),
			},
		},
		"auth_password_wo": schema.StringAttribute{
			Optional: true, Sensitive: true, WriteOnly: true,
			MarkdownDescription: "RTMP password that is sent and stored nowhere; it needs Terraform 1.11 or OpenTofu 1.11. A change is sent when `auth_password_wo_version` changes.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1),
				stringvalidator.AlsoRequires(sibling("auth_password_wo_version")),
			},
		},
		"auth_password_wo_version": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Number of your choice that says which `auth_password_wo` is meant. Change it to send a new one, in place.",
			Validators:          []validator.Int64{int64validator.AlsoRequires(sibling("auth_password_wo"))},
		},
		"platform_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Id of the target within the channel.",
		},
	}}
}

// oneStreamKey wants exactly one form of the stream key in each target, and names the target that has none or both.
type oneStreamKey struct{}

func (oneStreamKey) Description(context.Context) string {
	return "exactly one of stream_key and stream_key_wo must be set"
}

func (v oneStreamKey) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (oneStreamKey) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	stored, writeOnly := req.ConfigValue.Attributes()["stream_key"], req.ConfigValue.Attributes()["stream_key_wo"]
	if stored == nil || writeOnly == nil || stored.IsUnknown() || writeOnly.IsUnknown() || stored.IsNull() != writeOnly.IsNull() {
		return
	}
	if stored.IsNull() {
		resp.Diagnostics.AddAttributeError(req.Path.AtName("stream_key"), "Stream key is missing", fmt.Sprintf(
			"`%s` needs a stream key: either `stream_key`, which is stored in state, or `stream_key_wo` with `stream_key_wo_version`, which is not.", req.Path))
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path.AtName("stream_key"), "Two stream keys", fmt.Sprintf(
		"`%s` has both `stream_key` and `stream_key_wo`. Take one of them out.", req.Path))
}

// restreamTargetType is named in the schema as a type of its own, or the framework would make the same one anew for each value
// that it looks at.
var restreamTargetType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"target_name": types.StringType, "rtmp_url": types.StringType,
	"stream_key": types.StringType, "stream_key_wo": types.StringType, "stream_key_wo_version": types.Int64Type,
	"auth_id": types.StringType, "auth_password": types.StringType, "auth_password_wo": types.StringType, "auth_password_wo_version": types.Int64Type,
	"platform_id": types.StringType,
}}

// restreamTargets are the entries by their labels.
type restreamTargets map[string]restreamTarget

// targetsOf decodes the attribute; known is false while the entries themselves are not known yet.
func targetsOf(value types.Map) (targets restreamTargets, known bool, diags diag.Diagnostics) {
	if value.IsUnknown() {
		return nil, false, diags
	}
	for _, element := range value.Elements() {
		if element.IsUnknown() {
			return nil, false, diags
		}
	}
	targets = restreamTargets{}
	for label, element := range value.Elements() {
		var target restreamTarget
		if entry, ok := element.(types.Object); ok {
			diags.Append(fields.FromObject(entry, &target)...)
		}
		targets[label] = target
	}
	return targets, true, diags
}

// memberwise writes entries that are not known yet as entries whose members are not known yet, save the write-only ones, which
// are null: a CLI refuses a plan that leaves it open whether they have a value.
func memberwise(value types.Map) (types.Map, diag.Diagnostics) {
	elements := value.Elements()
	for label, element := range elements {
		if !element.IsUnknown() {
			continue
		}
		members := map[string]attr.Value{}
		for name, kind := range restreamTargetType.AttrTypes {
			switch {
			case kind.Equal(types.Int64Type):
				members[name] = types.Int64Unknown()
			case name == "stream_key_wo", name == "auth_password_wo":
				members[name] = types.StringNull()
			default:
				members[name] = types.StringUnknown()
			}
		}
		entry, diags := types.ObjectValue(restreamTargetType.AttrTypes, members)
		if diags.HasError() {
			return value, diags
		}
		elements[label] = entry
	}
	if value.IsNull() || value.IsUnknown() {
		return value, nil
	}
	return types.MapValue(restreamTargetType, elements)
}

func (t restreamTargets) value() (types.Map, diag.Diagnostics) {
	entries := make(map[string]attr.Value, len(t))
	for label, target := range t {
		entry, diags := fields.ToObject(restreamTargetType.AttrTypes, &target)
		if diags.HasError() {
			return types.MapNull(restreamTargetType), diags
		}
		entries[label] = entry
	}
	return types.MapValue(restreamTargetType, entries)
}

// labels are in the order in which targets are created.
func (t restreamTargets) labels() []string { return slices.Sorted(maps.Keys(t)) }

// continues pairs the entries of t with those of prior that they carry on: the one with the same content first, then the
// one of the same label, then one of the same service. complete is false where an entry is left over on either side.
func (t restreamTargets) continues(prior restreamTargets) (from map[string]string, complete bool) {
	return pair(t, prior, t.labels(), prior.labels(),
		func(label string, own restreamTarget, priorLabel string, before restreamTarget) bool {
			return label == priorLabel && own.sameContent(before)
		},
		func(_ string, own restreamTarget, _ string, before restreamTarget) bool {
			return own.sameContent(before)
		},
		func(label string, own restreamTarget, priorLabel string, before restreamTarget) bool {
			return label == priorLabel && (own.TargetName.IsUnknown() || own.TargetName.Equal(before.TargetName))
		},
		func(_ string, own restreamTarget, _ string, before restreamTarget) bool {
			return own.TargetName.Equal(before.TargetName) && own.RTMPURL.Equal(before.RTMPURL)
		},
		func(_ string, own restreamTarget, _ string, before restreamTarget) bool {
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

func (t restreamTarget) sameContent(o restreamTarget) bool {
	return t.TargetName.Equal(o.TargetName) && t.RTMPURL.Equal(o.RTMPURL) &&
		t.StreamKey.Equal(o.StreamKey) && t.StreamKeyWOVersion.Equal(o.StreamKeyWOVersion) && t.AuthID.Equal(o.AuthID) &&
		t.AuthPassword.Equal(o.AuthPassword) && t.AuthPasswordWOVersion.Equal(o.AuthPasswordWOVersion)
}

// dropsAuth tells whether t no longer has a credential that before had; the service cannot take one away.
func (t restreamTarget) dropsAuth(before restreamTarget) bool {
	had := !before.AuthPassword.IsNull() || !before.AuthPasswordWOVersion.IsNull()
	has := !t.AuthPassword.IsNull() || !t.AuthPasswordWOVersion.IsNull()
	return !before.AuthID.IsNull() && t.AuthID.IsNull() || had && !has
}

// key and password are the secrets to send, from whichever form the configuration uses.
func (t restreamTarget) key() string {
	if !t.StreamKeyWO.IsNull() {
		return t.StreamKeyWO.ValueString()
	}
	return t.StreamKey.ValueString()
}

func (t restreamTarget) password() string {
	if !t.AuthPasswordWO.IsNull() {
		return t.AuthPasswordWO.ValueString()
	}
	return t.AuthPassword.ValueString()
}

// withSecretsOf returns t with the write-only values, which only a configuration has.
func (t restreamTarget) withSecretsOf(config restreamTarget) restreamTarget {
	t.StreamKeyWO, t.AuthPasswordWO = config.StreamKeyWO, config.AuthPasswordWO
	return t
}

// stored returns t as state may hold it.
func (t restreamTarget) stored() restreamTarget {
	t.StreamKeyWO, t.AuthPasswordWO = types.StringNull(), types.StringNull()
	return t
}

func (t restreamTarget) input() api.PlatformInput {
	return api.PlatformInput{
		TargetName: t.TargetName.ValueString(), RTMPURL: t.RTMPURL.ValueString(), StreamKey: t.key(),
		ID: t.AuthID.ValueString(), Password: t.password(),
	}
}

func (t restreamTarget) edit() api.PlatformEdit {
	return api.PlatformEdit{RTMPURL: t.RTMPURL.ValueString(), StreamKey: t.key(), ID: t.AuthID.ValueString(), Password: t.password()}
}

// needsEdit tells whether the service has to be told that before became t. A secret that only moves between its stored and
// its write-only form need not be.
func (t restreamTarget) needsEdit(before restreamTarget, prints fingerprints) bool {
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

// shows tells whether a target of the service is t, where secrets that the service masks do not count.
func (t restreamTarget) shows(platform api.Platform) bool {
	key := string(platform.StreamKey)
	return t.TargetName.ValueString() == string(platform.TargetName) && t.RTMPURL.ValueString() == string(platform.RTMPURL) &&
		(api.Masked(key) || t.key() == "" || t.key() == key)
}

// identify gives entries the ids of the service's targets: by what they hold, and by the order of creation among equals.
func (t restreamTargets) identify(platforms []api.Platform) (platformOf map[string]int, complete bool) {
	byIndex := make(map[int]api.Platform, len(platforms))
	order := make([]int, len(platforms))
	for i, platform := range platforms {
		byIndex[i], order[i] = platform, i
	}
	return pair(t, byIndex, t.labels(), order,
		func(_ string, own restreamTarget, _ int, platform api.Platform) bool {
			return platform.PlatformID != "" && own.PlatformID.ValueString() == string(platform.PlatformID)
		},
		func(_ string, own restreamTarget, _ int, platform api.Platform) bool { return own.shows(platform) },
		func(_ string, own restreamTarget, _ int, platform api.Platform) bool {
			return own.TargetName.ValueString() == string(platform.TargetName) && own.RTMPURL.ValueString() == string(platform.RTMPURL)
		},
		func(_ string, own restreamTarget, _ int, platform api.Platform) bool {
			return own.TargetName.ValueString() == string(platform.TargetName)
		},
	)
}

// certain tells whether targets without ids can only be the entries of t: all but at most one are recognised by what they
// hold, and what is left over is of the same service.
func (t restreamTargets) certain(platforms []api.Platform) bool {
	platformOf, complete := t.identify(platforms)
	changed := 0
	for label, index := range platformOf {
		if t[label].PlatformID.IsNull() {
			return false
		}
		if !t[label].shows(platforms[index]) {
			changed++
		}
	}
	return complete && changed <= 1
}

// refreshed is t as the service shows it now. Entries keep their labels; those that t lacks get labels of their own.
func (t restreamTargets) refreshed(platforms []api.Platform, prints fingerprints, secretsInState bool) restreamTargets {
	platformOf, _ := t.identify(platforms)
	labelOf := map[int]string{}
	for label, index := range platformOf {
		labelOf[index] = label
	}
	found := restreamTargets{}
	for index, platform := range platforms {
		label, known := labelOf[index]
		if !known {
			label = t.newLabel(platforms, index, found)
		}
		found[label] = t[label].refreshed(platform, known, prints, secretsInState)
	}
	return found
}

func (t restreamTarget) refreshed(platform api.Platform, known bool, prints fingerprints, secretsInState bool) restreamTarget {
	t.TargetName = newer(t.TargetName, string(platform.TargetName))
	t.RTMPURL = newer(t.RTMPURL, string(platform.RTMPURL))
	t.AuthID = newer(t.AuthID, string(platform.ID))
	t.PlatformID = newer(t.PlatformID, string(platform.PlatformID))
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

// newLabel names a target that no entry stands for: after its service, numbered where there are several of it.
func (t restreamTargets) newLabel(platforms []api.Platform, index int, found restreamTargets) string {
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
