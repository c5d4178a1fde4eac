package ui

import (
	"slices"
	"strconv"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// rateLine is a budget of requests as it is written: what is left, and when it
// is full again.
type rateLine struct {
	account.RateLimit
	numbers, reset string
}

// gauged reports whether there is a share to draw.
func (l rateLine) gauged() bool { return l.Limit != nil && l.Remaining != nil && *l.Limit > 0 }

// rateColumns are the widths that all lines of budgets share; zero leaves a
// column as wide as its text, and gauge out. terse has the resets without words.
type rateColumns struct {
	name, gauge, numbers int
	terse                bool
}

// rates are the budgets of requests, the nearest to its end first. Those that
// there is no room for are counted. One alone has no name.
func (p *profilePen) rates() {
	var lines []rateLine
	for _, r := range p.row.snap.RateLimits() {
		if r.Limit != nil || r.Remaining != nil {
			lines = append(lines, p.rateLine(r))
		}
	}
	shown, several := lines, len(lines) > 1
	for i, l := range lines {
		if several && l.gauged() && *l.Remaining >= *l.Limit {
			// When a full one is full again leaves others no room for gauges.
			lines[i].reset = ""
		}
	}
	if most := p.mostRates(); len(lines) > most {
		shown = lines[:most-1]
	}
	c := p.rateColumns(shown, several)
	for i, l := range shown {
		p.rate([...]string{"rate", ""}[min(i, 1)], l, c)
	}
	if n := len(lines) - len(shown); n > 0 {
		p.Add("", "", p.Label("")+p.Muted.Render("and "+strconv.Itoa(n)+" more"))
	}
}

// mostRates is how many lines the budgets can have, such that they do not push
// everything else out of a low pane.
func (p *profilePen) mostRates() int { return max(2, p.H/3) }

func (p *profilePen) rateLine(r account.RateLimit) rateLine {
	l := rateLine{RateLimit: r}
	switch {
	case r.Limit != nil && r.Remaining != nil && *r.Limit > 0:
		l.numbers = number(r.Remaining) + "/" + number(r.Limit)
	case r.Limit != nil:
		l.numbers = "limit " + number(r.Limit)
	default:
		l.numbers = number(r.Remaining) + " left"
	}
	if r.ResetAt.After(p.now) {
		l.reset = text.Countdown(r.ResetAt.Sub(p.now))
	}
	return l
}

// fullIn is when a budget is full again, as it follows what is left of it.
func (p *profilePen) fullIn(l rateLine, terse bool) string {
	switch {
	case l.reset == "":
		return ""
	case terse:
		return " " + l.reset
	}
	return " " + p.Glyphs.Dot + " full in " + l.reset
}

// rateColumns fits the lines of budgets into the pane: the gauges take what the
// words leave, and the words are fewer where that is too little.
func (p *profilePen) rateColumns(lines []rateLine, several bool) (c rateColumns) {
	if several {
		for _, l := range lines {
			c.name = max(c.name, draw.Width(l.Name))
			c.numbers = max(c.numbers, len(l.numbers))
		}
		c.name = min(c.name, p.ValueWidth()/3)
	}
	if !slices.ContainsFunc(lines, rateLine.gauged) {
		return c
	}
	if c.gauge = p.roomForGauges(lines, c); c.gauge < terseGauge {
		c.terse = true
		c.gauge = p.roomForGauges(lines, c)
	}
	if c.gauge < shortestGauge {
		c.gauge = 0
	}
	return c
}

// The widths of gauges: below terseGauge they take the room of words, below
// shortestGauge there are none.
const longestGauge, terseGauge, shortestGauge = 20, 5, 4

// roomForGauges is what all lines have left for their gauges.
func (p *profilePen) roomForGauges(lines []rateLine, c rateColumns) int {
	room := longestGauge
	for _, l := range lines {
		if l.gauged() {
			beside := max(c.numbers, len(l.numbers)) + draw.Width(p.fullIn(l, c.terse)) + 1
			room = min(room, p.ValueWidth()-p.besideName(c)-beside)
		}
	}
	return room
}

// besideName is what the name of a budget takes of its line.
func (p *profilePen) besideName(c rateColumns) int {
	if c.name <= 0 {
		return 0
	}
	return c.name + 1
}

// rate writes one budget.
func (p *profilePen) rate(label string, l rateLine, c rateColumns) {
	name, called := "", ""
	if c.name > 0 {
		name = p.Tone.Render(draw.Pad(l.Name, c.name, p.Glyphs.Tail) + " ")
	}
	if c.name > 0 && l.Name != "" {
		called = l.Name + " "
	}
	numbers, reset := l.numbers+draw.Spaces(c.numbers-len(l.numbers)), p.fullIn(l, c.terse)
	if l.gauged() && c.gauge > 0 {
		full, rest := draw.Gauge(p.Glyphs, float64(*l.Remaining)/float64(*l.Limit), c.gauge)
		p.Add("rate limit", called+l.numbers, p.Label(label)+name+
			budgetInk(&p.Inks, l.RateLimit).Render(full)+p.Muted.Render(rest)+" "+p.Text.Render(numbers)+p.Muted.Render(reset))
		return
	}
	k, blank := p.Tone, ""
	if l.gauged() {
		k = budgetInk(&p.Inks, l.RateLimit)
	} else if c.gauge > 0 {
		blank = draw.Spaces(c.gauge + 1)
	}
	room := p.ValueWidth() - p.besideName(c) - len(blank)
	p.Add("rate", called+l.numbers+reset, p.Label(label)+name+blank+k.Render(draw.Cut(numbers+reset, room, p.Glyphs.Tail)))
}
