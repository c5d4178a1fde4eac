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
	// answered says whether the entry answered the last query.
	answered memo[string, bool]
}

// state is what the check found; empty for a change.
func (e *entry) state() account.State { return e.check.State }

// told is a change in words.
func (e *entry) told() string { return e.change.Told(*e.row.about) }

// answers reports whether all words of the query are in what the entry shows
// or in what names its profile.
func (e *entry) answers(query string) bool {
	return query == "" || e.answered.get(query, func() bool { return e.matches(query) })
}

func (e *entry) matches(query string) bool {
	p := e.row.config
	text := strings.Join(append([]string{p.Name, p.Label, p.Provider, e.row.service, e.row.user()}, p.Tags...), " ")
	if e.change != nil {
		text += " " + e.told()
	} else {
		text += " " + e.check.State.Word() + " " + strconv.Itoa(e.check.HTTPStatus) + " " + e.check.Code
	}
	text = strings.ToLower(text)
	for _, term := range terms(query) {
		if !strings.Contains(text, term) {
			return false
		}
	}
	return true
}

// terms are the words of a text to look for, in lower case.
func terms(text string) []string { return strings.Fields(strings.ToLower(text)) }

// LogSize is how many entries of all profiles are kept.
const LogSize = 5000

// activityLog is every check and change of all profiles, of this run and of
// earlier ones as far as they are remembered.
type activityLog struct {
	// entries are the latest LogSize, oldest first.
	entries []*entry
	// fresh are the new entries that settle has yet to sort in.
	fresh []*entry
	// journaled is set once there are entries of what is kept, which may come a second
	// time with what is known of a profile.
	journaled bool
	// hooks are the latest runs of hooks that went wrong, oldest first.
	hooks []HookMsg
	// version counts the changes.
	version int
}

// mostFailed is how many failures of hooks are kept.
const mostFailed = 100

// failed takes in a run of a hook that went wrong.
func (l *activityLog) failed(m HookMsg) {
	l.hooks = append(l.hooks[max(0, len(l.hooks)+1-mostFailed):], m)
	l.version++
}

func newLog(version int) activityLog { return activityLog{version: version} }

// keep drops what is known of profiles that are gone.
func (l *activityLog) keep(there func(*row) bool) {
	l.entries = slices.DeleteFunc(l.entries, func(e *entry) bool { return !there(e.row) })
	l.version++
}

// take adds the checks and the changes of a row that are not in the log yet;
// before is what was known of the profile until now. It returns the changes.
func (l *activityLog) take(r *row, before *account.Snapshot) (added []account.Change) {
	for _, c := range r.snap.History {
		c.Exchange = nil
		last := r.logged
		if last == nil && !c.At.IsZero() || last != nil && c.At.After(last.at) {
			// The journal may have had it before.
			if last = l.check(r, c.At); last == nil {
				last = &entry{row: r, at: c.At, check: c}
				l.add(last)
			}
			r.logged = last
		}
		if last != nil && c.At.Equal(last.at) && c.State != last.check.State {
			// The details of the same check told more.
			last.check, last.answered = c, memo[string, bool]{}
			l.version++
		}
	}
	added = newChanges(before.Changes, r.snap.Changes)
	for i := range added {
		if !l.hasChange(r, added[i]) {
			l.add(&entry{row: r, at: added[i].At, change: &added[i]})
		}
	}
	return added
}

// takePast adds what is kept of a row and is not in the log yet.
func (l *activityLog) takePast(r *row, p account.Past) {
	l.journaled = true
	for _, c := range p.Checks {
		if l.check(r, c.At) == nil {
			l.add(&entry{row: r, at: c.At, check: c})
		}
	}
	for i, c := range p.Changes {
		if !l.hasChange(r, c) {
			l.add(&entry{row: r, at: c.At, change: &p.Changes[i]})
		}
	}
}

// check is the entry of a row's check that ended at a time; nil where the log
// has none of what is kept.
func (l *activityLog) check(r *row, at time.Time) *entry {
	if !l.journaled {
		return nil
	}
	return l.find(at, func(e *entry) bool { return e.row == r && e.change == nil })
}

// hasChange reports whether a change of a row is in the log of what is kept.
func (l *activityLog) hasChange(r *row, c account.Change) bool {
	return l.journaled && l.find(c.At, func(e *entry) bool { return e.row == r && e.change != nil && e.change.Equal(c) }) != nil
}

// find is the first sorted entry of a time that is wanted; nil for none.
func (l *activityLog) find(at time.Time, wanted func(*entry) bool) *entry {
	i, _ := slices.BinarySearchFunc(l.entries, at, func(e *entry, at time.Time) int { return e.at.Compare(at) })
	for ; i < len(l.entries) && l.entries[i].at.Equal(at); i++ {
		if wanted(l.entries[i]) {
			return l.entries[i]
		}
	}
	return nil
}

// newChanges are the changes of is that are not in was, without those that are
// older than the last one of was: these have fallen out of it before.
func newChanges(was, is []account.Change) []account.Change {
	if len(was) == 0 {
		return is
	}
	var added []account.Change
	last := was[len(was)-1].At
	for _, c := range is {
		if !c.At.Before(last) && !slices.ContainsFunc(was, c.Equal) {
			added = append(added, c)
		}
	}
	return added
}

func (l *activityLog) add(e *entry) {
	if len(l.entries) == LogSize && e.at.Before(l.entries[0].at) {
		return
	}
	if l.fresh = append(l.fresh, e); len(l.fresh) >= LogSize {
		l.settle()
	}
}

// settle sorts the fresh entries in among the others. It is called once for the
// many snapshots of an event.
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
	if n := len(l.entries) - LogSize; n > 0 {
		l.entries = slices.Delete(l.entries, 0, n)
	}
	clear(l.fresh)
	l.fresh = l.fresh[:0]
	l.version++
}
