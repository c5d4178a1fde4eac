package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// revealing is an archive in which the past alone tells of some names, with a
// character that a terminal would obey.
func revealing() *archive {
	a := newArchive()
	p := a.pasts["work"]
	p.Changes = slices.Concat([]account.Change{
		{At: noon.Add(-48 * time.Hour), Kind: account.ChangeEmail, Was: account.Value{Name: "former@example.org"}},
		{At: noon.Add(-48 * time.Hour), Kind: account.ChangeOrganization, Is: account.Value{Name: "Gone GmbH\x1b[2J"}},
	}, p.Changes)
	p.Checks = slices.Clone(p.Checks)
	p.Checks[10].Code = "denied: Sam Roe"
	a.pasts["work"] = p
	return a
}

// pastScreens are the screens that show the past of the first profile.
func pastScreens(t *testing.T, b *bench) (all string) {
	t.Helper()
	for _, keys := range [][]string{{"1"}, {"v", "home"}, {"c", "home"}, {"c", "d"}} {
		b.press(keys...)
		b.rest(t)
		b.send(noticeEndedMsg{b.notice.generation})
		all += b.View().Content
	}
	return all
}

func TestPrivatePast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := revealing()
		b := a.shortMemory(Options{}, 160, 80)
		real := pastScreens(t, b)
		for _, want := range []string{"former@example.org", "Gone GmbH", "denied: Sam Roe"} {
			if !strings.Contains(real, want) {
				t.Errorf("%q is not to be seen: the test looks at too little", want)
			}
		}
		if strings.Contains(real, "\x1b[2J") {
			t.Error("the past clears the screen")
		}
		asked, journals := len(a.asked), a.journals
		b.press("P")
		if hidden := b.View().Content; strings.Contains(hidden, "former@") || strings.Contains(hidden, "Sam Roe") {
			t.Errorf("what was read before is still to be seen:\n%s", hidden)
		}
		hidden := pastScreens(t, b)
		for _, value := range []string{"former@", "Gone", "Sam Roe"} {
			if strings.Contains(hidden, value) {
				t.Errorf("%q is to be seen in private mode", value)
			}
		}
		for _, want := range []string{"email removed: person", "denied: Person 1"} {
			if !strings.Contains(hidden, want) {
				t.Errorf("%q is not to be seen in private mode", want)
			}
		}
		if len(a.asked) == asked || a.journals == journals {
			t.Error("the past was not read anew")
		}
		b.press("P")
		if again := pastScreens(t, b); again != real {
			t.Error("the real screens are not the same as before")
		}
	})
}

// TestPrivatePastUnderWay has private mode begin while the past is being read.
func TestPrivatePastUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := revealing().shortMemory(Options{}, 160, 80)
		b.send(b.told(t)...)
		read := b.told(t)
		b.press("v")
		if read = append(read, b.told(t)...); len(read) != 2 {
			t.Fatalf("%d answers are under way", len(read))
		}
		b.press("d", "P")
		b.send(read...)
		for _, view := range []string{"d", "v"} {
			b.press(view)
			if screen := b.text(); strings.Contains(screen, "former@") || strings.Contains(screen, "Sam Roe") {
				t.Errorf("an answer under way tells:\n%s", screen)
			}
		}
	})
}

func TestJournalIsReadWithTheActivity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		b := a.shortMemory(Options{}, 120, 36)
		b.rest(t)
		carried := len(b.roster.log.entries)
		if a.journals != 0 {
			t.Error("the journal is read before it is looked at")
		}
		b.press("v")
		b.rest(t)
		whole := mixed(Options{}, 120, 36).roster.log.entries
		got := b.roster.log.entries
		if len(got) != len(whole) || len(whole) <= carried {
			t.Errorf("%d entries, want %d; the snapshots carry %d", len(got), len(whole), carried)
		}
		if !slices.IsSortedFunc(got, func(x, y *entry) int { return x.at.Compare(y.at) }) {
			t.Error("the entries are out of order")
		}
		b.send(account.Event{Snapshots: later(1, account.Forbidden, "datahub")})
		if n := len(b.roster.log.entries); n != len(whole)+2 {
			t.Errorf("%d entries after a check and a change, %d before", n, len(whole))
		}
		b.press("d", "v")
		if b.rest(t); a.journals != 1 {
			t.Errorf("the journal is read %d times", a.journals)
		}
		b.send(ConfigMsg{Config: sampleProfiles()})
		if b.rest(t); a.journals != 2 || len(b.roster.log.entries) != len(whole)+2 {
			t.Errorf("after a reload it was read %d times, and the log has %d entries", a.journals, len(b.roster.log.entries))
		}
	})
}

// TestJournalBeforeTheEvent has the journal know a check and a change before the
// snapshot comes that carries them.
func TestJournalBeforeTheEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive()
		now := later(1, account.Forbidden, "datahub")[0]
		kept := now.History
		kept[len(kept)-1].State = account.Healthy // The details tell more.
		a.pasts["datahub"] = account.Past{Profile: "datahub", Checks: kept, Changes: now.Changes}
		a.pasts["gone"] = account.Past{Profile: "gone", Checks: kept}
		b := a.shortMemory(Options{}, 120, 36)
		b.press("v")
		b.rest(t)
		n := len(b.roster.log.entries)
		b.send(account.Event{Snapshots: later(1, account.Forbidden, "datahub")})
		if got := len(b.roster.log.entries); got != n {
			t.Errorf("%d entries after the event, %d before", got, n)
		}
		last := b.roster.named("datahub").logged
		if last.state() != account.Forbidden || !last.at.Equal(noon.Add(time.Minute)) {
			t.Errorf("the last check is %s of %v", last.state(), last.at)
		}
		if !b.roster.named("datahub").unseen {
			t.Error("the change is no news")
		}
	})
}
