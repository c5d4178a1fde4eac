//go:build unix

package cmd

import (
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// input has the dashboard read from a terminal in which every paste ends.
func input(f *os.File) []tea.ProgramOption {
	if !term.IsTerminal(f.Fd()) {
		return nil
	}
	return []tea.ProgramOption{tea.WithInput(&pasteGuard{File: f, more: func(wait time.Duration) bool { return readable(f, wait) }})}
}

// readable reports whether there is something to read from a terminal, and waits
// for that. It is so, too, where that cannot be told.
func readable(f *os.File, wait time.Duration) bool {
	for end := time.Now().Add(wait); ; {
		ready := []unix.PollFd{{Fd: int32(f.Fd()), Events: unix.POLLIN}}
		n, err := unix.Poll(ready, int(max(0, time.Until(end)).Milliseconds()))
		if err != unix.EINTR {
			return err != nil || n > 0
		}
	}
}
