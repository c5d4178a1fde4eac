//go:build unix

package main

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// wrote waits until the program wrote the text to the terminal.
func (m *terminal) wrote(text string) {
	m.t.Helper()
	m.until("writing "+text, func(string) bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		return strings.Contains(m.written.String(), text)
	})
}

// placeholders is a line of those for a picture.
func placeholders(row, width int) string {
	var b strings.Builder
	for x := range width {
		b.WriteString(string([]rune{kitty.Placeholder, kitty.Diacritic(row), kitty.Diacritic(x)}))
	}
	return b.String()
}

func TestPictureInATerminalWithGraphics(t *testing.T) {
	t.Parallel()
	m := startSilent(t, 120, 36, nil, "--demo")
	m.shows("▀▀▀▀▀▀▀▀  Sam Roe")
	m.wrote(ansi.RequestNameVersion)
	m.press("\x1bP>|kitty(0.40.0)\x1b\\")
	for row, beside := range []string{"  Sam Roe", "  user_"} {
		m.shows("│ " + placeholders(row, 8) + beside)
	}
	m.wrote("U=1,c=8,r=4")
	// The pane beside it has not moved.
	for line := range strings.Lines(m.text()) {
		if strings.Contains(line, "user_") && ansi.StringWidth(strings.TrimRight(line, "\n")) != 120 {
			t.Errorf("a line is not as wide as the screen: %q", line)
		}
	}
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
	// The terminal is told while it still shows the screen of the pictures.
	m.mu.Lock()
	defer m.mu.Unlock()
	out := m.written.String()
	if forgotten := strings.Index(out, "d=I"); forgotten < 0 || forgotten > strings.LastIndex(out, "\x1b[?1049l") {
		t.Error("the picture was left in the terminal")
	}
}
