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
	b := mixed(Options{}, 200, 50)
	o := b.views.all[viewOverview].sheet.content.(*overview)
	b.press("o")
	names := func() string {
		var all []string
		for _, r := range o.sorted {
			all = append(all, r.name)
		}
		return strings.Join(all, " ")
	}
	configured := names()
	for _, c := range []struct {
		column          string
		first, reversed string
		unknown         string
	}{
		{"Profile", "busy", "work", ""}, {"State", "staging", "work", ""}, {"Service", "work", "datahub", ""},
		{"User", "busy", "wide", "new"}, {"Orgs", "crowd", "soon", "new"}, {"Expires", "staging", "datahub", "new"},
		{"Budget", "busy", "work", "new"}, {"Latency", "wide", "busy", "new"}, {"Changed", "staging", "work", "new"},
	} {
		b.press(">")
		if o.by != c.column {
			t.Fatalf("sorted by column %q, not %q", o.by, c.column)
		}
		if !strings.HasPrefix(names(), c.first+" ") || !strings.HasSuffix(names(), c.unknown) {
			t.Errorf("%s: %s", o.inWords(), names())
		}
		b.wants(t, c.column+"▲")
		b.press("S")
		b.wants(t, c.column+"▼")
		if c.column != "Orgs" && c.column != "Service" && !strings.HasPrefix(names(), c.reversed+" ") ||
			!strings.HasSuffix(names(), c.unknown) {
			t.Errorf("%s: %s", o.inWords(), names())
		}
	}
	b.press("s")
	if names() != configured {
		t.Errorf("as configured: %s", names())
	}
	b.press("<", "<")
	if o.by != "Latency" {
		t.Errorf("< goes to column %q", o.by)
	}
	fast := later(0, account.Healthy, "wide")
	fast[0].Health.Latency = 1
	b.send(account.Event{Snapshots: fast})
	if strings.HasPrefix(names(), "wide") {
		t.Errorf("an answer does not sort anew: %s", names())
	}
}

func TestOverviewGroups(t *testing.T) {
	b := mixed(Options{}, 120, 36)
	b.press("o", "b")
	b.wants(t, "Katapult  ● 2  ▲ 2  ✗ 2  ○ 2", "Onezone  ● 2  ▲ 2  ✗ 1")
	b.press("b")
	b.wants(t, "prod  ● 1", "eu  ● 1", "test  ● 1", "no tag")
	b.press("b")
	b.wants(t, "fail  ✗ 3", "unchecked  ○ 1", "off  ○ 1")
	b.press("b")
	b.wants(t, "Rada Lingens  ● 2", "nobody known from elsewhere")
	b.press("b")
	b.lacks(t, "grouped by person ─")
}

func TestOverviewColumnsGoByTheirRank(t *testing.T) {
	all := overviewColumns(newRoster(sampleProfiles(), sampleServices, noon))
	before := len(all) + 1
	for w := 200; w > 10; w-- {
		seen := fit(all, w)
		total := -columnGap
		for _, c := range seen {
			total += c.room + columnGap
			if !c.wide && c.room != c.width && len(seen) > 1 {
				t.Fatalf("%d: column %s is %d wide", w, c.title, c.room)
			}
		}
		if total > w || len(seen) > before || seen[0].title != "Profile" {
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
			b.press([]string{"s", "S", "b", "<"}[r.IntN(4)])
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
		fresh.by, fresh.reversed, fresh.grouped = o.by, o.reversed, o.grouped
		want, _ := fresh.arrange(b.sheet().canvas(b.styles, b.now))
		if !slices.Equal(b.sheet().lines, want) || !fresh.next.Equal(o.next) {
			t.Fatalf("step %d, %s, grouped %s: it is in another order", step, o.inWords(), o.grouped)
		}
	}
}
