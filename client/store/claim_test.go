package store_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// rollcall is one of several that claim what they learn.
type rollcall struct {
	t *testing.T
	*store.Store
	start time.Time
}

// learns claims for the profile work what was learned at a minute, which was last known
// to be otherwise at another; below zero for never.
func (r rollcall) learns(urgency string, since, at int) bool {
	r.t.Helper()
	return r.claim(store.Claim{Urgency: urgency}, since, at).Urgency
}

func (r rollcall) claim(c store.Claim, since, at int) store.Claimed {
	r.t.Helper()
	c.At = r.start.Add(time.Duration(at) * time.Minute)
	if since >= 0 {
		c.Since = r.start.Add(time.Duration(since) * time.Minute)
	}
	if c.Profile == "" {
		c.Profile, c.Endpoint = "work", endpointOf("work")
	}
	mine, err := r.Claim([]store.Claim{c}, r.start.Add(time.Hour), time.Minute)
	if err != nil {
		r.t.Fatal(err)
	}
	return mine[0]
}

// two are rollcalls of one configuration.
func two(t *testing.T) (a, b rollcall) {
	t.Helper()
	dir, start := t.TempDir(), now().Add(-time.Hour)
	return rollcall{t, opened(t, dir), start}, rollcall{t, opened(t, dir), start}
}

// TestClaimUrgency claims each edge once, whoever learns of it when.
func TestClaimUrgency(t *testing.T) {
	t.Parallel()
	a, b := two(t)
	for i, step := range []struct {
		by        rollcall
		urgency   string
		since, at int
		mine      bool
	}{
		{a, "now", -1, 1, true},
		{b, "now", -1, 1, false},
		{b, "now", -1, 3, false},
		{a, "fine", 3, 4, true},
		{b, "fine", 3, 5, false},
		{a, "now", 6, 7, true},
		{b, "now", 6, 8, false}, // It knew better at 6, before the other learned of it.
		// A later run: it was fine meanwhile, of which nobody is told, and is no more.
		{b, "fine", -1, 10, true},
		{a, "now", -1, 20, true},
		// Another saw it otherwise after that, so that it has come again.
		{b, "now", 25, 26, true},
		{a, "now", 24, 27, false},
		// What was learned before is no news.
		{a, "soon", 22, 23, false},
		{b, "snoozed", 26, 30, true},
		{b, "now", 30, 31, true},
	} {
		if got := step.by.learns(step.urgency, step.since, step.at); got != step.mine {
			t.Errorf("step %d: %v", i, got)
		}
	}
}

// TestClaimSilently leaves to others what nobody was told.
func TestClaimSilently(t *testing.T) {
	t.Parallel()
	a, b := two(t)
	a.learns("now", -1, 1)
	silently := func(by rollcall, since, at int) { by.claim(store.Claim{Urgency: "fine", Silent: true}, since, at) }
	silently(b, -1, 5)
	silently(b, -1, 5)
	if !a.learns("fine", 2, 4) || b.learns("fine", 2, 6) {
		t.Error("what another found before, and told nobody, was not told once")
	}
	silently(b, 7, 8)
	if !a.learns("now", 7, 9) {
		t.Error("the next was not told")
	}
}

// TestClaimOfOthers keeps profiles, addresses and configurations apart.
func TestClaimOfOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	one := store.Claim{Profile: "work", Endpoint: "https://a", Urgency: "now", At: now()}
	elsewhere, other := one, one
	elsewhere.Endpoint, other.Profile = "https://b", "other"
	mine, err := s.Claim([]store.Claim{one, elsewhere, other, one}, now(), time.Minute)
	if err != nil || fmt.Sprint(mine) != "[{true false false} {true false false} {true false false} {false false false}]" {
		t.Errorf("%v, %v", mine, err)
	}
	if mine, err := openedFor(t, dir, "/other.toml").Claim([]store.Claim{one}, now(), time.Minute); err != nil || !mine[0].Urgency {
		t.Errorf("another configuration: %v, %v", mine, err)
	}
	if mine, err := opened(t, "").Claim([]store.Claim{one}, now(), time.Minute); err != nil || !mine[0].Urgency {
		t.Errorf("in memory: %v, %v", mine, err)
	}
	// A profile takes it along to another name, and it goes with the profile.
	if err := s.Rename("work", "office", "https://a"); err != nil {
		t.Fatal(err)
	}
	renamed := one
	renamed.Profile = "office"
	if mine, err := s.Claim([]store.Claim{renamed, one}, now(), time.Minute); err != nil || mine[0].Urgency || !mine[1].Urgency {
		t.Errorf("renamed: %v, %v", mine, err)
	}
	if err := s.Rename("office", "", "https://a"); err != nil {
		t.Fatal(err)
	}
	if mine, err := s.Claim([]store.Claim{renamed}, now(), time.Minute); err != nil || !mine[0].Urgency {
		t.Errorf("removed: %v, %v", mine, err)
	}
}

// changes are those of a text: "email -a +b, state x y" (removed, added, from one to
// another).
func changes(said string) (all []account.Change) {
	for one := range strings.SplitSeq(said, ", ") {
		kind, rest, _ := strings.Cut(one, " ")
		for _, word := range strings.Fields(rest) {
			c := account.Change{Kind: account.ChangeKind(kind)}
			switch word[0] {
			case '+':
				c.Is.Name = word[1:]
			case '-':
				c.Was.Name = word[1:]
			default:
				c.Was.Name, c.Is.Name, _ = strings.Cut(word, ">")
			}
			all = append(all, c)
		}
	}
	return all
}

// TestClaimChanged claims a change once, although each finds it by itself, and with others
// that it has found meanwhile; and one that comes again after it was taken back.
func TestClaimChanged(t *testing.T) {
	t.Parallel()
	a, b := two(t)
	for i, step := range []struct {
		by   rollcall
		said string
		at   int
		mine bool
	}{
		{a, "organization +acme", 2, true}, {b, "organization +acme", 14, false}, {a, "organization +acme", 20, false},
		{b, "organization +acme +otter", 21, true}, {a, "organization +otter", 22, false},
		{a, "organization -acme", 23, true}, {b, "organization -acme", 24, false}, {a, "organization +acme", 25, true},
		{b, "organization +acme", 38, false},
		{a, "user sam>kim", 30, true}, {b, "user sam>kim", 31, false}, {b, "user kim>sam", 32, true}, {a, "user sam>kim", 33, true},
		{b, "email +acme", 34, true},
		// An hour later it is another one, which nobody saw taken back.
		{b, "email +acme", 95, true},
	} {
		if got := step.by.claim(store.Claim{Changes: changes(step.said)}, -1, step.at); got != (store.Claimed{Changed: step.mine}) {
			t.Errorf("step %d: %v", i, got)
		}
	}
	if got := a.claim(store.Claim{Changes: changes("scope +api"), Urgency: "now"}, 7, 8); got != (store.Claimed{Changed: true, Urgency: true}) {
		t.Errorf("both: %v", got)
	}
	// Who asks seldom finds it hours later: it was told where that was after the caller was
	// last sure.
	for since, mine := range map[int]bool{33: false, 35: true} {
		often, seldom := two(t)
		late := store.Claim{Changes: changes("email +late")}
		if !often.claim(late, -1, 34).Changed || seldom.claim(late, since, 34+5*60).Changed != mine {
			t.Errorf("last sure at %d", since)
		}
	}
}

// TestClaimIncident claims an outage once, whichever profiles show it.
func TestClaimIncident(t *testing.T) {
	t.Parallel()
	a, b := two(t)
	at := func(origin, profile string) store.Claim {
		return store.Claim{Profile: profile, Endpoint: origin, Incident: "down", Origin: origin}
	}
	if got := a.claim(at("https://x", "one"), 1, 2); !got.Incident {
		t.Error("the first was not claimed")
	}
	if got := b.claim(at("https://x", "two"), 1, 3); got.Incident {
		t.Error("another profile was claimed")
	}
	if got := b.claim(at("https://y", "three"), 1, 3); !got.Incident {
		t.Error("that of another place was not claimed")
	}
	if got := b.claim(at("https://x", "two"), 4, 5); !got.Incident {
		t.Error("the next was not claimed")
	}
	// The network is gone, by which another rollcall knows what was told of one place.
	x, z := at("https://x", "one"), at("https://z", "four")
	x.Since, x.At, z.Since, z.At = a.start.Add(4*time.Minute), a.start.Add(6*time.Minute), a.start, a.start.Add(6*time.Minute)
	if mine, err := a.Claim([]store.Claim{x, z}, a.start.Add(time.Hour), time.Minute); err != nil || mine[0].Incident || mine[1].Incident {
		t.Errorf("%v, %v", mine, err)
	}
	if got := b.claim(at("https://z", "five"), 5, 7); got.Incident {
		t.Error("what was known with it was claimed again")
	}
}

// TestClaimsArePruned forgets what was told long ago, and with a profile what was told
// of it.
func TestClaimsArePruned(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := rollcall{t, opened(t, dir), now().Add(-time.Hour)}
	a.claim(store.Claim{Profile: "old", Endpoint: "https://x", Urgency: "now", Incident: "down", Origin: "https://x"}, 1, 2)
	if n := ask(t, dir, "SELECT (SELECT count(*) FROM told) + (SELECT count(*) FROM told_incidents)"); n != 2 {
		t.Errorf("%d rows", n)
	}
	if _, err := a.Claim(nil, now().Add(91*24*time.Hour), time.Minute); err != nil {
		t.Fatal(err)
	}
	do(t, database(dir), "PRAGMA foreign_keys = ON", "DELETE FROM profiles")
	if n := ask(t, dir, "SELECT (SELECT count(*) FROM told) + (SELECT count(*) FROM told_incidents)"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// TestClaimUnderAnotherClock claims what happens after a clock was set right: what it
// noted as yet to come holds nothing up.
func TestClaimUnderAnotherClock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	at := now()
	ahead := at.Add(400 * 24 * time.Hour)
	claim := func(urgency string, since, at, now time.Time) store.Claimed {
		t.Helper()
		mine, err := s.Claim([]store.Claim{{Profile: "a", Endpoint: "https://a", Urgency: urgency, Changes: changes("state -" + urgency), Incident: "x", Origin: "https://a", Since: since, At: at}}, now, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return mine[0]
	}
	all := store.Claimed{Urgency: true, Changed: true, Incident: true}
	if got := claim("now", time.Time{}, ahead, ahead); got != all {
		t.Errorf("ahead: %v", got)
	}
	if got := claim("fine", ahead, at, at); got != all {
		t.Errorf("set right: %v", got)
	}
	if got := claim("now", at.Add(time.Minute), at.Add(2*time.Minute), at.Add(2*time.Minute)); got != all {
		t.Errorf("after that: %v", got)
	}
}

// TestClaimAfterAStepBack claims what happens once a clock was set back by a little.
func TestClaimAfterAStepBack(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	claim := func(urgency string, since, at time.Time) store.Claimed {
		t.Helper()
		mine, err := s.Claim([]store.Claim{{Profile: "a", Endpoint: "https://a", Urgency: urgency, Changes: changes("state -" + urgency), Since: since, At: at}}, at, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return mine[0]
	}
	at, all := now(), store.Claimed{Urgency: true, Changed: true}
	claim("fine", time.Time{}, at)
	if got := claim("now", at.Add(-31*time.Second), at.Add(-30*time.Second)); got != all {
		t.Errorf("after a step back: %v", got)
	}
}

// TestClaimIncidentAfterAStepBack claims an outage once that two find, one of them after the
// clock was set back by a little, and the next outage again.
func TestClaimIncidentAfterAStepBack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		// In seconds from when the first told of it: when the second last knew the place to be
		// well, found the outage, and claimed it.
		since, at, now int
		mine           bool
	}{
		{"set back after both knew it to be well", -10, -15, -14, false},
		{"and asked long before", -40, -15, -14, false},
		{"set back before the first told", 20, 3, 4, false},
		{"set back by more", 400, 300, 301, true},
		{"the next", 100, 160, 161, true},
		{"the next, found after a step back", 130, 110, 111, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, told := opened(t, t.TempDir()), now()
			after := func(seconds int) time.Time { return told.Add(time.Duration(seconds) * time.Second) }
			claim := func(profile string, since, at, now time.Time) bool {
				t.Helper()
				mine, err := s.Claim([]store.Claim{{Profile: profile, Endpoint: "https://a", Incident: "down", Origin: "https://a", Since: since, At: at}}, now, time.Minute)
				if err != nil {
					t.Fatal(err)
				}
				return mine[0].Incident
			}
			if !claim("a", after(-30), told, told) {
				t.Error("the first was not claimed")
			}
			if got := claim("b", after(tt.since), after(tt.at), after(tt.now)); got != tt.mine {
				t.Errorf("the second was claimed: %t", got)
			}
		})
	}
}

func init() {
	// claim claims an event of many profiles, one after another, and prints which of
	// them it got.
	children["claim"] = func() error {
		s, err := openAs()
		if err != nil {
			return err
		}
		at := now()
		for i := range contested {
			mine, err := s.Claim([]store.Claim{{Profile: fmt.Sprint(i), Endpoint: "https://a", Urgency: "now", At: at, Incident: fmt.Sprint(i), Origin: fmt.Sprint(i), Since: at.Add(-time.Hour), Changes: changes("email +a")}}, at, time.Minute)
			if err != nil {
				return err
			}
			if mine[0].Urgency != mine[0].Incident || mine[0].Urgency != mine[0].Changed {
				return fmt.Errorf("of %d, one got %v", i, mine)
			}
			if mine[0].Urgency {
				fmt.Fprintln(os.Stdout, i)
			}
		}
		return s.Close()
	}
}

// contested is how many events several processes claim.
const contested = 60

// Of processes that claim the same at once, each event is one's alone.
func TestProcessesClaimOnce(t *testing.T) {
	t.Parallel()
	for _, remote := range []string{"", "remote"} {
		t.Run(remote, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			outputs := make(chan string)
			for range 3 {
				c := child(t, "claim", dir, remoteVariable+"="+remote)
				go func() {
					out, err := c.Output()
					if err != nil {
						t.Error(err)
					}
					outputs <- string(out)
				}()
			}
			got := map[string]int{}
			for range 3 {
				for _, i := range strings.Fields(<-outputs) {
					got[i]++
				}
			}
			for i := range contested {
				if n := got[fmt.Sprint(i)]; n != 1 {
					t.Errorf("%d was claimed %d times", i, n)
				}
			}
		})
	}
}
