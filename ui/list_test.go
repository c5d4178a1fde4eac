package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// listed are the lines of the list in words: headings with what they hold, "+"
// before a folded one, profiles below, the selected line in brackets.
func (s *selection) listed() string {
	var all []string
	for i, l := range s.lines {
		line := ""
		switch {
		case l.row != nil:
			line = l.row.name
		case l.incident >= 0:
			line = "INCIDENT"
		default:
			line = strings.ToUpper(string(l.urgency))
		}
		if l.row == nil && l.folded {
			line = "+" + line
		}
		if i == s.at {
			line = "[" + line + "]"
		}
		all = append(all, line)
	}
	return strings.Join(all, " ")
}

// TestFolding folds and unfolds as in a tree of files.
func TestFolding(t *testing.T) {
	const start = "NOW staging crowd office lab SOON soon WAITING busy flaky new FINE [work] datahub wide ci +OFF"
	for keys, want := range map[string]string{
		"":              start,
		"h":             "NOW staging crowd office lab SOON soon WAITING busy flaky new [+FINE] +OFF",
		"h h":           "NOW staging crowd office lab SOON soon WAITING busy flaky new [+FINE] +OFF",
		"left right":    start,
		"h j":           "NOW staging crowd office lab SOON soon WAITING busy flaky new +FINE [+OFF]",
		"h k":           "NOW staging crowd office lab SOON soon WAITING busy flaky [new] +FINE +OFF",
		"G":             "NOW staging crowd office lab SOON soon WAITING busy flaky new FINE work datahub wide ci [+OFF]",
		"G enter":       "NOW staging crowd office lab SOON soon WAITING busy flaky new FINE work datahub wide ci OFF [old]",
		"G l h":         "NOW staging crowd office lab SOON soon WAITING busy flaky new FINE work datahub wide ci [+OFF]",
		"k":             "NOW staging crowd office lab SOON soon WAITING busy flaky [new] FINE work datahub wide ci +OFF",
		"g":             "NOW [staging] crowd office lab SOON soon WAITING busy flaky new FINE work datahub wide ci +OFF",
		"/ o l d esc":   "NOW staging crowd office lab SOON soon WAITING busy flaky new FINE work datahub wide ci +OFF [old]",
		"/ o l d esc k": "NOW staging crowd office lab SOON soon WAITING busy flaky new FINE work datahub wide ci [+OFF]",
	} {
		b := mixed(Options{}, 120, 36)
		b.press(strings.Fields(keys)...)
		if got := b.selection.listed(); got != want {
			t.Errorf("%q: %s\nnot %s", keys, got, want)
		}
	}
}

// A filter shows what is folded, and folds nothing.
func TestFilterUnfolds(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("h", "/")
	b.write("o")
	if got := b.selection.listed(); strings.Contains(got, "+") || !strings.Contains(got, "old") {
		t.Errorf("the filter shows %s", got)
	}
	b.press("enter", "esc")
	if got := b.selection.listed(); !strings.Contains(got, "+FINE") || !strings.Contains(got, "+OFF") {
		t.Errorf("without it %s", got)
	}
}

// Keys about a profile have nothing to act on while a heading is selected.
func TestNothingIsDoneToAHeading(t *testing.T) {
	b := mixed(Options{Manage: &keeper{}}, 120, 36)
	b.press("h")
	for _, key := range []string{"r", "E", "X", "N", "u", "delete"} {
		b.press(key)
		b.wants(t, "no profile is selected")
		if b.overlays.top() != nil {
			t.Errorf("%s opens something", key)
		}
	}
	b.wants(t, "4 profiles folded away", "3 healthy", "1 no user")
}

// TestClicksOnHeadings folds and unfolds with the mouse.
func TestClicksOnHeadings(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	click := tea.MouseClickMsg{X: 4, Y: 2, Button: tea.MouseLeft}
	b.send(click)
	if got := b.selection.listed(); !strings.HasPrefix(got, "[+NOW] SOON") {
		t.Errorf("a click on a heading: %s", got)
	}
	b.send(click)
	if got := b.selection.listed(); !strings.HasPrefix(got, "NOW [staging] crowd") {
		t.Errorf("another one: %s", got)
	}
}

// An outage is one line that holds its profiles, folded where there are many.
func TestIncidentsInTheList(t *testing.T) {
	b := mixed(Options{}, 140, 36)
	b.send(account.Event{Snapshots: networkDown()})
	want := "NOW staging crowd office INCIDENT flaky lab new SOON soon WAITING +INCIDENT [work] +OFF"
	if got := b.selection.listed(); got != want {
		t.Errorf("%s\nnot %s", got, want)
	}
	b.press("h")
	b.wants(t, "Check the network", "5 profiles", "healthy")
	b.press("l")
	want = "NOW staging crowd office INCIDENT flaky lab new SOON soon WAITING INCIDENT [work] datahub wide ci busy +OFF"
	if got := b.selection.listed(); got != want {
		t.Errorf("unfolded: %s\nnot %s", got, want)
	}
	b.press("h", "h")
	if got := b.selection.listed(); !strings.Contains(got, "[+WAITING] +OFF") {
		t.Errorf("folded twice: %s", got)
	}
}

// What needs somebody most is selected until the person moves.
func TestFollowing(t *testing.T) {
	b := unmoved(Options{}, 120, 36)
	at := func(want string) {
		t.Helper()
		if r := b.selection.current(); r == nil || r.name != want {
			t.Errorf("%s is selected, not %s", b.selection.listed(), want)
		}
	}
	at("staging")
	mended := later(1, account.Healthy, "staging")
	mended[0].Verdict = account.Verdict{State: account.Healthy, At: noon, Since: noon}
	mended[0].Account.Token.Expiry = account.Expiry{}
	b.send(account.Event{Snapshots: mended})
	at("crowd")
	b.press("j")
	at("office")
	b.send(account.Event{Snapshots: sampleSnapshots()})
	at("office")

	c := firstProfiles(2)
	b = newBench(Options{Config: c, Active: "datahub"})
	b.selection.following = true
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: sampleSnapshots()[:2]})
	at("datahub")
}

// A row moves by itself when its time comes, and stays selected.
func TestTimeMovesRows(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("5")
	for _, c := range []struct {
		after   time.Duration
		urgency insight.Urgency
	}{
		{0, insight.UrgencySoon}, {8*24*time.Hour + time.Second, insight.UrgencyNow},
	} {
		b.now = noon.Add(c.after)
		b.send(clockTickedMsg{b.now, b.clock.generation})
		r := b.selection.current()
		if r.name != "soon" || r.standing.Urgency != c.urgency || b.selection.lines[r.line].urgency != c.urgency {
			t.Errorf("after %s %s is %s, in the section %s", c.after, r.name, r.standing.Urgency, b.selection.lines[r.line].urgency)
		}
		checkTotals(t, b)
	}
	b.wants(t, "24h")
}

// The digits belong to the first profiles of the file, wherever those stand.
func TestDigits(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	for i, name := range []string{"work", "datahub", "crowd", "wide", "soon", "ci", "busy", "flaky", "staging"} {
		b.press("s", "n", string(rune('1'+i)))
		if got := b.selection.current().name; got != name {
			t.Errorf("%d selects %s, not %s", i+1, got, name)
		}
	}
	b.press("s", "u", "/")
	b.write("staging")
	b.press("enter", "2")
	if got := b.selection.current().name; got != "datahub" || b.selection.filter.shown() {
		t.Errorf("2 selects %s beside a filter that hides it", got)
	}
}

// What is put where it belongs one by one stands as if all were sorted anew.
func TestRowsAreReplaced(t *testing.T) {
	for _, by := range insight.Orders() {
		for _, reversed := range []bool{false, true} {
			b := mixed(Options{}, 120, 36)
			b.selection.sortBy(sorting{by, reversed})
			for i, s := range networkDown() {
				s.Account, s.Verdict = sampleSnapshots()[(i+3)%13].Account, sampleSnapshots()[(i+5)%13].Verdict
				b.send(account.Event{Snapshots: []account.Snapshot{s}})
				got := slices.Clone(b.selection.sorted)
				if b.selection.sort(); !slices.Equal(got, b.selection.sorted) {
					t.Fatalf("by %s, reversed %v, after %d rows: not sorted", by, reversed, i+1)
				}
			}
		}
	}
}

// TestColumns shares widths out: the due is always there, the name is whole where
// it can be, the user goes first.
func TestColumns(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	before := listColumns{}
	for w := 38; w <= 200; w++ {
		c := columnsOf(b.roster, w, false)
		used := c.lead + c.name + 1 + c.due + 2
		for _, column := range []int{c.user, c.service, c.words, c.source, c.reason} {
			if column > 0 {
				used += column + 1
			}
		}
		switch {
		case used > w:
			t.Errorf("%d cells: %+v takes %d", w, c, used)
		case c.due != dueWidth || c.name < before.name:
			t.Errorf("%d cells: %+v after %+v", w, c, before)
		case c.source > 0 && !c.full, c.user > 0 && c.reason == 0:
			t.Errorf("%d cells: %+v", w, c)
		}
		before = c
	}
	if before.source == 0 || before.words == 0 || before.name != 7 {
		t.Errorf("the widest list has %+v", before)
	}
}

// In the narrowest list a name is whole wherever the row has the cells for it.
func TestNamesAreWholeBesideFreeCells(t *testing.T) {
	b := mixed(Options{}, 80, 24)
	for range widestShare {
		b.press("_")
	}
	b.send(noticeEndedMsg{b.Model.notice.generation})
	b.wants(t, "9 ✗ staging ended", "2 ● datahub ")
	checkSize(t, b, 80, 24)
}

// A row that gives no reason has all cells up to its due for what stands before it.
func TestRowsWithoutReasonAreFull(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	r := b.roster.named("work")
	for _, w := range []int{40, 42, 74, 100} {
		c := columnsOf(b.roster, w, false)
		r.config.Label, r.source, r.snap.Account.User.FullName = strings.Repeat("l", 90), strings.Repeat("s", 90), strings.Repeat("u", 90)
		for _, due := range []string{"", "4y", "59m ago"} {
			line := ansi.Strip(drawRow(b.styles, rowKey{row: r, styles: b.styles, w: w, columns: c, due: due}, nil))
			end := "…  "
			if due != "" {
				end = "… " + due + "  "
			}
			if !strings.HasSuffix(line, end) || ansi.StringWidth(line) != w {
				t.Errorf("%d cells: %q, want it to end with %q", w, line, end)
			}
		}
	}
}

// The sort and the folds come back with the next run.
func TestSortAndFoldsComeBack(t *testing.T) {
	b := mixed(Options{Arrangement: map[string]string{"folds": "-fine +off - what"}}, 120, 36)
	if got := b.selection.listed(); !strings.HasSuffix(got, "+FINE OFF old") {
		t.Errorf("put back: %s", got)
	}
	if got := b.selection.folds.String(); got != "-fine +off" {
		t.Errorf("kept as %q", got)
	}
	for _, key := range []string{"name", "-due", "file", ""} {
		b := mixed(Options{Arrangement: map[string]string{"sort": key}}, 120, 36)
		if got := b.selection.order.key(); got != key {
			t.Errorf("%q comes back as %q", key, got)
		}
	}
}
