package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// Standing is the state of a profile at its last check.
type Standing struct {
	Profile string
	State   account.State
}

// seenWithin is by how much the times differ at which the profiles of one
// configuration were last seen in it: each is noted once a day.
const seenWithin = 24 * time.Hour

// Standings returns how the profiles stood that were in the configuration when it was
// last used, in the order of their names. It is far less to read than their snapshots,
// and for who does not know the configuration yet.
func (s *Store) Standings() (all []Standing) {
	if s.trial {
		return nil
	}
	type standing struct {
		Standing
		checked int64
	}
	var read []standing
	s.report(s.db.read(0, func(c *session) error {
		read = nil // A damaged file may have told a part.
		var one standing
		// Both tables are read in the order in which they lie in the file: to look for each
		// profile by its name takes four times as long.
		return c.all(`SELECT p.name, s.state, coalesce(s.checked_at, 0) FROM snapshots s CROSS JOIN profiles p ON p.id = s.profile
WHERE p.configuration = ?1 AND p.seen_at >= (SELECT max(seen_at) FROM profiles NOT INDEXED WHERE configuration = ?1) - ?2`,
			[]any{s.configuration, seenWithin.Milliseconds()}, []column{text(&one.Profile), text(&one.State), count(&one.checked)},
			func() { read = append(read, one) })
	}))
	// Of a profile that was at another address before, the last check counts.
	slices.SortFunc(read, func(a, b standing) int {
		return cmp.Or(strings.Compare(a.Profile, b.Profile), cmp.Compare(b.checked, a.checked))
	})
	for _, one := range read {
		if n := len(all); n == 0 || all[n-1].Profile != one.Profile {
			all = append(all, one.Standing)
		}
	}
	return all
}
