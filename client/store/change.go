package store

import (
	"fmt"
	"slices"
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
	latest, free, err := s.changesAround(profile, changes)
	if err != nil {
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
		earlier := slices.IndexFunc(latest, func(l account.Change) bool { return !l.At.After(c.At) })
		if earlier < 0 {
			earlier = len(latest)
		}
		latest = slices.Insert(latest, earlier, c)
	}
	return nil
}

// changesAround reads the changes of a profile since the first of some others,
// and a hundred from before them, the newest first. free is the first free
// position at each moment.
func (s *session) changesAround(profile int64, others []account.Change) (latest []account.Change, free map[int64]int, err error) {
	first := others[0].At
	for _, c := range others {
		if c.At.Before(first) {
			first = c.At
		}
	}
	free = map[int64]int{}
	var c account.Change
	var position int
	err = s.all("SELECT position, at, "+changeColumns+` FROM changes WHERE profile = ?1 AND at >= coalesce((
  SELECT at FROM changes WHERE profile = ?1 AND at < ?2 ORDER BY at DESC LIMIT 1 OFFSET 99), 0) ORDER BY at DESC, position DESC`,
		[]any{profile, first.UnixMilli()}, append([]column{count(&position)}, changeOut(&c)...), func() {
			latest = append(latest, c)
			free[c.At.UnixMilli()] = max(free[c.At.UnixMilli()], position+1)
		})
	return latest, free, err
}

// happenedAlready reports whether a change is among those of a profile, the
// newest first: the one before it that is about the same thing, or the one after
// it, is the same.
func happenedAlready(changes []account.Change, c account.Change) bool {
	var after account.Change
	for _, l := range changes {
		switch {
		case !l.Concerns(c):
		case l.At.After(c.At):
			after = l
		default:
			return sameValues(l, c) || sameValues(after, c)
		}
	}
	return sameValues(after, c)
}

func sameValues(a, b account.Change) bool {
	return a.Concerns(b) && a.Was.Same(b.Was) && a.Is.Same(b.Is)
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
