//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal runs the program in a pseudo-terminal and shows what a person
// would see there.
type terminal struct {
	t       *testing.T
	tty     *os.File
	process *exec.Cmd
	ended   chan struct{}

	mu       sync.Mutex
	emulator *vt.Emulator
	// drawing is set while the program draws a frame, and frames are the
	// screens after each that it has drawn: what passes is not missed, and
	// what is half drawn is not seen.
	drawing bool
	frames  []string
	// written is every byte that the program wrote.
	written bytes.Buffer
}

// patience is how long a text may take to appear on a busy machine.
const patience = 90 * time.Second

// start runs rollcall in a terminal of the size.
func start(t *testing.T, width, height int, env []string, args ...string) *terminal {
	t.Helper()
	return startProgram(t, width, height, env, program, args...)
}

// startSilent is start in a terminal that answers no question.
func startSilent(t *testing.T, width, height int, env []string, args ...string) *terminal {
	t.Helper()
	return open(t, width, height, env, false, program, args...)
}

// startProgram runs any program in a terminal of the size.
func startProgram(t *testing.T, width, height int, env []string, name string, args ...string) *terminal {
	t.Helper()
	return open(t, width, height, env, true, name, args...)
}

// open starts a program with nothing of the caller's environment but the path.
// The terminal answers what it is asked, or not.
func open(t *testing.T, width, height int, env []string, answers bool, name string, args ...string) *terminal {
	t.Helper()
	home := t.TempDir()
	process := exec.Command(name, args...)
	process.Dir = home
	process.Env = append([]string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
	}, env...)
	tty, err := pty.StartWithSize(process, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		t.Fatal(err)
	}
	m := &terminal{t: t, tty: tty, process: process, ended: make(chan struct{}), emulator: vt.NewEmulator(width, height)}
	m.synchronize()
	go m.read()
	var answering sync.WaitGroup
	answering.Go(func() {
		var to io.Writer = tty
		if !answers {
			to = io.Discard
		}
		_, _ = io.Copy(to, m.emulator)
		// Whoever closes the terminal must not block the emulator, which waits
		// until its answers are read.
		_, _ = io.Copy(io.Discard, m.emulator)
	})
	t.Cleanup(func() {
		// What it started can hold the terminal open, too.
		_ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL)
		select {
		case <-m.ended:
		case <-time.After(patience):
			t.Error("something that the program started still has the terminal")
		}
		_ = tty.Close()
		// The emulator's own Close is not for use while it is being read.
		if c, ok := m.emulator.InputPipe().(io.Closer); ok {
			_ = c.Close()
		}
		answering.Wait()
	})
	return m
}

// synchronize has the terminal know synchronized output, in which a program
// says where a frame begins and ends.
func (m *terminal) synchronize() {
	m.emulator.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(params ansi.Params) bool {
		if mode, _, ok := params.Param(0, 0); !ok || ansi.DECMode(mode) != ansi.ModeSynchronizedOutput {
			return false
		}
		_, _ = io.WriteString(m.emulator.InputPipe(), ansi.ReportMode(ansi.ModeSynchronizedOutput, ansi.ModeReset))
		return true
	})
	drawing := func(begins bool) func(ansi.Mode) {
		return func(mode ansi.Mode) {
			if mode == ansi.ModeSynchronizedOutput {
				m.drawing = begins
				m.keepFrame()
			}
		}
	}
	m.emulator.SetCallbacks(vt.Callbacks{EnableMode: drawing(true), DisableMode: drawing(false)})
}

// keepFrame keeps the screen as it is now, unless a frame is half drawn.
func (m *terminal) keepFrame() {
	if m.drawing {
		return
	}
	if s := m.emulator.String(); len(m.frames) == 0 || s != m.frames[len(m.frames)-1] {
		m.frames = append(m.frames, s)
	}
}

// read feeds the emulator until the program ends.
func (m *terminal) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := m.tty.Read(buf)
		m.mu.Lock()
		_, _ = m.emulator.Write(buf[:n])
		m.keepFrame()
		m.written.Write(buf[:n])
		m.mu.Unlock()
		if err != nil {
			break
		}
	}
	_ = m.process.Wait()
	close(m.ended)
}

// text is the screen as lines of text.
func (m *terminal) text() string {
	frames, _ := m.framesFrom(-1)
	return frames[len(frames)-1]
}

// framesFrom are the frames from the n-th on, the last one at least, and how
// many there are of all.
func (m *terminal) framesFrom(n int) ([]string, int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.frames) == 0 {
		m.frames = append(m.frames, m.emulator.String())
	}
	all := len(m.frames)
	if n < 0 || n >= all {
		n = all - 1
	}
	return m.frames[n:all:all], all
}

// onAltScreen reports whether the alternate screen is shown.
func (m *terminal) onAltScreen() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.emulator.IsAltScreen()
}

// until waits for a screen that meets the condition, now or from now on, and
// returns it.
func (m *terminal) until(what string, ok func(screen string) bool) string {
	m.t.Helper()
	deadline := time.Now().Add(patience)
	var frames []string
	for next, ended := -1, false; ; {
		frames, next = m.framesFrom(next)
		if i := slices.IndexFunc(frames, ok); i >= 0 {
			return frames[i]
		}
		switch screen := frames[len(frames)-1]; {
		case ended:
			m.t.Fatalf("the program ended before %s; the screen:\n%s", what, screen)
		case time.Now().After(deadline):
			m.t.Fatalf("no %s; the screen:\n%s", what, screen)
		}
		select {
		case <-m.ended:
			ended = true
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// shows waits until all of the texts are on the screen.
func (m *terminal) shows(texts ...string) string {
	m.t.Helper()
	return m.until(strings.Join(texts, ", "), func(screen string) bool {
		for _, s := range texts {
			if !strings.Contains(screen, s) {
				return false
			}
		}
		return true
	})
}

// press sends keys as a terminal would.
func (m *terminal) press(keys string) {
	m.t.Helper()
	if _, err := io.WriteString(m.tty, keys); err != nil {
		m.t.Fatal(err)
	}
}

func (m *terminal) resize(width, height int) {
	m.t.Helper()
	m.mu.Lock()
	m.emulator.Resize(width, height)
	m.keepFrame()
	m.mu.Unlock()
	if err := pty.Setsize(m.tty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		m.t.Fatal(err)
	}
}

func (m *terminal) signal(s syscall.Signal) {
	m.t.Helper()
	if err := m.process.Process.Signal(s); err != nil {
		m.t.Fatal(err)
	}
}

// exit waits for the end and returns the exit status.
func (m *terminal) exit() int {
	m.t.Helper()
	select {
	case <-m.ended:
		return m.process.ProcessState.ExitCode()
	case <-time.After(patience):
		m.t.Fatalf("the program does not end; the screen:\n%s", m.text())
		return 0
	}
}

// restored fails unless the terminal is as it was: the normal screen, with
// cursor, without mouse reports.
func (m *terminal) restored() {
	m.t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.emulator.IsAltScreen() {
		m.t.Error("the alternate screen was not left")
	}
	out := m.written.String()
	for _, mode := range []struct{ set, reset, name string }{
		{"\x1b[?25l", "\x1b[?25h", "the cursor"},
		{"\x1b[?1002h", "\x1b[?1002l", "mouse reports"},
		{"\x1b[?2004h", "\x1b[?2004l", "bracketed paste"},
	} {
		if strings.LastIndex(out, mode.set) > strings.LastIndex(out, mode.reset) {
			m.t.Errorf("%s: not restored", mode.name)
		}
	}
}
