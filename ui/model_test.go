package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

func TestSelectionShowsTheOtherAccountAtOnce(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	b.wants(t, "user_8bXgZk3QpL", "Northwind Traders")
	b.press("down")
	b.wants(t, "rada@example.org", "f00dd00d@egi.example", "never")
	b.press("9")
	b.wants(t, "it was revoked, or never existed", "https://my.katapult.io", "stale, 3h old")
	b.press("G")
	b.wants(t, "loading…")
	b.press("g")
	b.wants(t, "user_8bXgZk3QpL")
}

func TestStartsAtTheChosenProfile(t *testing.T) {
	c := sampleProfiles()
	c.DefaultProfile = "datahub"
	quiet := firstProfiles(2)
	quiet.DefaultProfile = "datahub"
	if b := mixed(Options{Config: quiet}, 120, 36); b.selection.current().name != "datahub" {
		t.Errorf("selected %s", b.selection.current().name)
	}
	if b := mixed(Options{Config: c, Profile: "lab"}, 120, 36); b.selection.current().name != "lab" {
		t.Errorf("selected %s", b.selection.current().name)
	}
}

func TestOnlyTheCommandAsks(t *testing.T) { synctest.Test(t, testOnlyTheCommandAsks) }

func testOnlyTheCommandAsks(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	for _, k := range []string{"r", "R", "down", "r"} {
		b.press(k)
		b.View()
	}
	if len(b.asked) != 0 {
		t.Fatalf("Update or View asked for %v", b.asked)
	}
	b.press("r")
	b.run(t)
	if fmt.Sprint(b.asked) != "[[check datahub]]" {
		t.Errorf("r asked for %v", b.asked)
	}
	b.press("R")
	b.run(t)
	if len(b.asked) != 2 || len(b.asked[1]) != 0 {
		t.Errorf("R asked for %v", b.asked)
	}
}

func TestRefreshWhileHeldSaysWhen(t *testing.T) { synctest.Test(t, testRefreshWhileHeldSaysWhen) }

func testRefreshWhileHeldSaysWhen(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	b.press("7", "r")
	b.wants(t, "busy is asked again at 12:00:41, in 41s")
	b.press("G", "up", "r")
	b.wants(t, "old is switched off")
	if b.run(t); len(b.asked) != 0 {
		t.Errorf("a profile that is switched off was asked: %v", b.asked)
	}
}

func TestNoticesGoByThemselves(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.send(account.Event{Notice: "the state file was set aside\x1b[31m"})
	b.wants(t, "the state file was set aside")
	old := noticeEndedMsg{b.Model.notice.generation}
	b.send(account.Event{Notice: "another"})
	b.send(old)
	b.wants(t, "another")
	b.send(noticeEndedMsg{b.Model.notice.generation})
	b.lacks(t, "another")
	b.wants(t, "q quit")
}

func TestSort(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("9")
	for _, c := range []struct{ keys, first, note string }{
		{"sn", "busy", "Profiles 13 · name ▲"}, {"sn", "work", "name ▼"}, {"sf", "work", "file ▲"}, {"sf", "new", "file ▼"},
		{"sd", "office", "due ▲"}, {"ss", "work", "service ▲"}, {"st", "staging", "state ▲"}, {"se", "busy", "user ▲"},
		{"su", "staging", "Profiles 13 ─"},
	} {
		b.press(strings.Split(c.keys, "")...)
		if first := b.selection.visible[0].name; first != c.first || b.selection.current().name != "staging" {
			t.Errorf("%s: %s comes first, %s is selected", c.keys, first, b.selection.current().name)
		}
		b.wants(t, c.note)
	}
	ok := sampleSnapshots()[0]
	ok.Profile = "staging"
	b.send(account.Event{Snapshots: []account.Snapshot{ok}})
	if b.selection.visible[0].name == "staging" || b.selection.current().name != "staging" {
		t.Errorf("a mended profile stays first")
	}
}

func TestFocusAndCopy(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("y")
	b.wants(t, "Copy", "user id       user_8bXgZk3QpL", "enter copies, s shows, esc closes")
	b.press("y")
	b.wants(t, "copied the user id: user_8bXgZk3QpL; y s shows it")
	// In a pane the line that is pointed at is the chosen one.
	b.press("tab", "tab", "down", "y", "y")
	b.wants(t, "copied the id of Northwind Traders: org_2")
	b.press("shift+tab", "down", "down", "down", "y", "enter")
	b.wants(t, "copied the e-mail: sam@example.org")
	b.press("esc")
	if b.dashboard.focus != paneProfiles {
		t.Error("esc does not go back to the list")
	}
	b.press("enter")
	if b.dashboard.focus != paneFull {
		t.Errorf("enter goes to pane %d", b.dashboard.focus)
	}
}

func TestOverlays(t *testing.T) { synctest.Test(t, testOverlays) }

func testOverlays(t *testing.T) {
	c := sampleProfiles()
	c.Problems = []config.Problem{{File: "config.toml", Line: 7, Message: "theme is not known", Remedy: "use dark"}}
	b := mixed(Options{Config: c, Version: "1.2.3"}, 160, 70)
	b.wants(t, "1 problem (!)")
	b.press("?")
	b.wants(t, "Help", "1.2.3", "In the list")
	seen := b.text()
	for _, a := range b.commands.all {
		if a.areas == onWelcome {
			continue
		}
		line := regexp.MustCompile(regexp.QuoteMeta(a.keys.Help().Desc) + ` +` + a.name + `\b`)
		if n := len(line.FindAllString(seen, -1)); n != 1 {
			t.Errorf("the help names %s %d times", a.name, n)
		}
	}
	b.press("!", "j")
	b.wants(t, "Help")
	b.press("esc", "esc", "!")
	b.wants(t, "config.toml:7: theme is not known", "use dark")
	b.press("!")
	b.lacks(t, "use dark")
}

// TestQInADialog closes it and loses nothing else; ctrl+c quits from there, too.
func TestQInADialog(t *testing.T) { synctest.Test(t, testQInADialog) }

func testQInADialog(t *testing.T) {
	quits := func(b *bench) bool { return len(b.pending) > 0 && slices.Contains(b.run(t), tea.Msg(tea.QuitMsg{})) }
	for keys, title := range map[string]string{
		"!": "╭ Problems", "o c": "╭ Columns of", "s": "╭ Sort by", "y": "╭ Copy", "delete": "╭ Remove", "i": "╭ Incidents", "I": "╭ Pin",
		"D esc n esc delete": "╭ Remove",
	} {
		b, k, _ := keptSamples(t, "g "+keys)
		b.wants(t, title)
		b.pending = nil
		b.press("q")
		b.lacks(t, title)
		if quits(b) || b.overlays.top() != nil || k.applied != 0 {
			t.Errorf("%s and q: %d overlays, %d changes, or it quits", keys, len(b.overlays.all), k.applied)
		}
		b.pending = nil
		b.press("q")
		if !quits(b) {
			t.Errorf("%s: q does not quit any more", keys)
		}
		b, _, _ = keptSamples(t, "g "+keys)
		if b.send(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}); !quits(b) {
			t.Errorf("%s: ctrl+c does not quit", keys)
		}
	}
	// Where something is written, it is a letter.
	for _, keys := range []string{"#", "W", ":", "z"} {
		b, _, _ := keptSamples(t, "g "+keys+" q")
		if b.overlays.top() == nil || quits(b) {
			t.Errorf("%s: q closes it, or quits", keys)
		}
	}
}

func TestHelpScrolls(t *testing.T) {
	b := mixed(Options{}, 40, 10)
	b.press("?")
	b.wants(t, "In the list")
	b.press("end")
	b.wants(t, "[ui.keys]")
	b.press("home")
	b.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	b.lacks(t, "In the list")
}

func TestHelpIsSearched(t *testing.T) {
	b := mixed(Options{}, 80, 24)
	b.press("t", "?")
	b.wants(t, "In the timeline", "timeline: earlier")
	b.write("/check all")
	b.wants(t, "/ check all", "check all profiles now", "refresh_all")
	b.lacks(t, "timeline: earlier", "Marks")
	b.write("zz")
	b.wants(t, "No key is for that.")
	b.press("backspace", "backspace")
	b.wants(t, "check all profiles now")
	b.press("esc")
	b.wants(t, "In the timeline", "letters search")
	// What looks for a key finds what it is for.
	b.write("ctrl+l")
	b.wants(t, "draw the screen anew")
	b.press("esc", "esc")
	b.lacks(t, "Help")
	b.at(t, viewTimeline)
}

// Each view's help begins with what it alone has.
func TestHelpBeginsWithTheView(t *testing.T) {
	for view, first := range map[string]string{"t": "earlier", "v": "changes_only", "o": "group"} {
		b := mixed(Options{}, 80, 24)
		b.press(view)
		if got := helpGroups(b.commands.groups, b.area())[0].actions[0].name; got != first {
			t.Errorf("on %s the first is %s, want %s", view, got, first)
		}
	}
}

func TestFirstRun(t *testing.T) { synctest.Test(t, testFirstRun) }

func testFirstRun(t *testing.T) {
	b := newBench(Options{FirstRun: true, Config: &config.Config{Path: "/home/sam/config.toml"}})
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	b.wants(t, "/home/sam/config.toml", "[profiles.work]", "open the demo")
	b.press("?", "d")
	if b.WantsDemo() {
		t.Error("the demo opens behind the help")
	}
	b.press("esc", "esc", "!")
	b.wants(t, "Problems of the configuration", "token    = { env")
	b.lacks(t, "open the demo", "copy this")
	b.press("esc", "d")
	if !b.WantsDemo() || len(b.run(t)) != 1 {
		t.Error("d does not leave for the demo")
	}
}

func TestNoColorAndASCII(t *testing.T) {
	b := mixed(Options{NoColor: true}, 120, 36)
	if s := b.View().Content; strings.Contains(s, "[38;") || strings.Contains(s, "[48;") {
		t.Error("NoColor has colours")
	}
	b = mixed(Options{ASCII: true, Config: asciiOnly()}, 120, 36)
	for _, keys := range [][]string{nil, {"?"}, {"end"}, {"esc", "2"}, {"9"}, {"/", "q", "q"}} {
		b.press(keys...)
		for _, r := range b.text() {
			if r > 0x7e {
				t.Fatalf("after %v: ASCII has %q:\n%s", keys, r, b.text())
			}
		}
	}
}

// asciiOnly are the samples without those who have other letters.
func asciiOnly() *config.Config {
	c := sampleProfiles()
	c.Profiles = append(c.Profiles[:3:3], c.Profiles[4:]...)
	return c
}

func TestClockRunsOnlyWhileSomethingCounts(t *testing.T) {
	synctest.Test(t, testClockRunsOnlyWhileSomethingCounts)
}

func testClockRunsOnlyWhileSomethingCounts(t *testing.T) {
	b := newBench(Options{})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	if b.clock.period != 0 || b.clock.spinning {
		t.Errorf("with nothing known the clock runs every %v, spinning %v", b.clock.period, b.clock.spinning)
	}
	one := sampleSnapshots()[0]
	b.send(account.Event{Snapshots: []account.Snapshot{one}})
	if b.clock.period != everySecond {
		t.Errorf("with a planned check the clock runs every %v", b.clock.period)
	}
	b.wants(t, "next check 42s", "checked   18s ago", "full in 41s")
	b.now = noon.Add(2 * time.Second)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	b.wants(t, "next check 40s", "checked   20s ago", "full in 39s")
	b.send(clockTickedMsg{noon, b.clock.generation - 1})
	b.wants(t, "next check 40s")
	one.NextAt, one.RateLimit = time.Time{}, account.RateLimit{}
	b.send(account.Event{Snapshots: []account.Snapshot{one}})
	b.now = noon.Add(time.Hour)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	if b.clock.period != coarse {
		t.Errorf("with ages in minutes the clock runs every %v", b.clock.period)
	}
	b.send(account.Event{Snapshots: []account.Snapshot{{Profile: "work", Health: account.Health{State: account.Checking}}}},
		clockTickedMsg{b.now, b.clock.generation})
	if b.clock.period != 0 {
		t.Errorf("with nothing to count the clock runs every %v", b.clock.period)
	}
	b.now = b.now.Add(time.Hour)
	one.Health.CheckedAt = b.now.Add(-5 * time.Second)
	b.send(account.Event{Snapshots: []account.Snapshot{one}})
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "checked   5s ago")
	one.Busy = true
	b.send(account.Event{Snapshots: []account.Snapshot{one}})
	if !b.clock.spinning {
		t.Error("a busy profile does not turn the spinner")
	}
	one.Busy = false
	b.send(account.Event{Snapshots: []account.Snapshot{one}}, spinnerTurnedMsg{})
	if b.clock.spinning {
		t.Error("the spinner turns for nobody")
	}
}

func TestMouse(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	if b.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is off")
	}
	b.send(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	if b.selection.current().name != "datahub" {
		t.Errorf("a click selects %s", b.selection.current().name)
	}
	s, _ := b.dashboard.layout.slotOf(paneOrgs)
	b.send(tea.MouseClickMsg{X: s.x + 3, Y: s.y + 2, Button: tea.MouseLeft})
	b.press("y", "y")
	b.wants(t, "copied the id of Ocean unit: g2")
	b.press("3")
	b.send(tea.MouseWheelMsg{X: s.x + 3, Y: s.y + 2, Button: tea.MouseWheelDown})
	if b.dashboard.details[paneOrgs].window.offset != wheelLines {
		t.Errorf("the wheel scrolled to %d", b.dashboard.details[paneOrgs].window.offset)
	}
	b = mixed(Options{}, 40, 10)
	b.send(tea.MouseClickMsg{X: 34, Y: 1, Button: tea.MouseLeft})
	if b.dashboard.focus != paneToken {
		t.Errorf("a click on a tab goes to pane %d", b.dashboard.focus)
	}
}
