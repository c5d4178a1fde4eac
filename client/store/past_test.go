package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// times are the ends of checks, as spans from the first.
func times(checks []account.Check) (all []time.Duration) {
	for _, c := range checks {
		all = append(all, c.At.Sub(checks[0].At))
	}
	return all
}

// names are what changes say to be new.
func names(changes []account.Change) string {
	var all []string
	for _, c := range changes {
		all = append(all, c.Is.Name+string(c.Is.State))
	}
	return strings.Join(all, " ")
}

// Every check of two days is kept, then one an hour and one for each change of
// state, and nothing of what is older than 90 days.
func TestThinning(t *testing.T) {
	t.Parallel()
	alone(t)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := opened(t, dir)
		begun := time.Now()
		check := func(state account.State) {
			snap := in(state, "work", time.Now())
			if time.Since(begun) == 0 {
				snap.Changes = []account.Change{changed(snap.Health.CheckedAt, "a@example.org")}
			}
			s.Save(snap)
			s.Flush()
			time.Sleep(10 * time.Minute)
		}
		for time.Since(begun) < 6*time.Hour {
			check(account.Healthy)
		}
		check(account.Unreachable) // at 6:00, which is the hour's first
		check(account.Healthy)     // at 6:10
		check(account.Healthy)
		check(account.Unreachable) // at 6:30
		for time.Since(begun) < 49*time.Hour {
			check(account.Healthy)
		}
		if got := s.Past("work", endpointOf("work")); len(got.Checks) < 47*6 {
			t.Errorf("of two days %d checks are kept", len(got.Checks))
		}
		for time.Since(begun) < 4*24*time.Hour {
			check(account.Healthy)
		}
		got := s.Past("work", endpointOf("work"))
		minutes := []time.Duration{0, 60, 120, 180, 240, 300, 360, 370, 390, 400, 420, 480}
		for i, at := range times(got.Checks)[:len(minutes)] {
			if at != minutes[i]*time.Minute {
				t.Errorf("check %d is at %v, want %v", i, at, minutes[i]*time.Minute)
			}
		}
		if n := len(got.Checks); n < 48*6+46 || n > 48*6+60 {
			t.Errorf("%d checks are kept", n)
		}
		time.Sleep(90*24*time.Hour - 5*time.Hour - time.Since(begun))
		check(account.Healthy)
		if got := s.Past("work", endpointOf("work")); len(got.Changes) != 1 || got.Checks[0].At.After(begun) {
			t.Errorf("after almost 90 days the first check is of %v, with %d changes", got.Checks[0].At, len(got.Changes))
		}
		for time.Since(begun) < 93*24*time.Hour {
			check(account.Healthy)
		}
		got = s.Past("work", endpointOf("work"))
		if len(got.Changes) != 0 || time.Since(got.Checks[0].At) > 90*24*time.Hour {
			t.Errorf("after 93 days the first check is of %v, with %d changes", got.Checks[0].At, len(got.Changes))
		}
		if n := ask(t, dir, "SELECT (SELECT count(*) FROM checks WHERE at < ?1) + (SELECT count(*) FROM changes WHERE at < ?1)",
			time.Now().Add(-91*24*time.Hour).UnixMilli()); n != 0 {
			t.Errorf("%d rows are left of what is older", n)
		}
	})
}

// A clock that is years ahead for some runs takes little of the past, and what
// was noted under it is not told as if it had been.
func TestClockThatJumps(t *testing.T) {
	t.Parallel()
	alone(t)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		const day = 24 * time.Hour
		ago := time.Now()
		time.Sleep(10 * 365 * day) // The wrong clock comes first, since this one never goes back.
		ahead := time.Now()
		write := func(at time.Time) {
			snap := sample("work", at)
			snap.Changes = []account.Change{changed(at, fmt.Sprint(at.Unix()))}
			s := opened(t, dir)
			s.Save(snap)
			closed(t, s)
		}
		// 60 days of the past, as they were kept when the clock was right.
		for i := range 60 {
			write(ago.Add(time.Duration(i) * day))
		}
		do(t, database(dir), fmt.Sprintf("UPDATE snapshots SET thinned_at = %d", ago.Add(59*day).UnixMilli()),
			fmt.Sprintf("UPDATE profiles SET seen_at = %d", ago.Add(59*day).UnixMilli()))
		for range 3 {
			s := opened(t, dir)
			s.Retain([][2]string{{"work", endpointOf("work")}})
			s.Save(sample("work", time.Now()))
			closed(t, s)
			time.Sleep(2 * time.Hour)
		}
		if n := ask(t, dir, "SELECT count(*) FROM checks WHERE at < ?", ahead.UnixMilli()); n < 58 {
			t.Errorf("%d of 60 checks are left", n)
		}
		if n := ask(t, dir, "SELECT count(*) FROM changes WHERE at < ?", ahead.UnixMilli()); n < 58 {
			t.Errorf("%d of 60 changes are left", n)
		}
	})
}

// What a wrong clock says to be yet to come does not win over what is so.
func TestSnapshotFromTheFuture(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	future := sample("work", now().Add(1000*time.Hour))
	future.Changes = []account.Change{changed(future.Health.CheckedAt, "future")}
	s := opened(t, dir)
	s.Save(future)
	closed(t, s)
	s = opened(t, dir)
	want := in(account.NoUser, "work", now())
	want.Account.User.ID = "u2"
	want.Changes = []account.Change{changed(want.Health.CheckedAt, "present")}
	s.Save(want)
	for _, s := range []*store.Store{s, opened(t, dir)} {
		got, _ := stored(s, "work")
		if got.Health != want.Health || got.Account == nil || got.Account.User.ID != "u2" || !got.Since.Equal(want.Since) || names(got.Changes) != "present" {
			t.Errorf("it is %+v, %v", got, got.Account)
		}
		past := s.Past("work", endpointOf("work"))
		if states(past.Checks) != "no_user" || names(past.Changes) != "present" {
			t.Errorf("its past is %+v", past)
		}
		if j := s.Journal(10); len(j) != 1 || states(j[0].Checks) != "no_user" || names(j[0].Changes) != "present" {
			t.Errorf("the journal is %+v", j)
		}
		if c := s.ChangesSince(now().Add(-time.Hour)); len(c) != 1 || names(c[0].Changes) != "present" {
			t.Errorf("changed has %+v", c)
		}
	}
}

// The details of a check can make its state another one, and tell of more that
// has changed.
func TestDetailsReplaceTheirCheck(t *testing.T) {
	t.Parallel()
	for _, between := range []func(*store.Store){func(*store.Store) {}, (*store.Store).Flush} {
		dir := t.TempDir()
		s := opened(t, dir)
		s.Save(sample("work", now().Add(-time.Minute)))
		between(s)
		at := now()
		state := func(is account.State) account.Change {
			return account.Change{At: at, Kind: account.ChangeState, Was: account.Value{State: account.Healthy}, Is: account.Value{State: is}}
		}
		first, then := in(account.NoUser, "work", at), in(account.Expiring, "work", at)
		first.Changes = []account.Change{state(account.NoUser), changed(at, "a")}
		then.Changes = []account.Change{changed(at, "a"), state(account.Expiring), changed(at, "b")}
		s.Save(first)
		between(s)
		s.Save(then)
		between(s)
		s.Save(then)
		closed(t, s)
		s = opened(t, dir)
		got, _ := stored(s, "work")
		past := s.Past("work", endpointOf("work"))
		if got.Health.State != account.Expiring || states(past.Checks) != "healthy expiring" {
			t.Errorf("it is %s after %s", got.Health.State, states(past.Checks))
		}
		changes := strings.Split(names(past.Changes), " ")
		slices.Sort(changes)
		if !slices.Equal(changes, []string{"a", "b", "expiring"}) || names(got.Changes) != names(past.Changes) {
			t.Errorf("the changes are %v", changes)
		}
	}
}

// Two rollcalls that ask the same notice the same.
func TestChangesThatTwoNotice(t *testing.T) {
	t.Parallel()
	at := func(minute int, was, is string) account.Change {
		c := changed(lately.Add(time.Duration(minute)*time.Minute), is)
		c.Was.Name = was
		return c
	}
	down := func(minute int) account.Change {
		return account.Change{At: lately.Add(time.Duration(minute) * time.Minute), Kind: account.ChangeState,
			Was: account.Value{State: account.Healthy}, Is: account.Value{State: account.Unreachable}}
	}
	up := func(minute int) account.Change {
		c := down(minute)
		c.Was, c.Is = c.Is, c.Was
		return c
	}
	role := account.Change{At: lately.Add(3 * time.Minute), Kind: account.ChangeRole, What: "Acme", Is: account.Value{Name: "a"}}
	for _, tt := range []struct {
		name string
		a, b []account.Change
		want string
	}{
		{"the same", []account.Change{down(1), up(5)}, []account.Change{down(1), up(5)}, "unreachable healthy"},
		{"one more", []account.Change{down(1), up(5)}, []account.Change{down(2)}, "unreachable healthy"},
		{"again", []account.Change{down(1), up(5), down(9)}, []account.Change{down(9)}, "unreachable healthy unreachable"},
		{"two at once", []account.Change{at(3, "", "a"), at(3, "", "b")}, []account.Change{at(4, "", "a"), at(4, "", "b")}, "a b"},
		{"removed and added again", []account.Change{at(3, "", "a"), at(6, "a", "")}, []account.Change{at(7, "", "a")}, "a  a"},
		{"of different kinds", []account.Change{at(3, "", "a")}, []account.Change{role}, "a a"},
	} {
		dir := t.TempDir()
		a, b := opened(t, dir), opened(t, dir)
		for s, changes := range map[*store.Store][]account.Change{a: tt.a, b: tt.b} {
			for _, c := range changes {
				snap := sample("work", c.At)
				snap.Changes = changes
				s.Save(snap)
			}
		}
		closed(t, a)
		closed(t, b)
		if got := names(opened(t, dir).Past("work", endpointOf("work")).Changes); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// One check can notice more than others do in months, and its details tell of it
// once more.
func TestManyChangesAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := opened(t, dir)
	snap := sample("work", now())
	for i := range 250 {
		snap.Changes = append(snap.Changes, changed(snap.Health.CheckedAt, fmt.Sprint(i)))
	}
	for range 3 {
		s.Save(snap)
		s.Flush()
	}
	// A change of before that, which the clock of another one noted later.
	before := sample("work", snap.Health.CheckedAt.Add(-time.Minute))
	for i := range 3 {
		before.Changes = append(before.Changes, changed(before.Health.CheckedAt, fmt.Sprint("earlier", i)))
		other := opened(t, dir)
		other.Save(before)
		closed(t, other)
	}
	past := s.Past("work", endpointOf("work"))
	if len(past.Changes) != 253 || names(past.Changes[3:]) != names(snap.Changes) {
		t.Errorf("%d are kept: %s", len(past.Changes), names(past.Changes))
	}
	closed(t, s)
}

// A snapshot carries the latest changes only.
func TestSnapshotHasTheLatestChanges(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	for i := range 2 * account.MaxChanges {
		snap := sample("work", now().Add(time.Duration(i-100)*time.Minute))
		snap.Changes = []account.Change{changed(snap.Health.CheckedAt, fmt.Sprint(i))}
		s.Save(snap)
	}
	got, _ := stored(s, "work")
	if len(got.Changes) != account.MaxChanges || got.Changes[account.MaxChanges-1].Is.Name != fmt.Sprint(2*account.MaxChanges-1) {
		t.Errorf("it carries %s", names(got.Changes))
	}
	if since := s.ChangesSince(now().Add(-65*time.Minute - time.Second)); len(since) != 1 || len(since[0].Changes) != 5 {
		t.Errorf("since an hour there are %+v", since)
	}
}

func TestJournal(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	for i := range 10 {
		for _, name := range []string{"a", "b"} {
			snap := sample(name, now().Add(time.Duration(i-20)*time.Minute))
			snap.Changes = []account.Change{changed(snap.Health.CheckedAt, fmt.Sprint(i))}
			s.Save(snap)
		}
	}
	for _, tt := range []struct {
		limit int
		want  string
	}{{6, "7 8 9"}, {1000, "0 1 2 3 4 5 6 7 8 9"}} {
		journal := s.Journal(tt.limit)
		if len(journal) != 2 || journal[0].Profile != "a" || journal[1].Profile != "b" {
			t.Fatalf("the journal is %+v", journal)
		}
		for _, p := range journal {
			if names(p.Changes) != tt.want || len(p.Checks) != len(p.Changes) || p.Endpoint != endpointOf(p.Profile) {
				t.Errorf("of %s the latest are %q, and %d checks", p.Profile, names(p.Changes), len(p.Checks))
			}
		}
	}
}

// TestJoin has what two rollcalls know of one profile.
func TestJoin(t *testing.T) {
	t.Parallel()
	older, newer := sample("work", lately), in(account.Unreachable, "work", lately.Add(time.Hour))
	newer.Health.LastOKAt, newer.Account, newer.AccountAt = time.Time{}, nil, time.Time{}
	newer.Verdict = account.Verdict{}
	join := func(all ...account.Snapshot) (account.Snapshot, account.Past) {
		dir := t.TempDir()
		for _, snap := range all {
			s := opened(t, dir)
			s.Save(snap)
			closed(t, s)
		}
		s := opened(t, dir)
		got, _ := stored(s, "work")
		return got, s.Past("work", endpointOf("work"))
	}
	for _, all := range [][]account.Snapshot{{older, newer}, {newer, older}} {
		got, past := join(all...)
		if got.Health.State != account.Unreachable || got.Health.LastOKAt != lately || states(past.Checks) != "healthy unreachable" {
			t.Errorf("together they are %+v after %s", got.Health, states(past.Checks))
		}
		if all[0].Health.State == account.Unreachable && (got.Account == nil || got.AccountAt != lately) {
			t.Error("the account that only the older one has is lost")
		}
	}
	wrong := in(account.WrongAccount, "work", lately)
	if got, _ := join(newer, wrong); got.Account != nil {
		t.Error("another's account came back")
	}
	later, first := sample("work", lately.Add(2*time.Hour)), sample("work", lately.Add(3*time.Hour))
	first.Since = lately.Add(-24 * time.Hour)
	if got, _ := join(first, later); !got.Since.Equal(first.Since) {
		t.Errorf("the older one makes it since %v", got.Since)
	}
	first.Since, later.Since = first.Health.CheckedAt, lately.Add(-24*time.Hour)
	if got, _ := join(later, first); !got.Since.Equal(later.Since) {
		t.Errorf("it is since %v", got.Since)
	}
	if got, _ := join(older, newer, first); !got.Since.Equal(first.Since) {
		t.Errorf("although another saw it fail, it is since %v", got.Since)
	}
	seen := first
	seen.Since = older.Since
	if got, _ := join(older, later, newer, seen); !got.Since.Equal(later.Health.CheckedAt) {
		t.Errorf("although another saw it fail meanwhile, it is since %v", got.Since)
	}
}

// TestJournalIsOfOneConfiguration has another configuration ask more often, and
// later: its entries take no room.
func TestJournalIsOfOneConfiguration(t *testing.T) {
	t.Parallel()
	dir, now := t.TempDir(), time.Now()
	mine, other := opened(t, dir), openedFor(t, dir, "/home/sam/other.toml")
	for i := range 3 {
		mine.Save(sample("work", now.Add(time.Duration(i-60)*time.Minute)))
	}
	mine.Flush()
	for i := range 20 {
		other.Save(sample("work", now.Add(time.Duration(i-30)*time.Minute)))
	}
	other.Flush()
	if j := mine.Journal(3); len(j) != 1 || len(j[0].Checks) != 3 {
		t.Errorf("the journal is %+v", j)
	}
}

// TestPastWhileItIsWritten looks at a profile while what all have learned is written.
func TestPastWhileItIsWritten(t *testing.T) {
	t.Parallel()
	s := opened(t, t.TempDir())
	defer closed(t, s)
	begin := now().Add(-time.Hour)
	for round := 1; round <= 20; round++ {
		at := begin.Add(time.Duration(round) * time.Second)
		for i := range 30 {
			s.Save(sample(fmt.Sprint("p", i), at))
		}
		written := make(chan struct{})
		go func() {
			s.Flush()
			close(written)
		}()
		for i := range 30 {
			name := fmt.Sprint("p", i)
			if n := len(s.Past(name, endpointOf(name)).Checks); n != round {
				t.Fatalf("%s has %d checks of %d", name, n, round)
			}
		}
		<-written
	}
}
