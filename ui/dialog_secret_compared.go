package ui

import (
	"slices"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config/credential"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// leastCompared is the least width of a column in which an old or a new value can be
// told.
const leastCompared = 18

// comparedLines are the old and the new secret side by side, the worst first, each
// respect with its mark; where there is no room for that, what to make of it.
func (f *secretForm) comparedLines(s *theme.Styles) []string {
	r := &draw.Report{Styles: s, W: f.textWidth()}
	all := slices.SortedStableFunc(slices.Values(f.compared), func(a, b insight.Comparison) int {
		return min(urgency(a.Severity), 2) - min(urgency(b.Severity), 2)
	})
	column := (r.W - draw.LabelWidth - 4) / 2
	if column >= leastCompared && len(all) > 0 {
		r.Lines = append(r.Lines, s.Muted.Render(draw.Pad("", draw.LabelWidth+2, "")+draw.Pad("old", column, "")+"  new"))
	}
	for _, c := range all {
		look := r.Bold(c.Severity)
		if c.Severity == account.SeverityNone {
			look = r.Muted
		}
		mark := r.Glyphs.Mark(c.Severity) + " "
		if c.Is == "" || column < leastCompared {
			r.Fact(look, c.About, mark+c.Text)
			continue
		}
		r.Lines = append(r.Lines, f.sides(s, look, mark, c, column)...)
		if c.Severity == account.SeverityWarn || c.Severity == account.SeverityFail {
			r.Fact(look, "", c.Text)
		}
	}
	r.Lines = append(r.Lines, "")
	f.afterwards(r)
	return append(r.Lines, "")
}

// sides are the old and the new value beside each other, broken at words.
func (f *secretForm) sides(s *theme.Styles, look theme.Ink, mark string, c insight.Comparison, column int) (lines []string) {
	was, is := draw.Wrap(c.Was, column), draw.Wrap(mark+c.Is, column)
	for i := range max(len(was), len(is)) {
		label, left, right := "", "", ""
		if i == 0 {
			label = c.About
		}
		if i < len(was) {
			left = was[i]
		}
		if i < len(is) {
			right = is[i]
		}
		lines = append(lines, s.Muted.Render(draw.Pad(label, draw.LabelWidth+2, ""))+
			s.Text.Render(left+draw.Spaces(column-draw.Width(left))+"  ")+look.Render(right))
	}
	return lines
}

// afterwards says what is to be done then, and what becomes of the old secret.
func (f *secretForm) afterwards(r *draw.Report) {
	switch {
	case !f.replaceable():
	case f.leaves != "":
		r.Note(f.leaves)
	case f.stores:
	case f.way.By == credential.ByRollcall && f.oldRefused:
		r.Note("The service refuses the old one already.")
	case f.way.By == credential.ByRollcall:
		r.Note("The old one stays good at the service until you delete it there.")
	default:
		if f.missing {
			r.Lines = append(r.Lines, draw.WrapIn(r.Warn, r.Glyphs.Mark(account.SeverityWarn)+" "+text.Capitalized(f.source)+" does not give the new one yet.", r.W)...)
		}
		then := "; then rollcall looks whether it is the new one."
		if f.way.By == credential.ByRestart {
			then = ". " + f.comparesAnew()
		}
		r.Lines = append(r.Lines, draw.WrapIn(r.Text, r.Glyphs.Arrow+" "+text.Capitalized(f.way.Todo)+then, r.W)...)
	}
}
