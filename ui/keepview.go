package ui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/ui/draw"
)

// keepView asks for a name under which what is on the screen is kept as a saved view.
func (m *Model) keepView() tea.Cmd {
	if why := cmp.Or(m.cannotKeep(), m.cannotKeepView()); why != "" {
		return m.say(why)
	}
	name := ""
	if s := m.views.scope(); s != nil {
		name = s.view.Name
	}
	m.overlays.push(m.newKeepForm(name))
	return nil
}

// newKeepForm is the form that keeps what is shown, with a name to begin with.
func (m *Model) newKeepForm(name string) *viewForm {
	f := newViewForm("Keep this view", name, m.shownView(), m.config.ViewNames(), m.styles)
	f.replaces = true
	f.edit = func(name string) config.Edit {
		v := f.view
		v.Name = name
		return config.Edit{Kind: config.EditKeepView, View: v}
	}
	return f
}

// cannotKeepView says why what is on the screen is no view that can be kept; empty
// where it is.
func (m *Model) cannotKeepView() string {
	switch f := &m.selection.filter; {
	case m.private():
		return "what is looked for may be a stand-in: " + cmp.Or(draw.FirstKey(m.keys.Private, m.styles.ASCII), "the command “privacy”") + " leaves private mode first"
	case f.wrong != nil:
		return "the filter cannot be kept so: " + f.wrong.Message
	case m.views.scope() != nil && m.views.scope().wrong() != "":
		return "the view cannot be shown, so that there is nothing to keep"
	}
	return ""
}

// shownView is what is on the screen as a view: which profiles, in which order, and in
// which columns where they were chosen.
func (m *Model) shownView() config.View {
	asked := m.selection.filter.asked
	if s := m.views.scope(); s != nil {
		asked = s.asked.And(asked)
	}
	v := config.View{Query: asked.String(), Sort: m.selection.order.key()}
	if m.area() == onOverview {
		m.views.table().write(&v)
	}
	return v
}

// write has a view say how the table is sorted, and which columns were chosen.
func (o *overview) write(v *config.View) {
	v.Columns = o.shown
	switch {
	case o.by == asListed && o.falling:
		by := o.selection.order
		by.reversed = !by.reversed
		v.Sort = by.key()
	case o.by == insight.ColumnProfile:
		v.Sort = strings.Replace(o.key(), insight.ColumnProfile, string(insight.OrderName), 1)
	case o.by != asListed:
		v.Sort = o.key()
	}
}

// renameView asks for another name of a saved view.
func (m *Model) renameView(name string) tea.Cmd {
	v, ok := m.config.View(name)
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	if m.private() {
		return m.say("the form shows the real name: " + cmp.Or(draw.FirstKey(m.keys.Private, m.styles.ASCII), "the command “privacy”") + " leaves private mode first")
	}
	if !ok {
		return m.say("the view " + m.viewCalled(name) + " is not in the configuration any more")
	}
	f := newViewForm("Rename the view "+m.viewCalled(name), name, v, m.config.ViewNames(), m.styles)
	f.edit = func(to string) config.Edit { return config.Edit{Kind: config.EditRenameView, Profile: name, To: to} }
	m.overlays.push(f)
	return nil
}

// removeView asks whether a saved view is to be removed.
func (m *Model) removeView(name string) tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	// The question stays as it is told now.
	m.roster.meetAll()
	called := m.viewCalled(name)
	question := "Remove the view " + called + " from the configuration? The profiles in it are left alone."
	remove := changeWish{config.Edit{Kind: config.EditRemoveView, Profile: name}}
	m.overlays.push(newConfirm("Remove the view "+called, question, "Remove", "Keep", m.styles, remove))
	return nil
}

// showKept shows the saved view that an edit has made, now or when it is there.
func (m *Model) showKept(c config.Edit) {
	m.views.awaited = awaited{cmp.Or(c.To, c.View.Name), c.Kind == config.EditKeepView}
	m.showAwaited()
}

// showAwaited shows the saved view that is awaited, and reports whether it is there by
// now. A filter that was kept is part of the view from then on.
func (m *Model) showAwaited() bool {
	is := m.views.awaited
	id, ok := m.views.named(is.name)
	if is.name == "" || !ok {
		return false
	}
	m.views.awaited = awaited{}
	if is.kept {
		m.selection.clearFilter()
	}
	m.show(id)
	return true
}

// viewEntries are what the palette offers to do with the saved views.
func (m *Model) viewEntries() (entries []paletteEntry) {
	if m.options.Manage == nil {
		return nil
	}
	for _, v := range m.config.Views {
		called := m.viewCalled(v.Name)
		entries = append(entries,
			paletteEntry{text: "rename the view " + called, name: "rename_view", wish: renameViewWish{v.Name}},
			paletteEntry{text: "remove the view " + called, name: "remove_view", wish: removeViewWish{v.Name}})
	}
	return entries
}

// renameViewWish is to give a saved view another name, removeViewWish to remove it.
type (
	renameViewWish struct{ name string }
	removeViewWish struct{ name string }
)

func (renameViewWish) wished() {}
func (removeViewWish) wished() {}
