package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// inPortions is a dashboard of the samples that shows three rows anew in one Update.
func inPortions(o Options) *bench {
	b := newBench(o)
	b.roster.backlog.size = 3
	b.send(tea.WindowSizeMsg{Width: 120, Height: 12})
	return b
}

// goOn does the portions that are left, and counts them.
func (b *bench) goOn() (portions int) {
	for b.roster.backlog.busy() || b.roster.backlog.late {
		b.Update(b.portion())
		portions++
	}
	return portions
}

// TestPortions has what is in sight right at once, the sums and the order when all is
// through, and comes to the same as all at once.
func TestPortions(t *testing.T) {
	t.Parallel()
	b := inPortions(Options{})
	before := b.headerNow()
	b.Update(account.Event{Snapshots: sampleSnapshots()})
	b.wants(t, "Sam Roe")
	if is := b.headerNow(); is.now != before.now || is.waiting != before.waiting || is.ends != before.ends {
		t.Errorf("the header tells %+v of some, and told %+v", is, before)
	}
	if n := b.goOn(); n < 3 {
		t.Errorf("%d portions", n)
	}
	checkTotals(t, b)
	whole := newBench(Options{})
	whole.send(tea.WindowSizeMsg{Width: 120, Height: 12}, account.Event{Snapshots: sampleSnapshots()})
	if b.text() != whole.text() {
		t.Errorf("in portions it is\n%s\nall at once\n%s", b.text(), whole.text())
	}
	// A key between the portions is served.
	b.Update(account.Event{Snapshots: sampleSnapshots()})
	at := b.selection.at
	if b.Update(keyPress("down")); b.selection.at == at {
		t.Error("a key has to wait for all portions")
	}
	b.goOn()
	c := sampleProfiles()
	c.Profiles = c.Profiles[2:]
	b.Update(ConfigMsg{Config: c})
	b.press("down", "up", "end")
	b.goOn()
	checkTotals(t, b)
}

// TestPortionsAreCovered shows nothing of a row that waits for its stand-ins.
func TestPortionsAreCovered(t *testing.T) {
	t.Parallel()
	b := inPortions(Options{})
	b.send(account.Event{Snapshots: sampleSnapshots()})
	b.Update(keyPress("P"))
	for _, keys := range []string{"", "down", "down", "down", "o", "end", "t", "p", "v", "esc", "esc"} {
		if keys != "" {
			b.Update(keyPress(keys))
		}
		for _, name := range []string{"Sam Roe", "sam@example.org", "Rada", "Lingens", "Charlie"} {
			if strings.Contains(b.text(), name) {
				t.Fatalf("after %q there is %q:\n%s", keys, name, b.text())
			}
		}
	}
	b.goOn()
	checkTotals(t, b)
	b.lacks(t, "Sam Roe", withheld+" ")
}
