package ui

import (
	"cmp"
	"slices"

	"rollcall/client"
)

// follow brings the secret or the buttons into sight.
func (f *secretForm) follow() {
	lines, at := f.lines(f.styles)
	if n := len(lines); f.writing() {
		f.over(n).reveal(at, n-1)
	} else {
		f.over(n).reveal(n-1, n)
	}
}

// caret is where the secret is written.
func (f *secretForm) caret() (x, y int) {
	if !f.writing() {
		return -1, -1
	}
	_, at := f.lines(f.styles)
	return f.caretIn(&f.secret, at)
}

// View draws the secret, or what the service said.
func (f *secretForm) View(s *Styles) []string {
	return f.draw(s, func() []string {
		lines, _ := f.lines(s)
		return lines
	})
}

// lines are the text of the form, and in which of them the secret is.
func (f *secretForm) lines(s *Styles) (lines []string, at int) {
	switch {
	case f.stage == trying, f.stage == saving:
		return f.waitingLines(s, f.draft), 0
	case f.stage == tried && f.result.Health.State.Accepted():
		return f.comparedLines(s), 0
	case f.stage == tried:
		return f.answerLines(s), 0
	}
	w := f.textWidth()
	fact := func(label, value string, k ink, link string) {
		for _, l := range wrap(value, w-labelWidth-2) {
			lines = append(lines, "  "+s.muted.write(pad(label, labelWidth, ""))+k.write(linked(s, l, link)))
			label = ""
		}
	}
	fact("made at", cmp.Or(f.page, "the service"), s.accent, f.page)
	fact("kept in", f.source, s.text, "")
	at = len(lines)
	notes := fieldNotes{label: "secret", advice: "paste the new one here; it is not shown", wrong: f.wrong()}
	lines = append(lines, f.secret.lines(s, w, f.writing(), notes)...)
	return append(lines, ""), at
}

// comparedLines are the new secret beside the old one, the worst first, each
// with its mark.
func (f *secretForm) comparedLines(s *Styles) []string {
	r := &report{Styles: s, w: f.textWidth()}
	all := slices.SortedStableFunc(slices.Values(f.compared), func(a, b Comparison) int {
		return min(urgency(a.Severity), 2) - min(urgency(b.Severity), 2)
	})
	for _, c := range all {
		look := r.bold(c.Severity)
		if c.Severity == client.SeverityNone {
			look = r.muted
		}
		r.field(look, c.About, r.glyphs.mark(c.Severity)+" "+c.Text)
	}
	r.out = append(r.out, "")
	if f.replaceable() {
		r.note("The old one stays good at the service until you delete it there.")
	}
	return append(r.out, "")
}
