package ui

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

func TestOverviewSorts(t *testing.T) {
	b := mixed(Options{}, 300, 50)
	o := b.views.overview()
	b.press("o")
	names := func() string {
		var all []string
		for _, r := range o.sorted {
			all = append(all, r.name)
		}
		return strings.Join(all, " ")
	}
	listed := names()
	for _, c := range []struct{ column, first, turned, last string }{
		{"profile", "busy", "work", ""}, {"state", "staging", "work", ""}, {"service", "work", "datahub", ""},
		{"user", "busy", "wide", "new"}, {"orgs", "crowd", "soon", "new"}, {"expires", "staging", "datahub", "new"},
		{"budget", "busy", "work", "new"}, {"latency", "wide", "busy", "new"}, {"changed", "staging", "work", "new"},
		{"due", "office", "datahub", "new"}, {"urgency", "crowd", "old", "old"}, {"email", "wide", "staging", "new"},
	} {
		b.views.overview().sortBy(c.column)
		for turned := range 2 {
			b.send(noticeEndedMsg{})
			first := []string{c.first, c.turned}[turned]
			if !strings.HasPrefix(names(), first+" ") || turned == 0 && !strings.HasSuffix(names(), c.last) {
				t.Errorf("%s: %s", o.inWords(), names())
			}
			if arrow := o.arrow(b.styles.Glyphs); c.column != "urgency" {
				b.wants(t, o.sorter().title+arrow)
			} else {
				b.wants(t, "by urgency "+arrow)
			}
			b.press("S")
		}
	}
	b.press("s", "f")
	if names() != listed {
		t.Errorf("as listed: %s", names())
	}
	b.press("<", "<")
	if seen := fit(o.columns, 300-2-beforeColumns-1); o.by != seen[len(seen)-2].name {
		t.Errorf("< goes to column %q", o.by)
	}
	b.press("s", "y")
	b.wants(t, "sorted by latency, falling")
	fast := later(0, account.Healthy, "wide")
	fast[0].Health.Latency = 1
	b.send(account.Event{Snapshots: fast})
	if strings.HasPrefix(names(), "wide") {
		t.Errorf("an answer does not sort anew: %s", names())
	}
}

// The arrow tells the true direction: with it pointing up, no value is less than the
// one above it. What is not known comes last either way.
func TestOverviewArrows(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o")
	o := b.views.overview()
	for i := range o.columns {
		c := &o.columns[i]
		o.sortBy(c.name)
		for range 2 {
			b.settle()
			for k, r := range o.sorted[1:] {
				above, below := c.key(o.sorted[k]), c.key(r)
				up := above.compare(below)
				if o.arrow(b.styles.Glyphs) == "▼" {
					up = -up
				}
				if above.unknown && !below.unknown || !below.unknown && up > 0 {
					t.Errorf("%s: %s stands above %s", o.inWords(), o.sorted[k].name, r.name)
				}
			}
			o.reverse()
		}
		o.by = asListed
	}
}

// The letters of the menu and the names of the columns are each for one.
func TestOverviewColumnsAreDistinct(t *testing.T) {
	seen := map[string]bool{"f": true}
	for _, c := range overviewColumns(newRoster(sampleProfiles(), sampleServices, noon)) {
		if seen[c.letter] || seen[c.name] {
			t.Errorf("%s or %s is there twice", c.letter, c.name)
		}
		seen[c.letter], seen[c.name] = true, true
	}
	for _, name := range strings.Fields("profile state urgency due user email service host label tags orgs expires budget latency since changed source token note") {
		if !seen[name] {
			t.Errorf("there is no column %s", name)
		}
	}
}

func TestOverviewGroups(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o", "b")
	b.wants(t, "Katapult  ● 2  ▲ 2  ✗ 2  ○ 2", "Onezone  ● 2  ▲ 2  ✗ 1")
	b.press("b")
	b.wants(t, "prod  ● 1", "eu  ● 1", "test  ● 1", "no tag")
	b.press("b")
	b.wants(t, "Now  ", "Waiting  ", "Off  ○ 1")
	b.press("b")
	b.wants(t, "Rada Lingens  ● 1  ▲ 1", "nobody known from elsewhere")
	b.press("b")
	b.lacks(t, "grouped by person ─")
}

// The heading of a group is seen with its first line, where that is the first line
// in sight.
func TestGroupsBeginWithTheirHeading(t *testing.T) {
	b := mixed(Options{}, 120, 14)
	b.press("o", "g")
	b.views.overview().grouped = byUrgency
	b.settle()
	b.wants(t, "Now  ")
	b.press("G")
	for b.sheet().current().group > 0 {
		b.press("up")
	}
	w := b.sheet().window
	b.press("down")
	if i := b.sheet().window.cursor; i != w.cursor+2 {
		t.Fatalf("no heading stands between lines %d and %d", w.cursor, i)
	}
	b.sheet().window.offset = b.sheet().window.cursor
	b.press("down", "up")
	if is := b.sheet().window; !is.sees(is.cursor - 1) {
		t.Errorf("the heading is out of sight: %+v", is)
	}
	// The wheel goes past a heading, and nothing brings it back.
	b.sheet().window.offset = b.sheet().window.cursor - 1
	b.sheet().scroll(1)
	b.settle()
	if is := b.sheet().window; is.offset != is.cursor {
		t.Errorf("the heading comes back: %+v", is)
	}
}

// Names, tags and labels are whole before there are columns that few look for.
func TestTextsAreReadBeforeThereAreMoreColumns(t *testing.T) {
	all := mixed(Options{}, 120, 36).views.overview().columns
	for w := 300; w > 15; w-- {
		seen, more := fit(all, w), false
		for _, c := range seen {
			more = more || c.rank > usualRank
		}
		for _, c := range seen {
			if more && c.name != "state" && c.room < min(c.most, readableText) {
				t.Fatalf("%d: %s has %d cells beside columns of a higher rank", w, c.name, c.room)
			}
		}
	}
}

func TestOverviewColumnsGoByTheirRank(t *testing.T) {
	all := mixed(Options{}, 120, 36).views.overview().columns
	before := len(all) + 1
	for w := 300; w > 15; w-- {
		seen := fit(all, w)
		total := -columnGap
		for _, c := range seen {
			total += c.room + columnGap
			if most := max(c.width, c.most, w); c.room > most {
				t.Fatalf("%d: column %s is %d wide", w, c.title, c.room)
			}
		}
		if total > w || len(seen) > before || seen[0].name != "profile" || !has(seen, "due") {
			t.Fatalf("%d: columns %v take %d", w, seen, total)
		}
		before = len(seen)
	}
}

// However the answers come, the overview is ordered and grouped as if it had
// been opened after the last of them.
func TestTheOverviewFollowsEachAnswer(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 7))
	b, all := crowd(150)
	b.press("o")
	o := b.views.overview()
	for step := range 250 {
		switch r.IntN(12) {
		case 0:
			b.press([]string{">", "S", "b", "<"}[r.IntN(4)])
		case 1:
			b.send(account.Event{Snapshots: all}) // More than are told one by one.
		default:
			for range 1 + r.IntN(3) {
				i := r.IntN(len(all))
				s := all[r.IntN(len(all))]
				s.Profile = all[i].Profile
				s.Health.Latency += time.Duration(r.IntN(9)) * time.Second
				all[i] = s
				b.send(account.Event{Snapshots: all[i : i+1]})
			}
		}
		fresh := newOverview(b.selection).(*overview)
		fresh.by, fresh.falling, fresh.grouped = o.by, o.falling, o.grouped
		want, _ := fresh.arrange(b.sheet().canvas(b.styles, b.now))
		if !slices.Equal(b.sheet().lines, want) || !fresh.next.Equal(o.next) {
			t.Fatalf("step %d, %s, grouped %s: it is in another order", step, o.inWords(), o.grouped)
		}
	}
}

func TestTheTableComesBack(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o", "s", "y", "b", "b", "v", "c")
	kept := b.rearrangedParts()
	b = mixed(Options{Arrangement: kept}, 120, 36)
	if o := b.views.overview(); o.inWords() != "by latency, falling" || o.grouped != byTag || !b.views.activity().onlyNews {
		t.Errorf("%v comes back %s, grouped %s", kept, o.inWords(), o.grouped)
	}
	b = mixed(Options{Arrangement: map[string]string{"overview": "-shoe", "overview_group": "size", "changes_only": "?"}}, 120, 36)
	if o := b.views.overview(); o.by != asListed || o.grouped != byNothing || b.views.activity().onlyNews {
		t.Errorf("what means nothing sorts %s, grouped %s", o.inWords(), o.grouped)
	}
}

// rearrangedParts are all parts as they are now.
func (b *bench) rearrangedParts() map[string]string {
	kept := map[string]string{}
	for _, p := range parts() {
		kept[p.name] = p.is(b.Model)
	}
	return kept
}
