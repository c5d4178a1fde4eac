//go:build unix

package main

import (
	"strings"
	"testing"
)

// A paste whose end is lost makes the keys dead for a second, and no longer; the key
// that interrupts is always heard.
func TestPasteWithoutEnd(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 30, nil, "--demo")
	m.shows("Sam Roe", "╭ Profiles")
	m.press("/")
	m.press("\x1b[200~world")
	// What was pasted is there, and what is typed from then on is typed.
	m.shows("/ world", "Bartholomäus")
	m.press(escape)
	m.shows("datahub")
	m.press("?")
	m.shows("╭ Help")
	m.press(escape)
	m.press("\x1b[200~x")
	m.press("\x03")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
}

// What something else has drawn over the screen is gone after the key that draws
// anew, wherever the person is.
func TestRedraw(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 30, nil, "--demo")
	m.shows("Sam Roe", "╭ Profiles")
	for _, keys := range []string{"", "/", escape + "?"} {
		m.press(keys)
		m.mu.Lock()
		_, _ = m.emulator.Write([]byte("\x1b7\x1b[29;20Hlitter of another program\x1b8"))
		m.keepFrame()
		m.mu.Unlock()
		m.shows("litter")
		m.press("\x0c")
		m.until("the screen without litter", func(s string) bool {
			return !strings.Contains(s, "litter") && strings.Contains(s, "DEMO")
		})
	}
	m.press("\x03")
	m.exit()
}
