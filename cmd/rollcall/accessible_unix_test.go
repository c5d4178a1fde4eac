//go:build unix

package main

import (
	"syscall"
	"testing"
)

// TestAccessibleTerminal talks in a terminal, in its own line mode.
func TestAccessibleTerminal(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 60, []string{"TERM=dumb", "ROLLCALL_ACCESSIBLE=yes"}, "--demo", "--profile", "work")
	m.shows("42. retired: disabled.", "user name", "Number, r to refresh")
	m.press("4x\x7f\r") // the terminal itself takes back the x
	m.shows("what to do        Create a new token in Katapult", "q to leave: 4\n")
	m.press("u 2\r")
	m.shows("datahub is now the active profile.")
	m.press("\x04")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.written.Bytes() {
		if b == 0x1b {
			t.Fatal("an escape sequence was written")
		}
	}
}

func TestAccessibleInterrupted(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 60, []string{"TERM=dumb"}, "--demo", "--accessible")
	m.shows("Number, r to refresh")
	m.signal(syscall.SIGINT)
	if status := m.exit(); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
}
