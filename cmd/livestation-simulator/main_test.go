package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

func TestPrintsEnvironmentThenReadyAndStopsWithStdin(t *testing.T) {
	t.Parallel()
	stdin, closeStdin := io.Pipe()
	output, stdout := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(t.Context(), []string{"-seed", "demo", "-exit-with-stdin", "-quirk", "times-utc", "-prism-prefix", "/a"}, stdin, stdout, io.Discard)
	}()
	var names []string
	for lines := bufio.NewScanner(output); lines.Scan() && lines.Text() != "# ready"; {
		name, value, found := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		if !found || value == "" {
			t.Errorf("line %q", lines.Text())
		}
		names = append(names, name)
	}
	if got := strings.Join(names, " "); got != "LIVESTATION_EDGE_ENDPOINT LIVESTATION_ENDPOINT LIVESTATION_SIMULATOR_URL NCLOUD_ACCESS_KEY NCLOUD_REGION NCLOUD_SECRET_KEY PRISM_ACCESS_TOKEN PRISM_ENDPOINT" {
		t.Errorf("exported: %s", got)
	}
	_ = closeStdin.Close()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it does not stop when stdin is closed")
	}
}

func TestRefusesBadArguments(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-addr", "0.0.0.0:0"}, {"-quirk", "no-such"}, {"-seed", "other"}, {"-rtmp=0.0.0.0:0"}, {"-board=0.0.0.0:0"}, {"-rtmp=x"}, {"extra"}, {"-no-such"}} {
		if err := run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard); err == nil {
			t.Errorf("%v was accepted", args)
		}
	}
}

func TestServesIngestAndBoardAtThePrintedAddressesAndReportsPortsInUse(t *testing.T) {
	t.Parallel()
	stdin, closeStdin := io.Pipe()
	output, stdout := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(t.Context(), []string{"-rtmp=127.0.0.1:0", "-board=127.0.0.1:0", "-exit-with-stdin"}, stdin, stdout, io.Discard)
	}()
	address, page := "", ""
	for lines := bufio.NewScanner(output); lines.Scan() && lines.Text() != "# ready"; {
		if rest, found := strings.CutPrefix(lines.Text(), "# encoders send to rtmp://"); found {
			address, _, _ = strings.Cut(rest, "/")
		} else if rest, found := strings.CutPrefix(lines.Text(), "# the board is at http://"); found {
			page, _, _ = strings.Cut(rest, "/")
		}
	}
	for name, taken := range map[string]string{"-rtmp": address, "-board": page} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", taken)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
		err = run(t.Context(), []string{name + "=" + taken}, nil, io.Discard, io.Discard)
		if err == nil || !strings.HasPrefix(err.Error(), name+": another program listens at "+taken) {
			t.Errorf("a second one says: %v", err)
		}
	}
	_ = closeStdin.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestListsQuirks(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := run(t.Context(), []string{"-list-quirks"}, nil, &out, io.Discard); err != nil || !strings.Contains(out.String(), "status-onair") {
		t.Errorf("%v %s", err, out.String())
	}
}

func TestShellQuote(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"http://127.0.0.1:80/a": "http://127.0.0.1:80/a", "a b": "'a b'", "it's": `'it'\''s'`, "": "''"} {
		if got := shellQuote(value); got != want {
			t.Errorf("%s: got %s", value, got)
		}
	}
}
