package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// fillToken says how the credential is doing, what that means and what to do.
func fillToken(p *profilePen) {
	p.state()
	p.advice()
	p.Gap()
	p.expiry()
	p.rates()
	p.forecast()
	p.history()
	p.availability()
	p.Gap()
	p.facts()
	p.answer()
	p.checks()
}

// state is what the last check found, since when, and what comes next.
func (p *profilePen) state() {
	h, dot := p.row.snap.Health, " "+p.Glyphs.Dot+" "
	sev := h.State.Severity()
	if p.row.snap.Busy && h.State != account.Checking {
		p.Count = p.Glyphs.Dot + " checking"
	}
	line := p.Severity(sev).Render(p.Glyphs.Mark(sev)+" ") + p.Bold(sev).Render(h.State.Word())
	if h.HTTPStatus > 0 {
		line += p.Muted.Render(dot) + p.Text.Render(strconv.Itoa(h.HTTPStatus))
	}
	if h.Latency > 0 {
		line += p.Muted.Render(dot) + p.Text.Render(text.Latency(h.Latency))
	}
	p.Add("state", string(h.State), line)
	if line := p.since(dot); line != "" {
		p.Add("", "", p.Muted.Render(line))
	}
	p.failing()
	switch {
	case h.RetryAt.After(p.now):
		p.Add("", "", p.Text.Render("asks again in ")+p.Accent.Render(text.Countdown(h.RetryAt.Sub(p.now))))
	case sev == account.SeverityFail && p.row.snap.NextAt.After(p.now):
		p.Add("", "", p.Muted.Render("asks again in "+text.Countdown(p.row.snap.NextAt.Sub(p.now))))
	}
}

// since tells when the state began, as far as is remembered, and when it was
// last seen.
func (p *profilePen) since(dot string) string {
	snap := p.row.snap
	if snap.Health.CheckedAt.IsZero() {
		return ""
	}
	checked := "checked " + text.Ago(p.now.Sub(snap.Health.CheckedAt))
	if snap.Restored {
		checked = "from an earlier run, " + text.Ago(p.now.Sub(snap.Health.CheckedAt))
	}
	n, began := inARow(p.row.checks(), snap.Health.State)
	if !snap.Since.IsZero() {
		began = snap.Since
	}
	if n < 2 || account.ConsecutiveFailures(p.row.checks()) > 0 {
		return checked
	}
	since := dot + "since " + text.ShortClock(began, p.now)
	return p.Fitting(checked+since+", "+text.Plural(n, "check"), checked+since, checked)
}

// inARow is how many of the latest checks found the state, and when the first
// of them did.
func inARow(history []account.Check, s account.State) (n int, began time.Time) {
	for _, c := range slices.Backward(history) {
		if c.State != s {
			break
		}
		n, began = n+1, c.At
	}
	return n, began
}

// failing tells since when nothing has worked, where that is not just now.
func (p *profilePen) failing() {
	snap := p.row.snap
	checks := p.row.checks()
	n := account.ConsecutiveFailures(checks)
	if n == 0 {
		return
	}
	began, left := snap.Since, n
	for _, c := range slices.Backward(checks) {
		switch {
		case c.State.Answered(), c.State == account.NoUser, c.State == account.RateLimited:
			continue
		case left == 0:
		case began.IsZero() || c.At.Before(began):
			began = c.At
		}
		left = max(0, left-1)
	}
	if began.IsZero() || n == 1 && !p.row.awaitsPast() {
		return
	}
	since := "failing since " + text.ShortClock(began, p.now)
	told := p.Fitting(since+", "+text.Plural(n, "check"), since)
	if n == 1 {
		told = since
	}
	p.Add("", "", p.Severity(snap.Health.State.Severity()).Render(told))
}

// advice is what the state means and what to do about it.
func (p *profilePen) advice() {
	advice := p.row.snap.Advice(p.now)
	if advice.Explanation == "" && advice.Remedy == "" {
		return
	}
	p.Gap()
	var lines []string
	for _, l := range draw.Wrap(advice.Explanation, p.W-2) {
		lines = append(lines, p.Text.Render(l))
	}
	if lines != nil {
		p.Add("explanation", advice.Explanation, lines...)
	}
	lead := p.Glyphs.Arrow + " "
	lines = nil
	for i, l := range draw.Wrap(advice.Remedy, p.W-2-ansi.StringWidth(lead)) {
		before := draw.Spaces(ansi.StringWidth(lead))
		if i == 0 {
			before = p.Accent.Render(lead)
		}
		lines = append(lines, before+p.Text.Render(l))
	}
	if lines != nil {
		p.Add("remedy", advice.Remedy, lines...)
	}
}

// expiry is when the token ends, in words.
func (p *profilePen) expiry() {
	e := p.row.snap.Expiry()
	if p.row.snap.Account == nil && e.KindOrUnknown() == account.ExpiryUnknown {
		return
	}
	if e.KindOrUnknown() != account.ExpiryDate {
		p.Sourced(p.Tone, "expires", string(e.KindOrUnknown()), e.Source)
		return
	}
	left := e.At.Sub(p.now)
	k, when := p.Tone, "in "+text.Remaining(left)
	switch {
	case left <= 0:
		k, when = p.Fail, text.Ago(-left)
	case left < time.Hour, p.row.snap.Health.State == account.Expiring:
		k = p.Warn
	}
	p.Sourced(k, "expires", when+" "+p.Glyphs.Dot+" "+text.EndDate(e.At, p.now), e.Source)
}

// forecast says when the budget will be used up, where that is too soon.
func (p *profilePen) forecast() {
	if at, ok := p.row.snap.Exhaustion(p.now); ok {
		p.Paragraph(p.Warn, "", "at this pace used up in "+text.Countdown(at.Sub(p.now))+", before it is full again")
	}
}

func number(n *int64) string {
	if n == nil {
		return "unknown"
	}
	return strconv.FormatInt(*n, 10)
}

// history draws the latest checks, the newest on the right.
func (p *profilePen) history() {
	room := p.ValueWidth()
	checks := latest(p.row.checks(), room)
	if len(checks) == 0 || room < 4 {
		return
	}
	p.latency(checks)
	var b strings.Builder
	for _, c := range checks {
		sev := c.State.Severity()
		b.WriteString(p.Severity(sev).Render(p.Glyphs.Mark(sev)))
	}
	p.Add("", "", p.Label("history")+b.String())
}

// leastBars is how many latencies make a line that can be read.
const leastBars = 3

// latency draws how long the checks took, and what the latest one was spent
// on. Too few of them to compare are left to the line of the state.
func (p *profilePen) latency(checks []account.Check) {
	var all []time.Duration
	var took time.Duration
	n, name := 0, "latency"
	for _, c := range checks {
		all = append(all, c.Latency)
		if c.Latency > 0 {
			n, took = n+1, c.Latency
		}
	}
	if n >= leastBars {
		last := text.Latency(took)
		line := draw.Sparkline(p.Glyphs, all, p.ValueWidth()-1-len(last))
		p.Add("latency", last, p.Label(name)+p.Accent.Render(line)+" "+p.Text.Render(last))
		name = ""
	} else if p.row.awaitsPast() {
		p.Add("", "", p.Label(name))
		name = ""
	}
	switch last := checks[len(checks)-1]; {
	case !p.Roomy():
	case last.Phases != (account.Phases{}):
		p.Add("", "", p.Label(name)+p.Muted.Render(p.phases(last)))
	case last.Latency > 0 && len(p.row.snap.History) == 0 && p.row.awaitsPast():
		p.Add("", "", p.Label(name))
	}
}

// phases are the parts of a check's latency, in one line.
func (p *profilePen) phases(c account.Check) string {
	var long, short []string
	for i, part := range phases(c)[:4] {
		if part.took <= 0 {
			continue
		}
		long = append(long, part.name+" "+text.Latency(part.took))
		if n := len(short); n > 0 {
			// The unit stands once, at the end.
			short[n-1] = strings.TrimSuffix(short[n-1], " ms")
		}
		short = append(short, [...]string{"DNS ", "TCP ", "TLS ", "wait "}[i]+text.Latency(part.took))
	}
	for _, text := range []string{strings.Join(long, ", "), strings.Join(short, ", ")} {
		if ansi.StringWidth(text) <= p.ValueWidth() {
			return text
		}
	}
	return strings.TrimSuffix(strings.Join(short, ", "), " ms")
}

// sharedChecks is of how many of the latest checks a share is told. The store
// thins out the checks of long ago and leaves those that failed, so that a share
// of all that are kept would be too low.
const sharedChecks = 200

// availability is how often the credential worked.
func (p *profilePen) availability() {
	// Few checks say little.
	if share, checks := account.Availability(latest(p.row.checks(), sharedChecks)); checks >= 5 {
		percent := strconv.FormatFloat(100*share, 'f', 1, 64)
		percent = strings.TrimSuffix(percent, ".0")
		if share < 1 && percent == "100" {
			percent = "99.9"
		}
		p.FactIn(p.Text, "available", percent+" % of "+text.Plural(checks, "check"))
	} else if p.row.awaitsPast() {
		p.Add("", "", p.Label("available"))
	}
}

// facts are what is known about the credential itself.
func (p *profilePen) facts() {
	r := p.row
	if t, ok := r.snap.Token(); ok {
		p.Fact("token", strings.Join(present(t.Name, t.Kind), " "+p.Glyphs.Dot+" "))
		p.Fact("token id", t.ID)
		if t.Scopes != nil {
			p.Paragraph(p.Tone, "scopes", cmp.Or(strings.Join(t.Scopes, ", "), "none"))
		}
		if t.Networks != nil {
			p.Paragraph(p.Tone, "networks", cmp.Or(strings.Join(t.Networks, ", "), "any"))
		}
		for i, c := range t.Conditions() {
			p.Paragraph(p.Tone, [...]string{"caveats", ""}[min(i, 1)], c)
		}
		for _, f := range t.Facts {
			p.Sourced(p.Tone, f.Name, f.Value, f.Source)
		}
	}
	p.FactIn(p.Text, "source", r.source)
	if n := r.snap.Health.Attempts; n > 1 {
		p.FactIn(p.Text, "attempts", strconv.Itoa(n))
	}
	if at := r.snap.Health.LastOKAt; !at.IsZero() && !r.snap.Health.State.Answered() {
		p.FactIn(p.Text, "last good", text.Ago(p.now.Sub(at)))
	}
	for _, n := range r.snap.Notes {
		p.Paragraph(p.Warn, p.Glyphs.Warn+" warning", n.String())
	}
}

// answer is the service's own words.
func (p *profilePen) answer() {
	h := p.row.snap.Health
	p.FactIn(p.Text, "code", h.Code)
	p.Paragraph(p.Muted, "answer", h.Description)
	if p.row.snap.Account == nil {
		return
	}
	for i, n := range p.row.snap.Details.Notes {
		p.Paragraph(p.Muted, [...]string{"details", ""}[min(i, 1)], n.String())
	}
}
