package curtain_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
)

func TestCurtain_badInput(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	contents := func(count int) acceptance.Values {
		ids := make([]any, count)
		for i := range ids {
			ids[i] = i + 1
		}
		return acceptance.Values{"content_ids": ids}
	}
	for name, c := range map[string]struct {
		more acceptance.Values
		at   string
	}{
		"0 minutes":                {acceptance.Values{"insert_time": 0}, `AttributeName("insert_time")`},
		"11 minutes":               {acceptance.Values{"insert_time": 11}, `AttributeName("insert_time")`},
		"no contents":              {contents(0), `AttributeName("content_ids")`},
		"11 contents":              {contents(11), `AttributeName("content_ids")`},
		"null content":             {acceptance.Values{"content_ids": []any{1, nil}}, `AttributeName("content_ids").ElementKeyInt(1)`},
		"no channel":               {acceptance.Values{"channel_id": ""}, `AttributeName("channel_id")`},
		"malformed create timeout": {acceptance.Values{"timeouts": acceptance.Values{"create": "soon"}}, `AttributeName("timeouts").AttributeName("create")`},
		"malformed delete timeout": {acceptance.Values{"timeouts": acceptance.Values{"delete": "2"}}, `AttributeName("timeouts").AttributeName("delete")`},
	} {
		t.Run(name, func(t *testing.T) { p.Validate(curtainType, s.values(c.more)).MustFail(t, c.at) })
	}
	for name, more := range map[string]acceptance.Values{
		"1 minute": {"insert_time": 1}, "10 minutes": {"insert_time": 10}, "10 contents": contents(10),
		"unknown": {"channel_id": acceptance.Unknown, "content_ids": acceptance.Unknown, "insert_time": acceptance.Unknown, "triggers": acceptance.Unknown},
	} {
		t.Run("good: "+name, func(t *testing.T) { p.Validate(curtainType, s.values(more)).MustBeSilent(t) })
	}
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
}

// A CLI stops at bad input before it plans.
func TestAccCurtain_badInputStopsTheCLI(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	livestationtest.Run(t, resource.TestStep{Config: s.curtain(s.shows(0), "insert_time = 11"), ExpectError: livestationtest.Says("insert_time", "between 1 and 10")})
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
}

// Null comes of an id that `count = 0` leaves out. Where it shows only at the apply, it is refused there in the same words.
func TestCurtain_nullContentIsRefusedInWords(t *testing.T) {
	sim := acceptance.Start(t)
	s := onStage(sim)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	null := s.values(acceptance.Values{"content_ids": []any{nil}})
	invoked := acceptance.Values{"channel_id": s.channelID, "content_ids": []any{nil}}
	_, action := p.Invoke("livestation_insert_curtain", invoked)
	_, applied := p.Apply(curtainType, p.Plan(curtainType, acceptance.Object{}, null))
	for _, diags := range []acceptance.Diagnostics{p.Validate(curtainType, null), applied, action} {
		diags.MustFail(t, `AttributeName("content_ids").ElementKeyInt(0)`, "Content id is null", "id of a curtain content")
		if got := diags.Errors(); len(got) != 1 {
			t.Errorf("errors are %q", got)
		}
	}
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}
