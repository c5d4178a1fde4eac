package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// header is the line at the top: whose counts, which view, and what happens
// next.
type header struct {
	// counts are how many profiles have each of the severities, off how many are
	// switched off, profiles how many there are, busy how many are being checked.
	counts              [4]int
	profiles, busy, off int
	// spin is the frame of the spinner.
	spin int
	// problems is how many the configuration has, problemKey shows them.
	problems   int
	problemKey string
	// next says when the next check comes; empty for none.
	next string
	// active is the active profile; empty for none.
	active        string
	demo, private bool
	// views are the names of the views, one a line; view is the place of the
	// present one.
	views string
	view  viewID
}

// headerKey is all that the drawn header depends on.
type headerKey struct {
	header
	styles *theme.Styles
	w      int
}

// headerForm is how much the header says: the narrower the screen, the less.
type headerForm struct {
	// profiles is set where their number is told, active where the active one
	// is named, tabs where the views are.
	profiles, active, tabs bool
	// left is how many words stand beside the counts, from none to three, right
	// how many stand beside what goes on, from none to two.
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

// draw takes the fullest form that fits in w cells, with the names of the views
// where there is room for them at all. They begin at cell tabs; negative where
// they are left out.
func (h *header) draw(s *theme.Styles, w int) (text string, tabs int) {
	const gap = 3
	names := h.tabs(s)
	for _, f := range headerForms() {
		if f.tabs && f.right < 2 && h.problems > 0 {
			// How to see the problems is more than how to see the views.
			continue
		}
		left, right, at := h.left(s, f), h.right(s, f.right), -1
		if f.tabs {
			at = ansi.StringWidth(left) + gap
			left += draw.Spaces(gap) + names
		}
		if room := w - ansi.StringWidth(left) - ansi.StringWidth(right); room >= 2 {
			return left + draw.Spaces(room) + right, at
		}
	}
	return draw.Pad(h.left(s, headerForm{}), w, s.Glyphs.Tail), -1
}

// tabGap stands between two names of views.
const tabGap = "  "

// tabs are the names of the views, the present one marked.
func (h *header) tabs(s *theme.Styles) string {
	text := ""
	for i, name := range strings.Split(h.views, "\n") {
		if i > 0 {
			text += tabGap
		}
		if viewID(i) == h.view {
			text += s.TitleFocused.Render(name)
		} else {
			text += s.Muted.Render(name)
		}
	}
	return text
}

// viewAt is the view whose name is at cell x of the header drawn w cells wide.
func (h *header) viewAt(s *theme.Styles, x, w int) (id viewID, ok bool) {
	_, at := h.draw(s, w)
	if at < 0 {
		return 0, false
	}
	for i, name := range strings.Split(h.views, "\n") {
		if x >= at && x < at+len(name) {
			return viewID(i), true
		}
		at += len(name) + len(tabGap)
	}
	return 0, false
}

// left is the name and the counts.
func (h *header) left(s *theme.Styles, f headerForm) string {
	var b strings.Builder
	if f.left > 0 {
		b.WriteString(" " + s.Brand.Render("rollcall") + " ")
	}
	if h.demo {
		b.WriteString(" " + s.Badge.Render(" DEMO ") + " ")
	}
	if h.private {
		b.WriteString(" " + s.Badge.Render(" PRIVATE ") + " ")
	}
	if f.profiles {
		b.WriteString(" " + s.Text.Render(text.Plural(h.profiles, "profile")) + " ")
	}
	if f.active && h.active != "" {
		b.WriteString(" " + s.Accent.Render(s.Glyphs.Active) + " " + s.Text.Render(draw.Cut(h.active, 20, s.Glyphs.Tail)) + " ")
	}
	gap := " "
	if f.left == 3 {
		gap = "  "
	}
	for i, sev := range severities() {
		if h.counts[i] == 0 {
			continue
		}
		text := s.Glyphs.Mark(sev) + " " + strconv.Itoa(h.counts[i])
		if f.left == 3 || f.left == 2 && sev != account.SeverityNone {
			text += " " + severityWord(sev)
		}
		b.WriteString(" " + s.Severity(sev).Render(text) + gap)
	}
	if h.off > 0 {
		off := s.Glyphs.Mark(account.SeverityNone) + " " + strconv.Itoa(h.off)
		if f.left >= 2 {
			off += " off"
		}
		b.WriteString(" " + s.Severity(account.SeverityNone).Render(off) + gap)
	}
	return strings.TrimRight(b.String(), " ")
}

// right is what goes on and what comes next, in so many words.
func (h *header) right(s *theme.Styles, words int) string {
	var parts []string
	if h.problems > 0 {
		phrase := s.Glyphs.Warn + " " + strconv.Itoa(h.problems)
		if words == 2 {
			phrase = s.Glyphs.Warn + " " + text.Plural(h.problems, "problem") + " (" + h.problemKey + ")"
		}
		parts = append(parts, s.Problem.Render(phrase))
	}
	if h.busy > 0 {
		text := " " + strconv.Itoa(h.busy)
		if words == 2 {
			text = " checking" + text
		}
		parts = append(parts, s.Accent.Render(s.Glyphs.Spinner[h.spin%len(s.Glyphs.Spinner)])+s.Text.Render(text))
	}
	if h.next != "" {
		text := [...]string{"", "next ", "next refresh "}[words]
		parts = append(parts, s.Muted.Render(text)+s.Text.Render(h.next))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "   ") + " "
}
