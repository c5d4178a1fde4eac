package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// headerKey is all that the header depends on.
type headerKey struct {
	w, busy, spin, problems int
	counts                  [4]int
	next                    string
	styles                  *Styles
}

// headerView is the line at the top: whose counts, and what happens next.
func (m *Model) headerView() string {
	t := m.roster
	k := headerKey{
		w: m.width, busy: t.busy, styles: m.styles, problems: len(m.config.Problems) + len(m.keyProblems),
		counts: [4]int{
			t.counts[client.SeverityOK], t.counts[client.SeverityWarn],
			t.counts[client.SeverityFail], t.counts[client.SeverityNone],
		},
	}
	if t.busy > 0 {
		k.spin = m.spin
	}
	if !t.next.IsZero() {
		k.next = Countdown(t.next.Sub(m.clock.now))
		if !t.next.After(m.clock.now) {
			k.next = "now"
		}
	}
	return m.header.get(k, func() []string { return []string{m.drawHeader(k)} })[0]
}

// drawHeader takes the fullest form that fits.
func (m *Model) drawHeader(k headerKey) string {
	s := m.styles
	for _, words := range [][2]int{{3, 2}, {2, 2}, {3, 1}, {2, 1}, {1, 1}, {1, 0}, {0, 0}} {
		left, right := m.headerLeft(k, words[0]), m.headerRight(k, words[1])
		room := k.w - ansi.StringWidth(left) - ansi.StringWidth(right)
		if room >= 2 {
			return left + spaces(room) + right
		}
	}
	return pad(m.headerLeft(k, 0), k.w, s.glyphs.tail)
}

// headerLeft is the name and the counts, with words fewer the narrower it is.
func (m *Model) headerLeft(k headerKey, words int) string {
	s := m.styles
	var b strings.Builder
	if words > 0 {
		b.WriteString(" " + s.brand.write("rollcall") + " ")
	}
	if m.options.Demo {
		b.WriteString(" " + s.badge.write(" DEMO ") + " ")
	}
	gap := " "
	if words >= 2 {
		b.WriteString(" " + s.text.write(plural(len(m.roster.rows), "profile")) + " ")
	}
	if words == 3 {
		gap = "  "
	}
	for i, sev := range []client.Severity{
		client.SeverityOK, client.SeverityWarn, client.SeverityFail, client.SeverityNone,
	} {
		if k.counts[i] == 0 {
			continue
		}
		text := s.glyphs.mark(sev) + " " + strconv.Itoa(k.counts[i])
		if words == 3 || words == 2 && sev != client.SeverityNone {
			text += " " + [...]string{"ok", "warn", "fail", "unchecked"}[i]
		}
		b.WriteString(" " + s.severity(sev).write(text) + gap)
	}
	return strings.TrimRight(b.String(), " ")
}

// headerRight is what goes on and what comes next.
func (m *Model) headerRight(k headerKey, words int) string {
	s := m.styles
	var parts []string
	if k.problems > 0 {
		text := s.glyphs.warn + " " + strconv.Itoa(k.problems)
		if words == 2 {
			text = s.glyphs.warn + " " + plural(k.problems, "problem") + " (" + firstKey(m.keys.Problems, s.ascii) + ")"
		}
		parts = append(parts, s.problem.write(text))
	}
	if k.busy > 0 {
		text := " " + strconv.Itoa(k.busy)
		if words == 2 {
			text = " checking" + text
		}
		parts = append(parts, s.accent.write(s.glyphs.spinner[k.spin%len(s.glyphs.spinner)])+s.text.write(text))
	}
	if k.next != "" {
		text := [...]string{"", "next ", "next refresh "}[words]
		parts = append(parts, s.muted.write(text)+s.text.write(k.next))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "   ") + " "
}

// hint is a key at the bottom and what it does there.
type hint struct{ key, does string }

// footerView is the line at the bottom: a notice, or the keys of the place.
func (m *Model) footerView() string {
	s := m.styles
	if m.notice.text != "" {
		return s.accent.write(" "+s.glyphs.marker) + " " + s.text.write(pad(m.notice.text, max(0, m.width-3), s.glyphs.tail))
	}
	hints, last := m.hints()
	room := m.width - 1
	for _, h := range last {
		room -= h.width()
	}
	var shown []hint
	for _, h := range hints {
		if h.key == "" || h.width() > room {
			continue
		}
		room -= h.width()
		shown = append(shown, h)
	}
	var b strings.Builder
	for _, h := range append(shown, last...) {
		b.WriteString(s.strong.write(h.key) + " " + s.muted.write(h.does) + "   ")
	}
	return pad(" "+strings.TrimRight(b.String(), " "), m.width, s.glyphs.tail)
}

func (h hint) width() int { return ansi.StringWidth(h.key) + ansi.StringWidth(h.does) + 4 }

// hints are the keys worth naming where the focus is, the most useful first;
// last are those that stay when it gets narrow.
func (m *Model) hints() (hints, last []hint) {
	k, ascii := &m.keys, m.styles.ascii
	arrows := firstKey(k.Up, ascii) + firstKey(k.Down, ascii)
	if ascii {
		arrows = firstKey(k.Up, ascii) + "/" + firstKey(k.Down, ascii)
	}
	switch {
	case len(m.overlays) > 0:
		return []hint{{arrows, "scroll"}}, []hint{{firstKey(k.Back, ascii), "close"}}
	case m.screen() == screenWelcome:
		return nil, m.welcomeHints()
	case m.list.filter.editing:
		return []hint{{arrows, "move"}, {firstKey(k.Open, ascii), "keep the filter"}},
			[]hint{{firstKey(k.Back, ascii), "clear it"}}
	}
	last = []hint{{firstKey(k.Help, ascii), "help"}, {firstKey(k.Quit, ascii), "quit"}}
	if m.focus != paneProfiles {
		hints = []hint{{arrows, "move"}, {firstKey(k.Copy, ascii), "copy"}, {firstKey(k.Back, ascii), "profiles"},
			{firstKey(k.NextPane, ascii), "pane"}, {firstKey(k.Refresh, ascii), "refresh"}}
		return hints, last
	}
	hints = []hint{{arrows, "move"}, {firstKey(k.Filter, ascii), "filter"}, {firstKey(k.Refresh, ascii), "refresh"},
		{firstKey(k.NextPane, ascii), "pane"}}
	if m.list.filter.shown() {
		hints = append([]hint{{firstKey(k.Back, ascii), "clear the filter"}}, hints...)
	}
	return append(hints, hint{firstKey(k.RefreshAll, ascii), "refresh all"}, hint{firstKey(k.Sort, ascii), "sort"},
		hint{firstKey(k.Copy, ascii), "copy id"}, hint{strings.Join(keyNames(k.Jump, ascii), " "), "switch"}), last
}

func (m *Model) welcomeHints() []hint {
	k, ascii := &m.keys, m.styles.ascii
	return []hint{
		{firstKey(k.Demo, ascii), "open the demo"}, {firstKey(k.Copy, ascii), "copy this"},
		{firstKey(k.Help, ascii), "help"}, {firstKey(k.Quit, ascii), "quit"},
	}
}
