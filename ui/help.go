package ui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// newHelp is the overlay with every key, those of the present place first, and
// what the marks mean.
func newHelp(m *Model) *textOverlay {
	title := "Help"
	if m.options.Version != "" {
		title += " " + m.styles.glyphs.dot + " rollcall " + client.Printable(m.options.Version)
	}
	groups := m.keys.groups()
	if here := m.hinted(); len(here) > 0 {
		groups = append([]actionGroup{{m.place().String(), here}}, groups...)
	}
	mouse := m.config.UI.Mouse
	return newText(title, m.styles, func(k *KeyMap) key.Binding { return k.Help },
		func(s *Styles, w int) []string { return helpLines(groups, mouse, s, w) })
}

func helpLines(groups []actionGroup, mouse bool, s *Styles, w int) []string {
	width, does := 0, 0
	for _, g := range groups {
		for _, a := range g.actions {
			width = max(width, ansi.StringWidth(keyText(*a.binding, s.ascii)))
			does = max(does, len(a.binding.Help().Desc))
		}
	}
	width = min(width, w/2)
	// Beyond what the lines need, width only tears them apart.
	w = min(w, width+2+does+3+nameColumn)
	var out []string
	for _, g := range groups {
		out = append(out, section(s, g.title))
		for _, a := range g.actions {
			out = append(out, helpLine(s, keyText(*a.binding, s.ascii), a.binding.Help().Desc, a.name, width, w)...)
		}
		out = append(out, "")
	}
	out = append(out, section(s, "Marks"))
	for _, m := range []struct {
		severity client.Severity
		means    string
	}{
		{client.SeverityOK, "the token works"},
		{client.SeverityWarn, "works with a warning, or cannot work at the moment"},
		{client.SeverityFail, "something is wrong"},
		{client.SeverityNone, "not checked yet, or switched off"},
	} {
		mark := s.severity(m.severity).write(pad(s.glyphs.mark(m.severity), width+2, ""))
		for i, l := range wrap(m.means, w-width-2) {
			if i > 0 {
				mark = spaces(width + 2)
			}
			out = append(out, mark+s.text.write(l))
		}
	}
	changed := s.accent.write(pad(s.glyphs.changed, width+2, ""))
	out = append(out, changed+s.text.write("changed since you last looked at it"), "")
	if mouse {
		out = append(out, sentence(s, s.muted, "Mouse: click to select, wheel to scroll; "+
			"most terminals select text while shift is held.", w)...)
	}
	return append(out, sentence(s, s.muted, "Keys are changed in the configuration, under [ui.keys], "+
		"by the name at the right.", w)...)
}

// nameColumn is the width of the longest name of an action.
const nameColumn = len("changes_only")

// helpLine is one action: keys, what they do, and its name where there is
// room for it.
func helpLine(s *Styles, keys, does, name string, width, w int) []string {
	room := w - width - 2
	named := w >= 64
	if named {
		room -= nameColumn + 3
	}
	var out []string
	for i, l := range wrap(does, room) {
		lead := spaces(width + 2)
		if i == 0 {
			lead = s.strong.write(pad(keys, width, s.glyphs.tail)) + "  "
		}
		l = lead + s.text.write(pad(l, room, ""))
		if named && i == 0 {
			l += "   " + s.muted.write(name)
		}
		out = append(out, l)
	}
	return out
}

func keyText(b key.Binding, ascii bool) string { return strings.Join(keyNames(b, ascii), " ") }
