// The command livestation-simulator serves the Live Station API and a PRISM service on loopback, to try the provider by
// hand:
//
//	go install github.com/ncloud-live/terraform-provider-livestation/cmd/livestation-simulator@latest
//	livestation-simulator -seed demo -v
//
// It prints the provider's environment as shell lines, then "# ready". With -rtmp, real encoders can send to the addresses
// and stream keys that it gives out; with -board, a page shows what is on air.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator/board"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator/ingest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "livestation-simulator:", err)
		os.Exit(1)
	}
}

// options are what the flags ask for.
type options struct {
	simulator     []simulator.Option
	listQuirks    bool
	exitWithStdin bool
	// rtmp and board are the addresses of the ingest and the board; "" if they are not wanted.
	rtmp, board string
}

func parse(args []string, stderr io.Writer) (*options, error) {
	flags := flag.NewFlagSet("livestation-simulator", flag.ContinueOnError)
	flags.SetOutput(stderr)
	o := &options{}
	address := flags.String("addr", "127.0.0.1:0", "loopback host and port to listen on")
	edgeAddress := flags.String("edge-addr", "127.0.0.1:0", "loopback host and port of Global Edge")
	prefix := flags.String("prism-prefix", "", "path below which PRISM is served, such as /tenant-a")
	seed := flags.String("seed", string(simulator.SeedDefault), "what exists at the start: default or demo")
	verbose := flags.Bool("v", false, "log each request to stderr")
	flags.BoolVar(&o.listQuirks, "list-quirks", false, "print every quirk and stop")
	flags.BoolVar(&o.exitWithStdin, "exit-with-stdin", false, "stop when stdin is closed")
	optionalAddress(flags, &o.rtmp, "rtmp", ingest.Address, "take RTMP from encoders at this loopback `address`")
	optionalAddress(flags, &o.board, "board", board.Address, "show the board at this loopback `address`")
	var quirks []simulator.Quirk
	flags.Func("quirk", "name of a quirk to switch on; repeatable", func(name string) error {
		quirks = append(quirks, simulator.Quirk(name))
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	o.simulator = []simulator.Option{
		simulator.WithAddress(*address), simulator.WithEdgeAddress(*edgeAddress), simulator.WithPrismPrefix(*prefix),
		simulator.WithSeed(simulator.Seed(*seed)), simulator.WithQuirks(quirks...),
	}
	if *verbose {
		logger := log.New(stderr, "", 0) // safe for concurrent requests
		o.simulator = append(o.simulator, simulator.WithRequestHook(func(r simulator.Request) { logger.Println(r.Line()) }))
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	if o.listQuirks {
		for _, q := range simulator.Quirks() {
			fmt.Fprintf(stdout, "%-36s %-11s %s\n", q.Name, q.Service, q.About)
		}
		return nil
	}
	var encoders net.Listener
	if o.rtmp != "" {
		if encoders, err = ingest.Listen(ctx, o.rtmp); err != nil {
			return fmt.Errorf("-rtmp: %w", err)
		}
		defer func() { _ = encoders.Close() }()
		o.simulator = append(o.simulator, simulator.WithIngest(encoders.Addr().String()))
	}
	sim, err := simulator.Start(o.simulator...)
	if err != nil {
		return err
	}
	defer sim.Close()
	if encoders != nil {
		defer ingest.Serve(encoders, sim).Close()
	}
	var page *board.Board
	if o.board != "" {
		if page, err = board.Start(ctx, sim, o.board); err != nil {
			return fmt.Errorf("-board: %w", err)
		}
		defer page.Close()
	}

	printEnvironment(stdout, sim)
	if encoders != nil {
		fmt.Fprintf(stdout, "# encoders send to rtmp://%s/, as publish URLs and RTMP paths say\n", encoders.Addr())
	}
	if page != nil {
		fmt.Fprintf(stdout, "# the board is at %s\n", page.URL())
	}
	fmt.Fprintln(stdout, "# ready")

	closed := make(chan struct{})
	if o.exitWithStdin {
		go func() {
			_, _ = io.Copy(io.Discard, stdin)
			close(closed)
		}()
	}
	select {
	case <-ctx.Done():
	case <-closed:
	}
	return nil
}

// printEnvironment prints the settings of the provider as shell lines.
func printEnvironment(stdout io.Writer, sim *simulator.Simulator) {
	env := sim.Env()
	env["LIVESTATION_SIMULATOR_URL"] = strings.TrimSuffix(sim.ControlURL(), "/")
	for _, name := range slices.Sorted(maps.Keys(env)) {
		fmt.Fprintf(stdout, "export %s=%s\n", name, shellQuote(env[name]))
	}
}

// optionalAddress adds a flag that sets address to the usual one, or to its value if it has one: -rtmp, -rtmp=127.0.0.1:19350.
func optionalAddress(flags *flag.FlagSet, address *string, name, usual, usage string) {
	flags.BoolFunc(name, usage+"; alone, at "+usual, func(value string) error {
		switch value {
		case "true":
			*address = usual
		case "false":
			*address = ""
		default:
			*address = value
		}
		return nil
	})
}

// shellQuote leaves plain values bare, so that the lines stay easy to read and to copy.
func shellQuote(value string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:", r)
	}
	if value != "" && strings.IndexFunc(value, func(r rune) bool { return !plain(r) }) < 0 {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
