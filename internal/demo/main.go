// The command demo drives a real CLI through one broadcast day against the simulator, and checks after each step, in the
// simulator's own records, that the service saw what it should have seen and nothing else. `make demo` runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// longest is far more than a day takes; it only keeps a hanging CLI from hanging whoever waits for the demo.
const longest = 5 * time.Minute

var errTooLong = fmt.Errorf("the day took longer than %s", longest)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	ctx, cancel := context.WithTimeoutCause(ctx, longest, errTooLong)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	interrupted := errors.Is(context.Cause(ctx), context.Canceled)
	cancel()
	stop()
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
	case interrupted:
		fmt.Fprintln(os.Stderr, "demo: interrupted; what it had started is stopped, and its folder removed")
		os.Exit(130)
	default:
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

type options struct {
	cli, provider, simulator, example string
	board                             bool
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	var o options
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.cli, "cli", "terraform", "Terraform or OpenTofu `executable`")
	flags.StringVar(&o.provider, "provider", "", "the provider's `executable`")
	flags.StringVar(&o.simulator, "simulator", "", "the simulator's `executable`")
	flags.StringVar(&o.example, "example", "examples/event-day", "`folder` with the configuration")
	flags.BoolVar(&o.board, "board", false, "show the simulator's board, and say where")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if o.provider == "" || o.simulator == "" {
		return errors.New("-provider and -simulator are needed; `make demo` gives them")
	}
	if o.provider, err = filepath.Abs(o.provider); err != nil {
		return err
	}

	w, err := newWorkspace(o.example, o.provider)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.remove()) }()
	service, err := startService(ctx, o.simulator, o.board)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, service.stop()) }()
	runner, err := newCLI(ctx, o.cli, w, service.env)
	if err != nil {
		return err
	}
	d := &day{cli: runner, service: service, workspace: w, out: newNarrator(stdout)}
	d.out.say("One broadcast day, with %s\n\nThe configuration is %s; the services are the simulator at %s.\n"+
		"No account is needed and nothing leaves this machine.", runner.version, o.example, service.env["LIVESTATION_ENDPOINT"])
	if service.board != "" {
		d.out.say("The board is at %s", service.board)
	}
	return d.play(ctx)
}
