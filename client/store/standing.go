package store

import (
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
	s.report(s.db.read(0, func(c *session) error {
		all = nil // A damaged file may have told a part.
		var one Standing
		var checked time.Time
		return c.all(`SELECT p.name, s.state, max(coalesce(s.checked_at, 0)) FROM profiles p JOIN snapshots s ON s.profile = p.id
WHERE p.configuration = ?1 AND p.seen_at >= (SELECT max(seen_at) FROM profiles WHERE configuration = ?1) - ?2 GROUP BY p.name`,
			[]any{s.configuration, seenWithin.Milliseconds()}, []column{text(&one.Profile), text(&one.State), timeOut{&checked}},
			func() { all = append(all, one) })
	}))
	return all
}
