package store

import (
	"time"

	"rollcall/client/account"
)

// key is what a profile is known by within a configuration: two configurations
// can give one name to different accounts, and so can one after the other.
type key struct{ profile, endpoint string }

func (k key) scope(configuration string) scope {
	return scope{"p.configuration = ? AND p.name = ? AND p.endpoint = ?", []any{configuration, k.profile, k.endpoint}}
}

func everyProfile(configuration string) scope {
	return scope{"p.configuration = ?", []any{configuration}}
}

// record is what is to be written of a profile.
type record struct {
	snapshot account.Snapshot
	// checks are those that are not written yet, in their order.
	checks  []account.Check
	changes []account.Change
}

// maxUnwritten is how many checks of a profile wait to be written, where that is
// impossible for long. The older ones are lost.
const maxUnwritten = 300

// take adds the outcome of a check, or what became of it. What the details of a
// check make of its state and changes counts in place of what was told before.
func (r *record) take(s account.Snapshot) {
	r.snapshot = s
	// Where nobody was asked in this run, for want of a credential, that is the change.
	from := s.Since
	if n := len(s.History); n > 0 {
		last := s.History[n-1]
		last.Exchange = nil
		if w := len(r.checks); w > 0 && r.checks[w-1].At.Equal(last.At) {
			r.checks[w-1] = last
		} else {
			r.checks = append(r.checks[max(0, w-maxUnwritten+1):], last)
		}
		from = last.At
		r.changes = withoutStateChange(r.changes, from)
	}
	for _, c := range s.Changes {
		if !c.At.Before(from) && !happenedAt(r.changes, c) {
			r.changes = append(r.changes, c)
		}
	}
	r.changes = r.changes[max(0, len(r.changes)-maxUnwritten):]
}

// join adds what came later.
func (r *record) join(later *record) {
	r.snapshot = later.snapshot
	r.checks = append(r.checks, later.checks...)
	r.checks = r.checks[max(0, len(r.checks)-maxUnwritten):]
	r.changes = append(r.changes, later.changes...)
	r.changes = r.changes[max(0, len(r.changes)-maxUnwritten):]
}

func withoutStateChange(changes []account.Change, at time.Time) (kept []account.Change) {
	for _, c := range changes {
		if c.Kind != account.ChangeState || !c.At.Equal(at) {
			kept = append(kept, c)
		}
	}
	return kept
}

// happenedAt reports whether a change is among others.
func happenedAt(changes []account.Change, c account.Change) bool {
	for _, o := range changes {
		if o.At.Equal(c.At) && o.Kind == c.Kind && o.What == c.What && o.Was.Same(c.Was) && o.Is.Same(c.Is) {
			return true
		}
	}
	return false
}

// written is what the database has of a profile already.
type written struct {
	found                 bool
	state                 account.State
	checkedAt, lastOK     time.Time
	since, accountAt      time.Time
	verdict               account.Verdict
	accountHash, listHash int64
	thinned               time.Time
}

// known finds the number of a profile, with what the database has of it and when it was
// last seen; ok is false where it has no number.
func (s *session) known(configuration string, k key) (id int64, w written, seen time.Time, ok bool, err error) {
	ok, err = s.one(`SELECT p.id, p.seen_at, s.profile IS NOT NULL, s.state, s.checked_at, s.last_ok_at, s.since, s.account_at,
  s.verdict, s.verdict_at, s.verdict_since, s.account_hash, s.lists_hash, s.thinned_at
FROM profiles p LEFT JOIN snapshots s ON s.profile = p.id WHERE p.configuration = ? AND p.name = ? AND p.endpoint = ?`,
		[]any{configuration, k.profile, k.endpoint}, count(&id), timeOut{&seen}, flagOut{&w.found},
		text(&w.state), timeOut{&w.checkedAt}, timeOut{&w.lastOK}, timeOut{&w.since}, timeOut{&w.accountAt},
		text(&w.verdict.State), timeOut{&w.verdict.At}, timeOut{&w.verdict.Since},
		count(&w.accountHash), count(&w.listHash), timeOut{&w.thinned})
	return id, w, seen, ok, err
}

// profileID is the number of a profile, which it gets where it has none.
func (s *session) profileID(configuration string, k key, now time.Time) (id int64, err error) {
	const find = "SELECT id FROM profiles WHERE configuration = ? AND name = ? AND endpoint = ?"
	if found, err := s.one(find, []any{configuration, k.profile, k.endpoint}, count(&id)); found || err != nil {
		return id, err
	}
	if err := s.exec("INSERT INTO profiles (configuration, name, endpoint, seen_at) VALUES (?, ?, ?, ?)",
		configuration, k.profile, k.endpoint, now.UnixMilli()); err != nil {
		return 0, err
	}
	_, err = s.one(find, []any{configuration, k.profile, k.endpoint}, count(&id))
	return id, err
}

// put writes a record. Where another rollcall has checked the same profile, the
// newer check stands, with what only the older one knows of the time before.
func (s *session) put(configuration string, k key, r *record, now time.Time) error {
	id, was, seen, known, err := s.known(configuration, k)
	switch {
	case err == nil && !known:
		id, err = s.profileID(configuration, k, now)
	case err == nil && (seen.Before(now.Add(-seenWithin)) || seen.After(now)):
		err = s.exec("UPDATE profiles SET seen_at = ? WHERE id = ?", now.UnixMilli(), id)
	}
	if err != nil {
		return err
	}
	for _, c := range r.checks {
		if !c.At.After(was.checkedAt) {
			// It may have been written before its details came.
			if err := s.dropStateChange(id, c.At); err != nil {
				return err
			}
		}
		if err := s.putCheck(id, c); err != nil {
			return err
		}
	}
	if err := s.putChanges(id, r.changes); err != nil {
		return err
	}
	if was.thinned, err = s.thin(id, was.thinned, now); err != nil {
		return err
	}
	snap := asRows(r.snapshot)
	// Where nobody was asked, for want of a credential, that was found just now.
	asked := !snap.Health.CheckedAt.IsZero()
	// A snapshot from the future was written under a wrong clock, and would win
	// over every later one until that time has come.
	if was.found && asked && was.checkedAt.After(snap.Health.CheckedAt) && !was.checkedAt.After(now) {
		return s.putOlder(id, snap, was)
	}
	return s.putNewer(id, snap, was, now)
}

// putOlder writes what a check knows although another one came after it.
func (s *session) putOlder(id int64, snap account.Snapshot, was written) error {
	if snap.Health.LastOKAt.After(was.lastOK) {
		if err := s.exec("UPDATE snapshots SET last_ok_at = ? WHERE profile = ?", timeIn(snap.Health.LastOKAt), id); err != nil {
			return err
		}
	}
	if snap.Account == nil || !snap.AccountAt.After(was.accountAt) || snap.Health.State == account.WrongAccount {
		return nil
	}
	hash, ok := hashOf(*snap.Account)
	if !ok {
		return nil
	}
	if err := s.putAccount(id, *snap.Account); err != nil {
		return err
	}
	return s.exec("UPDATE snapshots SET account_hash = ?, account_at = ?, details_at = ? WHERE profile = ?",
		hash, timeIn(snap.AccountAt), timeIn(snap.Details.CheckedAt), id)
}

func (s *session) putNewer(id int64, snap account.Snapshot, was written, now time.Time) (err error) {
	if was.lastOK.After(snap.Health.LastOKAt) && !was.lastOK.After(now) {
		snap.Health.LastOKAt = was.lastOK
	}
	if was.verdict.At.After(snap.Verdict.At) && !was.verdict.At.After(now) {
		snap.Verdict = was.verdict
	}
	if was.state == snap.Health.State && !was.since.IsZero() && !was.since.Equal(snap.Since.Truncate(time.Millisecond)) {
		if was.since.Before(snap.Since) {
			snap.Since = was.since
		}
		if snap.Since, err = s.began(id, snap.Health.State, snap.Since); err != nil {
			return err
		}
	}
	hash, keep := was.accountHash, was.accountAt.After(snap.AccountAt) && was.state != account.WrongAccount && !was.accountAt.After(now)
	switch {
	case keep:
		snap.AccountAt = was.accountAt
	case snap.Account == nil:
		hash, snap.AccountAt = 0, time.Time{}
		err = s.forgetAccount(id)
	default:
		if hash, err = s.putAccountOnce(id, &snap, was); err != nil {
			return err
		}
	}
	listHash, _ := hashOf(listsOf(snap))
	if err == nil && (listHash != was.listHash || !was.found) {
		err = s.putSnapshotLists(id, listsOf(snap))
	}
	if err != nil {
		return err
	}
	return s.exec(upsertSnapshot, append([]any{id, hash, listHash, timeIn(was.thinned)}, snapshotIn(snap)...)...)
}

// putAccountOnce writes the account of a snapshot, unless the rows are the same
// already. Of one that is too large nothing is kept.
func (s *session) putAccountOnce(id int64, snap *account.Snapshot, was written) (hash int64, err error) {
	hash, ok := hashOf(*snap.Account)
	switch {
	case !ok:
		snap.AccountAt = time.Time{}
		return 0, s.forgetAccount(id)
	case hash == was.accountHash:
		return hash, nil
	}
	return hash, s.putAccount(id, *snap.Account)
}

// putAll writes many records in transactions of a bounded size, so that others
// who write do not wait long. It takes those that are written out of records.
func (d *database) putAll(configuration string, records map[key]*record, now time.Time) error {
	const atATime = 400
	for len(records) > 0 {
		var done []key
		err := d.write(0, func(s *session) error {
			done = done[:0]
			for k, r := range records {
				if len(done) == atATime {
					break
				}
				if err := s.put(configuration, k, r, now); err != nil {
					return err
				}
				done = append(done, k)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, k := range done {
			delete(records, k)
		}
	}
	return nil
}

// putBack has what could not be written wait for the next time, with what has
// come since.
func (s *Store) putBack(left map[key]*record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, r := range left {
		if later := s.unwritten[k]; later != nil {
			r.join(later)
		}
		s.unwritten[k] = r
	}
}
