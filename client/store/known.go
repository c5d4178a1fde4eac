package store

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"rollcall/client/account"
)

// Snapshot returns the last snapshot of a profile, marked as restored, without a
// history. It is false where there is none.
func (s *Store) Snapshot(profile, endpoint string) (account.Snapshot, bool) {
	k := key{profile, endpoint}
	all := s.read(k.scope(s.configuration))
	if len(all) == 0 {
		return account.Snapshot{}, false
	}
	return all[0], true
}

// Snapshots returns those of all profiles of the configuration, like
// [Store.Snapshot].
func (s *Store) Snapshots() []account.Snapshot {
	s.mu.Lock()
	ahead := s.ahead
	s.ahead = nil
	s.mu.Unlock()
	if ahead != nil {
		return ahead()
	}
	return s.read(everyProfile(s.configuration))
}

// ReadAhead begins to read the snapshots that [Store.Snapshots] is asked for next, unless
// something is learned before that.
func (s *Store) ReadAhead() {
	ahead := sync.OnceValue(func() []account.Snapshot { return s.read(everyProfile(s.configuration)) })
	s.mu.Lock()
	s.ahead = ahead
	s.mu.Unlock()
	go func() {
		defer func() { _ = recover() }() // Whoever asks for them has the panic, too.
		ahead()
	}()
}

// read reads the snapshots in a scope, when what is known so far is written. What
// cannot be read is as if it were not there.
// Another program may have written it, so that its texts are made fit to be shown.
func (s *Store) read(in scope) (all []account.Snapshot) {
	s.past(in, func(c *session, in scope) (err error) {
		all, err = c.snapshots(in)
		return err
	})
	for i := range all {
		all[i] = all[i].Harmless()
	}
	return all
}

// Past returns what is kept of a profile: the checks and changes of 90 days.
func (s *Store) Past(profile, endpoint string) account.Past {
	k := key{profile, endpoint}
	past := account.Past{Profile: profile, Endpoint: endpoint}
	since := time.Now().Add(-KeptHistory)
	// What others have learned waits until it is written together.
	s.report(s.writeOnly(k))
	s.readPast(k.scope(s.configuration), func(c *session, in scope) error {
		past.Checks, past.Changes = nil, nil // A damaged file may have told a part.
		if err := c.checks(in, "c.at BETWEEN ? AND ?", from(since), func(_ int64, check account.Check) {
			past.Checks = append(past.Checks, check)
		}); err != nil {
			return err
		}
		return c.changes(in, "c.at BETWEEN ? AND ?", from(since), func(_ int64, change account.Change) {
			past.Changes = append(past.Changes, change)
		})
	})
	return past
}

// from are the arguments of a condition on the times since a moment. What a wrong
// clock noted as yet to come is left out.
func from(since time.Time) []any { return []any{since.UnixMilli(), time.Now().UnixMilli()} }

// past reads something of the past, as it is at one moment, when what is known so
// far is written.
func (s *Store) past(in scope, do func(*session, scope) error) {
	if s.trial {
		return
	}
	// Which profiles are in use says nothing of the past, and takes another connection.
	if s.hasUnwritten() {
		s.report(s.writeRecords())
	}
	s.readPast(in, do)
}

// hasUnwritten reports whether something of the past is not written yet. What is just
// being written is waited for.
func (s *Store) hasUnwritten() bool {
	s.flushing.Lock()
	defer s.flushing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.unwritten)+len(s.pins)+len(s.places) > 0
}

// readPast is past for what is written already.
func (s *Store) readPast(in scope, do func(*session, scope) error) {
	if s.trial {
		return
	}
	s.report(s.db.read(0, func(c *session) error {
		return c.consistently(func(c *session) error { return do(c, in) })
	}))
}

// writeOnly writes what is known of one profile, where nothing has to be written before
// it.
func (s *Store) writeOnly(k key) error {
	s.mu.Lock()
	r, alone := s.unwritten[k], len(s.pins)+len(s.places)+len(s.retained) == 0
	s.mu.Unlock()
	switch {
	case s.trial:
		return nil
	case r != nil && !alone:
		return s.writeRecords()
	}
	// What is just being written is waited for.
	s.flushing.Lock()
	defer s.flushing.Unlock()
	s.mu.Lock()
	left := map[key]*record{}
	if r := s.unwritten[k]; r != nil {
		left[k] = r
		delete(s.unwritten, k)
	}
	s.mu.Unlock()
	if len(left) == 0 {
		return nil
	}
	err := s.db.putAll(s.configuration, left, time.Now())
	s.putBack(left)
	return err
}

// ChangesSince returns the changes of all profiles of the configuration since a
// moment, at most 90 days ago.
func (s *Store) ChangesSince(since time.Time) []account.Past {
	var found pasts
	s.past(everyProfile(s.configuration), func(c *session, in scope) error {
		found = pasts{}
		names, err := c.keys(in)
		if err != nil {
			return err
		}
		return c.changes(in, "c.at BETWEEN ? AND ?", from(since), func(id int64, change account.Change) {
			p := found.of(names[id])
			p.Changes = append(p.Changes, change)
		})
	})
	return found.all()
}

// Journal returns the latest checks of all profiles of the configuration, limit
// at most, and the latest changes, as many.
func (s *Store) Journal(limit int) []account.Past {
	var found pasts
	s.past(everyProfile(s.configuration), func(c *session, in scope) error {
		found = pasts{}
		names, err := c.keys(in)
		if err != nil {
			return err
		}
		since, err := c.nthLatest("checks", in, limit)
		if err != nil {
			return err
		}
		if err := c.checks(in, "c.at BETWEEN ? AND ?", from(since), func(id int64, check account.Check) {
			p := found.of(names[id])
			p.Checks = append(p.Checks, check)
		}); err != nil {
			return err
		}
		if since, err = c.nthLatest("changes", in, limit); err != nil {
			return err
		}
		return c.changes(in, "c.at BETWEEN ? AND ?", from(since), func(id int64, change account.Change) {
			p := found.of(names[id])
			p.Changes = append(p.Changes, change)
		})
	})
	return found.all()
}

// nthLatest is the time of the n-th latest row of a table, of the profiles in a
// scope, that has been by now; zero where there are not so many. The cross join has
// SQLite go back through the index of times, and stop: it would sort all rows.
func (s *session) nthLatest(table string, in scope, n int) (at time.Time, err error) {
	_, err = s.one("SELECT l.at FROM "+table+" l CROSS JOIN profiles p ON p.id = l.profile WHERE "+in.where+
		" AND l.at <= ? ORDER BY l.at DESC LIMIT 1 OFFSET ?",
		append(slices.Clone(in.args), time.Now().UnixMilli(), n-1), timeOut{&at})
	return at, err
}

// keys are the profiles in a scope, by their numbers.
func (s *session) keys(in scope) (map[int64]key, error) {
	all := map[int64]key{}
	var id int64
	var k key
	err := s.all("SELECT p.id, p.name, p.endpoint FROM profiles p WHERE "+in.where, in.args,
		[]column{count(&id), text(&k.profile), text(&k.endpoint)}, func() { all[id] = k })
	return all, err
}

// pasts gathers what is read of several profiles.
type pasts map[key]*account.Past

func (p pasts) of(k key) *account.Past {
	if p[k] == nil {
		p[k] = &account.Past{Profile: k.profile, Endpoint: k.endpoint}
	}
	return p[k]
}

func (p pasts) all() []account.Past {
	var all []account.Past
	for _, one := range p {
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b account.Past) int {
		return cmp.Or(cmp.Compare(a.Profile, b.Profile), cmp.Compare(a.Endpoint, b.Endpoint))
	})
	return all
}
