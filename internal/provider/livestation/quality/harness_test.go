package quality_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	profileType = "livestation_quality_profile"
	setType     = "livestation_quality_set"
)

// hd is a profile with nothing that can be left out.
func hd() acceptance.Values {
	return acceptance.Values{
		"name":  "hd-720",
		"video": acceptance.Values{"profile": "HIGH", "width": 1280, "height": 720, "fps": 29.97, "bitrate": 2_500_000},
		"audio": acceptance.Values{"sample_rate": 44100, "channels": 2, "bitrate": 128},
	}
}

// set is a set of the service's own profile.
func set() acceptance.Values {
	return acceptance.Values{"name": "set-hd", "quality_profile_ids": []any{int(simulator.DefaultQualityProfileID)}, "segment_duration": 2000, "segment_count": 3}
}

// with is a configuration with another value at a name, or inside a nested object at "video.width"; nil takes it out.
func with(values acceptance.Values, name string, value any) acceptance.Values {
	changed := maps.Clone(values)
	if outer, inner, ok := strings.Cut(name, "."); ok {
		object, _ := changed[outer].(acceptance.Values)
		changed[outer] = with(object, inner, value)
	} else {
		changed[name] = value
	}
	return changed
}

// member is a value of an object in state.
func member(p *acceptance.Protocol, kind string, object acceptance.Object, names ...string) any {
	value := acceptance.Plain(p.Attributes(kind, object)[names[0]])
	for _, name := range names[1:] {
		inner, _ := value.(map[string]any)
		value = inner[name]
	}
	return value
}

// id is that of an object in state.
func id(p *acceptance.Protocol, kind string, object acceptance.Object) int64 {
	number, _ := member(p, kind, object, strings.TrimPrefix(kind, "livestation_")+"_id").(int64)
	return number
}

// mustBeQuiet fails unless a refresh changes nothing and the same configuration plans nothing.
func mustBeQuiet(t *testing.T, p *acceptance.Protocol, kind string, object acceptance.Object, config acceptance.Values) {
	t.Helper()
	refreshed, changed, diags := p.Refresh(kind, object)
	diags.MustBeSilent(t)
	if len(changed) > 0 {
		t.Errorf("a refresh changed %q", changed)
	}
	plan := p.Plan(kind, refreshed, config)
	plan.MustBeSilent(t)
	if plan.Replaces || p.Changes(kind, plan) {
		t.Error("the same configuration plans a change")
	}
}

// importAndRead imports as a CLI does: the import, and a read of what it took.
func importAndRead(t *testing.T, p *acceptance.Protocol, kind, id string) (acceptance.Object, acceptance.Diagnostics) {
	t.Helper()
	object, diags := p.Import(kind, id)
	if len(diags.Errors()) > 0 {
		return object, diags
	}
	object, _, diags = p.Refresh(kind, object)
	return object, diags
}
