package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
)

// manyCopyables are the values of several profiles that can be copied together, one a
// line in the order of the profiles, each kind of value once.
func manyCopyables(rows []*row, c clock) []copyable {
	var all []copyable
	lines := map[string][]string{}
	for _, r := range rows {
		had := map[string]bool{}
		for _, v := range append([]copyable{{what: "profile name", value: r.config.Name}}, r.values(c)...) {
			if v.value == "" || v.what == "profile name" && had[v.what] {
				continue
			}
			if lines[v.what] == nil {
				all = append(all, copyable{what: v.what})
			}
			lines[v.what] = append(lines[v.what], v.value)
			at := &all[slices.IndexFunc(all, func(o copyable) bool { return o.what == v.what })]
			if !had[v.what] {
				at.of++
			}
			had[v.what] = true
		}
	}
	for i := range all {
		all[i].value = strings.Join(lines[all[i].what], "\n")
		all[i].missing = len(rows) - all[i].of
	}
	return all
}

// called is what a value is, or of how many profiles there is one.
func (c copyable) called() string {
	if c.of == 0 {
		return c.what
	}
	return fmt.Sprintf("%s of %s", c.what, text.Plural(c.of, "profile"))
}

// brief is the value in one line.
func (c copyable) brief() string { return strings.ReplaceAll(c.value, "\n", ", ") }

// copyOut puts a value on the clipboard, or those of several profiles.
func (m *Model) copyOut(c copyable) tea.Cmd {
	if c.of == 0 {
		return m.copyValue(c.what, c.value)
	}
	said := "copied the " + c.called()
	if c.missing > 0 {
		said += fmt.Sprintf("; %d of the marked %s none", c.missing, map[bool]string{true: "has", false: "have"}[c.missing == 1])
	}
	return tea.Batch(tea.SetClipboard(c.value), m.say(said))
}
