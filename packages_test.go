package main

import (
	"os/exec"
	"strings"
	"testing"
)

// What the rehearsal needs is the simulator's alone.
func TestProviderDoesNotLinkTheSimulator(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	packages := string(out)
	if !strings.Contains(packages, "internal/provider\n") {
		t.Fatalf("this is not the list of packages: %s", packages)
	}
	for _, foreign := range []string{"internal/simulator", "bluenviron", "abema/go-mp4", "google/uuid", "internal/acceptance", "internal/demo"} {
		if strings.Contains(packages, foreign) {
			t.Errorf("the provider's binary has %s", foreign)
		}
	}
}
