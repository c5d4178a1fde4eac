package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestFullDisk tells of output that is lost, whoever prints it, and nothing
// besides.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no device that is always full")
	}
	defer full.Close()
	w := newWorld(t)
	for _, line := range []string{
		"--help", "help status", "status --help", "--version", "completion", "completion bash", "man", "list --demo",
	} {
		c := w.command(strings.Fields(line)...)
		var stderr bytes.Buffer
		c.Stdout, c.Stderr = full, &stderr
		_ = c.Run()
		said := stderr.String()
		if status := c.ProcessState.ExitCode(); status != 2 || strings.Count(said, "\n") != 1 || !strings.Contains(said, "no space left") {
			t.Errorf("%s: status %d, said:\n%s", line, status, said)
		}
	}
}
