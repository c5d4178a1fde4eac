package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// progressTime is how long the progress of a check of all is shown for profiles
// that do not answer.
const progressTime = 2 * time.Minute

// progress is how far a check of all profiles has come.
type progress struct {
	total int
	begun time.Time
	// left are the profiles that have not answered yet, with the time
	// of the check that was their latest when they were asked.
	left map[*row]int64
}

// begin starts to count the profiles that were asked.
func (p *progress) begin(asked []*row, now time.Time) {
	p.total, p.begun, p.left = len(asked), now, make(map[*row]int64, len(asked))
	for _, r := range asked {
		p.left[r] = r.snap.Health.CheckedAt.UnixNano()
	}
}

// take notes that a profile may have answered.
func (p *progress) take(r *row) {
	if at, asked := p.left[r]; asked && !r.snap.Busy && r.snap.Health.CheckedAt.UnixNano() != at {
		delete(p.left, r)
	}
}

// keep forgets the profiles that are gone, or are not asked any more.
func (p *progress) keep(there func(*row) bool) {
	for r := range p.left {
		if !there(r) || !r.asked() {
			delete(p.left, r)
		}
	}
}

// bar is what the terminal shows in its taskbar; nil for nothing.
func (p *progress) bar(now time.Time) *tea.ProgressBar {
	if len(p.left) == 0 || now.Sub(p.begun) >= progressTime {
		return nil
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, 100*(p.total-len(p.left))/p.total)
}
