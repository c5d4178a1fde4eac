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
	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
	"rollcall/config"
)

// bench is a dashboard driven by hand: its clock stands at noon until moved,
// and no command runs but by the test.
type bench struct {
	*Model
	now     time.Time
	asked   [][]string
	pending []tea.Cmd
}

func newBench(o Options) *bench {
	b := &bench{now: noon}
	o.Now = func() time.Time { return b.now }
	o.Refresh = func(names ...string) { b.asked = append(b.asked, names) }
	if o.Config == nil {
		o.Config = sampleProfiles()
	}
	b.Model = New(o)
	return b
}

// mixed is a dashboard of the samples, w by h.
func mixed(o Options, w, h int) *bench {
	b := newBench(o)
	b.send(tea.WindowSizeMsg{Width: w, Height: h}, client.Event{Snapshots: sampleSnapshots()})
	return b
}

func (b *bench) send(msgs ...tea.Msg) {
	for _, m := range msgs {
		_, cmd := b.Update(m)
		b.pending = append(b.pending, cmd)
	}
}

// special are the keys that are not text.
var special = map[string]tea.KeyPressMsg{
	"tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "enter": {Code: tea.KeyEnter},
	"esc": {Code: tea.KeyEscape}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft},
	"right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp},
	"pgdown": {Code: tea.KeyPgDown}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
	"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl},
	"ctrl+p": {Code: 'p', Mod: tea.ModCtrl}, "ctrl+x": {Code: 'x', Mod: tea.ModCtrl}, "f2": {Code: tea.KeyF2}, "space": {Code: ' ', Text: " "},
	"ctrl+d": {Code: 'd', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl},
}

func keyPress(name string) tea.KeyPressMsg {
	if k, ok := special[name]; ok {
		return k
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func (b *bench) press(keys ...string) {
	for _, k := range keys {
		b.send(keyPress(k))
	}
}

func (b *bench) write(text string) {
	for _, r := range text {
		b.press(string(r))
	}
}

// text is what a person would see.
func (b *bench) text() string { return ansi.Strip(b.View().Content) }

// run runs the commands of the last message, but for timers, and returns what
// they tell.
func (b *bench) run(t *testing.T) []tea.Msg {
	t.Helper()
	// The timers left alone end before the bubble does.
	t.Cleanup(func() { time.Sleep(time.Minute) })
	cmd := b.pending[len(b.pending)-1]
	b.pending = nil
	return collect(cmd)
}

// collect runs a command and those it is made of, in a bubble of synctest:
// time passes there only when all wait, so what has not told anything before
// that is a timer, and left alone.
func collect(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	told := make(chan tea.Msg, 1)
	go func() { told <- cmd() }()
	select {
	case msg := <-told:
		if all, ok := msg.(tea.BatchMsg); ok {
			var out []tea.Msg
			for _, c := range all {
				out = append(out, collect(c)...)
			}
			return out
		}
		return []tea.Msg{msg}
	case <-time.After(time.Millisecond):
		return nil
	}
}

func (b *bench) wants(t *testing.T, texts ...string) {
	t.Helper()
	screen := b.text()
	for _, s := range texts {
		if !strings.Contains(screen, s) {
			t.Errorf("the screen has no %q:\n%s", s, screen)
		}
	}
}

func (b *bench) lacks(t *testing.T, texts ...string) {
	t.Helper()
	screen := b.text()
	for _, s := range texts {
		if strings.Contains(screen, s) {
			t.Errorf("the screen has %q:\n%s", s, screen)
		}
	}
}

func TestSelectionShowsTheOtherAccountAtOnce(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.wants(t, "user_8bXgZk3QpL", "Northwind Traders")
	b.press("down")
	b.wants(t, "rada@example.org", "f00dd00d@egi.example", "never")
	b.press("9")
	b.wants(t, "it was revoked, or never existed", "https://my.katapult.io", "stale, 3 h old")
	b.press("G")
	b.wants(t, "loading…")
	b.press("g")
	b.wants(t, "user_8bXgZk3QpL")
}

func TestStartsAtTheChosenProfile(t *testing.T) {
	c := sampleProfiles()
	c.DefaultProfile = "datahub"
	if b := mixed(Options{Config: c}, 120, 36); b.selection.current().name != "datahub" {
		t.Errorf("selected %s", b.selection.current().name)
	}
	if b := mixed(Options{Config: c, Profile: "lab"}, 120, 36); b.selection.current().name != "lab" {
		t.Errorf("selected %s", b.selection.current().name)
	}
}

func TestOnlyTheCommandAsks(t *testing.T) { synctest.Test(t, testOnlyTheCommandAsks) }

func testOnlyTheCommandAsks(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	for _, k := range []string{"r", "R", "down", "r"} {
		b.press(k)
		b.View()
	}
	if len(b.asked) != 0 {
		t.Fatalf("Update or View asked for %v", b.asked)
	}
	b.press("r")
	b.run(t)
	if fmt.Sprint(b.asked) != "[[datahub]]" {
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
	b := mixed(Options{}, 120, 36)
	b.press("7", "r")
	b.wants(t, "busy is asked again at 12:00:41, in 0:41")
	b.press("G", "up", "r")
	b.wants(t, "old is switched off")
	if b.run(t); len(b.asked) != 0 {
		t.Errorf("a profile that is switched off was asked: %v", b.asked)
	}
}

func TestNoticesGoByThemselves(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.send(client.Event{Notice: "the state file was set aside\x1b[31m"})
	b.wants(t, "the state file was set aside")
	old := noticeEndedMsg{b.Model.notice.generation}
	b.send(client.Event{Notice: "another"})
	b.send(old)
	b.wants(t, "another")
	b.send(noticeEndedMsg{b.Model.notice.generation})
	b.lacks(t, "another")
	b.wants(t, "q quit")
}

func TestFilter(t *testing.T) {
	for query, want := range map[string]string{
		"stag": "staging", "lingens": "datahub", "rada@": "datahub crowd", "onezone": "datahub wide soon flaky lab",
		"northwind": "work", "egi": "datahub", "unreachable": "lab", "prod": "work", "research": "datahub",
		"stg": "staging", "rad": "datahub crowd work", "onezone rada": "datahub", "山田": "wide", "nothing like it": "",
	} {
		t.Run(query, func(t *testing.T) {
			b := mixed(Options{}, 120, 36)
			b.press("/")
			b.write(query)
			var got []string
			for _, r := range b.selection.visible {
				got = append(got, r.name)
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("%q finds %q, not %q", query, s, want)
			}
		})
	}
}

func TestFilterKeys(t *testing.T) { synctest.Test(t, testFilterKeys) }

func testFilterKeys(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("/")
	b.write("katapultq")
	b.press("backspace", "down", "enter")
	if b.selection.filter.editing || len(b.selection.visible) == 13 || b.selection.place != 1 {
		t.Errorf("enter does not keep the filter: %+v", b.selection.filter)
	}
	selected := b.selection.current()
	b.press("esc")
	if len(b.selection.visible) != 13 || b.selection.current() != selected {
		t.Errorf("esc does not bring all profiles back, with the same one selected")
	}
	b.press("/")
	b.write("qqq")
	b.wants(t, "No profile matches “qqq”", "0/13")
	b.press("esc")
	b.lacks(t, "No profile")
	b.press("/")
	b.send(tea.PasteMsg{Content: "lab\n\x1b]0;x\a"})
	if len(b.selection.filter.query()) == 0 || strings.ContainsRune(b.View().Content, '\a') {
		t.Errorf("pasted %q", b.selection.filter.query())
	}
	b.press("ctrl+u")
	b.write("lab")
	b.send(client.Event{Snapshots: []client.Snapshot{{Profile: "work", Health: client.Health{State: client.Unavailable}}}})
	// “unavailable” has it in it.
	if !slices.Contains(b.selection.visible, b.roster.byName["work"]) {
		t.Errorf("an event does not reach the filter: %d rows", len(b.selection.visible))
	}
	b.press("esc", "q")
	if msgs := b.run(t); len(msgs) == 0 {
		t.Error("q does not quit")
	}
}

func TestSort(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("9", "s")
	if b.selection.visible[0].name != "staging" || b.selection.current().name != "staging" {
		t.Errorf("by severity %s comes first, %s is selected", b.selection.visible[0].name, b.selection.current().name)
	}
	b.wants(t, "by severity")
	ok := sampleSnapshots()[0]
	ok.Profile = "staging"
	b.send(client.Event{Snapshots: []client.Snapshot{ok}})
	if b.selection.visible[0].name != "office" || b.selection.current().name != "staging" {
		t.Errorf("a mended profile stays first")
	}
	b.press("s")
	if b.selection.visible[0].name != "busy" {
		t.Errorf("by name %s comes first", b.selection.visible[0].name)
	}
	b.press("s")
	if b.selection.visible[0].name != "work" {
		t.Errorf("as configured %s comes first", b.selection.visible[0].name)
	}
}

func TestFocusAndCopy(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("y")
	b.wants(t, "copied user id: user_8bXgZk3QpL")
	b.press("tab", "tab", "down", "y")
	b.wants(t, "copied id of Northwind Traders: org_2")
	b.press("shift+tab", "down", "down", "down", "y")
	b.wants(t, "copied e-mail: sam@example.org")
	b.press("esc")
	if b.dashboard.focus != paneProfiles {
		t.Error("esc does not go back to the list")
	}
	b.press("enter")
	if b.dashboard.focus != paneProfile {
		t.Errorf("enter goes to pane %d", b.dashboard.focus)
	}
}

func TestOverlays(t *testing.T) { synctest.Test(t, testOverlays) }

func testOverlays(t *testing.T) {
	c := sampleProfiles()
	c.Problems = []config.Problem{{File: "config.toml", Line: 7, Message: "theme is not known", Remedy: "use dark"}}
	b := mixed(Options{Config: c, Version: "1.2.3"}, 160, 50)
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
	b.press("esc", "!")
	b.wants(t, "config.toml:7: theme is not known", "use dark")
	b.press("!")
	b.lacks(t, "use dark")
	b.press("?", "q")
	if msgs := b.run(t); len(msgs) != 1 {
		t.Error("q does not quit from an overlay")
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

func TestFirstRun(t *testing.T) { synctest.Test(t, testFirstRun) }

func testFirstRun(t *testing.T) {
	b := newBench(Options{FirstRun: true, Config: &config.Config{Path: "/home/sam/config.toml"}})
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	b.wants(t, "/home/sam/config.toml", "[profiles.work]", "open the demo")
	b.press("?", "d")
	if b.WantsDemo() {
		t.Error("the demo opens behind the help")
	}
	b.press("esc", "!")
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
	b.send(client.Event{Snapshots: []client.Snapshot{one}})
	if b.clock.period != everySecond {
		t.Errorf("with a planned check the clock runs every %v", b.clock.period)
	}
	b.wants(t, "next refresh 0:42", "checked 18 s ago", "full in 0:41")
	b.now = noon.Add(2 * time.Second)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	b.wants(t, "next refresh 0:40", "checked 20 s ago", "full in 0:39")
	b.send(clockTickedMsg{noon, b.clock.generation - 1})
	b.wants(t, "next refresh 0:40")
	one.NextAt, one.RateLimit = time.Time{}, client.RateLimit{}
	b.send(client.Event{Snapshots: []client.Snapshot{one}})
	b.now = noon.Add(time.Hour)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	if b.clock.period != coarse {
		t.Errorf("with ages in minutes the clock runs every %v", b.clock.period)
	}
	b.send(client.Event{Snapshots: []client.Snapshot{{Profile: "work", Health: client.Health{State: client.Checking}}}},
		clockTickedMsg{b.now, b.clock.generation})
	if b.clock.period != 0 {
		t.Errorf("with nothing to count the clock runs every %v", b.clock.period)
	}
	b.now = b.now.Add(time.Hour)
	one.Health.CheckedAt = b.now.Add(-5 * time.Second)
	b.send(client.Event{Snapshots: []client.Snapshot{one}})
	for _, m := range b.run(t) {
		b.send(m)
	}
	b.wants(t, "checked 5 s ago")
	one.Busy = true
	b.send(client.Event{Snapshots: []client.Snapshot{one}})
	if !b.clock.spinning {
		t.Error("a busy profile does not turn the spinner")
	}
	one.Busy = false
	b.send(client.Event{Snapshots: []client.Snapshot{one}}, spinnerTurnedMsg{})
	if b.clock.spinning {
		t.Error("the spinner turns for nobody")
	}
}

func TestMouse(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	if b.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is off")
	}
	b.send(tea.MouseClickMsg{X: 5, Y: 3, Button: tea.MouseLeft})
	if b.selection.current().name != "datahub" {
		t.Errorf("a click selects %s", b.selection.current().name)
	}
	s, _ := b.dashboard.layout.slotOf(paneOrgs)
	b.send(tea.MouseClickMsg{X: s.x + 3, Y: s.y + 2, Button: tea.MouseLeft})
	b.press("y")
	b.wants(t, "copied id of Ocean unit: g2")
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
