package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
)

// fillToken says how the credential is doing and until when, which key helps, and
// why; then its limits and its checks, and what else is known of it.
func fillToken(p *profilePen) {
	p.state()
	p.steps()
	p.advice()
	p.Gap()
	p.rates()
	p.forecast()
	p.history()
	p.asked()
	p.Gap()
	p.facts()
	p.answer()
	p.checks()
}

// state is what the last check found, and the moment that matters most.
func (p *profilePen) state() {
	h, st := p.row.snap.Health, p.row.standing
	sev := h.State.Severity()
	if p.row.snap.Busy && h.State != account.Checking {
		p.Count = p.Glyphs.Dot + " checking"
	}
	line := p.Severity(sev).Render(p.Glyphs.Mark(sev)+" ") + p.Bold(sev).Render(h.State.Word())
	due, pressing := p.due()
	if phrase := p.row.standing.Due.Phrase(p.now); draw.Width(line+"  "+due) > p.W && phrase != "" && due != "" {
		// How long matters more than the time of day, where there is no room for both.
		due = phrase
	}
	if due != "" {
		tone := p.Text
		if pressing {
			tone = p.Bold(sev)
		}
		line += "  " + tone.Render(due)
	}
	p.Add("state", string(h.State), line)
	if st.Stale {
		last, told := st.State.Severity(), " when last asked, "+text.Ago(p.now.Sub(p.row.snap.Verdict.At))
		p.Add("", "", p.Severity(last).Render(p.Glyphs.Mark(last)+" "+st.State.Word())+p.Muted.Render(told))
	}
}

// due is the moment that matters most of the state; pressing is set where somebody
// has to look after the profile. An end says nothing of why a service cannot be
// asked.
func (p *profilePen) due() (told string, pressing bool) {
	st, state := p.row.standing, p.row.snap.Health.State
	pressing = st.Urgency == insight.UrgencyNow || st.Urgency == insight.UrgencySoon
	due := st.Due
	if due.Kind == insight.DueEnd && state.Inconclusive() && !pressing {
		due = insight.Due{}
		if at := p.row.snap.UnaskedSince; !at.IsZero() {
			due = insight.Due{Kind: insight.DueSince, At: at}
		}
	}
	told = due.Moment(p.now)
	if due.Kind == insight.DueEnd && due.At.After(p.now) && state != account.Expiring {
		told = "ends " + told
	}
	return told, pressing
}

// asked tells of the last check, and what comes next.
func (p *profilePen) asked() {
	snap, dot := p.row.snap, " "+p.Glyphs.Dot+" "
	h := snap.Health
	if !h.CheckedAt.IsZero() {
		ago := text.Ago(p.now.Sub(h.CheckedAt))
		if snap.Restored {
			ago += ", in an earlier run"
		}
		var parts []string
		if h.HTTPStatus > 0 {
			parts = append(parts, strconv.Itoa(h.HTTPStatus))
		}
		if h.Latency > 0 {
			parts = append(parts, text.Latency(h.Latency))
		}
		if n, began := inARow(p.row.checks(), h.State); n > 1 && account.ConsecutiveFailures(p.row.checks()) == 0 {
			if !snap.Since.IsZero() {
				began = snap.Since
			}
			since := "since " + text.ShortClock(began, p.now)
			parts = append(parts, h.State.Word()+" "+since+"\n"+since, text.Plural(n, "check"))
		}
		for _, part := range parts {
			for way := range strings.SplitSeq(part, "\n") {
				if draw.Width(ago+dot+way) <= p.ValueWidth() {
					ago += dot + way
					break
				}
			}
		}
		p.FactIn(p.Text, "checked", ago)
	}
	if snap.Longer > 0 {
		p.FactIn(p.Text, "every", text.Remaining(snap.Longer)+", not "+text.Remaining(p.row.config.RefreshInterval)+": too many are asked at "+p.row.host)
	}
	p.failing()
	switch {
	case h.RetryAt.After(p.now):
		p.FactIn(p.Text, "again", "in "+text.Countdown(h.RetryAt.Sub(p.now)))
	case h.State.Severity() == account.SeverityFail && snap.NextAt.After(p.now):
		p.FactIn(p.Text, "again", "in "+text.Countdown(snap.NextAt.Sub(p.now)))
	}
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
	told := "since " + text.ShortClock(began, p.now)
	if n > 1 {
		told += ", " + text.Plural(n, "check")
	}
	p.FactIn(p.Severity(snap.Health.State.Severity()), "failing", told)
}

// advice is what the state means and what to do about it. Of an end that comes, the
// lines above have told it all.
func (p *profilePen) advice() {
	advice := p.row.standing.Advice(*p.row.snap, p.now)
	ends := p.row.snap.Health.State == account.Expiring && p.row.standing.Ends.After(p.now)
	if advice.Explanation == "" && advice.Remedy == "" || ends {
		return
	}
	p.Gap()
	p.fullAdvice(advice)
}

// fullAdvice is an explanation, and below it the remedy.
func (p *profilePen) fullAdvice(advice account.Advice) {
	if lines := draw.WrapIn(p.Text, advice.Explanation, p.W-2); lines != nil {
		p.Add("explanation", advice.Explanation, lines...)
	}
	lead := p.Glyphs.Arrow + " "
	var lines []string
	for i, l := range draw.Wrap(advice.Remedy, p.W-2-draw.Width(lead)) {
		before := draw.Spaces(draw.Width(lead))
		if i == 0 {
			before = p.Accent.Render(lead)
		}
		lines = append(lines, before+p.Text.Render(l))
	}
	if lines != nil {
		p.Add("remedy", advice.Remedy, lines...)
	}
}

// expiry is when the token ends, in words, and who says so. Where there is little
// room, the line of the state has told enough.
func (p *profilePen) expiry() {
	e := p.row.snap.Expiry()
	if due := p.row.standing.Due.Kind; !p.Roomy() && (due == insight.DueEnd || due == insight.DueNever) {
		return
	}
	if p.row.snap.Account == nil && e.KindOrUnknown() == account.ExpiryUnknown {
		return
	}
	if e.KindOrUnknown() != account.ExpiryDate {
		p.Sourced(p.Tone, "ends", string(e.KindOrUnknown()), e.Source)
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
	p.Sourced(k, "ends", when+" "+p.Glyphs.Dot+" "+text.EndDate(e.At, p.now), e.Source)
}

// forecast says when the budget will be used up, where that is too soon.
func (p *profilePen) forecast() {
	if at, ok := p.row.snap.Exhaustion(p.now); ok {
		p.Paragraph(p.Warn, "", "at this pace used up in "+text.Countdown(at.Sub(p.now))+", before it is full again")
	}
}

// history draws the latest checks, the newest on the right, with how often the
// credential worked; below it how long they took.
func (p *profilePen) history() {
	room := p.ValueWidth()
	all := p.row.checks()
	if len(all) == 0 || room < 4 {
		return
	}
	share := p.availability()
	checks := latest(all, room-draw.Width(share))
	var b strings.Builder
	for _, c := range checks {
		sev := c.State.Severity()
		b.WriteString(p.Severity(sev).Render(p.Glyphs.Mark(sev)))
	}
	p.Add("checks", strings.TrimSpace(share), p.Label("checks")+b.String()+p.Text.Render(share))
	p.latency(checks)
}

// leastBars is how many latencies make a line that can be read.
const leastBars = 3

// latency draws how long the checks took, and what the latest one was spent
// on. Too few of them to compare are left to the line of the state.
func (p *profilePen) latency(checks []account.Check) {
	var all []time.Duration
	var took time.Duration
	n, name := 0, "time"
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
		if draw.Width(text) <= p.ValueWidth() {
			return text
		}
	}
	return strings.TrimSuffix(strings.Join(short, ", "), " ms")
}

// sharedChecks is of how many of the latest checks a share is told. The store
// thins out the checks of long ago and leaves those that failed, so that a share
// of all that are kept would be too low.
const sharedChecks = 200

// wideChecks is the width from which there is room to say what the share is of.
const wideChecks = 36

// availability is how often the credential worked, as it stands behind the marks
// of the checks; empty where there are too few to say.
func (p *profilePen) availability() string {
	share, checks := account.Availability(latest(p.row.checks(), sharedChecks))
	if checks < 5 {
		return ""
	}
	percent := strings.TrimSuffix(strconv.FormatFloat(100*share, 'f', 1, 64), ".0")
	if share < 1 && percent == "100" {
		percent = "99.9"
	}
	told := "  " + percent + " % of " + strconv.Itoa(checks)
	if p.ValueWidth() >= wideChecks {
		told += " good"
	}
	return told
}

// scopes are what the token may be used for.
func (p *profilePen) scopes() {
	if t, ok := p.row.snap.Token(); ok && t.Scopes != nil {
		p.Paragraph(p.Tone, "scopes", cmp.Or(strings.Join(t.Scopes, ", "), "none"))
	}
}

// facts are what is known about the credential itself.
func (p *profilePen) facts() {
	r := p.row
	p.scopes()
	p.expiry()
	if t, ok := r.snap.Token(); ok {
		p.Fact("token", strings.Join(present(t.Name, t.Kind), " "+p.Glyphs.Dot+" "))
		p.Fact("token id", t.ID)
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
