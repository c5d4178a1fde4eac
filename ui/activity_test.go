package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// logged is an activity of checks, one a minute until noon, of profiles that are
// named by letters: a check is the letter and what it found, as in checks.
func logged(t *testing.T, entries string) *activity {
	t.Helper()
	ros, known := &roster{log: newLog(0)}, map[string]*row{}
	all := strings.Fields(entries)
	for i, e := range all {
		r := known[e[:1]]
		if r == nil {
			r = &row{name: e[:1], config: &config.Profile{}, snap: &account.Snapshot{}}
			known[r.name] = r
		}
		c := checks(e[1:])[0]
		c.At = noon.Add(time.Duration(i-len(all)+1) * time.Minute)
		ros.log.add(&entry{row: r, at: c.At, check: c})
	}
	ros.log.settle()
	return newActivity(&selection{roster: ros}).(*activity)
}

func TestRunsOfChecks(t *testing.T) {
	for _, c := range []struct{ entries, want string }{
		{"", ""},
		{"ah", "a1"},
		{"ah ah ah", "a3 since then, all healthy"},
		{"ah bh ah bh ai", "a1, b2 since then, all healthy, a2 until 11:58, all healthy"},
		{"ah ai ah ah", "a2 since then, all healthy, a1, a1"},
		{"ah ah ax ax bx ah", "a1, b1, a2 until 11:58, all unreachable, a2 until 11:56, all healthy"},
	} {
		a := logged(t, c.entries)
		_, runs := a.sort("")
		var got []string
		for _, r := range runs {
			words := strings.Replace(r.told(noon), " checks", "", 1)
			if r.checks == 1 {
				words = "1"
			}
			got = append(got, r.first.row.name+words)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%q is %q, want %q", c.entries, strings.Join(got, ", "), c.want)
		}
		if a.checks != len(strings.Fields(c.entries)) {
			t.Errorf("%q: %d checks", c.entries, a.checks)
		}
	}
}

func TestRunsOpen(t *testing.T) {
	b := mixed(Options{}, 120, 50)
	b.press("9", "v", "down", "down", "down", "down", "down")
	for !strings.Contains(b.text(), "▌11:49:00  ✗ staging") {
		b.press("down")
	}
	b.press("enter")
	b.wants(t, "▾ 12 checks since then", "12:00:00  ✗ staging  · invalid token", "11:49:00  ✗ staging  · invalid token")
	b.press("down", "enter")
	b.wants(t, "Check of staging", "HTTP/1.1 403 Forbidden")
	b.press("esc")
	// A check more joins the run that is open, and what is selected stays selected.
	read := b.views.sheet().current().entry
	b.send(account.Event{Snapshots: []account.Snapshot{moreOf("staging")}})
	b.wants(t, "▾ 13 checks since then", "12:01:00  ✗ staging  · invalid token")
	if got := b.views.sheet().current().entry; got != read {
		t.Errorf("the check of %v is selected, not that of %v", got.at, read.at)
	}
	b.press("up", "up", "enter")
	b.wants(t, "▸ 13 checks since then")
	b.lacks(t, "staging  · invalid token")
}

// moreOf is the sample of a profile with one check more, which found the same.
func moreOf(name string) account.Snapshot {
	for _, s := range sampleSnapshots() {
		if s.Profile == name {
			last := s.History[len(s.History)-1]
			last.At = last.At.Add(time.Minute)
			s.History = append(s.History, last)
			return s
		}
	}
	return account.Snapshot{}
}

// The newest is in sight first, wherever the selected profile stands; the first step
// begins there.
func TestActivityOpensAtTheNewest(t *testing.T) {
	b := newBench(Options{})
	b.send(tea.WindowSizeMsg{Width: 80, Height: 12}, account.Event{Snapshots: sampleSnapshots()})
	b.press("2")
	b.send(account.Event{Snapshots: laterMany(20)})
	b.press("v")
	b.wants(t, "Changes  25", fmt.Sprintf("%d checks", len(b.roster.log.entries)-25))
	if at := b.views.sheet().window.offset; at != 0 {
		t.Errorf("it opens at line %d", at)
	}
	if b.current().name != "datahub" {
		t.Errorf("it selects %s", b.current().name)
	}
	b.press("down")
	if v := b.views.sheet(); v.window.offset != 0 || v.current().row.name != "work" {
		t.Errorf("a step goes to %s, with line %d in sight first", v.current().row.name, v.window.offset)
	}
}

// laterMany is the first sample with n changes of state more.
func laterMany(n int) []account.Snapshot {
	s := sampleSnapshots()[0]
	for i := range n {
		at, was, is := noon.Add(time.Duration(i+1)*time.Minute), account.Healthy, account.Unreachable
		if i%2 == 1 {
			was, is = is, was
		}
		s.History = append(s.History, account.Check{At: at, State: is})
		s.Changes = append(s.Changes, account.Change{At: at, Kind: account.ChangeState, Was: account.Value{State: was}, Is: account.Value{State: is}})
	}
	return []account.Snapshot{s}
}

// A view whose lines are all in sight has no bar to scroll by, and stays where it is.
func TestNothingScrollsThatNeedNot(t *testing.T) {
	for _, keys := range []string{"o", "t", "v", "p"} {
		b := mixed(Options{}, 120, 90)
		b.press(keys)
		before := b.text()
		if strings.Contains(before, b.styles.Glyphs.Thumb) {
			t.Errorf("%s has a bar:\n%s", keys, before)
		}
		b.send(tea.MouseWheelMsg{X: 8, Y: 8, Button: tea.MouseWheelDown}, tea.MouseWheelMsg{X: 8, Y: 8, Button: tea.MouseWheelUp})
		if b.text() != before || b.views.sheet().window.offset != 0 {
			t.Errorf("%s scrolls", keys)
		}
	}
}

// Days with several entries have a heading, days with one entry each stand in the
// lines.
func TestDaysOfActivity(t *testing.T) {
	hours := func(ago ...int) []time.Time {
		var all []time.Time
		for _, h := range ago {
			all = append(all, noon.Add(-time.Duration(h)*time.Hour))
		}
		return all
	}
	for want, all := range map[string][]time.Time{
		"": hours(1, 2),
		"12:00:00, 20 Nov 10:00, 18 Nov 12:00,  1 Nov 12:00, 22 Nov 2025": hours(0, 26, 72, 480, 364*24),
		"Friday, 20 November 2026":                                        hours(1, 24, 25, 26),
	} {
		d := newDays(noon, len(all), func(i int) time.Time { return all[i] })
		var got []string
		for _, at := range all {
			lines := d.append(nil, at)
			for _, l := range lines {
				got = append(got, strings.TrimSpace(l.text))
			}
			if d.dated {
				got = append(got, datedClock(at, noon, false))
			}
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestActivityOpensInSight brings the selected line into sight, which the view does not
// begin with, when it is opened.
func TestActivityOpensInSight(t *testing.T) {
	b := mixed(Options{Profile: "wide"}, 80, 12)
	b.press("v")
	selected := func() bool {
		v := b.sheet()
		return v.window.sees(v.window.cursor)
	}
	if b.sheet().current().run == nil || selected() {
		t.Fatalf("the test needs a run out of sight:\n%s", b.text())
	}
	before := len(b.sheet().lines)
	b.press("enter")
	if opened := len(b.sheet().lines) - before; opened < 2 || !selected() || b.sheet().current().run == nil {
		t.Errorf("%d lines came:\n%s", opened, b.text())
	}
}
