//go:build unix

package cmd

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"rollcall/config"
	"rollcall/ui"
)

// panicking marks the process that is to fail.
const panicking = "ROLLCALL_TEST_PANICKING"

// fragile is the dashboard with a fault: it fails on the first key.
type fragile struct{ *ui.Model }

func (f fragile) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		panic("a fault")
	}
	_, cmd := f.Model.Update(msg)
	return f, cmd
}

// TestPanicRestoresTheTerminal runs itself in a pseudo-terminal, where a
// dashboard with a fault is shown, and reads what was written.
func TestPanicRestoresTheTerminal(t *testing.T) {
	if os.Getenv(panicking) != "" {
		a := &app{stdout: os.Stdout, stderr: os.Stderr, environ: os.Environ(), getenv: os.Getenv}
		model := ui.New(ui.Options{Config: &config.Config{UI: config.UI{Mouse: true}}, FirstRun: true})
		if _, err := a.program(fragile{model}, a.screenOf(a.stdout)).Run(); err != nil {
			os.Exit(exitUsage)
		}
		return
	}
	t.Parallel()
	c := exec.Command(os.Args[0], "-test.run=^TestPanicRestoresTheTerminal$")
	c.Env = append(os.Environ(), panicking+"=1", "TERM=xterm-256color")
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
	if !bytes.Contains(out.Bytes(), []byte("a fault")) {
		t.Error("the fault was not told")
	}
}
