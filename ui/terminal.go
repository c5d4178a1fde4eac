package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// terminal is what is known of the terminal that the dashboard is shown on.
type terminal struct {
	width, height int
	// dark says what the background is; true until the terminal tells. It was
	// asked at askedAt.
	dark    bool
	askedAt time.Time
	// mouse is set while the mouse is ours, blurred while the terminal has told
	// that it has no focus.
	mouse, blurred bool
	// begun are the checks that have begun since then.
	begun begunChecks
	// theme is the one that the person chose for this run; empty for that of the
	// configuration.
	theme string
}

// backgroundPause is how often the terminal is asked for its background while
// somebody looks: few terminals tell by themselves when it changes.
const backgroundPause = 30 * time.Second

// askBackground asks for the background, where the colours go by it.
func (t *terminal) askBackground(now time.Time, matters bool) tea.Cmd {
	t.askedAt = now
	if !matters {
		return nil
	}
	return tea.RequestBackgroundColor
}

// due reports whether it is time to ask for the background again.
func (t *terminal) due(now time.Time) bool {
	return !t.blurred && now.Sub(t.askedAt) >= backgroundPause
}
