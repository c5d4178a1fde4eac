package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// timeline is the view of all tokens on one axis of time: what their checks found,
// and when they end, the soonest end first.
type timeline struct {
	roster    *roster
	selection *selection
	lines     memo[timelineKey, []sheetLine]
	// next is the soonest end that lies ahead; first is the earliest end of all,
	// last the latest.
	next, first, last time.Time
	// passed counts the times at which next had come.
	passed int
	dated  int
	// moved is how far ahead of its place around now the axis is, in steps.
	moved int
	// axisLine is the drawn axis, drawn are the drawn lines by the index of their
	// rows.
	axisLine memo[headKey, []string]
	drawn    []memo[laneKey, string]
}

const (
	// laneSpan is how much of the past and of what is ahead the axis shows.
	laneSpan = 90 * 24 * time.Hour
	// laneStep is how far the axis moves at once.
	laneStep = 30 * 24 * time.Hour
	// mostMoves is how far it can be moved in either direction.
	mostMoves = 120
)

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
	t.next, t.first, t.last = time.Time{}, time.Time{}, time.Time{}
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
	if n := len(ended); n > 0 {
		t.first, t.last = ended[0].row.ending().At, ended[n-1].row.ending().At
	}
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
	note := fmt.Sprintf("%s %d of %d have a date", g.Dot, t.dated, len(t.selection.visible))
	switch days := t.moved * int(laneStep/(24*time.Hour)); {
	case days > 0:
		note = fmt.Sprintf("%s %dd ahead of now %s", g.Dot, days, note)
	case days < 0:
		note = fmt.Sprintf("%s %dd before now %s", g.Dot, -days, note)
	}
	if t.roster.warning > 0 {
		note += fmt.Sprintf(" %s %s ends within %s", g.Dot, g.Empty, text.Remaining(t.roster.warning))
	}
	return note
}

func (t *timeline) none() string { return "No profile matches the filter. Esc clears it." }

func (t *timeline) soonest() time.Time { return t.next }

// move moves the axis by steps, as far as there is something to see. It reports
// whether it did.
func (t *timeline) move(by int, now time.Time) bool {
	back, ahead := -3, 3
	if !t.first.IsZero() {
		back = max(-mostMoves, min(back, -int(now.Sub(t.first)/laneStep)))
	}
	if !t.last.IsZero() {
		ahead = min(mostMoves, max(ahead, int(t.last.Sub(now)/laneStep)))
	}
	was := t.moved
	t.moved = clamp(t.moved+by, back, ahead)
	return t.moved != was
}

// laneColumns are the widths of the parts of a line; those for which there is no room
// are zero.
type laneColumns struct{ name, user, axis, due, date int }

// minAxis is the least width at which an axis tells anything.
const minAxis = 9

// columns share out w cells.
func (t *timeline) columns(w int) laneColumns {
	c := laneColumns{name: min(t.roster.nameWidth, max(6, w/4)), due: 9}
	if w >= 60 {
		c.due = len("unreachable 2d ago")
	}
	if w >= 100 {
		c.date = len("yesterday 15:04") + 2
	}
	if w >= 150 {
		c.user = min(22, w/9)
	}
	c.axis = w - c.name - c.due - c.date - 7
	if c.user > 0 {
		c.axis -= c.user + 2
	}
	if c.axis < minAxis {
		c.axis = 0
	}
	return c
}

// axis is the one that the lanes stand on.
func (t *timeline) axis(now time.Time, w int) draw.Axis {
	middle := now.Add(time.Duration(t.moved) * laneStep)
	return draw.NewAxis(now, middle.Add(-laneSpan), middle.Add(laneSpan), t.roster.warning, w)
}

// headKey is all that the drawn axis depends on.
type headKey struct {
	styles   *theme.Styles
	w, moved int
	minute   int64
	shown    bool
}

// head is the axis with the names of its months.
func (t *timeline) head(c *canvas) []string {
	k := t.columns(c.w)
	return t.axisLine.get(headKey{c.Styles, c.w, t.moved, c.now.Unix() / 60, len(t.lines.value) > 0}, func() []string {
		if k.axis == 0 || len(t.lines.value) == 0 {
			return nil
		}
		return []string{draw.Pad(draw.Spaces(k.before())+t.axis(c.now, k.axis).Line(c.Styles), c.w, "")}
	})
}

// before is how many cells stand left of the axis.
func (k laneColumns) before() int {
	if k.user > 0 {
		return 5 + k.name + k.user + 2
	}
	return 5 + k.name
}

// laneKey is all that a drawn line depends on.
type laneKey struct {
	row               *row
	styles            *theme.Styles
	version, w, moved int
	selected, marked  bool
	at                int64
	query             string
}

func (t *timeline) draw(c *canvas, l sheetLine, selected bool) string {
	if l.row == nil {
		return c.heading(l)
	}
	if n := len(t.roster.rows); n > len(t.drawn) {
		t.drawn = slices.Grow(t.drawn, n-len(t.drawn))[:n]
	}
	r := l.row
	k := laneKey{r, c.Styles, r.version, c.w, t.moved, selected, r.isMarked(), r.moment(c.now), strings.Join(c.query, " ")}
	return t.drawn[r.index].get(k, func() string { return t.line(c, r, selected) })
}

// line is the lane of a profile between whose it is and what is due.
func (t *timeline) line(c *canvas, r *row, selected bool) string {
	g, k := c.Glyphs, t.columns(c.w)
	line, in := c.lead(selected)
	plain := in.Text
	if selected {
		plain = in.Strong
	}
	line += r.mark(g, in) + markCell(g, in, r.isMarked()) +
		draw.Highlight(in, draw.Pad(r.config.Name, k.name, g.Tail), plain, c.query) + in.Text.Render("  ")
	if k.user > 0 {
		line += in.Text.Render(draw.Pad(r.user(), k.user, g.Tail) + "  ")
	}
	if k.axis > 0 {
		lane := draw.Lane{Spells: r.spells(c.now), Expiry: r.ending()}
		line += t.axis(c.now, k.axis).Lane(g, in, lane) + in.Text.Render("  ")
	}
	line += t.due(c, in, r, c.w-draw.Width(line)-k.date)
	if date := r.ending().At; k.date > 0 && !date.IsZero() {
		line += in.Muted.Render("  " + draw.Pad(text.EndDate(date, c.now), k.date-2, g.Tail))
	}
	return line + in.Text.Render(draw.Spaces(c.w-draw.Width(line)))
}

// due fills room cells with what matters most about a profile, and when.
func (t *timeline) due(c *canvas, in *theme.Inks, r *row, room int) string {
	st := &r.standing
	due := st.Due.Words(c.now)
	words := strings.TrimSpace(st.Reason(r.snap.Health, c.now) + " " + due)
	if st.Urgency == insight.UrgencySnoozed {
		// All that stands here is about ends.
		due = cmp.Or(endWords(r.ending(), c.now), due)
		words = due + ", snoozed"
	}
	if draw.Width(words) > room {
		words = cmp.Or(due, words)
	}
	return dueInk(in, st).Render(draw.Pad(cmp.Or(words, "unknown"), room, c.Glyphs.Tail))
}

// endWords say when a token ends: "ends 5d", "ended 2d ago", "never".
func endWords(e account.Expiry, now time.Time) string {
	switch kind := e.KindOrUnknown(); {
	case kind != account.ExpiryDate:
		return string(kind)
	case e.At.After(now):
		return "ends " + text.Remaining(e.At.Sub(now))
	}
	return "ended " + text.Ago(now.Sub(e.At))
}
