//go:build unix

package cmd

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"rollcall/config"
	"rollcall/ui"
)

// panicking marks the process that is to fail, and says where.
const panicking = "ROLLCALL_TEST_PANICKING"

// fragile is the dashboard with a fault on each key.
type fragile struct {
	*ui.Model
	fault func()
}

func (f fragile) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		f.fault()
	}
	_, cmd := f.Model.Update(msg)
	return f, cmd
}

// failInTheTerminal shows a dashboard that fails, in its own loop or beside it.
func failInTheTerminal(where string) {
	a := &app{console: console{services: builtIn(), stdout: os.Stdout, stderr: os.Stderr, environ: os.Environ(), getenv: os.Getenv}}
	model := ui.New(ui.Options{Config: &config.Config{UI: config.UI{Mouse: true}}, FirstRun: true})
	pressed := make(chan struct{})
	fault := func() { panic("a fault") }
	if where == "beside" {
		fault = func() { close(pressed) }
	}
	program := a.program(fragile{model, fault}, a.stdout, a.screenOf(a.stdout))
	b := newBackground(program.Quit)
	if where == "beside" {
		b.start(func() {
			<-pressed
			panic("a fault")
		})
	}
	if _, err := program.Run(); err != nil {
		os.Exit(exitUsage)
	}
	if err := b.wait(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitUsage)
	}
}

// TestPanicRestoresTheTerminal runs itself in a pseudo-terminal, where a
// dashboard with a fault is shown, and reads what was written.
func TestPanicRestoresTheTerminal(t *testing.T) {
	if where := os.Getenv(panicking); where != "" {
		failInTheTerminal(where)
		return
	}
	t.Parallel()
	for _, where := range []string{"loop", "beside"} {
		t.Run(where, func(t *testing.T) { t.Parallel(); restoresAfterFault(t, where) })
	}
}

func restoresAfterFault(t *testing.T, where string) {
	c := exec.Command(os.Args[0], "-test.run=^TestPanicRestoresTheTerminal$")
	c.Env = append(os.Environ(), panicking+"="+where, "TERM=xterm-256color")
	tty, err := pty.StartWithSize(c, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	var out bytes.Buffer
	buf := make([]byte, 4096)
	for pressed := false; ; {
		n, err := tty.Read(buf)
		out.Write(buf[:n])
		if err != nil {
			break
		}
		if !pressed && bytes.Contains(out.Bytes(), []byte("rollcall")) {
			pressed = true
			if _, err := io.WriteString(tty, "x"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := c.Wait(); err == nil {
		t.Error("the process ended well")
	}
	for _, mode := range []string{"1049", "1002", "2004"} {
		set, reset := bytes.LastIndex(out.Bytes(), []byte("\x1b[?"+mode+"h")), bytes.LastIndex(out.Bytes(), []byte("\x1b[?"+mode+"l"))
		if set < 0 || reset < set {
			t.Errorf("mode %s was set at %d and reset at %d", mode, set, reset)
		}
	}
	if left := bytes.LastIndex(out.Bytes(), []byte("\x1b[?1049l")); !bytes.Contains(out.Bytes()[max(0, left):], []byte("a fault")) {
		t.Error("the fault was not told")
	}
}
