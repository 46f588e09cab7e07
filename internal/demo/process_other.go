//go:build !unix

package main

import "os/exec"

// runGroup runs a command; where there are no process groups, the end of its context kills it alone.
func runGroup(cmd *exec.Cmd) error { return cmd.Run() }
