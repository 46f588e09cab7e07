//go:build unix

package main

import (
	"os/exec"
	"syscall"
	"time"
)

// runGroup runs a command in a process group of its own. So Ctrl-C in a terminal reaches it only through this process: a CLI that
// is interrupted twice gives up at once, and leaves its provider running. When the command's context ends, the command
// is interrupted, given time to stop what it started, and whatever is then left of the group is killed.
func runGroup(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cancelled := false
	cmd.Cancel = func() error {
		cancelled = true
		return cmd.Process.Signal(syscall.SIGINT)
	}
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		return err
	}
	err := cmd.Wait()
	if cancelled {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	return err
}
