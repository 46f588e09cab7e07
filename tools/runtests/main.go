// Command runtests runs the unit tests, each fuzz target for a while, and the acceptance tests once per CLI, and counts them.
//
// A skipped test is never counted as passed, and fails the run unless allowed_skips.txt names it
// with a reason. A test that needs what a CLI does not have does not apply there, as internal/acceptance/gate
// knows, and is counted apart. The last line of the output has the plain form "N passed, N failed".
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

//go:embed allowed_skips.txt
var allowedSkips string

const (
	accPrefix = "^TestAcc"
	namespace = "ncloud-live"
)

var accPackages = []string{"./internal/provider/...", "./internal/acceptance/..."}

type options struct {
	modules  []string
	fuzzed   []string
	fuzztime string
	clis     []string
	run      string
	race     bool
	verbose  bool
	timeout  time.Duration
	parallel int
}

func main() {
	var o options
	flag.Func("unit", "run the unit tests of the Go module in this `folder`; may be repeated", collect(&o.modules))
	flag.Func("fuzz", "run each fuzz target of the Go module in this `folder` for -fuzztime; may be repeated", collect(&o.fuzzed))
	flag.StringVar(&o.fuzztime, "fuzztime", "500x", "how long each fuzz target is tried with new inputs: a duration, or a number of inputs and x")
	flag.Func("cli", "run the acceptance tests with this `executable`; may be repeated", collect(&o.clis))
	flag.StringVar(&o.run, "run", "", "only tests that match this `regexp`")
	flag.BoolVar(&o.race, "race", false, "with the race detector (needs a C compiler)")
	flag.BoolVar(&o.verbose, "v", false, "print the output of every test")
	flag.DurationVar(&o.timeout, "timeout", 40*time.Minute, "for each package of acceptance tests")
	flag.IntVar(&o.parallel, "parallel", 0, "acceptance tests at a time in one package; 0: as many as cores")
	flag.Parse()

	// Ctrl-C reaches `go test` too, as it is of the same process group; wait for it, so that nothing
	// is left running, and report what was done by then.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ok, err := runAll(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "runtests:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

func collect(list *[]string) func(string) error {
	return func(s string) error {
		*list = append(*list, s)
		return nil
	}
}

// runAll reports whether every requested test ran and passed.
func runAll(ctx context.Context, o options, w io.Writer) (bool, error) {
	allowed, err := parseAllowedSkips(allowedSkips)
	if err != nil {
		return false, err
	}
	clis := make([]gate.CLI, 0, len(o.clis))
	for _, path := range o.clis { // all are asked before the first long run
		c, err := gate.Identify(ctx, path)
		if err != nil {
			return false, err
		}
		clis = append(clis, c)
	}

	var results []*result
	for _, dir := range o.modules {
		label := "unit tests"
		if dir != "." {
			label += " of " + dir
		}
		r, err := goTest(ctx, w, o, newResult(label, "unit"), dir, nil, unitArgs(o))
		if err != nil {
			return false, err
		}
		results = append(results, r)
	}
	for _, dir := range o.fuzzed {
		r, err := fuzz(ctx, w, o, dir)
		if err != nil {
			return false, err
		}
		if r != nil {
			results = append(results, r)
		}
	}
	for i, c := range clis {
		r := newResult("acceptance tests, "+c.String(), key(c))
		r.cli, r.withoutQuirks = c, i > 0
		once := o
		once.race = o.race && i == 0 // The provider's code is the same on every CLI; one of them is enough to find its races.
		r, err := goTest(ctx, w, once, r, ".", env(c), accArgs(o, r.withoutQuirks))
		if err != nil {
			return false, err
		}
		results = append(results, r)
	}
	return summarize(w, results, allowed), nil
}

func unitArgs(o options) []string {
	args := []string{"-skip", accPrefix}
	if o.run != "" {
		args = append(args, "-run", o.run)
	}
	return append(args, "./...")
}

// quirkTests go through all the ways in which a service may answer. What the provider makes of them is the same on every
// CLI, so in a run with several the first one is enough.
const quirkTests = "Quirk"

func accArgs(o options, withoutQuirks bool) []string {
	run := accPrefix
	if o.run != "" {
		run = o.run
	}
	args := []string{"-count=1", "-run", run, "-timeout", o.timeout.String()}
	if withoutQuirks {
		args = append(args, "-skip", quirkTests)
	}
	if o.parallel > 0 {
		args = append(args, fmt.Sprintf("-parallel=%d", o.parallel))
	}
	return append(args, accPackages...)
}

// goTest runs `go test` in dir and counts what it says; a failing test is no error here.
func goTest(ctx context.Context, w io.Writer, o options, r *result, dir string, env, args []string) (*result, error) {
	fmt.Fprintf(w, "== %s\n", r.label)
	exitedBad, err := follow(ctx, w, o, r, dir, env, args)
	if err != nil {
		return nil, err
	}
	r.finish(w, exitedBad)
	return r, nil
}

// follow runs `go test` in dir, adds what it says to r, and tells whether it ended badly.
func follow(ctx context.Context, w io.Writer, o options, r *result, dir string, env, args []string) (exitedBad bool, err error) {
	args = append([]string{"test", "-json"}, args...)
	if o.race {
		args = append(args[:2:2], append([]string{"-race"}, args[2:]...)...)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Cancel = func() error { return nil }
	cmd.WaitDelay = time.Minute
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	if o.race && os.Getenv("GORACE") == "" {
		// A program with the race detector sleeps for a second before it ends, and a CLI starts the provider up to three times per command.
		cmd.Env = append(cmd.Env, "GORACE=atexit_sleep_ms=0")
	}
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return false, fmt.Errorf("starting go test: %w", err)
	}
	readErr := r.read(stdout, w, o.verbose)
	waitErr := cmd.Wait()
	if readErr != nil {
		return false, fmt.Errorf("reading what go test says: %w", readErr)
	}
	r.took += time.Since(start)
	var exit *exec.ExitError
	if waitErr != nil && !errors.As(waitErr, &exit) && !errors.Is(waitErr, context.Canceled) {
		return false, fmt.Errorf("running go test: %w", waitErr)
	}
	return waitErr != nil, nil
}

// key names a CLI in allowed_skips.txt.
func key(c gate.CLI) string { return c.Product + "-" + c.Version }

// env has no registry in it that would be asked: the test framework only needs the provider's
// address, and OpenTofu completes a short one with a registry of its own.
func env(c gate.CLI) []string {
	env := []string{
		"TF_ACC=1",
		"TF_ACC_TERRAFORM_PATH=" + c.Path,
		"TF_ACC_PROVIDER_NAMESPACE=" + namespace,
	}
	if c.Product == gate.OpenTofu {
		env = append(env, "TF_ACC_PROVIDER_HOST=registry.opentofu.org")
	}
	return env
}
