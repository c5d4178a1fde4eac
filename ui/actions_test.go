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
	"rollcall/ui/draw"
)

func TestEveryActionIsWhole(t *testing.T) {
	k := DefaultKeyMap()
	moves := strings.Fields("up down page_up page_down top bottom jump")
	seen := make(map[string]bool)
	c := newCommands(&k)
	for _, a := range c.all {
		if seen[a.name] || a.name == "" || a.areas == 0 || a.keys.Help().Desc == "" || len(a.keys.Keys()) == 0 {
			t.Errorf("%+v", a)
		}
		seen[a.name] = true
		if a.moves != slices.Contains(moves, a.name) || a.moves != (c.run[a.name] == nil) {
			t.Errorf("%s does nothing", a.name)
		}
		if (a.hint == "") != (a.rank == 0) {
			t.Errorf("%s has hint %q and rank %d", a.name, a.hint, a.rank)
		}
	}
}

func TestThePaletteHasEveryAction(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press(":")
	p := b.overlays.top().(*palette)
	for _, a := range b.commands.all {
		want := !a.moves && a.areas != onWelcome && a.name != "palette"
		if slices.ContainsFunc(p.entries, func(c paletteEntry) bool { return c.name == a.name }) != want {
			t.Errorf("%s is there: %v", a.name, !want)
		}
	}
}

func TestThePaletteRuns(t *testing.T) { synctest.Test(t, testThePaletteRuns) }

func testThePaletteRuns(t *testing.T) {
	for _, c := range []struct{ query, wants string }{
		{"refresh all", "checking 11 profiles"}, {"group", "grouped by service"}, {"go to lab", "lab"},
		{"staging", "invalid token"}, {"overview", "Service"}, {"changes_only", "changes only"},
		{"over", "╭ Overview 13 ─"}, {"priv", "PRIVATE"}, {"refr", "checking work"},
	} {
		b := mixed(Options{}, 120, 36)
		b.press("ctrl+p")
		b.wants(t, "Commands")
		b.write(c.query)
		b.press("enter")
		if b.overlays.top() != nil {
			t.Errorf("%s: the palette stays", c.query)
		}
		b.wants(t, c.wants)
	}
	b := mixed(Options{}, 120, 36)
	b.press(":")
	b.write("lab")
	b.press("enter")
	if r := b.selection.current(); r.name != "lab" {
		t.Errorf("lab leads to %s", r.name)
	}
	b.press(":", "q")
	b.lacks(t, "q quit")
	b.press("z", "z", "z")
	b.wants(t, "nothing is called so")
	b.press("enter")
	if b.overlays.top() == nil {
		t.Error("nothing closes the palette")
	}
	b.press("ctrl+c")
	if msgs := b.run(t); len(msgs) != 1 {
		t.Error("ctrl+c does not quit from the palette")
	}
}

func TestThePaletteDrawsWhatIsSeen(t *testing.T) {
	if raceDetector {
		t.Skip("it has one goroutine")
	}
	cost := func(n int) float64 {
		d, _ := crowd(n)
		d.press(":")
		down, up := keyPress("down"), keyPress("up")
		return testing.AllocsPerRun(20, func() {
			d.Update(down)
			d.View()
			d.Update(up)
			d.View()
		})
	}
	if few, many := cost(100), cost(10_000); many > 1.5*few {
		t.Errorf("a key with 100 profiles allocates %.0f times, with 10000 %.0f", few, many)
	}
}

func TestAKeyCanMeanTwoThingsInTwoPlaces(t *testing.T) {
	k := DefaultKeyMap()
	if problems := rebind(newCommands(&k).all, map[string][]string{"dashboard": {"d"}, "demo": {"d"}}); len(problems) != 0 {
		t.Errorf("problems: %q", problems)
	}
	if !slices.Equal(k.Demo.Keys(), []string{"d"}) || !slices.Equal(k.Dashboard.Keys(), []string{"d"}) {
		t.Error("one of them lost its key")
	}
}

func TestDoubleClickOpens(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	click := tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft}
	b.send(click)
	b.now = b.now.Add(time.Second)
	b.send(click)
	if b.dashboard.focus != paneProfiles {
		t.Error("two slow clicks open")
	}
	b.now = b.now.Add(300 * time.Millisecond)
	b.send(click)
	if b.dashboard.focus == paneProfiles {
		t.Error("a double click does not open")
	}
	b.press("esc", "o")
	b.send(click)
	b.now = b.now.Add(time.Second)
	b.send(click)
	b.at(t, viewOverview)
	b.send(click)
	b.at(t, viewDashboard)
}

func TestMouseInOverlays(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("?")
	b.send(tea.MouseClickMsg{X: 60, Y: 10, Button: tea.MouseLeft})
	b.wants(t, "Help")
	b.send(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft})
	if b.overlays.top() != nil {
		t.Error("a click beside the help does not close it")
	}
	b.press(":")
	b.write("sort by name")
	over := b.overlays.top().View(b.styles)
	x, y := draw.Corner(over, 120, 36)
	b.send(tea.MouseClickMsg{X: x + 4, Y: y + 2, Button: tea.MouseLeft})
	b.wants(t, "sorted by name")
}

func TestLettingGoOfTheMouse(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("m")
	b.wants(t, "the mouse selects text now; m takes it back")
	if b.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is still taken")
	}
	b.press("m")
	if b.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is not taken back")
	}
}

func TestNothingTurnsWithoutFocus(t *testing.T) { synctest.Test(t, testNothingTurnsWithoutFocus) }

func testNothingTurnsWithoutFocus(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	if !b.View().ReportFocus || !b.clock.spinning || b.clock.period != everySecond {
		t.Errorf("spinning %v, every %v", b.clock.spinning, b.clock.period)
	}
	b.send(tea.BlurMsg{}, spinnerTurnedMsg{})
	b.now = b.now.Add(time.Second)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	if b.clock.spinning || b.clock.period != unseen {
		t.Errorf("without focus: spinning %v, every %v", b.clock.spinning, b.clock.period)
	}
	b.now = noon.Add(10 * time.Second)
	b.send(tea.FocusMsg{})
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "checked   28s ago")
	if !b.clock.spinning || b.clock.period != everySecond {
		t.Errorf("with focus again: spinning %v, every %v", b.clock.spinning, b.clock.period)
	}
}

func TestProgressOfAFullRefresh(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("r")
	if b.View().ProgressBar != nil {
		t.Error("one check is no full refresh")
	}
	b.press("R")
	bar := b.View().ProgressBar
	if bar == nil || bar.Value != 0 {
		t.Fatalf("the bar is %+v", bar)
	}
	var asked []string
	for r := range b.roster.progress.left {
		asked = append(asked, r.name)
	}
	answered := func(name string) account.Snapshot {
		s := *b.roster.named(name).snap
		s.Busy, s.Health.CheckedAt = false, b.now.Add(time.Second)
		return s
	}
	b.send(account.Event{Snapshots: []account.Snapshot{answered(asked[0])}})
	if bar = b.View().ProgressBar; bar == nil || bar.Value != 100/len(asked) {
		t.Errorf("after one of %d the bar is %+v", len(asked), bar)
	}
	b.now = noon.Add(progressTime)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	if b.View().ProgressBar != nil {
		t.Error("the bar stays for who never answers")
	}
	b.press("R")
	for r := range b.roster.progress.left {
		asked = append(asked, r.name)
	}
	for _, name := range asked {
		b.send(account.Event{Snapshots: []account.Snapshot{answered(name)}})
	}
	if b.View().ProgressBar != nil {
		t.Error("the bar stays")
	}
}

func TestReloadKeepsWhatIsKnown(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("5", "s", "n", "tab")
	b.send(account.Event{Snapshots: later(1, account.Forbidden, "datahub")})
	order, focus, selected := b.selection.order, b.dashboard.focus, b.selection.current()
	c := sampleProfiles()
	c.Profiles = slices.DeleteFunc(c.Profiles, func(p config.Profile) bool { return p.Name == "work" })
	c.Profiles = append(c.Profiles, config.Profile{Name: "fresh", Provider: "katapult"})
	c.UI.Theme, c.UI.Mouse, c.UI.Notify = "light", false, true
	c.UI.Keys = map[string][]string{"refresh": {"f5"}, "no_such": {"x"}}
	b.send(ConfigMsg{Config: c})
	switch {
	case b.roster.named("work") != nil || len(b.roster.rows) != 13 || b.roster.rows[12].name != "fresh":
		t.Errorf("profiles %s", names(b))
	case b.selection.order != order || b.dashboard.focus != focus || b.selection.current() != selected:
		t.Error("order, focus or selection are lost")
	case !b.roster.named("datahub").unseen || len(b.roster.named("datahub").snap.History) == 0:
		t.Error("news or history are lost")
	case b.terminal.mouse || !b.config.UI.Notify || b.keys.Refresh.Keys()[0] != "f5":
		t.Error("mouse, notifications or keys are those of the old file")
	}
	total := 0
	for _, n := range b.roster.standings.counts {
		total += n
	}
	if total != 13 {
		t.Errorf("%d are counted", total)
	}
	for _, e := range b.roster.log.entries {
		if e.row.name == "work" {
			t.Fatal("the log has a profile that is gone")
		}
	}
	b.wants(t, "1 problem (!)")
	for _, view := range []string{"o", "t", "v", "p", "d"} {
		b.press(view)
		checkSize(t, b, 120, 36)
	}
	b.send(account.Event{Snapshots: sampleSnapshots()})
}

func TestABrokenFileKeepsTheOldOne(t *testing.T) {
	b := mixed(Options{}, 140, 30)
	b.send(ConfigMsg{Err: config.Problem{File: "config.toml", Line: 12, Message: "expected a value\x1b[31m"}})
	b.Model.notice.text = ""
	b.wants(t, "config.toml:12: expected a value", "the last good one is used", "! details", "1 problem (!)", "Sam Roe")
	b.press("!")
	b.wants(t, "Until it is mended")
	checkSize(t, b, 140, 30)
	b.press("!")
	// What is said of it goes with it.
	b.send(ConfigMsg{Err: config.Problem{File: "config.toml", Line: 12, Message: "expected a value"}})
	b.send(ConfigMsg{Config: sampleProfiles()})
	b.lacks(t, "config.toml:12", "problem")
}

func TestFromNoProfilesToSomeAndBack(t *testing.T) {
	k := &keeper{}
	b := newBench(Options{Config: sampleEmpty(), FirstRun: true, Manage: k})
	b.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	b.wants(t, "a add a profile")
	b.press("a")
	b.wants(t, "Add a profile", "[ Test ]")
	b.press("esc")
	b.send(ConfigMsg{Config: sampleProfiles()}, account.Event{Snapshots: sampleSnapshots()})
	b.wants(t, "Now 4", "Stan Aging")
	b.press("o", "/", "a")
	b.send(ConfigMsg{Config: sampleEmpty()})
	b.wants(t, "This configuration has no profiles yet")
	b.press("down", "enter", "x", "esc", "r", "E")
	checkSize(t, b, 100, 30)
	b.send(ConfigMsg{Config: sampleProfiles()}, account.Event{Snapshots: sampleSnapshots()})
	b.wants(t, "work", "datahub")
}
