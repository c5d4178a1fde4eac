package ui

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/insight"
)

// shown are the headings of the overview from left to right.
func (b *bench) shown() []string {
	return strings.Fields(strings.Trim(strings.Split(b.text(), "\n")[2], "│ ┃"))
}

func TestColumnsAreThoseOfAllTables(t *testing.T) {
	var names []string
	for _, c := range overviewColumns(newRoster(sampleProfiles(), sampleServices, noon)) {
		names = append(names, c.name)
	}
	all := insight.Columns()
	slices.Sort(names)
	slices.Sort(all)
	if !slices.Equal(names, all) {
		t.Errorf("the overview has %v, tables %v", names, all)
	}
}

func TestColumnsAreChosen(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o", "c")
	b.wants(t, "Columns of the overview", "[x] profile  always there", "[x] note", "[ ] host")
	// The profile stays, the note goes, the host comes and is brought to the front.
	b.press("space", "end", "space")
	for b.overlays.top().(*columnsDialog).all[b.overlays.top().(*columnsDialog).window.cursor].name != "host" {
		b.press("up")
	}
	b.press("space")
	for range 20 {
		b.press("K")
	}
	b.press("enter")
	if got := strings.Join(b.shown(), " "); got != "Host Profile Due State User Service" {
		t.Errorf("the columns are %s", got)
	}
	b.wants(t, "6 columns")
	// What is chosen comes first when it is chosen again, and escape changes nothing.
	b.press("c")
	if d := b.overlays.top().(*columnsDialog); d.all[0].name != "host" || d.all[1].name != "profile" || !slices.Equal(d.names(), b.views.overview().shown) {
		t.Errorf("the dialog has %v", d.all)
	}
	b.press("space", "J", "esc")
	if got := b.views.overview().shownText(); got != "host,profile,due,state,user,service" {
		t.Errorf("after escape there are %s", got)
	}
	kept := b.rearrangedParts()
	again := mixed(Options{Arrangement: kept}, 120, 36)
	again.press("o")
	if got := again.views.overview().shownText(); got != "host,profile,due,state,user,service" {
		t.Errorf("the next run has %s", got)
	}
	again.press("c", "f")
	if len(again.views.overview().shown) > 0 || !slices.Contains(again.shown(), "Note") {
		t.Errorf("as they fit: %v", again.shown())
	}
	again.wants(t, "columns as they fit")
}

func TestShowLeavesOutWhatIsNoColumn(t *testing.T) {
	o := mixed(Options{}, 120, 36).views.overview()
	for names, want := range map[string]string{
		"": "", "shoe": "", "shoe,due,due": "profile,due", "note,profile": "note,profile",
	} {
		o.show(strings.Split(names, ","))
		if got := o.shownText(); got != want {
			t.Errorf("%q shows %q", names, got)
		}
	}
}

// All columns at each width: those that have room stand in the chosen order, the others
// are counted, the profile stays, and nothing is cut while cells are free.
func TestChosenColumnsAtEachWidth(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o")
	o := b.views.overview()
	names := insight.Columns()
	slices.Reverse(names)
	o.show(names)
	for w := 400; w >= 20; w-- {
		seen, left := o.seen(w)
		at := -1
		for _, c := range seen {
			i := slices.Index(names, c.name)
			if i <= at {
				t.Fatalf("%d: %s stands in another order", w, c.name)
			}
			at = i
		}
		if len(seen)+left != len(names) || !has(seen, insight.ColumnProfile) {
			t.Fatalf("%d: %d columns and %d without room", w, len(seen), left)
		}
		free := w - beforeColumns - 1 - taken(seen)
		if left > 0 {
			free -= leftWidth
		}
		if free < 0 {
			t.Fatalf("%d: the columns take %d cells too many", w, -free)
		}
		if has(seen, insight.ColumnNote) {
			continue
		}
		c := b.sheet().canvas(b.styles, b.now)
		for _, col := range seen {
			for _, r := range o.roster.rows {
				if text, _ := col.cell(r, c, &b.styles.Inks); free > 0 && ansi.StringWidth(text) > col.room {
					t.Fatalf("%d: %q is cut to %d cells while %d are free", w, text, col.room, free)
				}
			}
		}
	}
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	if _, left := o.seen(78); left == 0 || !strings.Contains(b.text(), " +"+strconv.Itoa(left)+"│") {
		t.Errorf("the screen does not say what has no room:\n%s", b.text())
	}
	b.press("c")
	b.wants(t, "no room for it now", "have no room now")
	b.press("J", "K", "enter")
	b.wants(t, "have no room")
	// Where nothing was changed, what fits goes on to be shown.
	o.show(nil)
	b.press("c", "enter")
	if len(o.shown) > 0 {
		t.Errorf("looking at the columns chooses %v", o.shown)
	}
}

// Without a state beside it, the due says what it is about, and whole.
func TestADueAloneTellsItsReason(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o")
	b.views.overview().show([]string{"profile", "due"})
	b.settle()
	b.wants(t, "network 3h ago", "unavailable 42s")
	b.press("s", "y")
	b.wants(t, "by latency ▼")
}
