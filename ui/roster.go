package ui

import (
	"time"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
	"rollcall/config/query"
	"rollcall/ui/draw"
)

// roster is all profiles with their totals, which are kept with each change
// rather than counted.
type roster struct {
	rows []*row
	roll *roll
	// fills counts the configurations that the rows were of.
	fills int
	busy  int
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
	// version counts the changes of any row, settled the times that the order and the
	// sums followed them.
	version  int
	settled  int
	services services
	// conceal gives stand-ins to what a configuration names; nil for nothing.
	conceal func(*privacy.Mask, *config.Config)
	// rotations are those that were begun.
	rotations []account.Rotation
	backlog   backlog
	planned   planned
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
	t := &roster{services: all, begun: now, log: newLog(0), backlog: backlog{size: portionRows}}
	t.standings.at = now
	t.reload(newRoll(c, nil))
	t.catchUp()
	t.log.settle()
	return t
}

// named is the row of the profile with a name; nil for none.
func (t *roster) named(name string) *row {
	if t.roll != nil {
		if place, ok := t.roll.places[name]; ok {
			return t.rows[place]
		}
	}
	return nil
}

// fill takes over the profiles of a configuration, of which those with a row already
// keep it. The rows are in their places, but have to be shown yet. Those that were there
// are counted.
func (t *roster) fill(l *roll) {
	rows, blank := make([]*row, len(l.profiles)), newBlank()
	t.fills++
	t.warning, t.nameWidth, t.serviceWidth = l.config.ExpiryWarning, 0, 0
	t.backlog.unmet, t.backlog.unnamed = nil, nil
	t.backlog.rows = make([]*row, 0, len(rows))
	for i, p := range l.profiles {
		name := l.config.Profiles[i].Name
		var r *row
		if i < len(t.rows) && t.rows[i].name == name {
			r = t.rows[i] // Most stay where they were.
		} else {
			r = t.named(name)
		}
		known := r != nil
		if !known {
			r = l.row(i)
		}
		r.adopt(p, i, t.services.named(p.Provider))
		if r.waits = false; t.cover.on() && r.before == nil && r.texts == (query.Texts{}) {
			r.withhold(blank)
		}
		rows[i], r.filled = r, t.fills
		t.hide(r)
		t.backlog.wait(r)
		t.standings.count(&r.standing)
		if known {
			t.count(r)
		}
	}
	t.rows, t.roll = rows, l
	t.next = t.planned.settle()
}

// count adds what is known of a row to the sums.
func (t *roster) count(r *row) {
	is := r.counted()
	if is.Busy {
		t.busy++
	}
	t.planned.add(r, is.NextAt)
	t.troubles.note(&account.Snapshot{}, is)
}

// switchOff shows a profile as switched off or on.
func (t *roster) switchOff(r *row, off bool) {
	was, own := r.snap, *r.own
	own.Disabled = off
	r.own = &own
	if r.waits {
		// It counts as it did before it was withheld, and has its turn now.
		t.meetAll()
		t.showWaiting(r)
	} else {
		t.show(r)
		t.recount(r, was)
	}
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
func (t *roster) recount(r *row, was *account.Snapshot) {
	is := r.snap
	t.version++
	t.touch(r)
	if was.Busy {
		t.busy--
	}
	if is.Busy {
		t.busy++
	}
	t.next = t.planned.put(r, is.NextAt)
	if !sameFacts(was.Account, is.Account) || (was.Health.State == account.WrongAccount) != (is.Health.State == account.WrongAccount) {
		t.accounts++
		r.facts++
	}
	if ending(was) != ending(is) {
		t.endings++
	}
	t.troubles.note(was, is)
}

// has reports whether a row is one of the profiles.
func (t *roster) has(r *row) bool { return r != nil && r.filled == t.fills }

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
// keep what is known of them. All have to be shown yet.
func (t *roster) reload(l *roll) {
	t.backlog.begin()
	t.busy, t.next = 0, time.Time{}
	t.planned = planned{}
	t.troubles.restart()
	t.standings.restart()
	t.fill(l)
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

// know takes over the services that there are.
func (t *roster) know(all services) {
	t.services = all
	if t.cover.on() {
		t.cover.mask.Know(all)
	}
}

// concealNamed gives stand-ins to what a configuration names, where those are wanted.
func (t *roster) concealNamed(c *config.Config) {
	if t.cover.on() && t.conceal != nil {
		t.conceal(t.cover.mask, c)
	}
}

// setPrivate has all rows be shown anew, with stand-ins or without them. Until a row has
// its stand-ins nothing of it is to be seen.
func (t *roster) setPrivate(on bool) {
	t.cover = cover{}
	if on {
		t.cover.mask = privacy.New(t.services)
		t.concealNamed(t.roll.config)
		t.troubles.withhold()
	}
	// What was found has the other names in it, too.
	t.troubles.due = true
	// A stand-in can be wider than all names.
	t.nameWidth, t.serviceWidth = 0, 0
	// What was read has the other names in it, and is read anew.
	t.pasts.forget()
	t.log = newLog(t.log.version + 1)
	t.backlog.begin()
	t.backlog.unmet, t.backlog.unnamed = nil, nil
	blank := newBlank()
	for _, r := range t.rows {
		r.before, r.logged = r.counted(), nil
		if on {
			r.withhold(blank)
		}
		t.hide(r)
		t.backlog.wait(r)
	}
	t.version++
	t.people.forget()
	t.accounts++
	t.endings++
	t.catchUp()
	t.log.settle()
}

// noteLearned has all rows be named anew where there are more stand-ins than when that was
// done last: their own names, labels and tags may tell what has one since.
func (t *roster) noteLearned() {
	if t.cover.learned() {
		t.backlog.unnamed = t.rows
	}
}

// rename names up to n rows anew.
func (t *roster) rename(n int) {
	t.noteLearned()
	for b := &t.backlog; len(b.unnamed) > 0 && n > 0; n-- {
		t.renameRow(b.unnamed[0])
		b.unnamed = b.unnamed[1:]
	}
}

func (t *roster) renameRow(r *row) {
	if r.waits && r.texts == (query.Texts{}) {
		// What waits and is withheld has nothing that tells.
		return
	}
	p := t.cover.renamed(r.own, r.config)
	if p == r.config {
		return
	}
	r.config = p
	r.facts++
	t.accounts++
	r.fold()
	r.version++
	t.nameWidth = max(t.nameWidth, draw.Width(p.Name))
	t.version++
}

// takeJournal adds what is kept of all profiles to the log.
func (t *roster) takeJournal(msg journalReadMsg) {
	for _, p := range msg.pasts {
		if r := t.named(p.name); r != nil {
			t.log.takePast(r, t.cover.past(p.past))
		}
	}
	t.log.settle()
}

// investigate looks for incidents where that is due. It reports whether there
// are some where there were none, or the other way round. While all rows are shown anew
// some of them are withheld, and it waits.
func (t *roster) investigate(now time.Time) (turned bool) {
	return !t.backlog.whole && t.troubles.investigate(t.rows, now)
}

// meet finds out whose the profiles are, as of now.
func (t *roster) meet() { t.people.meet(t.rows, t.accounts) }
