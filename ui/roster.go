package ui

import (
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

// roster is all profiles with their totals, which are kept with each change
// rather than counted.
type roster struct {
	rows   []*row
	byName map[string]*row
	busy   int
	// next is the soonest planned check; zero where none is planned.
	next time.Time
	// standings are the sums of how the rows stand.
	standings standings
	// nameWidth is that of the longest name, serviceWidth that of a service.
	nameWidth, serviceWidth int
	widths                  listWidths
	// begun is when this run began: what changed before is no news.
	begun time.Time
	log   activityLog
	pasts pasts
	lanes lanes
	// accounts counts the changes of whose the profiles are, people are those
	// that were met last.
	accounts int
	people   people
	// endings counts the changes of when tokens end.
	endings  int
	troubles troubles
	// active is the name of the active profile; empty for none.
	active string
	cover  cover
	// progress is how far a check of all has come.
	progress progress
	// version counts the changes of any row.
	version  int
	services services
	// rotations are those that were begun.
	rotations []account.Rotation
	// here are the places for secrets on this machine.
	here storage
	// warning is how long before its end a token is to be renewed.
	warning time.Duration
	// changed are the rows that changed since takeChanged was called last. Beyond
	// manyChanged of them tooMany is set, and the others are not listed.
	changed []*row
	tooMany bool
}

func newRoster(c *config.Config, all services, now time.Time) *roster {
	t := &roster{services: all, begun: now, log: newLog(0)}
	t.standings.at = now
	t.standings.restart()
	t.fill(c)
	return t
}

// fill makes a row for each profile of a configuration.
func (t *roster) fill(c *config.Config) {
	t.warning = c.ExpiryWarning
	t.widths = listWidths{}
	t.rows, t.byName, t.nameWidth, t.serviceWidth = nil, make(map[string]*row, len(c.Profiles)), 0, 0
	for i, p := range c.Profiles {
		r := &row{name: p.Name, index: i, own: printable(p), line: filteredOut, incident: -1}
		r.about = t.services.named(p.Provider)
		r.service = r.about.Title
		if r.service == "" {
			r.service = r.own.Provider
		}
		r.real = account.Snapshot{Profile: r.own.Name, Health: firstHealth(p)}
		t.show(r)
		t.nameWidth = max(t.nameWidth, ansi.StringWidth(r.config.Name))
		t.serviceWidth = max(t.serviceWidth, ansi.StringWidth(r.service))
		t.rows = append(t.rows, r)
		t.byName[r.name] = r
	}
}

// apply takes in what is known of a profile now. It returns the row of the
// profile, nil where there is no such profile, and what was known before.
func (t *roster) apply(s account.Snapshot) (r *row, old account.Snapshot) {
	r = t.byName[s.Profile]
	if r == nil {
		return nil, account.Snapshot{}
	}
	old = r.snap
	r.real = s
	r.real.Profile = r.own.Name
	t.show(r)
	for _, c := range t.log.take(r, old) {
		r.unseen = r.unseen || c.At.After(t.begun)
	}
	t.recount(r, old)
	t.progress.take(r)
	return r, old
}

// switchOff shows a profile as switched off or on.
func (t *roster) switchOff(r *row, off bool) {
	was := r.snap
	r.own.Disabled = off
	t.show(r)
	t.recount(r, was)
	t.progress.keep(t.has)
}

// manyChanged is how many changed rows are listed: putting more than these
// into a sorted table one by one is slower than sorting the table anew.
const manyChanged = 64

// takeChanged returns the rows that changed since it was called last; all is
// set where any row can have changed.
func (t *roster) takeChanged() (rows []*row, all bool) {
	rows, all = t.changed, t.tooMany
	t.changed, t.tooMany = t.changed[:0], false
	return rows, all
}

// touch notes that a row changed.
func (t *roster) touch(r *row) {
	if len(t.changed) < manyChanged {
		t.changed = append(t.changed, r)
		return
	}
	t.tooMany = true
}

// recount brings the totals in line with a row whose snapshot has changed; was
// is the snapshot before.
func (t *roster) recount(r *row, was account.Snapshot) {
	is := r.snap
	t.version++
	t.touch(r)
	if was.Busy {
		t.busy--
	}
	if is.Busy {
		t.busy++
	}
	t.plan(was.NextAt, is.NextAt)
	if !sameFacts(was.Account, is.Account) || (was.Health.State == account.WrongAccount) != (is.Health.State == account.WrongAccount) {
		t.accounts++
		r.facts++
	}
	if ending(&was) != ending(&is) {
		t.endings++
	}
	t.troubles.note(was, is)
}

// plan keeps next, the time of the soonest check of all, when the check of one
// profile is put off from was to is. All rows are looked through only where the
// soonest check itself was put off.
func (t *roster) plan(was, is time.Time) {
	switch {
	case !is.IsZero() && (t.next.IsZero() || !is.After(t.next)):
		t.next = is
	case !was.IsZero() && was.Equal(t.next):
		t.next = time.Time{}
		for _, r := range t.rows {
			if n := r.snap.NextAt; !n.IsZero() && (t.next.IsZero() || n.Before(t.next)) {
				t.next = n
			}
		}
	}
}

// has reports whether a row is one of the profiles.
func (t *roster) has(r *row) bool { return r != nil && t.byName[r.name] == r }

// see takes in that somebody has seen the news of a profile.
func (t *roster) see(r *row) {
	r.unseen = false
	r.version++
	t.version++
}

// mark makes a profile the active one.
func (t *roster) mark(name string) {
	for _, r := range t.rows {
		if active := name != "" && r.name == name; active != r.active {
			r.active = active
			r.version++
		}
	}
	t.active = name
	t.version++
}

// reload takes over the profiles of a configuration. Those that were there
// keep what is known of them.
func (t *roster) reload(c *config.Config) {
	known := t.byName
	t.fill(c)
	for i, r := range t.rows {
		old := known[r.name]
		if old == nil {
			continue
		}
		old.adopt(r)
		t.show(old)
		t.rows[i], t.byName[r.name] = old, old
	}
	t.busy, t.next = 0, time.Time{}
	t.troubles.restart()
	t.standings.restart()
	for _, r := range t.rows {
		t.standings.count(&r.standing)
		if r.snap.Busy {
			t.busy++
		}
		t.plan(time.Time{}, r.snap.NextAt)
		t.troubles.note(account.Snapshot{}, r.snap)
	}
	t.log.keep(t.has)
	t.troubles.outages.keep(t.has)
	t.pasts.reload(t.has)
	t.lanes.reload(t.has)
	t.progress.keep(t.has)
	t.people.forget()
	t.accounts++
	t.endings++
	t.version++
}

// setPrivate shows all rows anew. What is made of them is made again.
func (t *roster) setPrivate(on bool) {
	t.cover = cover{}
	if on {
		t.cover.mask = privacy.New(t.services)
	}
	// What was read has the other names in it, and is read anew.
	t.pasts.forget()
	t.log = newLog(t.log.version + 1)
	t.widths = listWidths{}
	t.troubles.restart()
	for _, r := range t.rows {
		t.show(r)
		t.log.take(r, account.Snapshot{})
		t.troubles.note(account.Snapshot{}, r.snap)
	}
	t.log.settle()
	t.rename()
	t.version++
	t.people.forget()
	t.accounts++
	t.endings++
}

// rename names the rows anew where their own names, labels and tags may tell what
// has a stand-in since.
func (t *roster) rename() {
	if !t.cover.learned() {
		return
	}
	for _, r := range t.rows {
		p := t.cover.profile(r.own)
		if p.Name == r.config.Name && p.Label == r.config.Label && slices.Equal(p.Tags, r.config.Tags) {
			continue
		}
		r.config.Name, r.config.Label, r.config.Tags = p.Name, p.Label, p.Tags
		r.facts++
		t.accounts++
		r.fold(t.warning)
		r.version++
		t.nameWidth = max(t.nameWidth, ansi.StringWidth(p.Name))
		t.version++
	}
}

// takeJournal adds what is kept of all profiles to the log.
func (t *roster) takeJournal(msg journalReadMsg) {
	for _, p := range msg.pasts {
		if r := t.byName[p.name]; r != nil {
			t.log.takePast(r, t.cover.past(p.past))
		}
	}
	t.log.settle()
}

// investigate looks for incidents where that is due. It reports whether there
// are some where there were none, or the other way round.
func (t *roster) investigate(now time.Time) (turned bool) { return t.troubles.investigate(t.rows, now) }

// meet finds out whose the profiles are, as of now.
func (t *roster) meet() { t.people.meet(t.rows, t.accounts) }

// show takes over what is known of a row, with stand-ins where those are
// wanted.
func (t *roster) show(r *row) {
	r.readable = t.pasts.history != nil
	r.show(&t.cover)
	r.fold(t.warning)
	t.stand(r)
	t.measure(r)
}
