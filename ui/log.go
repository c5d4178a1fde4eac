package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
)

// entry is one line of the log: a check, or a change of what is known.
type entry struct {
	row *row
	at  time.Time
	// check is the outcome without the exchange, which the profile keeps for
	// as long as it is recent.
	check account.Check
	// change is nil for a check.
	change *account.Change
	// match remembers whether the entry answers the query matchOf.
	matchOf string
	matched bool
}

// state is what the check found; empty for a change.
func (e *entry) state() account.State { return e.check.State }

// told is a change in words.
func (e *entry) told() string { return e.change.String() }

// answers reports whether all words of the query are in what the entry shows
// or in what names its profile.
func (e *entry) answers(query string) bool {
	if query == "" || e.matchOf == query {
		return query == "" || e.matched
	}
	p := e.row.config
	text := strings.Join(append([]string{p.Name, p.Label, p.Provider, e.row.service, e.row.user()}, p.Tags...), " ")
	if e.change != nil {
		text += " " + e.told()
	} else {
		text += " " + e.check.State.Word() + " " + strconv.Itoa(e.check.HTTPStatus) + " " + e.check.Code
	}
	text = strings.ToLower(text)
	e.matchOf, e.matched = query, true
	for _, term := range terms(query) {
		e.matched = e.matched && strings.Contains(text, term)
	}
	return e.matched
}

// logSize is how many entries are kept.
const logSize = 5000

// activityLog is every check and change of all profiles, of this run and of
// earlier ones as far as they are remembered.
type activityLog struct {
	// entries are the latest logSize, oldest first.
	entries []*entry
	// fresh are those that settle will put among them.
	fresh []*entry
	// version counts the changes.
	version int
}

// take notes what a snapshot of the row has that the one before had not.
func (l *activityLog) take(r *row, before account.Snapshot) (added []account.Change) {
	for _, c := range r.snap.History {
		c.Exchange = nil
		switch {
		case c.At.After(r.loggedAt):
			r.logged = &entry{row: r, at: c.At, check: c}
			r.loggedAt = c.At
			l.add(r.logged)
		case r.logged != nil && c.At.Equal(r.loggedAt) && c.State != r.logged.check.State:
			// The details of the same check told more.
			r.logged.check, r.logged.matchOf = c, ""
			l.version++
		}
	}
	added = newChanges(before.Changes, r.snap.Changes)
	for i := range added {
		l.add(&entry{row: r, at: added[i].At, change: &added[i]})
	}
	return added
}

// newChanges are those that was has not, and that are not older than its last.
func newChanges(was, is []account.Change) []account.Change {
	if len(was) == 0 {
		return is
	}
	var added []account.Change
	last := was[len(was)-1].At
	for _, c := range is {
		same := func(o account.Change) bool { return o.At.Equal(c.At) && o.String() == c.String() }
		if !c.At.Before(last) && !slices.ContainsFunc(was, same) {
			added = append(added, c)
		}
	}
	return added
}

func (l *activityLog) add(e *entry) {
	if len(l.entries) == logSize && e.at.Before(l.entries[0].at) {
		return
	}
	if l.fresh = append(l.fresh, e); len(l.fresh) >= logSize {
		l.settle()
	}
}

// settle puts the fresh entries among the others, once for many.
func (l *activityLog) settle() {
	if len(l.fresh) == 0 {
		return
	}
	sorted := len(l.entries) == 0 || !l.fresh[0].at.Before(l.entries[len(l.entries)-1].at)
	l.entries = append(l.entries, l.fresh...)
	byTime := func(a, b *entry) int { return a.at.Compare(b.at) }
	if !sorted || !slices.IsSortedFunc(l.fresh, byTime) {
		slices.SortStableFunc(l.entries, byTime)
	}
	if n := len(l.entries) - logSize; n > 0 {
		l.entries = slices.Delete(l.entries, 0, n)
	}
	clear(l.fresh)
	l.fresh = l.fresh[:0]
	l.version++
}
