package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// newHelp is the overlay with every key, those of the present area first, and
// what the marks mean.
func newHelp(groups []actionGroup, here area, version string, mouse bool, s *theme.Styles) *textOverlay {
	title := "Help"
	if version != "" {
		title += " " + s.Glyphs.Dot + " rollcall " + text.Printable(version)
	}
	var all []action
	for _, g := range groups {
		all = append(all, g.actions...)
	}
	first := hinted(all, here)
	groups = only(groups, func(a action) bool {
		// The same key may be for something else where there are no profiles.
		elsewhere := a.areas == onWelcome && here != onWelcome
		return !elsewhere && !slices.ContainsFunc(first, func(h action) bool { return h.name == a.name })
	})
	groups = slices.DeleteFunc(groups, func(g actionGroup) bool { return len(g.actions) == 0 })
	if len(first) > 0 {
		groups = append([]actionGroup{{here.String(), first}}, groups...)
	}
	o := newText(title, s, func(k *KeyMap) key.Binding { return k.Help },
		func(s *theme.Styles, w int) []string { return helpLines(groups, mouse, s, w) })
	o.most = maxHelp
	return o
}

const (
	// nameColumn is the width of the longest name of an action.
	nameColumn = len("changes_only")
	// helpColumns is the width from which the help has two columns, maxHelp
	// what they need at the most.
	helpColumns, maxHelp = 104, 150
	// helpGap is between them.
	helpGap = 4
)

// helpLines are the keys by groups, in two columns where there is room.
func helpLines(groups []actionGroup, mouse bool, s *theme.Styles, w int) []string {
	h := newHelpPage(groups, s, w)
	if w >= helpColumns {
		h = newHelpPage(groups, s, (w-helpGap)/2)
	}
	var parts [][]string
	for _, g := range groups {
		parts = append(parts, h.group(g))
	}
	parts = append(parts, append(h.marks(), h.notes(mouse)...))
	if w < helpColumns {
		return slices.Concat(parts...)
	}
	total, left := 0, []string(nil)
	for _, p := range parts {
		total += len(p)
	}
	for len(parts) > 0 && len(left)+len(parts[0])/2 <= total/2 {
		left, parts = append(left, parts[0]...), parts[1:]
	}
	return besides(left, slices.Concat(parts...), h.w+helpGap)
}

// besides puts lines next to others, from cell x.
func besides(left, right []string, x int) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		if i < len(left) {
			out[i] = left[i]
		}
		if i < len(right) {
			out[i] = draw.Pad(out[i], x, "") + right[i]
		}
	}
	return out
}

// helpPage writes one column of the help.
type helpPage struct {
	*theme.Styles
	// w is the width of the column, keys that of the keys.
	w, keys int
	// named is set where there is room for the names of actions, brief where
	// there is room for one key only.
	named, brief bool
}

func newHelpPage(groups []actionGroup, s *theme.Styles, w int) *helpPage {
	h := &helpPage{Styles: s, named: w >= 62, brief: w < 48}
	does := 0
	for _, g := range groups {
		for _, a := range g.actions {
			h.keys = max(h.keys, ansi.StringWidth(h.keyText(a)))
			does = max(does, len(a.keys.Help().Desc))
		}
	}
	h.keys = min(h.keys, w/2)
	// Beyond what the lines need, width only tears them apart.
	h.w = min(w, h.keys+2+does)
	if h.named {
		h.w = min(w, h.keys+2+does+3+nameColumn)
	}
	return h
}

func (h *helpPage) keyText(a action) string {
	if h.brief {
		return draw.FirstKey(*a.keys, h.ASCII)
	}
	return keyText(*a.keys, h.ASCII)
}

func (h *helpPage) group(g actionGroup) []string {
	out := []string{draw.Section(h.Styles, g.title)}
	for _, a := range g.actions {
		out = append(out, h.action(a)...)
	}
	return append(out, "")
}

// action is its keys, what they do, and its name where there is room for it.
func (h *helpPage) action(a action) []string {
	room := h.w - h.keys - 2
	if h.named {
		room -= nameColumn + 3
	}
	out := h.entry(h.Strong, h.keyText(a), a.keys.Help().Desc, room)
	if h.named {
		out[0] = draw.Pad(out[0], h.w-nameColumn, "") + h.Muted.Render(a.name)
	}
	return out
}

// entry is a key or a mark, and what it is for, broken at words.
func (h *helpPage) entry(k theme.Ink, lead, means string, room int) []string {
	var out []string
	for i, l := range draw.Wrap(means, room) {
		if i > 0 {
			lead = ""
		}
		out = append(out, k.Render(draw.Pad(lead, h.keys, h.Glyphs.Tail))+"  "+h.Text.Render(l))
	}
	return out
}

// marks are what stands before the profiles.
func (h *helpPage) marks() []string {
	out := []string{draw.Section(h.Styles, "Marks")}
	for _, m := range []struct {
		severity account.Severity
		means    string
	}{
		{account.SeverityOK, "the token works"},
		{account.SeverityWarn, "a warning, or has to wait"},
		{account.SeverityFail, "something is wrong"},
		{account.SeverityNone, "not checked yet, or switched off"},
	} {
		out = append(out, h.entry(h.Severity(m.severity), h.Glyphs.Mark(m.severity), m.means, h.w-h.keys-2)...)
	}
	out = append(out, h.entry(h.Accent, h.Glyphs.Changed, "changed since you last looked at it", h.w-h.keys-2)...)
	out = append(out, h.entry(h.Accent, h.Glyphs.Active, "the active profile", h.w-h.keys-2)...)
	return append(out, "")
}

// notes are what else there is to know.
func (h *helpPage) notes(mouse bool) []string {
	var out []string
	if mouse {
		out = draw.WrapIn(h.Muted, "Mouse: click to select, wheel to scroll; "+
			"most terminals select text while shift is held.", h.w)

	}
	rebind := "Keys are changed in the configuration, under [ui.keys], by the names of the actions."
	if h.named {
		rebind = "Keys are changed in the configuration, under [ui.keys], by the name at the right."
	}
	return append(out, draw.WrapIn(h.Muted, rebind, h.w)...)
}

func keyText(b key.Binding, ascii bool) string { return strings.Join(draw.KeyNames(b, ascii), " ") }
