package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

func TestRebind(t *testing.T) {
	k := DefaultKeyMap()
	var names []string
	for _, a := range newCommands(&k).all {
		names = append(names, a.name)
	}
	if want := config.Actions(); !slices.Equal(slices.Sorted(slices.Values(names)), slices.Sorted(slices.Values(want))) {
		t.Errorf("the actions are %q, in a file %q", names, want)
	}
	problems := rebind(newCommands(&k).all, map[string][]string{
		"refresh": {"f5"}, "quit": {"B"}, "sort": {"y"}, "no_such": {"z"}, "filter": {"y", "ctrl+c"},
	})
	for _, want := range []string{`no action "no_such"`, `"y" is asked for by filter and sort`, "copy has no key", `"ctrl+c" is asked for`} {
		if !slices.ContainsFunc(problems, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%q is not among %q", want, problems)
		}
	}
	if len(problems) != 4 {
		t.Errorf("problems are %q", problems)
	}
	if got := k.Quit.Keys(); !slices.Equal(got, []string{"B", "ctrl+c"}) {
		t.Errorf("quit has %q", got)
	}
	c := sampleProfiles()
	c.UI.Keys = map[string][]string{"refresh": {"C"}, "no_such": {"z"}}
	b := mixed(Options{Config: c}, 120, 36)
	b.wants(t, "no_such", "1 problem (!)")
	b.press("C")
	b.wants(t, "checking work")
	b.press("!")
	b.wants(t, "there is no action")
}

func TestDefaultKeysAreUnique(t *testing.T) {
	k := DefaultKeyMap()
	owners := make(map[string][]action)
	for _, a := range newCommands(&k).all {
		for _, s := range a.keys.Keys() {
			if other, ok := rival(owners[s], a); ok {
				t.Errorf("%q is both %s and %s", s, other, a.name)
			}
			owners[s] = append(owners[s], a)
		}
	}
}

func TestOnlyWhatChangedIsDrawn(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.View()
	drawn := func() [panes]int {
		n := [panes]int{paneProfiles: b.dashboard.list.memo.made}
		for id := paneProfile; id < panes; id++ {
			n[id] = b.dashboard.details[id].memo.made
		}
		return n
	}
	before := drawn()
	b.View()
	if drawn() != before {
		t.Error("a second View draws again")
	}
	b.now = noon.Add(time.Second)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	b.View()
	after := drawn()
	before[paneToken]++
	before[paneProfiles]++ // One of the dues is a second nearer.
	if after != before {
		t.Errorf("a second draws %v, not %v", after, before)
	}
	rows := b.dashboard.list.drawn[5].made
	b.send(account.Event{Snapshots: sampleSnapshots()[8:9]})
	b.View()
	if b.dashboard.list.drawn[5].made != rows || b.dashboard.list.memo.made != after[paneProfiles]+1 {
		t.Error("another profile's answer draws this row again, or the list not")
	}
}

func TestWorkDoesNotGrowWithTheProfiles(t *testing.T) {
	if raceDetector {
		t.Skip("it has one goroutine")
	}
	cost := func(n int, view string) float64 {
		d, _ := crowd(n)
		d.press(view)
		down := keyPress("down")
		return testing.AllocsPerRun(30, func() {
			d.Update(down)
			d.View()
		})
	}
	for _, view := range []string{"d", "o", "t", "v", "p"} {
		if few, many := cost(100, view), cost(10_000, view); many > 1.5*few {
			t.Errorf("%s: a key with 100 profiles allocates %.0f times, with 10000 %.0f", view, few, many)
		}
	}
}

func TestSuspendAndResume(t *testing.T) { synctest.Test(t, testSuspendAndResume) }

func testSuspendAndResume(t *testing.T) {
	b := mixed(Options{}, 80, 24)
	b.press("ctrl+z")
	msgs := b.run(t)
	if len(msgs) != 1 {
		t.Fatalf("ctrl+z gives %v", msgs)
	}
	if _, ok := msgs[0].(tea.SuspendMsg); !ok {
		t.Errorf("ctrl+z gives %T", msgs[0])
	}
	b.options.NoShell = true
	b.press("ctrl+z")
	b.wants(t, "there is no shell behind this terminal")
	b.now = noon.Add(time.Hour)
	b.send(tea.ResumeMsg{})
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "checked   1h ago")
}

// Few checks draw no line: one bar alone looks like a cursor.
func TestLatencyNeedsAFewChecks(t *testing.T) {
	b := mixed(Options{Config: firstProfiles(1)}, 120, 36)
	for n, bars := range []string{"", "", "", "▄▇▅"} {
		s := sampleSnapshots()[0]
		s.History = checks(strings.Repeat("h", n))
		b.send(account.Event{Snapshots: []account.Snapshot{s}})
		if bars == "" {
			b.lacks(t, "▇")
			continue
		}
		b.wants(t, "time      "+bars)
	}
}

// The mark of the active profile takes room only where its name is the longest.
func TestRoomForTheActiveMark(t *testing.T) {
	for active, w := range map[string]int{"": 7, "work": 7, "datahub": 9, "gone": 7} {
		b := mixed(Options{Active: active, Profile: "work"}, 120, 36)
		if got := nameWidth(b.roster); got != w {
			t.Errorf("with %q names have %d cells", active, got)
		}
		// All rows follow when another one becomes active.
		later := mixed(Options{Active: "work", Profile: "work"}, 120, 36)
		later.send(ActiveMsg{Profile: active})
		if b.text() != later.text() {
			t.Errorf("%q later: %s", active, later.text())
		}
	}
}

// The place in a view counts profiles, not headings.
func TestPlaceInAView(t *testing.T) {
	b := mixed(Options{}, 80, 14)
	b.press("t", "end")
	b.wants(t, "13/13")
	b.press("home")
	b.wants(t, " 1/13")
}
