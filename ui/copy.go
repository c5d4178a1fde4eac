package ui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// copyable is a value that a person may want elsewhere.
type copyable struct {
	what, value string
	// of is how many profiles the lines of the value are of, and missing how many of
	// the marked ones have none; zero where the value is of one.
	of, missing int
}

// copyWish is to copy a value, showWish to show it in full.
type (
	copyWish struct{ copyable }
	showWish struct{ copyable }
)

func (copyWish) wished() {}
func (showWish) wished() {}

// showKey is the key of the menu that shows a value in full.
const showKey = "s"

// copy puts what the person points at on the clipboard. Where there are several
// values, a menu asks which one.
func (m *Model) copy() tea.Cmd {
	if m.welcomes() {
		return tea.Batch(tea.SetClipboard(sampleConfig+"\n"), m.say("copied the sample configuration"))
	}
	if rows := m.targets(); len(rows) > 1 {
		m.overlays.push(newCopyMenu(manyCopyables(rows, m.clock), 0))
		return nil
	}
	all, pointed := m.copyables()
	switch len(all) {
	case 0:
		return m.say("nothing to copy here")
	case 1:
		return m.copyValue(all[0].what, all[0].value)
	}
	m.overlays.push(newCopyMenu(all, pointed))
	return nil
}

// newCopyMenu offers values to copy, each by a letter of its name.
func newCopyMenu(all []copyable, pointed int) *menu {
	// The letters that move, and those of the menu itself, are no choice.
	taken := "jkgGhlyq" + showKey
	entries := make([]menuEntry, len(all))
	for i, c := range all {
		letter := letterOf(c.what, taken)
		taken += letter
		entries[i] = menuEntry{letter: letter, name: c.what, does: c.brief(), wish: copyWish{c}, looked: showWish{c}}
	}
	o := newMenu("Copy", pointed, entries...)
	o.foot, o.look = "enter copies, "+showKey+" shows, esc closes", showKey
	o.again = func(k *KeyMap) key.Binding { return k.Copy }
	return o
}

// letterOf is a letter for a name: the first of it that is not taken, else any;
// empty where none is left.
func letterOf(name, taken string) string {
	for _, r := range strings.ToLower(name) + "abcdefimnoprtuvwxz" {
		if r >= 'a' && r <= 'z' && !strings.ContainsRune(taken, r) {
			return string(r)
		}
	}
	return ""
}

// copyables are the values of what the person points at, each once, and the place
// of the one that is pointed at itself: those of the pane, else of the profile.
func (m *Model) copyables() (all []copyable, pointed int) {
	add := func(what, value string) {
		c := copyable{what: what, value: value}
		if value != "" && !slices.ContainsFunc(all, func(o copyable) bool { return o.value == value }) {
			all = append(all, c)
		}
	}
	if m.area() == onPane || m.area() == onOpened {
		d := m.dashboard.pane()
		for i, it := range d.filled.Items {
			if it.What == "" {
				continue
			}
			add(it.What, it.Value)
			if i <= d.pointed {
				pointed = max(0, len(all)-1)
			}
			add("page", it.URL)
		}
		return all, pointed
	}
	if v := m.sheet(); v != nil && !m.marking() {
		if l := v.current(); l.entry != nil && l.entry.change != nil {
			add("change", l.entry.told())
		}
	}
	for _, r := range m.targets() {
		for _, c := range r.values(m.clock) {
			add(c.what, c.value)
		}
	}
	return all, 0
}

// values are what can be copied of a profile, what is wanted most first.
func (r *row) values(c clock) []copyable {
	var all []copyable
	add := func(what, value string) { all = append(all, copyable{what: what, value: value}) }
	if acc := r.snap.Account; acc != nil {
		u := acc.User
		add("user id", u.ID)
		add("name", u.Name())
		add("user name", u.Username)
		for _, e := range u.Emails {
			add("e-mail", e)
		}
		add("token id", acc.Token.ID)
		add("page", u.URL)
	}
	advice := r.snap.Advice(c.now)
	add("command", advice.Command)
	add("remedy", advice.Remedy)
	add("profile name", r.config.Name)
	add("address", cmp.Or(r.snap.Address(), r.config.BaseURL))
	return all
}

// copiedWidth is how much of a value is said: enough to know it again.
const copiedWidth = 30

// copyValue puts a value on the clipboard, and says so. Terminals do not answer
// whether they have taken it.
func (m *Model) copyValue(what, value string) tea.Cmd {
	if value == "" {
		return m.say("nothing to copy here")
	}
	said := "copied the " + what + ": " + draw.Cut(value, copiedWidth, m.styles.Glyphs.Tail)
	if y := draw.FirstKey(m.keys.Copy, m.styles.ASCII); y != "" {
		said += "; " + y + " " + showKey + " shows it"
	}
	return tea.Batch(tea.SetClipboard(value), m.say(said))
}

// newValue is the overlay with a value in full, for those whose terminal has no
// clipboard for us.
func newValue(c copyable, s *theme.Styles) *textOverlay {
	return newText("The "+c.called(), s, nil, func(s *theme.Styles, w int) []string {
		var lines []string
		for one := range strings.SplitSeq(c.value, "\n") {
			lines = append(lines, draw.WrapIn(s.Strong, one, w)...)
		}
		return append(append(lines, ""), draw.WrapIn(s.Muted, "Most terminals select text while shift is held.", w)...)
	})
}
