package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// A run of one build once went on with the configuration of the other, which was then compared with itself.
func TestLatencyIsMeasuredWithBothBuildsOverEachProtocol(t *testing.T) {
	t.Parallel()
	control := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(service.Traffic{Started: time.Now()})
	}))
	defer control.Close()
	cli := filepath.Join(t.TempDir(), "cli")
	if err := os.WriteFile(cli, []byte("#!/bin/sh\necho \"$LIVESTATION_ENDPOINT ${TF_CLI_CONFIG_FILE##*/}\" >>\"$HOME/commands\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, rounds := range []int{1, 2} {
		b := &bench{
			cli: cli, work: t.TempDir(), provider: "/ours", bare: "/bare", today: "/today", rounds: rounds,
			services: &service.Client{Addresses: service.Addresses{Control: control.URL, FarHTTP1: "one", FarHTTP2: "two"}},
		}
		if err := b.surround(); err != nil {
			t.Fatal(err)
		}
		if _, err := b.fromAfar(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(b.work, "commands"))
		if err != nil {
			t.Fatal(err)
		}
		commands := map[string]int{}
		for line := range strings.Lines(string(text)) {
			commands[strings.TrimSpace(line)]++
		}
		want := commands["one plugins.tfrc"]
		for _, command := range []string{"one plugins.tfrc", "one plugins-today.tfrc", "two plugins.tfrc", "two plugins-today.tfrc"} {
			if commands[command] != want || want == 0 {
				t.Errorf("%d rounds: %q ran %d times, want %d", rounds, command, commands[command], want)
			}
		}
		if len(commands) != 4 {
			t.Errorf("%d rounds: what ran is %v", rounds, commands)
		}
	}
}
