package acceptance

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// mustConform fails the test if a CLI would report an invalid plan: each attribute must be planned as it is configured, or keep its prior
// value.
func (p *Protocol) mustConform(resource string, prior Object, config Values, planned map[string]tftypes.Value) {
	p.t.Helper()
	before := p.Attributes(resource, prior)
	for _, attribute := range p.schemas.ResourceSchemas[resource].Block.Attributes {
		want, got := p.value(attribute.ValueType(), config[attribute.Name]), planned[attribute.Name]
		switch {
		case attribute.NestedType != nil, attribute.Computed && want.IsNull():
		case !got.Equal(want) && !got.Equal(before[attribute.Name]):
			p.t.Errorf("a CLI would refuse this plan: %s.%s is planned as %s, and configured as %s", resource, attribute.Name, got, want)
		}
	}
}

// differs returns an error that names the first place where a new state is unknown, or differs from a known planned value. A CLI would report
// that the provider produced an inconsistent result.
func differs(planned, got tftypes.Value) error {
	switch {
	case !got.IsKnown():
		return errors.New("unknown after the apply")
	case !planned.IsKnown() && got.IsFullyKnown():
		return nil
	case !planned.IsKnown():
		return errors.New("unknown in parts after the apply")
	case planned.IsNull() || got.IsNull():
		if planned.IsNull() != got.IsNull() {
			return fmt.Errorf("planned %s, got %s", planned, got)
		}
		return nil
	}
	var members, gotMembers map[string]tftypes.Value
	var items, gotItems []tftypes.Value
	switch {
	case planned.As(&members) == nil && got.As(&gotMembers) == nil:
		for name := range gotMembers {
			if _, ok := members[name]; !ok {
				return fmt.Errorf("%q was not planned", name)
			}
		}
		for name, member := range members {
			other, ok := gotMembers[name]
			if !ok {
				return fmt.Errorf("%q is missing", name)
			}
			if err := differs(member, other); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	case planned.As(&items) == nil && got.As(&gotItems) == nil:
		if len(items) != len(gotItems) {
			return fmt.Errorf("%d elements, planned %d", len(gotItems), len(items))
		}
		for i := range items {
			if err := differs(items[i], gotItems[i]); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
	case !planned.Equal(got):
		return fmt.Errorf("planned %s, got %s", planned, got)
	}
	return nil
}
