//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// TestCrashSignals has others send the signals of faults and the one that asks for a dump:
// the terminal is as it was, what is said is short, and a report lies in a file.
func TestCrashSignals(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{
		syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS, syscall.SIGILL, syscall.SIGFPE, syscall.SIGSYS, syscall.SIGTRAP,
		unix.SignalNum("SIGSTKFLT"),
	} {
		if sig == 0 {
			continue // There is no such signal here.
		}
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			m := start(t, 80, 24, []string{"HOME=" + w.home, "ROLLCALL_SECRET=kt-very-secret"}, "--demo")
			before, err := term.GetState(m.tty.Fd())
			if err != nil {
				t.Fatal(err)
			}
			m.shows("Sam Roe")
			m.signal(sig)
			if status := m.exit(); status != 128+int(sig) {
				t.Errorf("exit status %d, want %d", status, 128+int(sig))
			}
			m.restored()
			if after, err := term.GetState(m.tty.Fd()); err == nil && after.Lflag&syscall.ECHO != before.Lflag&syscall.ECHO {
				t.Error("the terminal does not show what is typed")
			}
			m.shows("rollcall: ended by the signal")
			path := filepath.Join(w.home, ".local", "state", "rollcall", "crash.txt")
			report := kept(t, path)
			if !strings.Contains(report, "goroutine ") || !strings.Contains(report, "rollcall/cmd") || len(report) > 70<<10 || strings.Contains(report, "0x") || strings.Contains(report, "kt-") {
				t.Errorf("the report has %d bytes:\n%.2000s", len(report), report)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("others can read it: %v, %v", info.Mode(), err)
			}
			m.mu.Lock()
			defer m.mu.Unlock()
			if out := m.written.String(); strings.Contains(out, "goroutine ") {
				t.Errorf("the stacks were written to the terminal:\n%.1000s", out)
			}
		})
	}
}

// TestCrashSignalWhileASecretIsTyped leaves a terminal that shows what is typed.
func TestCrashSignalWhileASecretIsTyped(t *testing.T) {
	t.Parallel()
	w, _, token := talkative(t)
	m := start(t, 150, 60, w.env, "--accessible")
	m.shows("q to leave:")
	m.press("rotate 1\r")
	m.shows("New secret of work (not shown):")
	m.signal(syscall.SIGQUIT)
	if status := m.exit(); status != 128+int(syscall.SIGQUIT) || kept(t, token) != "kt-first\n" {
		t.Errorf("exit status %d, the secret %q", status, kept(t, token))
	}
	if state, err := term.GetState(m.tty.Fd()); err == nil && state.Lflag&syscall.ECHO == 0 {
		t.Error("the terminal does not show what is typed")
	}
}

// TestHugeTerminal draws on a part of a terminal that claims to be larger than any, at the
// start or later, and on all of it once it is as others are.
func TestHugeTerminal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, script  string
		width, height int
	}{
		{"at the start", `stty cols 10000 rows 10000; exec "$0" --demo`, 10_000, 10_000},
		// The library does not believe a size of more than a million cells.
		{"later", `exec "$0" --demo`, 2_000, 500},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := startProgram(t, 120, 36, nil, "sh", "-c", tt.script, program)
			m.shows("rollcall")
			m.claim(10_000, 10_000)
			m.claim(tt.width, tt.height)
			m.until("a frame of 500 lines", func(string) bool {
				m.mu.Lock()
				defer m.mu.Unlock()
				return strings.Contains(m.written.String(), "\x1b[490;")
			})
			m.claim(120, 36)
			m.until("a whole frame", wholeFrame(36))
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", m.process.Process.Pid))
			var peak int
			if _, after, ok := strings.Cut(string(status), "VmHWM:"); ok {
				fmt.Sscan(after, &peak)
			}
			// Each of 500,000 cells takes more than a hundred bytes, in some frames.
			if err == nil && (peak < 100<<10 || peak > 400<<10) {
				t.Errorf("it took %d kB", peak)
			}
			m.press("q")
			if status := m.exit(); status != 0 {
				t.Errorf("exit status %d", status)
			}
			m.restored()
		})
	}
}

// claim has the terminal say that it is of another size, and stay as it is.
func (m *terminal) claim(width, height int) {
	m.t.Helper()
	if err := pty.Setsize(m.tty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		m.t.Fatal(err)
	}
}
