package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

func TestQuirksAreLeftOutOnlyWhereAnotherCLIRunsThem(t *testing.T) {
	if args := accArgs(options{}, false); slices.Contains(args, "-skip") {
		t.Errorf("the first CLI leaves tests out: %q", args)
	}
	args := accArgs(options{}, true)
	if i := slices.Index(args, "-skip"); i < 0 || args[i+1] != quirkTests {
		t.Errorf("got %q", args)
	}
}

func TestSummarySaysWhereQuirksWereLeftOut(t *testing.T) {
	events := []event{run("TestA"), end("pass", "TestA"), endPackage("pass")}
	first := replayOn(t, gate.CLI{Product: gate.Terraform, Version: "1.11.4"}, false, events...)
	second := replayOn(t, gate.CLI{Product: gate.OpenTofu, Version: "1.12.6"}, false, events...)
	second.withoutQuirks = true
	var out strings.Builder
	summarize(&out, []*result{first, second}, nil)
	if got := strings.Count(out.String(), "ran on the first CLI only"); got != 1 {
		t.Errorf("said %d times in\n%s", got, out.String())
	}
}
