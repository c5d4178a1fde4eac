package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
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
	for b.roster.backlog.behind() {
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

// lastEndsNext is a dashboard of n healthy profiles, 120x36, of which the token of the last
// ends next. The first ones have names of their own.
func lastEndsNext(n int, names ...string) (*bench, *config.Config, []account.Snapshot) {
	base := sampleProfiles()
	c := &config.Config{UI: base.UI}
	var all []account.Snapshot
	for i := range n {
		p := base.Profiles[0]
		if p.Name, p.Tags = fmt.Sprintf("plain-%03d", i), nil; i < len(names) {
			p.Name, p.Label = names[i], names[i]
		}
		s := healthy(p.Name, account.User{ID: fmt.Sprintf("user_%03d", i)}, 40)
		s.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon.Add(time.Duration(n-i) * time.Hour), Source: "JWT"}
		c.Profiles, all = append(c.Profiles, p), append(all, s)
	}
	b := newBench(Options{Config: c})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: all})
	return b, c, all
}

// TestReloadWithoutTheNext takes away the profile whose token ends next, while the rows
// that are left wait.
func TestReloadWithoutTheNext(t *testing.T) {
	t.Parallel()
	b, c, all := lastEndsNext(200)
	if is := b.headerNow(); is.ends != "plain-199" {
		t.Fatalf("next ends %q", is.ends)
	}
	for left := 199; left > 197; left-- {
		less := *c
		less.Profiles = c.Profiles[:left]
		b.Update(account.Event{Snapshots: all})
		b.Update(ConfigMsg{Config: &less})
		if !b.roster.backlog.busy() {
			t.Fatal("no row waits")
		}
		b.View()
		if is, want := b.headerNow().ends, fmt.Sprintf("plain-%03d", left-1); is != want {
			t.Errorf("of %d next ends %q, not %q", left, is, want)
		}
		b.goOn()
		checkTotals(t, b)
	}
	// The first one goes, so that all others have other places.
	less := *c
	less.Profiles = c.Profiles[1:198]
	b.Update(ConfigMsg{Config: &less})
	if is := b.headerNow().ends; is != "plain-197" {
		t.Errorf("next ends %q", is)
	}
}

// TestLaterRowsAreCovered has rows in sight be called what only the last of 500 rows
// tells to be a name: their own names must not be seen before that row has its turn.
func TestLaterRowsAreCovered(t *testing.T) {
	t.Parallel()
	names := []string{"Otter Labs", "otter-labs", "Zofia Quill", "zquill", "user_pinned"}
	for _, arrives := range []bool{false, true} {
		b, c, all := lastEndsNext(500, names...)
		c.Profiles[498].Identity = "user_pinned"
		b.send(ConfigMsg{Config: c})
		last := all[499:]
		last[0].Account = &account.Account{
			User:          account.User{ID: "user_last", FullName: "Zofia Quill", Username: "zquill"},
			Organizations: []account.Organization{{ID: "org_last", Name: "Otter Labs"}},
		}
		msgs := []tea.Msg{account.Event{Snapshots: last}, keyPress("P")}
		if arrives {
			slices.Reverse(msgs)
		}
		b.filed()
		b.send(keyPress("o"), keyPress("home"))
		b.wants(t, names...)
		b.send(msgs[0])
		b.send(noticeEndedMsg{b.Model.notice.generation})
		b.Update(msgs[1])
		for b.roster.backlog.behind() {
			b.lacks(t, names...)
			b.Update(b.portion())
		}
		b.lacks(t, names...)
		b.wants(t, "Organization 1", "profile-1", "Person ")
	}
}

// TestOutageIsCovered tells of an outage with the names that are to be seen: none of them
// before all rows have their stand-ins, and the real ones once these are taken off.
func TestOutageIsCovered(t *testing.T) {
	t.Parallel()
	b, _, all := lastEndsNext(200, "Otter Labs")
	last := all[199].Account
	last.Organizations = []account.Organization{{ID: "org_last", Name: "Otter Labs"}}
	for i := range all {
		one := networkDown()[0]
		one.Profile, one.Account = all[i].Profile, all[i].Account
		all[i] = one
	}
	b.send(account.Event{Snapshots: all})
	b.press("i")
	b.wants(t, "api.katapult.io can", "Otter Labs")
	b.press("esc")
	b.Update(keyPress("P"))
	b.lacks(t, "Otter Labs", "katapult.io")
	b.Update(keyPress("i"))
	b.lacks(t, "Otter Labs", "katapult.io")
	b.Update(keyPress("esc"))
	b.goOn()
	b.press("i")
	b.wants(t, "host-1.example can", "Organization 1")
	b.press("esc")
	b.wants(t, "host-1.example can")
	b.Update(keyPress("P"))
	b.goOn()
	b.wants(t, "api.katapult.io can")
	b.lacks(t, "host-1.example")
	b.press("i")
	b.wants(t, "Otter Labs")
	b.lacks(t, "Organization 1")
}

// TestViewsAfterPortions has each view come to the same in portions as all at once, when
// stand-ins are put on and when they are taken off.
func TestViewsAfterPortions(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"o", "t", "v", "p"} {
		b, whole := inPortions(Options{}), newBench(Options{})
		whole.send(tea.WindowSizeMsg{Width: 120, Height: 12})
		for _, one := range []*bench{b, whole} {
			one.send(account.Event{Snapshots: sampleSnapshots()}, keyPress(key), keyPress("P"))
			one.send(noticeEndedMsg{one.Model.notice.generation})
		}
		if b.text() != whole.text() {
			t.Errorf("%s: in portions it is\n%s\nall at once\n%s", key, b.text(), whole.text())
		}
		for _, one := range []*bench{b, whole} {
			one.send(keyPress("P"))
			one.send(noticeEndedMsg{one.Model.notice.generation})
		}
		if b.text() != whole.text() {
			t.Errorf("%s: without stand-ins it is in portions\n%s\nall at once\n%s", key, b.text(), whole.text())
		}
	}
}

// TestSwitchingBetweenPortions switches all off while they wait for their stand-ins.
func TestSwitchingBetweenPortions(t *testing.T) {
	t.Parallel()
	b, all := inPortions(Options{Manage: &keeper{}}), networkDown()
	for i, s := range sampleSnapshots() {
		all[i].Changes = s.Changes
	}
	b.send(account.Event{Snapshots: all})
	b.press("*")
	b.Update(keyPress("P"))
	b.Update(keyPress("X"))
	if !b.roster.backlog.whole || !b.roster.troubles.due {
		t.Error("incidents are looked for among rows that are withheld")
	}
	b.goOn()
	checkTotals(t, b)
	for _, r := range b.roster.rows {
		if r.snap.Health.State != account.Disabled {
			t.Errorf("%s is %s", r.name, r.snap.Health.State)
		}
	}
	if n := len(b.roster.troubles.incidents); n > 0 {
		t.Errorf("there are %d incidents", n)
	}
	// The log has all that was in it, although it has begun anew.
	whole := newBench(Options{})
	whole.send(account.Event{Snapshots: all}, keyPress("P"))
	if is, want := len(b.roster.log.entries), len(whole.roster.log.entries); is != want {
		t.Errorf("the log has %d entries, not %d", is, want)
	}
}

// TestAccountsAreMetInPortions has the mask meet a portion of the profiles in an Update,
// and tells nothing that may name anybody until it has met all: neither a row, nor what was
// read of a past meanwhile.
func TestAccountsAreMetInPortions(t *testing.T) {
	t.Parallel()
	b := inPortions(Options{History: func(string) account.Past { return account.Past{} }})
	b.send(account.Event{Snapshots: sampleSnapshots()})
	n := len(b.roster.rows)
	b.Update(keyPress("P"))
	if is := len(b.roster.backlog.unmet); is != n-1 {
		t.Errorf("%d of %d profiles are to be met", is, n)
	}
	b.recall()
	past := account.Past{Profile: "work", Changes: []account.Change{{At: noon, Kind: account.ChangeUser, Was: account.Value{Name: "Lingens"}}}}
	b.Update(pastReadMsg{b.roster.pasts.generation, past})
	for i := 0; len(b.roster.backlog.unmet) > 0; i++ {
		b.lacks(t, "Sam Roe", "Charlie", "Lingens")
		if r := b.selection.current(); r.past != nil || r.texts.Name() != "" {
			t.Fatal("a row is shown before all profiles are met")
		}
		b.Update(b.portion())
	}
	b.goOn()
	checkTotals(t, b)
	b.lacks(t, "Sam Roe", "Charlie", "Lingens")
	b.wants(t, "Person 1")
	// An event of many is met in portions, too.
	b.Update(account.Event{Snapshots: sampleSnapshots()})
	if is := len(b.roster.backlog.unmet); is != len(sampleSnapshots())-1 {
		t.Errorf("%d of %d snapshots are to be met", is, len(sampleSnapshots()))
	}
	b.Update(keyPress("X"))
	b.goOn()
	b.lacks(t, "Sam Roe", "Charlie", "Lingens")
}

// TestManyNews tells of each profile the first and the last state, also where thousands
// change there and back.
func TestManyNews(t *testing.T) {
	t.Parallel()
	var n notice
	var there, back []stateChange
	for range 3000 {
		r := &row{config: &config.Profile{Name: "one"}}
		there = append(there, stateChange{r, account.Healthy, account.InvalidToken})
		back = append(back, stateChange{r, account.InvalidToken, account.Healthy})
	}
	n.gather(there)
	n.gather(append(back[1:], stateChange{there[0].row, account.InvalidToken, account.Forbidden}))
	if len(n.changes) != 1 || n.changes[0] != (stateChange{there[0].row, account.Healthy, account.Forbidden}) {
		t.Errorf("%d changes are told", len(n.changes))
	}
}
