package store

import (
	"fmt"
	"time"

	"rollcall/client/account"
)

const changeColumns = `kind, what, was_name, was_id, was_state, was_ends, was_at, was_networks,
  is_name, is_id, is_state, is_ends, is_at, is_networks`

func valueIn(v account.Value) []any {
	return []any{textIn(v.Name), textIn(v.ID), textIn(v.State), textIn(v.Ends), timeIn(v.At), listIn(v.Networks)}
}

func valueOut(v *account.Value) []column {
	return []column{text(&v.Name), text(&v.ID), text(&v.State), text(&v.Ends), timeOut{&v.At}, listOut{&v.Networks}}
}

func changeOut(c *account.Change) []column {
	to := append([]column{timeOut{&c.At}, text(&c.Kind), text(&c.What)}, valueOut(&c.Was)...)
	return append(to, valueOut(&c.Is)...)
}

// dropStateChange forgets a change of state at a moment: the details of a check
// can make its state another one.
func (s *session) dropStateChange(profile int64, at time.Time) error {
	return s.exec("DELETE FROM changes WHERE profile = ? AND at = ? AND kind = ?", profile, at.UnixMilli(), string(account.ChangeState))
}

// putChanges adds changes to a profile's. One that another rollcall noticed, too,
// is kept once: it cannot happen again before it was undone.
func (s *session) putChanges(profile int64, changes []account.Change) error {
	if len(changes) == 0 {
		return nil
	}
	var latest []account.Change
	free := map[int64]int{} // The first free position at a moment.
	var c account.Change
	var position int
	if err := s.all("SELECT position, at, "+changeColumns+" FROM changes WHERE profile = ? ORDER BY at DESC, position DESC LIMIT 100",
		[]any{profile}, append([]column{count(&position)}, changeOut(&c)...), func() {
			latest = append(latest, c)
			free[c.At.UnixMilli()] = max(free[c.At.UnixMilli()], position+1)
		}); err != nil {
		return err
	}
	for _, c := range changes {
		if happenedAlready(latest, c) {
			continue
		}
		at := c.At.UnixMilli()
		args := append([]any{profile, at, free[at], string(c.Kind), textIn(c.What)}, valueIn(c.Was)...)
		if err := s.exec("INSERT INTO changes (profile, at, position, "+changeColumns+
			") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", append(args, valueIn(c.Is)...)...); err != nil {
			return err
		}
		free[at]++
		latest = append([]account.Change{c}, latest...)
	}
	return nil
}

// happenedAlready reports whether the last of the changes, the newest first, that
// is about the same thing is the same.
func happenedAlready(changes []account.Change, c account.Change) bool {
	for _, l := range changes {
		if l.Concerns(c) {
			return l.Was.Same(c.Was) && l.Is.Same(c.Is)
		}
	}
	return false
}

// changes reads the changes of the profiles in a scope that meet a condition on
// them, c, in their order.
func (s *session) changes(in scope, condition string, args []any, each func(profile int64, c account.Change)) error {
	var id int64
	var c account.Change
	return s.all("SELECT c.profile, c.at, "+changeColumns+" FROM profiles p JOIN changes c ON c.profile = p.id WHERE "+in.where+
		" AND "+condition+" ORDER BY c.at, c.position", append(in.args[:len(in.args):len(in.args)], args...),
		append([]column{count(&id)}, changeOut(&c)...), func() { each(id, c) })
}

// recentChanges reads the changes that snapshots carry.
func (s *session) recentChanges(in scope, now time.Time, each func(profile int64, c account.Change)) error {
	return s.changes(in, fmt.Sprintf(`c.at <= ? AND c.at >= coalesce((
  SELECT l.at FROM changes l WHERE l.profile = p.id AND l.at <= ? ORDER BY l.at DESC LIMIT 1 OFFSET %d), 0)`, account.MaxChanges-1),
		[]any{now.UnixMilli(), now.UnixMilli()}, each)
}
