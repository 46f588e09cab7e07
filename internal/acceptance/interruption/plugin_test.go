//go:build unix

// Package interruption_test interrupts and kills a real CLI and its provider at every call and every wait of the making and the
// ending of every object, and sees that nothing is lost and nothing is doubled.
package interruption_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

const (
	// marksVariable turns the test binary into the provider's binary. It names the folder in which the provider leaves a file
	// for its process, and one when the CLI has told it to stop.
	marksVariable = "LIVESTATION_TEST_MARKS"
	// pollVariable is the pause between two looks.
	pollVariable = "LIVESTATION_TEST_POLL"
)

func TestMain(m *testing.M) {
	marks := os.Getenv(marksVariable)
	if marks == "" {
		os.Exit(m.Run())
	}
	poll, err := time.ParseDuration(os.Getenv(pollVariable))
	if err != nil {
		poll = acceptance.PollInterval
	}
	inner, err := provider.Server(provider.Options{Version: "test", PollInterval: poll})()
	if err != nil || leave(marks, "plugin") != nil || tf6server.Serve(provider.Address, func() tfprotov6.ProviderServer { return stoppable{inner.(wholeServer), marks} }) != nil {
		os.Exit(1)
	}
}

func leave(folder, mark string) error {
	return os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d", mark, os.Getpid())), nil, 0o600)
}

// stoppable is the provider, which leaves a mark when it is told to stop, and another once it has.
type stoppable struct {
	wholeServer
	marks string
}

type wholeServer interface {
	tfprotov6.ProviderServerWithActions
	tfprotov6.ProviderServerWithListResource
}

func (s stoppable) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	if err := leave(s.marks, "told"); err != nil {
		return nil, err
	}
	resp, err := s.wholeServer.StopProvider(ctx, req)
	if markErr := leave(s.marks, "stopped"); markErr != nil {
		return nil, markErr
	}
	return resp, err
}

// marked are the processes that have left this mark.
func marked(t *testing.T, folder, mark string) (processes []int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, mark+"-*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		process, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(file), mark+"-"))
		if err != nil {
			t.Fatal(err)
		}
		processes = append(processes, process)
	}
	return processes
}
