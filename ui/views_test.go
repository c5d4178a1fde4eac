package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// later are samples as they are n minutes after noon, with one check more.
func later(n int, state account.State, names ...string) []account.Snapshot {
	var out []account.Snapshot
	for _, s := range sampleSnapshots() {
		for _, name := range names {
			if s.Profile != name {
				continue
			}
			at := noon.Add(time.Duration(n) * time.Minute)
			was := s.Health.State
			s.Health.State, s.Health.CheckedAt, s.Since = state, at, at
			s.History = append(s.History, account.Check{At: at, State: state, Latency: time.Millisecond})
			if state.Judges() {
				s.Verdict = account.Verdict{State: state, At: at, Since: at}
			}
			if was != state && !state.Inconclusive() {
				s.Changes = append(s.Changes, account.Change{At: at, Kind: account.ChangeState, Was: account.Value{State: was}, Is: account.Value{State: state}})
			}
			out = append(out, s)
		}
	}
	return out
}

func (b *bench) at(t *testing.T, want viewID) {
	t.Helper()
	if !b.shows(want) {
		t.Errorf("the view is %d, not %d:\n%s", b.views.chosen, want, b.text())
	}
}

func TestViewsShareTheSelection(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	b.press("9", "o")
	b.at(t, viewOverview)
	if b.current().name != "staging" {
		t.Errorf("the overview selects %s", b.current().name)
	}
	b.press("up", "t")
	if b.current().name != "flaky" {
		t.Errorf("the timeline selects %s", b.current().name)
	}
	b.press("2", "v")
	if r := b.current(); r == nil || r.name != "datahub" {
		t.Errorf("the activity does not select datahub")
	}
	b.press("p")
	if b.current().name != "datahub" {
		t.Errorf("the people select %s", b.current().name)
	}
	b.press("down", "enter")
	b.at(t, viewDashboard)
	if b.selection.current().name != "crowd" {
		t.Errorf("enter opens %s", b.selection.current().name)
	}
	b.press("o", "esc")
	b.at(t, viewDashboard)
}

func TestViewsFilter(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("v", "/")
	b.write("staging invalid_api")
	b.wants(t, "0 changes · 12 checks", "▸ 12 checks since then, all invalid token")
	b.press("enter")
	b.lacks(t, "lab")
	b.press("esc")
	b.at(t, viewActivity)
	b.press("c")
	b.wants(t, "5 changes, no checks", "state: invalid token, was healthy", "20 Nov 10:00  ◆ work     organization added: Initech")
	b.press("c", "/")
	b.write("zzqq")
	b.wants(t, "Nothing here matches the filter")
	b.press("esc", "o", "/")
	b.write("onezone")
	b.press("enter")
	b.wants(t, "Overview 5/13")
	b.press("t")
	b.wants(t, "of 5 have a date")
	b.press("esc", "esc")
	b.at(t, viewOverview)
	b.press("esc", "esc")
	b.at(t, viewDashboard)
}

func TestOpeningAnEntryThatTheFilterHides(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("v", "/")
	b.write("lab healthy")
	b.press("enter", "enter", "down", "enter")
	b.wants(t, "Check of lab", "Not known any more")
	b.press("esc", "d")
	b.at(t, viewDashboard)
}

func TestTimelineCountsDown(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("t")
	b.wants(t, "4 of 13 have a date", "43m", "9d", "83d", "Never end  1", "End unknown  8", "ended 40m ago")
	b.now = noon.Add(42 * time.Minute)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	b.wants(t, "7s")
	if b.clock.period != everySecond {
		t.Errorf("the clock runs every %v", b.clock.period)
	}
	b.now = b.now.Add(7 * time.Second)
	b.send(clockTickedMsg{b.now, b.clock.generation})
	b.wants(t, "Ended  2", "ended just now")
}

func TestActivityKeepsItsPlace(t *testing.T) {
	b := mixed(Options{}, 120, 20)
	b.press("v", "g", "pgdown", "up")
	v := b.views.all[viewActivity].sheet
	read, at := v.current().entry, v.window.cursor-v.window.offset
	b.send(account.Event{Snapshots: later(1, account.Unreachable, "work")}, account.Event{Snapshots: later(1, account.Forbidden, "datahub")})
	if v.current().entry != read || v.window.cursor-v.window.offset != at {
		t.Error("news move what is read")
	}
	b.press("g")
	b.wants(t, "12:01:00  ◆ datahub  state: forbidden, was healthy", "12:01:00  ✗ datahub    forbidden", "12:01:00  ✗ work       unreachable")
	// A check that could not be made has changed nothing.
	b.lacks(t, "state: unreachable")
	// The details of a check that is logged already are not another one.
	n := len(b.roster.log.entries)
	again := later(1, account.Expiring, "datahub")
	b.send(account.Event{Snapshots: again})
	if got := len(b.roster.log.entries); got != n+1 {
		t.Errorf("%d entries after the details, %d before", got, n)
	}
}

func TestLogIsBounded(t *testing.T) {
	l := newLog(0)
	r := &row{}
	for i := range 3 * LogSize {
		r.snap = &account.Snapshot{History: []account.Check{{At: noon.Add(time.Duration(i) * time.Second), State: account.Healthy}}}
		l.take(r, &account.Snapshot{})
	}
	l.add(&entry{row: r, at: noon})
	l.settle()
	if len(l.entries) != LogSize || !l.entries[0].at.Equal(noon.Add(2*LogSize*time.Second)) {
		t.Errorf("%d entries from %v", len(l.entries), l.entries[0].at)
	}
}

func TestNoticesOfChangedStates(t *testing.T) { synctest.Test(t, testNoticesOfChangedStates) }

func testNoticesOfChangedStates(t *testing.T) {
	b := newBench(Options{})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	b.send(account.Event{Snapshots: sampleSnapshots()})
	if b.Model.notice.text != "" {
		t.Errorf("the first check is told: %s", b.Model.notice.text)
	}
	b.send(account.Event{Snapshots: later(1, account.Forbidden, "work")})
	b.wants(t, "work: forbidden, was healthy")
	b.lacks(t, "changed.")
	b.send(account.Event{Snapshots: later(1, account.Healthy, "staging")})
	b.wants(t, "2 changed. forbidden: work; healthy: staging")
	b.send(account.Event{Snapshots: later(2, account.Healthy, "work")})
	b.wants(t, "staging: healthy, was invalid token")
	b.send(account.Event{Snapshots: later(2, account.InvalidToken, "staging")})
	b.wants(t, "q quit")
	for _, msg := range b.run(t) {
		if _, ok := msg.(tea.RawMsg); ok {
			t.Error("the terminal is told though nobody wants it")
		}
	}
	soon := later(3, account.Healthy, "soon")
	soon[0].Details.Busy = true
	b.send(account.Event{Snapshots: soon})
	b.send(noticeEndedMsg{b.Model.notice.generation})
	b.send(account.Event{Snapshots: later(3, account.Expiring, "soon")})
	b.lacks(t, "soon: expiring")
	restored := later(0, account.Healthy, "lab")
	restored[0].Restored = true
	b.send(account.Event{Snapshots: restored})
	b.lacks(t, "lab: healthy")
	b.send(account.Event{Snapshots: later(2, account.Forbidden, "lab")})
	b.wants(t, "lab: forbidden, was healthy")
	// What answers a key is not lost to the news that follow it.
	b.press("s", "n")
	b.lacks(t, "lab: forbidden, was")
	b.send(account.Event{Snapshots: later(3, account.Healthy, "lab")})
	b.wants(t, "sorted by name · lab: healthy, was forbidden")
	b.send(clockTickedMsg{noon.Add(noticeTime), b.clock.generation})
	b.send(account.Event{Snapshots: later(4, account.Healthy, "staging")})
	b.wants(t, "▌ 2 changed. healthy: ")
}

func TestTerminalNotifications(t *testing.T) { synctest.Test(t, testTerminalNotifications) }

func testTerminalNotifications(t *testing.T) {
	c := sampleProfiles()
	c.UI.Notify = true
	b := mixed(Options{Config: c}, 120, 36)
	if got := b.View().WindowTitle; got != "rollcall: 4 now" {
		t.Errorf("the window is called %q", got)
	}
	b.send(account.Event{Snapshots: later(1, account.Forbidden, "work", "datahub")})
	var raw []string
	for _, msg := range b.run(t) {
		if r, ok := msg.(tea.RawMsg); ok {
			raw = append(raw, fmt.Sprint(r.Msg))
		}
	}
	text := "2 changed. forbidden: work, datahub"
	want := "\x1b]9;rollcall: " + text + "\x07\x1b]777;notify;rollcall;" + text + "\x07"
	if len(raw) != 1 || raw[0] != want {
		t.Errorf("the terminal is told %q", raw)
	}
	if got := notification("a;b\x1b]0;x\a" + strings.Repeat("x", 500)); strings.Count(got, "\x1b") != 2 || strings.Count(got, "\a") != 2 || strings.Count(got, ";") != 4 {
		t.Errorf("a text gets through: %q", got)
	}
}

func TestNewsAreMarkedUntilLookedAt(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.lacks(t, "◆ │", "◆│")
	b.send(account.Event{Snapshots: later(1, account.Unreachable, "datahub")})
	b.lacks(t, "◆│")
	b.send(account.Event{Snapshots: later(1, account.Forbidden, "soon")})
	b.wants(t, "◆│")
	b.press("5")
	looked := b.dashboard.looking
	b.press("6")
	b.send(looked)
	b.wants(t, "◆│")
	b.press("5")
	b.send(b.dashboard.looking)
	b.lacks(t, "◆│")
	b.wants(t, "state: forbidden, was")
}

func TestMouseInViews(t *testing.T) {
	b := mixed(Options{}, 120, 36).filed()
	header := strings.SplitN(b.text(), "\n", 2)[0]
	x := len([]rune(header[:strings.Index(header, "Overview")]))
	b.send(tea.MouseClickMsg{X: x, Y: 0, Button: tea.MouseLeft})
	b.at(t, viewOverview)
	b.send(tea.MouseClickMsg{X: 8, Y: 5, Button: tea.MouseLeft})
	if b.current().name != "crowd" {
		t.Errorf("a click selects %s", b.current().name)
	}
	line := strings.Split(b.text(), "\n")[2]
	x = len([]rune(line[:strings.Index(line, "State")]))
	b.send(tea.MouseClickMsg{X: x, Y: 2, Button: tea.MouseLeft})
	b.wants(t, "by state", "State▲")
	b.send(tea.MouseClickMsg{X: x, Y: 2, Button: tea.MouseLeft})
	b.wants(t, "State▼")
	b.send(tea.WindowSizeMsg{Width: 120, Height: 16})
	b.press("v", "g")
	b.send(tea.MouseWheelMsg{X: 8, Y: 5, Button: tea.MouseWheelDown})
	if v := b.views.all[viewActivity].sheet; v.window.offset != wheelLines {
		t.Errorf("the wheel scrolls to %d", v.window.offset)
	}
	b.send(tea.MouseClickMsg{X: 8, Y: 4, Button: tea.MouseLeft}, tea.MouseClickMsg{X: 8, Y: 4, Button: tea.MouseLeft})
	b.wants(t, "Change of work", "Initech")
	b.press("esc")
	b.send(tea.MouseClickMsg{X: 8, Y: 7, Button: tea.MouseLeft}, tea.MouseClickMsg{X: 8, Y: 7, Button: tea.MouseLeft})
	b.wants(t, "▾ 6 checks since then, all unreachable")
}

// clickWord clicks on a word of the first line.
func (b *bench) clickWord(t *testing.T, word string) {
	t.Helper()
	header, _, _ := strings.Cut(b.text(), "\n")
	before, _, ok := strings.Cut(header, word)
	if !ok {
		t.Fatalf("the header has no %q: %s", word, header)
	}
	b.send(tea.MouseClickMsg{X: ansi.StringWidth(before) + 1, Y: 0, Button: tea.MouseLeft})
}

// A click on a sum of the header shows the profiles that it counts, and all of them
// again at the second one.
func TestClickOnSums(t *testing.T) {
	for word, want := range map[string]string{
		"4 now": "staging crowd office lab", "1 this week": "crowd", "3 waiting": "busy new flaky", "next crowd": "",
	} {
		for _, view := range []string{"d", "o", "t", "v", "p", "enter"} {
			b := mixed(Options{}, 140, 36)
			b.press(view)
			b.clickWord(t, word)
			if want == "" {
				if b.current().name != "crowd" {
					t.Errorf("%s, %s: %s is selected", view, word, b.current().name)
				}
				continue
			}
			for _, r := range b.selection.visible {
				if !strings.Contains(want, r.name) {
					t.Errorf("%s, %s: %s is shown", view, word, r.name)
				}
			}
			n, _ := strconv.Atoi(word[:1])
			if len(b.selection.visible) != n || !slices.Contains([]viewID{viewDashboard, viewOverview, viewTimeline}, b.views.chosen) {
				t.Errorf("%s, %s: %d profiles in view %d", view, word, len(b.selection.visible), b.views.chosen)
			}
			b.clickWord(t, word)
			if len(b.selection.visible) != 13 || b.selection.filter.shown() {
				t.Errorf("%s, %s: %d profiles after the second click", view, word, len(b.selection.visible))
			}
		}
	}
	b := mixed(Options{}, 140, 36)
	b.clickWord(t, "next crowd")
	b.clickWord(t, "next crowd")
	if b.area() != onOpened || b.current().name != "crowd" {
		t.Errorf("the second click opens %s", b.where())
	}
}

func TestEmptyViews(t *testing.T) {
	b := newBench(Options{})
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	b.press("v")
	b.wants(t, "Nothing has been checked yet.")
	b.press("p")
	b.wants(t, "No two profiles are known to belong to the same human.")
	b.press("t")
	b.wants(t, "End unknown  13")
	b.press("down", "up", "pgdown", "pgup", "end", "home", "enter")
	b.at(t, viewDashboard)
}

func TestTokenPaneForecasts(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	s := sampleSnapshots()[0]
	s.RateLimit = account.RateLimit{Limit: pointer(int64(100)), Remaining: pointer(int64(20)), ResetAt: noon.Add(10 * time.Minute)}
	for i := range s.History {
		s.History[i].Remaining = pointer(int64(20 + 10*(len(s.History)-1-i)))
	}
	b.send(account.Event{Snapshots: []account.Snapshot{s}})
	b.wants(t, "at this pace used up in", "95.8 % of 24", "caveats   only from 10.0.0.0/8")
	b.press("9")
	b.wants(t, "failing   since 11:49, 12 checks", "state: invalid token")
	b.press("3")
	b.wants(t, "in 43m")
}
