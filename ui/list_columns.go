package ui

import (
	"strings"
	"time"

	"rollcall/client/insight"
	"rollcall/ui/draw"
)

// listWidths are the widths of the longest texts of all rows, which only grow, so
// that the columns of the list stand still.
type listWidths struct {
	user, brief, full, service, words, source int
	// These are for the overview, where a column can have all the room that it wants.
	wholeUser, wholeSource, email, token, budget, state int
	label, tags, host                                   int
}

// The most cells that a column asks for, so that one long text takes no room from
// all others.
const (
	mostUser, mostWords, mostSource = 32, 28, 28
	// enoughUser is what most users' names need: more comes after the other columns.
	enoughUser = 16
	// dueWidth is that of the longest due: "59m ago".
	dueWidth = 7
	// The least cells that a user and a reason are worth.
	leastUser, leastReason = 7, 7
	// numbered is where there is room for the digits of profiles.
	numbered = 28
)

// briefDue are the words of a due, of which "just now" is too long for the column.
func briefDue(d insight.Due, now time.Time) string {
	if past := now.Sub(d.At); past >= 0 && past < time.Second && d.Kind != insight.DueNever {
		now = d.At.Add(time.Second)
	}
	return d.Words(now)
}

// grow takes in the widths of other rows.
func (w *listWidths) grow(o *listWidths) {
	for _, pair := range [...][2]*int{
		{&w.user, &o.user}, {&w.brief, &o.brief}, {&w.full, &o.full}, {&w.service, &o.service}, {&w.words, &o.words}, {&w.source, &o.source},
		{&w.wholeUser, &o.wholeUser}, {&w.wholeSource, &o.wholeSource}, {&w.email, &o.email}, {&w.token, &o.token}, {&w.budget, &o.budget}, {&w.state, &o.state},
		{&w.label, &o.label}, {&w.tags, &o.tags}, {&w.host, &o.host},
	} {
		*pair[0] = max(*pair[0], *pair[1])
	}
}

// measure takes in the texts of a row.
func (t *roster) measure(r *row, w *listWidths) {
	h, now := r.snap.Health, t.standings.at
	w.user = max(w.user, min(mostUser, draw.Width(r.user())))
	w.brief = max(w.brief, len(r.standing.Reason(h, now)))
	w.full = max(w.full, len(r.standing.FullReason(h, now)))
	w.service = max(w.service, min(mostUser, draw.Width(r.service)))
	w.words = max(w.words, min(mostWords, draw.Width(r.words())))
	w.source = max(w.source, min(mostSource, draw.Width(r.source)))
	w.wholeUser = max(w.wholeUser, draw.Width(r.user()))
	w.wholeSource = max(w.wholeSource, draw.Width(r.source))
	w.email = max(w.email, draw.Width(r.email()))
	w.token = max(w.token, draw.Width(r.token()))
	w.label = max(w.label, draw.Width(r.config.Label))
	w.tags = max(w.tags, draw.Width(r.tags()))
	w.host = max(w.host, draw.Width(r.host))
	w.state = max(w.state, len(r.standing.Word()))
	w.budget = max(w.budget, draw.Width(budgetWords(r.snap.RateLimit)))
}

// words are the label and the tags of the profile.
func (r *row) words() string {
	words := r.config.Label
	for _, tag := range r.config.Tags {
		words += " #" + tag
	}
	return strings.TrimSpace(words)
}

// listColumns are the widths of the columns of the list; zero for one that is left
// out. They are the same for all rows.
type listColumns struct {
	// lead is what stands before the name: marker, digit and mark.
	lead                               int
	name, user, service, words, source int
	reason, due                        int
	// full is set where the reason is told in full words.
	full bool
}

// columnsOf shares w cells out. The due is always there; then come the name, the
// reason in a word, the user, and what else the room is enough for. Names that are
// nested under an incident begin a cell later.
func columnsOf(t *roster, w int, nested bool) listColumns {
	c := listColumns{lead: 5, due: dueWidth}
	if w < numbered {
		c.lead = 3
	}
	wish := t.widths
	// One cell before the due, and two for news at the end.
	left := w - c.lead - 1 - c.due - 2
	take := func(column *int, want, least int) {
		if got := min(want, left-1); want > 0 && got >= min(want, least) {
			*column = got
			left -= got + 1
		}
	}
	reason := min(wish.brief, 7)
	if reason > 0 {
		reason++
	}
	name := nameWidth(t)
	if nested {
		name++
	}
	c.name = clamp(left-reason, min(name, 4), name)
	left -= max(0, c.name)
	brief := wish.brief
	if left-brief-1 <= leastUser {
		// A longer word finds room where the due beside it is short.
		brief = max(min(brief, leastReason), left-leastUser-2)
	}
	if left-brief-1 <= leastUser {
		brief = wish.brief
	}
	take(&c.reason, brief, 3)
	take(&c.user, min(wish.user, enoughUser), leastUser)
	if more := wish.full - c.reason; (c.user > 0 || wish.user == 0) && left >= more {
		c.reason, c.full = wish.full, true
		left -= more
	}
	if c.full {
		take(&c.service, wish.service, wish.service)
		take(&c.words, wish.words, 10)
		take(&c.source, wish.source, wish.source)
	}
	if more := min(wish.user-c.user, left); c.user > 0 && more > 0 {
		c.user += more
	}
	return c
}

// nameWidth is the room that the longest name wants. The mark of the active one is
// behind its name, which most often is not the longest.
func nameWidth(t *roster) int {
	n := t.nameWidth
	if r := t.named(t.active); r != nil {
		n = max(n, draw.Width(r.config.Name)+2)
	}
	return n
}
