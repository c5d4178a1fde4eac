package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"
)

// hint is a key at the bottom and what it does there.
type hint struct{ key, does string }

func (h hint) width() int { return ansi.StringWidth(h.key) + ansi.StringWidth(h.does) + 4 }

// hinted are the actions that are worth naming at this place, the most useful
// first.
func (m *Model) hinted() []action {
	here := m.place()
	var all []action
	for _, a := range m.actions {
		if a.hint != "" && a.places&here != 0 {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b action) int { return a.rank - b.rank })
	return all
}

// hints are the keys worth naming where the focus is, the most useful first;
// last are those that stay when it gets narrow.
func (m *Model) hints() (hints, last []hint) {
	k, ascii := &m.keys, m.styles.ascii
	arrows := firstKey(k.Up, ascii) + firstKey(k.Down, ascii)
	if ascii {
		arrows = firstKey(k.Up, ascii) + "/" + firstKey(k.Down, ascii)
	}
	switch top := m.top(); {
	case top != nil:
		// An overlay names its keys itself.
		return nil, nil
	case m.screen() == screenWelcome:
		return nil, m.welcomeHints()
	case m.list.filter.editing:
		return []hint{{arrows, "move"}, {"enter", "keep the filter"}}, []hint{{"esc", "clear it"}}
	}
	hints = []hint{{arrows, "move"}}
	if does := m.backHint(); does != "" {
		hints = append(hints, hint{firstKey(k.Back, ascii), does})
	}
	for _, a := range m.hinted() {
		h := hint{firstKey(*a.binding, ascii), a.hint}
		if a.binding == &k.Palette {
			// It leads to all the others, so it always has a place.
			last = append(last, h)
			h = m.viewsHint()
		}
		hints = append(hints, h)
	}
	last = append(last, hint{firstKey(k.Help, ascii), "help"}, hint{firstKey(k.Quit, ascii), "quit"})
	return append(hints, hint{strings.Join(keyNames(k.Jump, ascii), " "), "switch"}), last
}

// backHint is what escape does; empty where it does nothing.
func (m *Model) backHint() string {
	switch {
	case m.place() == onPane:
		return "profiles"
	case m.list.filter.shown():
		return "clear the filter"
	case m.sheet() != nil:
		return "dashboard"
	}
	return ""
}

// viewsHint names the keys of the views.
func (m *Model) viewsHint() hint {
	k, keys := &m.keys, ""
	for _, b := range []key.Binding{k.Overview, k.Timeline, k.Activity, k.People} {
		if name := firstKey(b, m.styles.ascii); name != "" {
			keys += " " + name
		}
	}
	if keys == "" {
		return hint{}
	}
	return hint{keys[1:], "views"}
}

func (m *Model) welcomeHints() []hint {
	k, ascii := &m.keys, m.styles.ascii
	return []hint{
		{firstKey(k.Add, ascii), "add a profile"}, {firstKey(k.Demo, ascii), "open the demo"},
		{firstKey(k.Copy, ascii), "copy this"}, {firstKey(k.Help, ascii), "help"}, {firstKey(k.Quit, ascii), "quit"},
	}
}
