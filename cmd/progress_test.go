package cmd

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// TestProgress counts checks on one line, which is gone in the end, and while
// somebody else has the terminal.
func TestProgress(t *testing.T) {
	var to bytes.Buffer
	var slow func()
	p := startProgress(&to, 3, func(d time.Duration, f func()) func() bool {
		slow = f
		return func() bool { return true }
	})
	drawn := func(want string) {
		t.Helper()
		if got := strings.ReplaceAll(to.String(), ansi.EraseLineRight, "|"); got != want {
			t.Errorf("drew %q, want %q", got, want)
		}
		to.Reset()
	}
	p.done()
	drawn("")
	slow()
	drawn("\rchecking 2 of 3|")
	p.makeWay(func() { drawn("\r|") })
	drawn("\rchecking 2 of 3|")
	p.done()
	drawn("\rchecking 3 of 3|")
	p.done()
	drawn("\rchecking 3 of 3|")
	p.end()
	drawn("\r|")
	p.makeWay(func() {})
	p.done()
	slow()
	drawn("")
}

// TestProgressOfFastChecks draws nothing.
func TestProgressOfFastChecks(t *testing.T) {
	var to bytes.Buffer
	stopped := false
	p := startProgress(&to, 3, func(time.Duration, func()) func() bool {
		return func() bool { stopped = true; return true }
	})
	p.done()
	p.end()
	if to.Len() > 0 || !stopped {
		t.Errorf("drew %q, stopped %v", to.String(), stopped)
	}
}
