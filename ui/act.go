package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// act does what a key is for in the area that has the keys. It reports whether
// the key is for anything there.
func (m *Model) act(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	here, pressed := m.area(), stroke(msg.String())
	for i := range m.commands.all {
		a := &m.commands.all[i]
		if !a.moves && a.areas&here != 0 && key.Matches(pressed, *a.keys) {
			return m.do(*a), true
		}
	}
	return nil, false
}

// stroke is what a terminal calls a key, found out once for all that it is compared with.
type stroke string

func (s stroke) String() string { return string(s) }

// do does an action, where it has something to act on.
func (m *Model) do(a action) tea.Cmd {
	if !m.enabled(a) {
		return m.say("no profile is selected")
	}
	if (a.many != "" || a.own) && m.selection.marks.span.in != nil {
		// What is done with a range is done with the one that was seen.
		m.selection.endSpan(true)
	}
	if a.profile {
		// What is acted upon stays selected.
		m.selection.following = false
	}
	run := m.commands.run[a.name]
	// What is called off changes nothing.
	if a.changes && m.commands.own.running[a.name] == nil {
		return m.changing(run)
	}
	return run(m)
}

// perform does an action from wherever the person is: one that belongs to
// another view goes there first. The profiles that it was offered for may be
// gone by then.
func (m *Model) perform(a action) tea.Cmd {
	if here := m.area(); a.areas&here == 0 {
		if here == onWelcome {
			return m.say("there are no profiles any more")
		}
		if id, ok := m.views.in(a.areas); ok {
			m.show(id)
		}
	}
	return m.do(a)
}

// goTo shows a profile, which may be gone by now.
func (m *Model) goTo(r *row) tea.Cmd {
	if !m.roster.has(r) {
		return m.say(r.config.Name + " is not in the configuration any more")
	}
	m.open(r)
	return nil
}

// follow does what an overlay wants done.
func (m *Model) follow(o overlay, r reply) tea.Cmd {
	if r.close {
		m.overlays.drop(o)
	}
	switch w := r.wish.(type) {
	case actionWish:
		return m.perform(w.action)
	case goWish:
		return m.goTo(w.row)
	case sortWish:
		return m.sortBy(w.by)
	case columnWish:
		return m.say("sorted " + m.views.table().sortBy(w.name))
	case showColumnsWish:
		return m.showColumns(w.names)
	case argumentWish:
		return m.argue(w)
	case renameViewWish:
		return m.renameView(w.name)
	case removeViewWish:
		return m.removeView(w.name)
	case askWish:
		m.overlays.push(w.question)
	case dropWish:
		m.overlays.drop(w.overlay)
	case copyWish:
		return m.copyOut(w.copyable)
	case showWish:
		m.overlays.push(newValue(w.copyable, m.styles))
	case pageWish:
		return m.openPage(w.url)
	case importWish:
		return m.importFinds()
	case addFindsWish:
		return m.addFinds(w.drafts)
	case checkFindsWish:
		return m.checkFinds(w)
	case meantWish:
		return m.meant(w)
	case callOffWish:
		return m.callOff(w.name)
	}
	return m.followChange(r.wish)
}

// followChange does what an overlay wants done to profiles and their secrets.
func (m *Model) followChange(w wish) tea.Cmd {
	switch w := w.(type) {
	case tryWish:
		return m.try(w.form)
	case saveWish:
		return m.apply(w.form.change(), w.form.secret(), w.form)
	case changeWish:
		return m.apply(w.change, "", nil)
	case changesWish:
		return m.applyAll(w.changes)
	case exportWish:
		return m.export(w.form)
	case replaceWish:
		return m.replace(w.form)
	case rotationWish:
		return m.followRotation(w)
	case undoWish:
		return m.undo(w)
	case pinWish:
		return m.pin(w.profile)
	case ignoreWaitWish:
		return m.ignoreWait(w.profile)
	case snoozeWish:
		return m.snooze(w.form)
	}
	return nil
}
