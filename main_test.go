package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// runVariable turns the test binary into the provider's binary.
const runVariable = "LIVESTATION_TEST_RUN_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(runVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func runMain(t *testing.T, arguments ...string) (stdout, stderr string, err error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), self, arguments...)
	command.Env = append(os.Environ(), runVariable+"=1")
	var out, errOut strings.Builder
	command.Stdout, command.Stderr = &out, &errOut
	err = command.Run()
	return out.String(), errOut.String(), err
}

func TestVersionIsOneLineAndNothingIsServed(t *testing.T) {
	t.Parallel()
	stdout, stderr, err := runMain(t, "-version")
	if err != nil || stdout != "terraform-provider-livestation dev\n" || stderr != "" {
		t.Errorf("%v, stdout %q, stderr %q", err, stdout, stderr)
	}
}

func TestRunningTheBinaryByHandSaysThatItIsAPlugin(t *testing.T) {
	t.Parallel()
	stdout, stderr, err := runMain(t)
	if err == nil || !strings.Contains(stdout+stderr, "plugin") {
		t.Errorf("%v, stdout %q, stderr %q", err, stdout, stderr)
	}
}

func TestUnknownFlagIsRefused(t *testing.T) {
	t.Parallel()
	if stdout, stderr, err := runMain(t, "-no-such"); err == nil || !strings.Contains(stderr, "-version") {
		t.Errorf("%v, stdout %q, stderr %q", err, stdout, stderr)
	}
}

func TestAnyLogVariableKeepsLogs(t *testing.T) {
	t.Parallel()
	for environment, wanted := range map[string]bool{
		"":                              false,
		"TF_LOG=":                       false,
		"TF_LOG=TRACE":                  true,
		"TF_LOG_PROVIDER=DEBUG":         true,
		"TF_LOG_PROVIDER_LIVESTATION=W": true,
		"TF_LOG_SDK_PROTO=TRACE":        true,
		"TF_CLI_ARGS=TF_LOG=TRACE":      false,
	} {
		if got := logsWanted([]string{"HOME=/", environment}); got != wanted {
			t.Errorf("%q: %t, want %t", environment, got, wanted)
		}
	}
}
