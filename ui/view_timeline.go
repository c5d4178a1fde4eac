package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// timeline is the view of all tokens on one axis of time, soonest end first.
type timeline struct {
	roster    *roster
	selection *selection
	lines     memo[timelineKey, []sheetLine]
	// next is the soonest end that lies ahead, last the latest.
	next, last time.Time
	// passed counts the times at which next had come.
	passed int
	// axis is the one that holds both.
	axis  draw.EndAxis
	dated int
}

func newTimeline(s *selection) sheetContent { return &timeline{roster: s.roster, selection: s} }

// timelineKey is all that the lines depend on.
type timelineKey struct {
	endings, list, passed int
}

func (t *timeline) arrange(c *canvas) ([]sheetLine, bool) {
	if !t.next.IsZero() && !t.next.After(c.now) {
		t.passed++
	}
	k := timelineKey{t.roster.endings, t.selection.arranged, t.passed}
	return t.lines.renew(k, func() []sheetLine { return t.groups(c.now) })
}

// groups are the tokens that have ended, will end, and do not or may not.
func (t *timeline) groups(now time.Time) []sheetLine {
	t.next, t.last = time.Time{}, time.Time{}
	var ended, ahead, never, unknown []sheetLine
	for _, r := range t.selection.visible {
		e, l := r.ending(), sheetLine{row: r}
		switch kind := e.KindOrUnknown(); {
		case kind == account.ExpiryNever:
			never = append(never, l)
		case kind != account.ExpiryDate:
			unknown = append(unknown, l)
		case !e.At.After(now):
			ended = append(ended, l)
		default:
			ahead = append(ahead, l)
		}
	}
	byEnd := func(a, b sheetLine) int { return a.row.ending().At.Compare(b.row.ending().At) }
	slices.SortStableFunc(ended, byEnd)
	slices.SortStableFunc(ahead, byEnd)
	if n := len(ahead); n > 0 {
		t.next, t.last = ahead[0].row.ending().At, ahead[n-1].row.ending().At
	}
	t.dated = len(ended) + len(ahead)
	var lines []sheetLine
	for _, g := range []struct {
		title string
		lines []sheetLine
	}{{"Ended", ended}, {"Ahead", ahead}, {"Never end", never}, {"End unknown", unknown}} {
		if len(g.lines) > 0 {
			lines = append(append(lines, sheetLine{text: fmt.Sprintf("%s\n%d", g.title, len(g.lines))}), g.lines...)
		}
	}
	return lines
}

func (t *timeline) note(g *theme.Glyphs) string {
	return fmt.Sprintf("%s %d of %d have a date", g.Dot, t.dated, len(t.selection.visible))
}

func (t *timeline) none() string {
	return "No profile matches the filter. Esc clears it."
}

func (t *timeline) soonest() time.Time { return t.next }

// minAxis is the least width at which an axis tells anything.
const minAxis = 20

// columns are the widths of the name, the axis and the words at its right;
// the date is zero where there is no room for it.
func (t *timeline) columns(w int) (name, axis, words, date int) {
	name, words = min(t.roster.nameWidth, max(6, w/4)), 10
	if w >= 60 {
		date = len("yesterday 15:04")
	}
	return name, max(0, w-name-words-date-6), words, date
}

// head is the axis: what each mark means, and its date.
func (t *timeline) head(c *canvas) []string {
	name, axis, words, date := t.columns(c.w)
	if axis < minAxis || t.next.IsZero() {
		return nil
	}
	t.axis = draw.NewEndAxis(t.next.Sub(c.now), t.last.Sub(c.now), axis)
	names, dates, rule := t.axis.Lines(c.Glyphs, c.now)
	line := func(k theme.Ink, text string) string {
		return draw.Spaces(name+5) + k.Render(draw.Pad(text, axis+words+date+1, ""))
	}
	out := []string{line(c.Text, names)}
	if date > 0 {
		out = append(out, line(c.Muted, dates))
	}
	return append(out, line(c.Border, rule))
}

func (t *timeline) draw(c *canvas, l sheetLine, selected bool) string {
	if l.row == nil {
		return c.heading(l)
	}
	r, g := l.row, c.Glyphs
	lead, in := c.lead(selected)
	name, axis, words, date := t.columns(c.w)
	sev, e := r.severity(), r.ending()
	left := e.At.Sub(c.now)
	dated := e.KindOrUnknown() == account.ExpiryDate
	tone := in.Text
	switch {
	case dated && left <= 0:
		tone = in.Fail
	case r.snap.Health.State == account.Expiring, dated && left < time.Hour:
		tone = in.Warn
	}
	plain := in.Text
	if selected {
		plain = in.Strong
	}
	lead += in.Severity(sev).Render(g.Mark(sev)+" ") +
		draw.Highlight(in, draw.Pad(r.config.Name, name, g.Tail), plain, c.query) + in.Text.Render("  ")
	if !dated || left <= 0 {
		return lead + t.words(c, in, r, c.w-name-5)
	}
	bar := ""
	if axis >= minAxis {
		x := t.axis.Place(left)
		point := g.Mark(account.SeverityOK)
		if r.snap.Health.State == account.Expiring {
			point = g.Mark(account.SeverityWarn)
		}
		bar = tone.Render(strings.Repeat(g.Bar, x)+point) + in.Text.Render(draw.Spaces(axis-x-1)+" ")
	} else {
		words += axis + 1
	}
	told := text.Remaining(left)
	if axis < minAxis && date == 0 {
		told += " " + g.Dot + " " + text.EndDate(e.At, c.now)
	}
	out := lead + bar + tone.Render(draw.Pad(told, words, g.Tail))
	if date > 0 {
		out += in.Muted.Render(draw.Pad(text.EndDate(e.At, c.now), date, g.Tail))
	}
	return out + in.Text.Render(draw.Spaces(c.w-ansi.StringWidth(out)))
}

// words is what is said of a token without an end ahead.
func (t *timeline) words(c *canvas, in *theme.Inks, r *row, room int) string {
	e := r.ending()
	switch e.KindOrUnknown() {
	case account.ExpiryDate:
		phrase := "ended " + text.Ago(c.now.Sub(e.At))
		if day := " " + c.Glyphs.Dot + " " + text.EndDate(e.At, c.now); ansi.StringWidth(phrase+day) <= room {
			phrase += day
		}
		return in.Fail.Render(draw.Pad(phrase, room, c.Glyphs.Tail))
	case account.ExpiryNever:
		text := "never"
		if e.Source != "" {
			text += ", says the " + e.Source
		}
		return in.Muted.Render(draw.Pad(text, room, c.Glyphs.Tail))
	}
	text := r.service + " does not say"
	if s := r.snap.Health.State; !s.Answered() {
		text = s.Word()
	}
	return in.Muted.Render(draw.Pad(text, room, c.Glyphs.Tail))
}
