package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
)

// headerKey is all that the header depends on.
type headerKey struct {
	w, busy, spin, problems int
	counts                  [4]int
	next                    string
	active                  string
	styles                  *Styles
	screen                  screen
	private                 bool
}

// headerView is the line at the top: whose counts, and what happens next.
func (m *Model) headerView() string {
	k := m.headerKey()
	return m.header.get(k, func() string {
		text, _ := m.drawHeader(k)
		return text
	})
}

func (m *Model) headerKey() headerKey {
	t := m.roster
	k := headerKey{
		w: m.width, busy: t.busy, styles: m.styles, screen: m.screen(), problems: m.problems(), private: m.private(),
	}
	for i, sev := range severities() {
		k.counts[i] = t.counts[sev]
	}
	if t.byName[t.active] != nil {
		k.active = text.Printable(t.active)
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
	return k
}

// headerForm is how much the header says.
type headerForm struct {
	// profiles is set where their number is told, active where the active one
	// is named, tabs where the views are.
	profiles, active, tabs bool
	// left and right are how many words the counts and the rest have.
	left, right int
}

// headerForms are the forms of the header, the fullest first.
func headerForms() []headerForm {
	return []headerForm{
		{true, true, true, 3, 2}, {false, true, true, 3, 2}, {false, true, true, 3, 1}, {false, false, true, 3, 1},
		{false, false, true, 2, 1}, {true, true, false, 3, 2}, {true, false, false, 3, 2}, {true, false, false, 2, 2},
		{true, false, false, 3, 1}, {true, false, false, 2, 1}, {false, false, false, 1, 1}, {false, false, false, 1, 0},
		{false, false, false, 0, 0},
	}
}

// drawHeader takes the fullest form that fits, with the names of the views
// where there is room for them at all. They begin at cell tabs; negative where
// they are left out.
func (m *Model) drawHeader(k headerKey) (text string, tabs int) {
	const gap = 3
	names := m.tabs()
	for _, f := range headerForms() {
		if f.tabs && f.right < 2 && k.problems > 0 {
			// How to see the problems is more than how to see the views.
			continue
		}
		left, right, at := m.headerLeft(k, f), m.headerRight(k, f.right), -1
		if f.tabs {
			at = ansi.StringWidth(left) + gap
			left += spaces(gap) + names
		}
		if room := k.w - ansi.StringWidth(left) - ansi.StringWidth(right); room >= 2 {
			return left + spaces(room) + right, at
		}
	}
	return pad(m.headerLeft(k, headerForm{}), k.w, m.styles.glyphs.tail), -1
}

// headerLeft is the name and the counts.
func (m *Model) headerLeft(k headerKey, f headerForm) string {
	s := m.styles
	var b strings.Builder
	if f.left > 0 {
		b.WriteString(" " + s.brand.write("rollcall") + " ")
	}
	if m.options.Demo {
		b.WriteString(" " + s.badge.write(" DEMO ") + " ")
	}
	if k.private {
		b.WriteString(" " + s.badge.write(" PRIVATE ") + " ")
	}
	if f.profiles {
		b.WriteString(" " + s.text.write(plural(len(m.roster.rows), "profile")) + " ")
	}
	if f.active && k.active != "" {
		b.WriteString(" " + s.accent.write(s.glyphs.active) + " " + s.text.write(cut(k.active, 20, s.glyphs.tail)) + " ")
	}
	gap := " "
	if f.left == 3 {
		gap = "  "
	}
	for i, sev := range severities() {
		if k.counts[i] == 0 {
			continue
		}
		text := s.glyphs.mark(sev) + " " + strconv.Itoa(k.counts[i])
		if f.left == 3 || f.left == 2 && sev != account.SeverityNone {
			text += " " + severityWord(sev)
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
		if h.key == "" {
			continue
		}
		b.WriteString(s.strong.write(h.key) + " " + s.muted.write(h.does) + "   ")
	}
	return pad(" "+strings.TrimRight(b.String(), " "), m.width, s.glyphs.tail)
}
