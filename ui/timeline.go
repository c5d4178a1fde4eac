package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// timeline is the view of all tokens on one axis of time, soonest end first.
type timeline struct {
	roster *roster
	list   *listPane
	lines  memo[timelineKey, []sheetLine]
	// next is the soonest end that lies ahead, last the latest.
	next, last time.Time
	// passed counts the times at which next had come.
	passed int
	// marks are those of the axis that holds both.
	marks []tick
	dated int
}

// timelineKey is all that the lines depend on.
type timelineKey struct {
	endings, list, passed int
}

// ending is when the profile's token ends.
func (r *row) ending() client.Expiry { return ending(&r.snap) }

func ending(s *client.Snapshot) client.Expiry {
	if s.Account == nil {
		return client.Expiry{}
	}
	return s.Account.Token.Expiry
}

func (t *timeline) arrange(c *canvas) ([]sheetLine, bool) {
	if !t.next.IsZero() && !t.next.After(c.now) {
		t.passed++
	}
	k := timelineKey{t.roster.endings, t.list.arranged, t.passed}
	return t.lines.renew(k, func() []sheetLine { return t.groups(c.now) })
}

// groups are the tokens that have ended, will end, and do not or may not.
func (t *timeline) groups(now time.Time) []sheetLine {
	t.next, t.last = time.Time{}, time.Time{}
	var ended, ahead, never, unknown []sheetLine
	for _, r := range t.list.visible {
		e, l := r.ending(), sheetLine{row: r}
		switch kind := e.KindOrUnknown(); {
		case kind == client.ExpiryNever:
			never = append(never, l)
		case kind != client.ExpiryDate:
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
	}{{"Ended", ended}, {"Ahead", ahead}, {"Never end", never}, {"End not known", unknown}} {
		if len(g.lines) > 0 {
			lines = append(append(lines, sheetLine{text: fmt.Sprintf("%s\n%d", g.title, len(g.lines))}), g.lines...)
		}
	}
	return lines
}

func (t *timeline) note(g *glyphs) string {
	return fmt.Sprintf("%s %d of %d have a date", g.dot, t.dated, len(t.list.visible))
}

func (t *timeline) none() string {
	return "No profile matches the filter. Esc clears it."
}

func (t *timeline) soonest() time.Time { return t.next }

// tick is a mark of the axis: so long from now.
type tick struct {
	name string
	at   time.Duration
}

// ticks are the marks of an axis of w cells that reaches to last. The first and
// the last one bound it; between two of them time runs evenly, and each part is
// as wide as any other, so that days can be seen beside years. There are no
// more of them than can be named.
func ticks(next, last time.Duration, w int) []tick {
	const day = 24 * time.Hour
	all := []tick{
		{"now", 0}, {"1 h", time.Hour}, {"1 day", day}, {"1 week", 7 * day}, {"1 month", 30 * day},
		{"3 months", 91 * day}, {"1 year", 365 * day}, {"3 years", 3 * 365 * day}, {"10 years", 3652 * day},
	}
	if next > day {
		all = slices.Delete(all, 1, 2)
	}
	end := slices.IndexFunc(all, func(t tick) bool { return t.at >= last })
	if end < 0 {
		end = len(all) - 1
	}
	// At least a month is shown.
	all = all[:max(end, slices.IndexFunc(all, func(t tick) bool { return t.at == 30*day }))+1]
	for _, least := range []string{"3 years", "3 months", "1 h", "1 day", "1 week", "1 month", "1 year"} {
		if w >= (len(all)-1)*tickWidth || len(all) == 2 {
			break
		}
		if i := slices.IndexFunc(all, func(t tick) bool { return t.name == least }); i >= 0 && i < len(all)-1 {
			all = slices.Delete(all, i, i+1)
		}
	}
	return all
}

// tickWidth is the room for the name of a mark and for its date.
const tickWidth = 9

// onAxis is the cell of a moment on an axis of w cells.
func onAxis(ticks []tick, left time.Duration, w int) int {
	parts := len(ticks) - 1
	for i := range parts {
		from, to := ticks[i].at, ticks[i+1].at
		if left <= to {
			share := (float64(i) + float64(max(0, left-from))/float64(to-from)) / float64(parts)
			return clamp(int(share*float64(w-1)+0.5), 0, max(0, w-1))
		}
	}
	return max(0, w-1)
}

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
	marks := ticks(t.next.Sub(c.now), t.last.Sub(c.now), axis)
	t.marks = marks
	rule := []rune(strings.Repeat(c.glyphs.horizontal, axis))
	names, dates := "", ""
	for _, m := range marks {
		x := onAxis(marks, m.at, axis)
		rule[x] = []rune(c.glyphs.tick)[0]
		// The last one goes on above the words, where nothing stands.
		names = pad(names, x, "") + m.name
		dates = pad(dates, x, "") + axisDate(c.now, m.at)
	}
	line := func(k ink, text string) string {
		return spaces(name+5) + k.write(pad(text, axis+words+date+1, ""))
	}
	out := []string{line(c.inks.text, names)}
	if date > 0 {
		out = append(out, line(c.muted, dates))
	}
	return append(out, line(c.border, string(rule)))
}

func axisDate(now time.Time, left time.Duration) string {
	t := now.Add(left)
	switch {
	case left < 24*time.Hour:
		return t.Format("15:04")
	case left < 8*24*time.Hour:
		return t.Format("Mon 2")
	case left < 300*24*time.Hour:
		return t.Format("2 Jan")
	default:
		return t.Format("Jan 2006")
	}
}

func (t *timeline) draw(c *canvas, l sheetLine, selected bool) string {
	if l.row == nil {
		return c.heading(l)
	}
	r, g := l.row, c.glyphs
	lead, in := c.lead(selected)
	name, axis, words, date := t.columns(c.w)
	sev, e := r.severity(), r.ending()
	left := e.At.Sub(c.now)
	dated := e.KindOrUnknown() == client.ExpiryDate
	tone := in.text
	switch {
	case dated && left <= 0:
		tone = in.fail
	case r.snap.Health.State == client.Expiring, dated && left < time.Hour:
		tone = in.warn
	}
	plain := in.text
	if selected {
		plain = in.strong
	}
	lead += in.severity(sev).write(g.mark(sev)+" ") +
		highlight(in, pad(r.config.Name, name, g.tail), plain, c.query) + in.text.write("  ")
	if !dated || left <= 0 {
		return lead + t.words(c, in, r, c.w-name-5)
	}
	bar := ""
	if axis >= minAxis {
		x := onAxis(t.marks, left, axis)
		point := g.mark(client.SeverityOK)
		if r.snap.Health.State == client.Expiring {
			point = g.mark(client.SeverityWarn)
		}
		bar = tone.write(strings.Repeat(g.bar, x)+point) + in.text.write(spaces(axis-x-1)+" ")
	} else {
		words += axis + 1
	}
	told := remaining(left)
	if axis < minAxis && date == 0 {
		told += " " + g.dot + " " + endDate(e.At, c.now)
	}
	out := lead + bar + tone.write(pad(told, words, g.tail))
	if date > 0 {
		out += in.muted.write(pad(endDate(e.At, c.now), date, g.tail))
	}
	return out + in.text.write(spaces(c.w-ansi.StringWidth(out)))
}

// words is what is said of a token without an end ahead.
func (t *timeline) words(c *canvas, in *inks, r *row, room int) string {
	e := r.ending()
	switch e.KindOrUnknown() {
	case client.ExpiryDate:
		text := "ended " + ago(c.now.Sub(e.At))
		if day := " " + c.glyphs.dot + " " + endDate(e.At, c.now); ansi.StringWidth(text+day) <= room {
			text += day
		}
		return in.fail.write(pad(text, room, c.glyphs.tail))
	case client.ExpiryNever:
		text := "never"
		if e.Source != "" {
			text += ", says the " + e.Source
		}
		return in.muted.write(pad(text, room, c.glyphs.tail))
	}
	text := r.service + " does not say"
	if s := r.snap.Health.State; !s.Answered() {
		text = s.Word()
	}
	return in.muted.write(pad(text, room, c.glyphs.tail))
}
