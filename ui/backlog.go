package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/ui/draw"
)

// backlog is what is left to do of work that concerns many rows: an event with all of
// them, another configuration, stand-ins put on or taken off. An Update does a portion
// of it, and a message asks for the next one, so that a key waits for no more than a
// portion. The rows in sight come first, so that the next frame is right; until the last
// row is done, the order, the sums and the widths of columns are those of before.
type backlog struct {
	// rows wait to be shown anew, the one that waits longest first.
	rows []*row
	// unmet wait for the mask to meet whose they are. Until it has met all, no row is shown
	// anew: the texts of one may name the person of another.
	unmet []*row
	// unnamed are to be named anew, since there are more stand-ins by now.
	unnamed []*row
	// widths are those of the rows that were not in sight.
	widths listWidths
	// news are the changes of states that are told of when all is done.
	news []stateChange
	// late is set while the order or the sums are out of date.
	late bool
	// step is what comes next of bringing the order and the sums up to date, settling is
	// set while they were out of date when the first of the steps was done.
	step     catchUpStep
	settling bool
	// whole is set while all rows are shown anew.
	whole bool
	// called is set while a portion was asked for, resting while the order is to be
	// brought up to date after a while.
	called, resting bool
	// size is how many rows are shown anew in one Update; of up to this many all are.
	size int
}

// portionMsg asks for the next portion; rested is set where the order has stood for a
// while.
type portionMsg struct{ rested bool }

// catchUpStep is a step of bringing the order and the sums up to date.
type catchUpStep int

// The steps. What follows from the rows as they are together is done in one.
const (
	settleLog catchUpStep = iota
	orderRows
	arrangeRows
	tellNews
	catchUpSteps
)

const (
	// portionRows is how many rows a portion has.
	portionRows = 128
	// coverCosts is how many times as long as others a row takes that gets stand-ins.
	coverCosts = 4
	// arrangeTime is how long the order and the sums of many rows stay as they are while
	// events come in.
	arrangeTime = 100 * time.Millisecond
)

// wait has a row be shown anew.
func (b *backlog) wait(r *row) {
	if !r.waits {
		r.waits = true
		b.rows = append(b.rows, r)
	}
}

// busy reports whether rows wait.
func (b *backlog) busy() bool { return len(b.rows)+len(b.unmet)+len(b.unnamed) > 0 }

// behind reports whether something is left to do.
func (b *backlog) behind() bool { return b.busy() || b.late || b.step > 0 }

// next takes the row that waits longest; nil for none.
func (b *backlog) next() *row {
	for len(b.rows) > 0 {
		r := b.rows[0]
		if b.rows = b.rows[1:]; len(b.rows) == 0 {
			b.rows = nil
		}
		if r.waits {
			return r
		}
	}
	return nil
}

// call asks for the next portion: at once while rows wait or steps are left, else when the order has been
// as it is for a while. It is nil where nothing is left, and where that was asked for.
func (b *backlog) call() tea.Cmd {
	switch {
	case (b.busy() || b.step > 0) && !b.called:
		b.called = true
		return func() tea.Msg { return portionMsg{} }
	case !b.busy() && b.late && !b.resting:
		b.resting = true
		return tea.Tick(arrangeTime, func(time.Time) tea.Msg { return portionMsg{rested: true} })
	}
	return nil
}

// begin counts the widths of columns from the beginning: all rows are shown anew.
func (b *backlog) begin() {
	b.widths, b.whole, b.late = listWidths{}, true, true
}

// many reports whether there are so many rows that not all are shown anew at once.
func (t *roster) many() bool { return len(t.rows) > t.backlog.size }

// arrive takes in what is known of a profile now; it is shown in its turn.
func (t *roster) arrive(s *account.Snapshot) {
	if r := t.named(s.Profile); r != nil {
		r.arrived = s
		t.hide(r)
		t.backlog.wait(r)
	}
}

// hide has the mask meet whose a row is, in its turn.
func (t *roster) hide(r *row) {
	if t.cover.on() {
		t.backlog.unmet, t.cover.learning = append(t.backlog.unmet, r), true
	}
}

// meetMore has the mask meet up to n rows. It reports whether it has met all.
func (t *roster) meetMore(n int) bool {
	b := &t.backlog
	for len(b.unmet) > 0 && n > 0 {
		r := b.unmet[0]
		b.unmet = b.unmet[1:]
		n--
		if r.before != nil {
			t.cover.learn(r.own, r.real)
		}
		t.cover.learn(r.own, r.arrived)
	}
	if len(b.unmet) > 0 {
		return false
	}
	b.unmet, t.cover.learning = nil, false
	return true
}

// meetAll has the mask meet all that it has not met yet, out of turn: what is told for
// good cannot wait for the next portions.
func (t *roster) meetAll() { t.meetMore(len(t.backlog.unmet)) }

// catchUp shows a portion of the rows that wait, all of them where there are few rows. It
// returns them.
func (t *roster) catchUp() (changed []*row) {
	b, n := &t.backlog, len(t.rows)
	if t.many() {
		if n = b.size; t.cover.on() {
			n = max(1, n/coverCosts)
		}
	}
	if !t.meetMore(n) {
		return nil
	}
	for len(changed) < n {
		r := b.next()
		if r == nil {
			break
		}
		if t.has(r) {
			t.showWaiting(r)
			changed = append(changed, r)
		}
	}
	t.rename(n * coverCosts)
	if !b.busy() {
		if b.whole {
			t.widths, b.whole = listWidths{}, false
			// A withheld row counts as it did before, so that showing it counts as no
			// change; but a view can have made something of it meanwhile.
			t.endings++
			t.accounts++
			t.version++
		}
		t.widths.grow(&b.widths)
	}
	return changed
}

// hurry shows rows that wait out of their turn, since they are in sight. It returns those
// that did.
func (t *roster) hurry(rows []*row) (changed []*row) {
	b := &t.backlog
	if !b.busy() || len(b.unmet) > 0 {
		return nil
	}
	for _, r := range rows {
		if r != nil && r.waits && t.has(r) {
			t.showWaiting(r)
			t.measure(r, &t.widths)
			changed = append(changed, r)
		}
	}
	t.noteLearned()
	for _, r := range rows {
		if len(b.unnamed) > 0 && t.has(r) {
			t.renameRow(r)
		}
	}
	return changed
}

// showWaiting shows a row that waited, and takes in what is new of it.
func (t *roster) showWaiting(r *row) {
	was, anew, arrived := r.counted(), r.before != nil, r.arrived
	r.waits, r.before, r.arrived = false, nil, nil
	if arrived != nil {
		// The event would stay in memory with all that it has for the sake of one row.
		real := *arrived
		r.real = &real
	}
	t.show(r)
	logged := was
	if anew {
		// The log begins anew, too.
		logged = &account.Snapshot{}
	}
	for _, c := range t.log.take(r, logged) {
		r.unseen = r.unseen || !anew && c.At.After(t.begun)
	}
	t.recount(r, was)
	t.progress.take(r)
	if arrived == nil {
		return
	}
	if c, ok := r.news(was); ok {
		t.backlog.news = append(t.backlog.news, c)
	}
}

// show takes over what is known of a row, with stand-ins where those are
// wanted.
func (t *roster) show(r *row) {
	r.readable, r.warning = t.pasts.history != nil, t.warning
	r.show(&t.cover)
	r.fold()
	t.stand(r)
	t.measure(r, &t.backlog.widths)
	t.nameWidth = max(t.nameWidth, draw.Width(r.config.Name))
	t.serviceWidth = max(t.serviceWidth, draw.Width(r.service))
}
