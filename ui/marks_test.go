package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

// marked are the names of the marked profiles in the order of the list.
func (s *selection) marked() string {
	var all []string
	for _, r := range s.markedRows() {
		all = append(all, r.name)
	}
	return strings.Join(all, " ")
}

func TestMarks(t *testing.T) {
	names := func(s *selection, names ...string) (rows []*row) {
		for _, name := range names {
			rows = append(rows, s.roster.named(name))
		}
		return rows
	}
	for _, c := range []struct {
		name      string
		do        func(s *selection)
		want, sum string
	}{
		{"none", func(*selection) {}, "", ""},
		{"one", func(s *selection) { s.turnMarks(names(s, "lab")) }, "lab", "1 marked"},
		{"and not", func(s *selection) { s.turnMarks(names(s, "lab")); s.turnMarks(names(s, "lab")) }, "", ""},
		{"some of which are marked already", func(s *selection) {
			s.turnMarks(names(s, "lab"))
			s.turnMarks(names(s, "lab", "home"))
		}, "lab home", "2 marked"},
		{"in the order of the list", func(s *selection) {
			s.turnMarks(names(s, "lab", "home", "work"))
			s.sortBy(sorting{by: insight.OrderName})
		}, "home lab work", "3 marked"},
		{"what the filter hides comes last", func(s *selection) {
			s.turnMarks(names(s, "work", "lab", "home"))
			s.searchFor("home")
		}, "home work lab", "3 marked, 2 hidden"},
		{"a mark of what the filter leaves", func(s *selection) {
			s.turnMarks(names(s, "work"))
			s.searchFor("home")
			s.turnMarks(s.visible)
		}, "home work", "2 marked, 1 hidden"},
		{"no mark any more of what the filter hides", func(s *selection) {
			s.turnMarks(names(s, "work", "home"))
			s.searchFor("home")
			s.turnMarks(names(s, "work"))
		}, "home", "1 marked"},
		{"the filter is cleared", func(s *selection) {
			s.searchFor("home")
			s.turnMarks(s.visible)
			s.clearFilter()
		}, "home", "1 marked"},
		{"unmarked", func(s *selection) { s.turnMarks(s.visible); s.unmark() }, "", ""},
		{"a profile is removed", func(s *selection) {
			s.turnMarks(names(s, "lab", "home"))
			s.reloadWith("work", "home", "new")
		}, "home", "1 marked"},
		{"and comes back", func(s *selection) {
			s.turnMarks(names(s, "lab"))
			s.reloadWith("work")
			s.reloadWith("work", "lab")
		}, "", ""},
		{"the file is in another order", func(s *selection) {
			s.turnMarks(names(s, "lab", "home"))
			s.reloadWith("home", "work", "lab")
		}, "home lab", "2 marked"},
	} {
		s := picked("work", "lab", "staging", "home")
		c.do(s)
		if got, sum := s.marked(), s.marks.sum(true); got != c.want || sum != c.sum {
			t.Errorf("%s: %q, %q, not %q, %q", c.name, got, sum, c.want, c.sum)
		}
	}
}

// reloadWith takes over a file with other profiles.
func (s *selection) reloadWith(names ...string) {
	c := &config.Config{}
	for _, name := range names {
		c.Profiles = append(c.Profiles, config.Profile{Name: name, Provider: "katapult"})
	}
	s.roster.reload(newRoll(c, nil))
	s.roster.catchUp()
	s.reload()
}

// TestMarkingKeys marks with the keys, in each view.
func TestMarkingKeys(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"g space space", "staging crowd"},
		{"g space k space", ""},
		{"g space j space", "staging office"},
		{"G space", "old"},
		{"g space esc", ""},
		{"*", "staging crowd office lab soon busy flaky new work datahub wide ci old"},
		{"* *", ""},
		{"g space *", "staging crowd office lab soon busy flaky new work datahub wide ci old"},
		{"/ o f f i enter * / esc", "office"},
		{"/ o f f i enter * / esc g space", "staging office"},
		{"/ o f f i enter * / esc esc", ""},
		{"g V j j V", "staging crowd office"},
		{"g V j j k V", "staging crowd"},
		{"g j j V k k V", "staging crowd office"},
		{"g j V j k k V", "staging crowd"},
		{"g V G V", "staging crowd office lab soon busy flaky new work datahub wide ci"},
		{"g space V j j", "staging crowd office lab"},
		{"g space V j j esc", "staging"},
		{"g space V j j esc esc", ""},
		{"g V j space", "staging crowd"},
		{"g V j space space", "staging"},
		{"g V j *", "staging crowd office lab soon busy flaky new work datahub wide ci old"},
		{"g V j t V", "staging crowd"},
		{"g V j s n V", "crowd datahub flaky lab new office old soon staging"},
		{"g V tab", "staging"},
		{"g V j z j", "staging crowd"},
		{"h space", "work datahub wide ci"},
		{"o g space space", "staging crowd"},
		{"o g V j V", "staging crowd"},
		{"o *", "staging crowd office lab soon busy flaky new work datahub wide ci old"},
		{"o g space d j", "staging"},
		{"o b b g V j j j V", "staging work wide"},
		{"t g space", "staging"},
		{"t g V j V", "staging crowd"},
		{"p g space space", "crowd datahub"},
		{"p *", "crowd datahub"},
		{"v g space", "staging"},
	} {
		b := mixed(Options{}, 120, 36)
		b.press(strings.Fields(c.keys)...)
		if got := b.selection.marked(); got != c.want {
			t.Errorf("%s marks %q, not %q:\n%s", c.keys, got, c.want, b.text())
		}
		checkMarks(t, b)
	}
}

// checkMarks fails unless the marks that are counted with each change are those that
// there are.
func checkMarks(t *testing.T, b *bench) {
	t.Helper()
	s := b.selection
	all, shown, folded := 0, 0, 0
	for _, r := range s.roster.rows {
		if !r.isMarked() {
			continue
		}
		all++
		if slices.Contains(s.visible, r) {
			shown++
		}
		if s.lineOf(r) == foldedAway {
			folded++
		}
		if r.spanned > 0 && s.marks.span.in == nil {
			t.Errorf("%s is in a range although there is none", r.name)
		}
	}
	if all != s.marks.all || shown != s.marks.shown || folded != s.marks.folded || len(s.markedRows()) != all {
		t.Errorf("%d are marked, of which the filter leaves %d and %d are folded away; counted was %+v, found %d", all, shown, folded, s.marks, len(s.markedRows()))
	}
}

// TestTargets says what keys are about: what is marked, where a list has the keys.
func TestTargets(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"g", "staging"},
		{"g space space j", "staging crowd"},
		{"g space space j o", "staging crowd"},
		{"g space space tab", "office"},
		{"g space space enter", "office"},
		{"h", ""},
		{"g space h", "staging"},
		{"g space / z z q enter", "staging"},
	} {
		b := mixed(Options{}, 120, 36)
		b.press(strings.Fields(c.keys)...)
		var all []string
		for _, r := range b.targets() {
			all = append(all, r.name)
		}
		if got := strings.Join(all, " "); got != c.want {
			t.Errorf("%s is about %q, not %q", c.keys, got, c.want)
		}
	}
}

// TestRangesWhileAnswersComeIn keeps a range where it began although its profiles go
// elsewhere.
func TestRangesWhileAnswersComeIn(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	b.press("g", "V", "j")
	fixed := sampleSnapshots()[:1]
	b.selection.sortBy(sorting{by: insight.OrderUrgency})
	b.send(account.Event{Snapshots: fixed})
	if got := b.selection.marked(); got != "work datahub" {
		t.Errorf("%q is marked", got)
	}
	b.send(ConfigMsg{Config: firstProfiles(3)})
	checkMarks(t, b)
	b.send(ConfigMsg{Config: sampleProfiles()})
	b.press("V")
	checkMarks(t, b)
}

// TestMarksAreSeen has the mark in each row, its sum, and the keys for what is marked,
// without moving anything.
func TestMarksAreSeen(t *testing.T) {
	for _, c := range []struct {
		keys       string
		w, h       int
		row, empty string
	}{
		{"g", 120, 36, "9 ✗▐staging", "9 ✗ staging"},
		{"g", 40, 10, "9 ✗▐staging", "9 ✗ staging"},
		{"o g", 80, 24, "✗▐staging", "✗ staging"},
		{"t g", 80, 24, "✗▐staging", "✗ staging"},
		{"p g", 80, 24, "●▐datahub", "● datahub"},
	} {
		b := mixed(Options{}, c.w, c.h)
		b.press(strings.Fields(c.keys)...)
		b.wants(t, c.empty)
		before := b.text()
		b.press("space", "k")
		b.wants(t, c.row, "1 marked")
		checkSize(t, b, c.w, c.h)
		b.press("esc")
		b.lacks(t, "marked")
		if after := b.text(); after != before {
			t.Errorf("%s: without the mark the screen is\n%s\nand was\n%s", c.keys, after, before)
		}
	}
	b := mixed(Options{}, 120, 36)
	b.press("g", "space", "/", "l", "a", "b", "enter")
	b.wants(t, "1 marked, 1 hidden")
	b = mixed(Options{}, 120, 36)
	b.press("g", "space", "j", "h", "*")
	b.wants(t, "13 marked, 5 folded")
	b.press("l")
	b.wants(t, "13 marked, 1 folded")
	b.press("o")
	b.lacks(t, ", 1 folded")
}

// TestMarkingWithTheMouse marks by a click on the beginning of a line, or with ctrl.
func TestMarkingWithTheMouse(t *testing.T) {
	for _, c := range []struct {
		keys string
		x, y int
		mod  tea.KeyMod
		want string
	}{
		{"", 1, 3, 0, "datahub"},
		{"", 3, 3, 0, "datahub"},
		{"", 6, 3, 0, ""},
		{"", 12, 3, tea.ModCtrl, "datahub"},
		{"", 60, 10, tea.ModCtrl, ""},
		{"o", 1, 3, 0, "work"},
		{"o", 12, 3, 0, ""},
		{"o", 30, 4, tea.ModCtrl, "datahub"},
		{"t", 1, 4, 0, "staging"},
	} {
		b := mixed(Options{}, 120, 36).filed()
		b.press(strings.Fields(c.keys)...)
		click := tea.MouseClickMsg{X: c.x, Y: c.y, Button: tea.MouseLeft, Mod: c.mod}
		b.send(click)
		if got := b.selection.marked(); got != c.want {
			t.Errorf("%q: a click at %d,%d marks %q, not %q:\n%s", c.keys, c.x, c.y, got, c.want, b.text())
		}
		if c.want != "" {
			b.send(click)
			if got := b.selection.marked(); got != "" || b.dashboard.opened {
				t.Errorf("%q: a second click leaves %q", c.keys, got)
			}
		}
	}
}

// TestMarksDoNotSlowKeys has a key and its screen cost the same, however many are
// marked and while a range goes on.
func TestMarksDoNotSlowKeys(t *testing.T) {
	if raceDetector {
		t.Skip("it has one goroutine")
	}
	cost := func(n int, keys ...string) float64 {
		d, _ := crowd(n)
		d.press(keys...)
		down := keyPress("down")
		return testing.AllocsPerRun(30, func() {
			d.Update(down)
			d.View()
		})
	}
	for _, keys := range []string{"d g *", "o g *", "d g V", "t g V"} {
		keys := strings.Fields(keys)
		if few, many := cost(100, keys...), cost(3000, keys...); many > 1.5*few {
			t.Errorf("%v: a key with 100 profiles allocates %.0f times, with 3000 %.0f", keys, few, many)
		}
	}
}

// BenchmarkMarked is a key down and its screen where all profiles are marked, and
// BenchmarkMarkAll marks all of them, or unmarks them, and draws the screen.
func BenchmarkMarked(b *testing.B) {
	for _, view := range []string{"d", "o", "t"} {
		b.Run(view, func(b *testing.B) {
			forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
				d.press(view, "g", "*")
				down, top, i := keyPress("down"), keyPress("home"), 0
				for b.Loop() {
					if i++; i%50 == 0 {
						d.Update(top)
					}
					d.Update(down)
					d.View()
				}
			})
		})
	}
}

func BenchmarkMarkAll(b *testing.B) {
	forSizes(b, func(b *testing.B, d *bench, _ []account.Snapshot) {
		all := keyPress("*")
		for b.Loop() {
			d.Update(all)
			d.View()
		}
	})
}
