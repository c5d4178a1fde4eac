package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// help is the overlay with every key, those of the present view first, and what the
// marks mean. What is written leaves those that have the words in them.
type help struct {
	*textOverlay
	line   draw.Line
	groups []actionGroup
	mouse  bool
}

// newHelp is the help for who is in an area.
func newHelp(groups []actionGroup, here area, version string, mouse bool, s *theme.Styles) *help {
	title := "Help"
	if version != "" {
		title += " " + s.Glyphs.Dot + " rollcall " + text.Printable(version)
	}
	h := &help{groups: helpGroups(groups, here), mouse: mouse}
	h.textOverlay = newText(title, s, func(k *KeyMap) key.Binding { return k.Help }, h.lines)
	h.most = maxHelp
	h.foot = "letters search, esc closes"
	return h
}

// helpGroups are all actions: what the present view alone has, with what is most
// useful there, and then the rest.
func helpGroups(groups []actionGroup, here area) []actionGroup {
	var all, own []action
	for _, g := range groups {
		all = append(all, g.actions...)
	}
	for _, a := range all {
		if a.areas&here != 0 && a.areas&anywhere != anywhere && a.hint == "" && !a.moves {
			own = append(own, a)
		}
	}
	first := append(hinted(all, here), own...)
	// What can be done in many views stands after what only this one has.
	slices.SortStableFunc(first, func(a, b action) int { return shared(a) - shared(b) })
	groups = only(groups, func(a action) bool {
		// The same key may be for something else where there are no profiles.
		elsewhere := a.areas == onWelcome && here != onWelcome
		return !elsewhere && !slices.ContainsFunc(first, func(h action) bool { return h.name == a.name })
	})
	if len(first) > 0 {
		groups = append([]actionGroup{{title: here.String(), actions: first}}, groups...)
	}
	return withActions(groups)
}

// shared is one for an action that all views have, else zero.
func shared(a action) int {
	if a.areas&anywhere == anywhere {
		return 1
	}
	return 0
}

// withActions are the groups that have some.
func withActions(groups []actionGroup) []actionGroup {
	return slices.DeleteFunc(groups, func(g actionGroup) bool { return len(g.actions) == 0 })
}

// HandleKey searches by what is written, scrolls, or closes the help; the first
// escape only forgets what was written.
func (h *help) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	written := h.line.Value() != ""
	switch {
	case !written && key.Matches(msg, k.Help):
		return reply{close: true}
	case !written && msg.Text != "" && key.Matches(msg, k.Filter):
		// It leads to a search everywhere else.
		return reply{}
	case written && msg.Code == tea.KeyEscape:
		h.search(func() { h.line = draw.Line{} })
		return reply{}
	case msg.Text != "", written && msg.Code == tea.KeyBackspace:
		h.search(func() { h.line.Press(msg) })
		return reply{}
	}
	return h.textOverlay.HandleKey(msg, k)
}

// Paste searches for a text.
func (h *help) Paste(text string) { h.search(func() { h.line.Insert(text) }) }

func (h *help) search(write func()) {
	write()
	h.window.offset = 0
	h.changed++
}

// caret is where it is written, once something is.
func (h *help) caret() (x, y int) {
	if h.line.Value() == "" || h.window.offset > 0 {
		return -1, -1
	}
	return 4 + draw.Width(h.line.Value()), 1
}

// lines are all groups, or what the search finds in them.
func (h *help) lines(s *theme.Styles, w int) []string {
	all := helpLines(h.groups, h.mouse, s, w)
	if h.line.Value() == "" {
		return all
	}
	wide := 0
	for _, l := range all {
		wide = max(wide, draw.Width(l))
	}
	asked := terms(h.line.Value())
	found := withActions(only(h.groups, func(a action) bool { return a.called(asked) }))
	lines := []string{draw.Pad(s.Accent.Render(s.Glyphs.Prompt+" ")+s.Text.Render(h.line.Value()), wide, s.Glyphs.Tail)}
	page := newHelpPage(h.groups, s, w)
	for _, g := range found {
		lines = append(lines, page.group(g)...)
	}
	if len(found) == 0 {
		lines = append(lines, draw.WrapIn(s.Muted, "No key is for that.", w)...)
	}
	return lines
}

// called reports whether all words are in the name of the action, in what it does,
// or in its keys.
func (a action) called(words []string) bool {
	told := strings.ToLower(a.name + " " + strings.ReplaceAll(a.name, "_", " ") + " " + a.keys.Help().Desc + " " + a.hint + " " +
		strings.Join(a.keys.Keys(), " "))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(told, w) })
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
			h.keys = max(h.keys, draw.Width(h.keyText(a)))
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
		out[0] = draw.Pad(out[0], h.w-nameColumn, "") + h.Muted.Render(draw.Cut(a.name, nameColumn, h.Glyphs.Tail))
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
		out = draw.WrapIn(h.Muted, "Mouse: click to select, wheel to scroll, a sum at the top for its profiles; "+
			"most terminals select text while shift is held.", h.w)

	}
	rebind := "Keys are changed in the configuration, under [ui.keys], by the names of the actions."
	if h.named {
		rebind = "Keys are changed in the configuration, under [ui.keys], by the name at the right."
	}
	out = append(out, draw.WrapIn(h.Muted, rebind, h.w)...)
	return append(out, draw.WrapIn(h.Muted, "A letter that quits only closes a dialog where one is open.", h.w)...)
}

func keyText(b key.Binding, ascii bool) string { return strings.Join(draw.KeyNames(b, ascii), " ") }
