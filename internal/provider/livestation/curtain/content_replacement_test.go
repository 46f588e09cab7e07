package curtain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func orderOf(file string) acceptance.Values {
	return acceptance.Values{"content": []any{acceptance.Values{"bucket_name": "media", "file_path": file}}}
}

// The one plan call of a replacement that people hear says whether there is a content like the next one.
func TestContent_planOfAReplacementNamesALookalike(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	content := p.Create("livestation_curtain_content", orderOf("/a.png"))
	left := sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media", FilePath: "/b.png"}}})
	p = acceptance.Configured(t, acceptance.ProviderBlock(sim))
	content, _, _ = p.Refresh("livestation_curtain_content", content)
	plan := p.Plan("livestation_curtain_content", content, orderOf("/b.png"))
	plan.MustWarn(t, "A curtain content like this exists already", fmt.Sprint(left))
	if !plan.Replaces {
		t.Error("other files do not replace the content")
	}
	for _, warning := range plan.Warnings() {
		if strings.Contains(warning, "It has read none") {
			t.Errorf("the run has read one: %s", warning)
		}
	}
}

// An apply plans each creation once more, in a process that has read nothing: what state holds is no lookalike then.
func TestContent_lookalikeInStateIsNotTakenForLeftBehind(t *testing.T) {
	sim := acceptance.Start(t)
	acceptance.Configured(t, acceptance.ProviderBlock(sim)).Create("livestation_curtain_content", orderOf("/a.png"))
	sim.ResetRequests()
	acceptance.Configured(t, acceptance.ProviderBlock(sim)).InApply().Plan("livestation_curtain_content", acceptance.Object{}, orderOf("/a.png")).MustBeSilent(t)
	if got := sim.Routes(); len(got) > 0 {
		t.Errorf("requests were %q, want none", got)
	}
	acceptance.Configured(t, acceptance.ProviderBlock(sim)).Plan("livestation_curtain_content", acceptance.Object{}, orderOf("/a.png")).
		MustWarn(t, "like this exists already", "if a resource in your state holds it, there is nothing to do")
}

// Null among the files is refused in words, and by nothing that calls itself a bug.
func TestContent_nullFileIsRefusedInWords(t *testing.T) {
	sim := acceptance.Start(t)
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	null := orderOf("/a.png")
	null["content"] = append(null["content"].([]any), nil)
	diags := p.Validate("livestation_curtain_content", null)
	diags.MustFail(t, `AttributeName("content").ElementKeyInt(1)`)
	for _, text := range append(diags.Errors(), p.Plan("livestation_curtain_content", acceptance.Object{}, null).Errors()...) {
		if strings.Contains(text, "Value Conversion") || strings.Contains(text, "report") {
			t.Errorf("unexpected error: %s", text)
		}
	}
	if got := livestationtest.Writes(sim); len(got) > 0 {
		t.Errorf("writes were %q", got)
	}
}
