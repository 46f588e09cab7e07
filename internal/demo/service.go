package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// service is the simulator as a process of its own, as a user would start it.
type service struct {
	env     map[string]string
	control string
	board   string // the address of its page; empty without one
	stop    func() error
}

func startService(ctx context.Context, path string, board bool) (*service, error) {
	args := []string{"-seed", "demo", "-exit-with-stdin"}
	if board {
		args = append(args, "-board=127.0.0.1:0")
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = environment(nil)
	var problems strings.Builder
	cmd.Stderr = &problems
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, stdout := io.Pipe()
	cmd.Stdout = stdout
	ended := make(chan error, 1)
	go func() {
		err := runGroup(cmd)
		_ = stdout.CloseWithError(io.EOF)
		ended <- err
	}()
	env, page, ready := readExports(output)
	go func() { _, _ = io.Copy(io.Discard, output) }()
	// With the end of its input the simulator ends, also if this process is killed.
	stop := func() error {
		_ = stdin.Close()
		if err := <-ended; err != nil && ctx.Err() == nil {
			return fmt.Errorf("the simulator: %w\n%s", err, problems.String())
		}
		return nil
	}
	if !ready {
		return nil, errors.Join(errors.New("the simulator did not start"), stop())
	}
	return &service{env: env, control: env["LIVESTATION_SIMULATOR_URL"], board: page, stop: stop}, nil
}

// readExports reads shell lines, and where the board is, up to "# ready".
func readExports(lines io.Reader) (env map[string]string, board string, ready bool) {
	env = map[string]string{}
	for scanner := bufio.NewScanner(lines); scanner.Scan(); {
		if scanner.Text() == "# ready" {
			return env, board, true
		}
		if page, found := strings.CutPrefix(scanner.Text(), "# the board is at "); found {
			board = page
		}
		export, isExport := strings.CutPrefix(scanner.Text(), "export ")
		if !isExport {
			continue
		}
		name, value, _ := strings.Cut(export, "=")
		if quoted, ok := strings.CutPrefix(value, "'"); ok {
			value = strings.ReplaceAll(strings.TrimSuffix(quoted, "'"), `'\''`, "'")
		}
		env[name] = value
	}
	return env, board, false
}

// records is what the simulator knows to have happened.
type records struct {
	OnAir    []live    `json:"on_air"`
	Lives    []live    `json:"lives"`
	Cuts     []cut     `json:"cuts"`
	Channels []channel `json:"active_restream_channels"`
	General  []channel `json:"active_general_channels"`
	Edges    []edge    `json:"active_edges"`
	Curtains []curtain `json:"active_curtains"`
	Requests []request `json:"requests"`
}

type live struct {
	LiveID string `json:"live_id"`
	Title  string `json:"title"`
	Status string `json:"status"`
	Starts int    `json:"starts"`
}

type cut struct {
	LiveID   string `json:"live_id"`
	ByLiveID string `json:"by_live_id"`
}

type channel struct {
	ChannelID   string `json:"channel_id"`
	ChannelName string `json:"channel_name"`
	Status      string `json:"status"`
	Platforms   int    `json:"platforms"` // of a re-stream channel
}

type edge struct {
	EdgeID int64 `json:"edge_id"`
}

type curtain struct {
	ChannelID  string    `json:"channel_id"`
	ContentIDs []int64   `json:"content_ids"`
	StartedAt  time.Time `json:"started_at"`
	EndsAt     time.Time `json:"ends_at"`
}

type request struct {
	Seq     int    `json:"seq"`
	Service string `json:"service"`
	Route   string `json:"route"`
	Method  string `json:"method"`
	URI     string `json:"uri"`
	Status  int    `json:"status"`
}

// records has all that is and was, and the requests after number since.
func (s *service) records(ctx context.Context, since int) (records, error) {
	var r records
	return r, s.call(ctx, http.MethodGet, fmt.Sprintf("/records?since=%d", since), nil, &r)
}

// endLive ends a live as the streamer's app would.
func (s *service) endLive(ctx context.Context, liveID string) error {
	return s.call(ctx, http.MethodPost, "/lives/"+liveID+"/end", nil, nil)
}

// feedRelay connects an encoder to a re-stream channel, or takes it off.
func (s *service) feedRelay(ctx context.Context, channelID string, on bool) error {
	return s.call(ctx, http.MethodPost, "/restream-channels/"+channelID+"/publishing", strings.NewReader(fmt.Sprintf(`{"on":%t}`, on)), nil)
}

// feedStage does the same with a general channel.
func (s *service) feedStage(ctx context.Context, channelID string, on bool) error {
	return s.call(ctx, http.MethodPost, "/general-channels/"+channelID+"/encoder", strings.NewReader(fmt.Sprintf(`{"on":%t}`, on)), nil)
}

func (s *service) call(ctx context.Context, method, path string, body io.Reader, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, s.control+path, body)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the simulator does not answer: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the simulator refused %s %s: %s", method, path, resp.Status)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

func (r records) live(id string) live {
	for _, l := range r.Lives {
		if l.LiveID == id {
			return l
		}
	}
	return live{LiveID: id, Status: "missing"}
}

func (r records) lastRequest() int {
	if len(r.Requests) == 0 {
		return 0
	}
	return r.Requests[len(r.Requests)-1].Seq
}

// writes are the requests that change something.
func (r records) writes() []request {
	return slices.DeleteFunc(slices.Clone(r.Requests), func(r request) bool { return r.Method == http.MethodGet })
}

// expectWrites checks that exactly these routes were written to, once each, in any order, and successfully.
func (r records) expectWrites(routes ...string) error {
	var got []string
	for _, w := range r.writes() {
		if w.Status >= 300 {
			return fmt.Errorf("the service refused %s %s with status %d", w.Method, w.URI, w.Status)
		}
		got = append(got, w.Route)
	}
	slices.Sort(got)
	slices.Sort(routes)
	return expect(slices.Equal(got, routes), "the service must see these writes and no others: [%s], and it saw: [%s]",
		strings.Join(routes, " "), strings.Join(got, " "))
}
