package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// plugin is a provider's process that has said where it listens.
type plugin struct {
	command *exec.Cmd
	conn    *grpc.ClientConn
	// handshake is how long that took from its start.
	handshake time.Duration
}

// startPlugin starts a provider as a CLI does.
func (b *bench) startPlugin(path string) (*plugin, error) {
	p := &plugin{command: exec.Command(path)}
	p.command.Env = slices.Concat(b.environment, []string{
		// By this a provider knows that it was not started by hand (terraform-plugin-go, tf6server).
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		"PLUGIN_PROTOCOL_VERSIONS=6",
	})
	stdout, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	started := time.Now()
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	p.handshake = time.Since(started)
	parts := strings.Split(strings.TrimSpace(line), "|")
	if err != nil || len(parts) < 5 || parts[4] != "grpc" {
		p.kill()
		return nil, fmt.Errorf("%s said %q at its start", filepath.Base(path), line)
	}
	p.conn, err = grpc.NewClient(parts[2]+":"+parts[3], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		p.kill()
		return nil, err
	}
	return p, nil
}

func (p *plugin) kill() {
	_ = p.command.Process.Kill()
	_ = p.command.Wait()
}

// raw passes messages through as bytes, which need no knowledge of what is in them.
type raw struct{}

func (raw) Name() string                  { return "proto" }
func (raw) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (raw) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = append([]byte(nil), data...)
	return nil
}

// call makes a call with an empty message, and gives the answer's size and how long it took.
func (p *plugin) call(method string) (size int, took time.Duration, err error) {
	var request, answer []byte
	started := time.Now()
	err = p.conn.Invoke(context.Background(), method, &request, &answer, grpc.ForceCodec(raw{}), grpc.MaxCallRecvMsgSize(64<<20))
	return len(answer), time.Since(started), err
}

// stop ends the process as a CLI does.
func (p *plugin) stop() {
	_, _, _ = p.call("/plugin.GRPCController/Shutdown") // the connection ends with it
	_ = p.conn.Close()
	done := make(chan struct{})
	go func() {
		_ = p.command.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		_ = p.command.Process.Kill()
		<-done
	}
}

// start is what one start of the provider costs.
type start struct {
	handshake, schema time.Duration
	schemaBytes       int
	// idle and described are the most memory that was held until the handshake, and with the schema handed out, in bytes; 0 where the
	// system does not tell.
	idle, described int64
}

func (b *bench) start(path string) (start, error) {
	p, err := b.startPlugin(path)
	if err != nil {
		return start{}, err
	}
	defer p.stop()
	one := start{handshake: p.handshake, idle: peakMemory(p.command.Process.Pid)}
	if one.schemaBytes, one.schema, err = p.call("/tfplugin6.Provider/GetProviderSchema"); err != nil {
		return one, err
	}
	one.described = peakMemory(p.command.Process.Pid)
	return one, nil
}

// peakMemory is the most memory that a process has held so far, as Linux tells it; ru_maxrss would count what the process that
// started it held.
func peakMemory(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if kilobytes, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			count, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kilobytes), "kB")), 10, 64)
			return count << 10
		}
	}
	return 0
}

// watched runs something and gives the most memory that any process of the provider held meanwhile.
func (b *bench) watched(run func() error) (peak int64, err error) {
	done := make(chan struct{})
	found := make(chan int64)
	go func() {
		var most int64
		for {
			for _, pid := range processesOf(b.provider) {
				most = max(most, peakMemory(pid))
			}
			select {
			case <-done:
				found <- most
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	err = run()
	close(done)
	return <-found, err
}

func processesOf(executable string) (pids []int) {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && target == executable {
			if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link))); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// crowd is how much memory reading a channel with many lives takes, beside one with none.
type crowd struct {
	how                string
	lives              int
	answer, more, peak int64
}

const crowdName = "crowd of lives"

var errNoMemory = errors.New("this system does not tell how much memory a process holds")

// crowded reads a channel's lives by a data source, and lists them where the CLI can.
func (b *bench) crowded(lives int) (all []crowd, err error) {
	data := requirement("livestation") + "data \"prism_channel_lives\" \"test\" {\n  provider   = livestation\n  channel_id = \"crowded\"\n}\n"
	source, err := b.workspace("crowd-data", data)
	if err != nil {
		return nil, err
	}
	one, err := b.crowd("data source", lives, func() error {
		_, _, err := source.run("plan", "-input=false")
		return err
	})
	if err != nil {
		return all, err
	}
	if all = append(all, one); b.newCLI == "" {
		return all, nil
	}
	list, err := b.workspace("crowd-list", requirement("livestation")+"provider \"livestation\" {}\n")
	if err != nil {
		return all, err
	}
	query := fmt.Sprintf("list \"prism_live\" \"test\" {\n  provider = livestation\n  limit = %d\n  config {\n    channel_id = \"crowded\"\n  }\n}\n", max(lives, 1))
	if err := os.WriteFile(filepath.Join(list.dir, "main.tfquery.hcl"), []byte(query), 0o600); err != nil {
		return all, err
	}
	one, err = b.crowd("list", lives, func() error {
		_, _, err := list.runWith(b.newCLI, "query")
		return err
	})
	if err == nil {
		all = append(all, one)
	}
	return all, err
}

func (b *bench) crowd(how string, lives int, run func() error) (crowd, error) {
	one := crowd{how: how, lives: lives}
	var peaks []int64
	for _, count := range []int{0, lives} {
		if err := b.services.NewWorld(service.World{Crowd: count}); err != nil {
			return one, err
		}
		var peak int64
		for try := 0; try < 5 && peak == 0; try++ { // A short process may be over before anybody has looked.
			if _, err := b.services.Traffic(); err != nil {
				return one, err
			}
			var err error
			if peak, err = b.watched(run); err != nil {
				return one, fmt.Errorf("%s of %d lives: %w", how, count, err)
			}
		}
		if peak == 0 {
			return one, errNoMemory
		}
		traffic, err := b.services.Traffic()
		if err != nil {
			return one, err
		}
		one.answer = traffic.Bytes / int64(max(1, traffic.Sum()))
		peaks = append(peaks, peak)
	}
	one.peak, one.more = peaks[1], peaks[1]-peaks[0]
	return one, nil
}
