package ui

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// shelf keeps an arrangement as the store would.
type shelf struct {
	parts  map[string]string
	writes int
}

func (s *shelf) arrange(parts map[string]string) error {
	s.writes++
	maps.Copy(s.parts, parts)
	return nil
}

// rested lets the arrangement rest, and runs what comes of that.
func (b *bench) rested(t *testing.T) {
	t.Helper()
	t.Cleanup(func() { time.Sleep(time.Minute) })
	pending := b.pending
	b.pending = nil
	for _, cmd := range pending {
		for _, msg := range collectFor(cmd, arrangePause+time.Millisecond) {
			if rest, ok := msg.(arrangementRestedMsg); ok {
				b.send(rest)
			}
		}
	}
	for _, cmd := range b.pending {
		collect(cmd)
	}
}

func TestArrangementComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{parts: map[string]string{}}
		b := mixed(Options{Arrange: s.arrange}, 120, 36)
		b.press("down", "down", "o")
		selected := b.selection.selected.name
		if s.writes != 0 {
			t.Error("written before it rests")
		}
		b.rested(t)
		if want := map[string]string{"view": "overview", "selected": selected}; s.writes != 1 || !maps.Equal(s.parts, want) {
			t.Fatalf("%d writes, kept %v, want %v", s.writes, s.parts, want)
		}
		b = mixed(Options{Arrange: s.arrange, Arrangement: maps.Clone(s.parts)}, 120, 36)
		b.at(t, viewOverview)
		if got := b.selection.selected.name; got != selected {
			t.Errorf("selected %q, want %q", got, selected)
		}
		b.press("down")
		b.rested(t)
		if s.writes != 2 || s.parts["selected"] == selected {
			t.Errorf("after another step: %d writes, kept %v", s.writes, s.parts)
		}
		// Whoever quits at once loses nothing.
		b.press("t", "q")
		for _, msg := range b.run(t) {
			if msg, ok := msg.(tea.QuitMsg); ok {
				t.Errorf("%T before the arrangement is written", msg)
			}
		}
	})
}

// What is kept and means nothing any more is left alone, and so is everything
// where nothing is to be remembered.
func TestArrangementIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, kept := range map[string]map[string]string{
			"unknown": {"view": "kitchen", "selected": "nobody", "colour": "blue"},
			"empty":   {"view": "", "selected": ""},
		} {
			b := mixed(Options{Arrangement: kept}, 120, 36)
			if fresh := mixed(Options{Arrangement: map[string]string{}}, 120, 36); b.text() != fresh.text() {
				t.Errorf("%s: the screen is another one", name)
			}
		}
		s := &shelf{parts: map[string]string{}}
		c := sampleProfiles()
		c.UI.Remember = false
		b := mixed(Options{Config: c, Arrange: s.arrange, Arrangement: map[string]string{"view": "overview"}}, 120, 36)
		b.at(t, viewDashboard)
		b.press("o")
		b.rested(t)
		if s.writes != 0 {
			t.Errorf("kept %v", s.parts)
		}
	})
}
