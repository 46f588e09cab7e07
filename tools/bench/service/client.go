package service

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"time"
)

// Argument makes a benchmark's program call Serve instead.
const Argument = "serve-the-services"

// Client drives the process that Serve runs in.
type Client struct {
	Addresses
	command *exec.Cmd
	stdin   io.Closer
}

// Start starts this very program once more, as the service.
func Start() (*Client, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &Client{command: exec.Command(self, Argument)}
	c.command.Stderr = os.Stderr
	if c.stdin, err = c.command.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := c.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.command.Start(); err != nil {
		return nil, err
	}
	if err := json.NewDecoder(stdout).Decode(&c.Addresses); err != nil {
		c.Close()
		return nil, fmt.Errorf("the services did not start: %w", err)
	}
	return c, nil
}

// Close ends the process.
func (c *Client) Close() {
	_ = c.stdin.Close()
	_ = c.command.Wait()
}

// NewWorld begins again with what world says, and nothing that was made before.
func (c *Client) NewWorld(world World) error {
	_, err := c.ask(order{World: &world, Reset: true})
	return err
}

// SetLatency holds every answer back.
func (c *Client) SetLatency(latency time.Duration) error {
	_, err := c.ask(order{Latency: &latency})
	return err
}

// SetRoundTrip says how far away FarHTTP1 and FarHTTP2 are.
func (c *Client) SetRoundTrip(d time.Duration) error {
	_, err := c.ask(order{RoundTrip: &d})
	return err
}

// Traffic is what came since it was asked last.
func (c *Client) Traffic() (Traffic, error) { return c.ask(order{Reset: true}) }

func (c *Client) ask(what order) (traffic Traffic, err error) {
	body, err := json.Marshal(what)
	if err != nil {
		return traffic, err
	}
	resp, err := http.Post(c.Control, "application/json", bytes.NewReader(body))
	if err != nil {
		return traffic, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(resp.Body)
		return traffic, fmt.Errorf("the services: %s", text)
	}
	return traffic, json.NewDecoder(resp.Body).Decode(&traffic)
}
