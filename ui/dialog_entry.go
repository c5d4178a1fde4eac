package ui

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// newEntryDetail is the overlay with all that is known of one entry of the
// log, as it is known now, which also gives the zone of its times.
func newEntryDetail(e *entry, now time.Time, s *theme.Styles) *textOverlay {
	title, write := "Check of ", checkDetail(e, now)
	if e.change != nil {
		title, write = "Change of ", changeDetail(e, now.Location())
	}
	return newText(title+e.row.config.Name, s, func(k *KeyMap) key.Binding { return k.Open }, write)
}

func longTime(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Monday, 2 January 2006, 15:04:05")
}

func changeDetail(e *entry, zone *time.Location) func(*theme.Styles, int) []string {
	service := e.row.service
	return func(s *theme.Styles, w int) []string {
		r, c := &draw.Report{Styles: s, W: w}, e.change
		r.Fact(s.Text, "profile", e.row.config.Name+" ("+service+")")
		r.Fact(s.Text, "noticed", longTime(e.at, zone))
		r.Fact(s.Strong, "change", e.told())
		was, is := c.Words()
		r.Fact(s.Text, "was", cmp.Or(was, "nothing"))
		r.Fact(s.Text, "is", cmp.Or(is, "nothing"))
		return r.Lines
	}
}

// checkDetail looks for what was exchanged in the profile as it is now.
func checkDetail(e *entry, now time.Time) func(*theme.Styles, int) []string {
	c, snap := e.check, e.row.snap
	var x *account.Exchange
	for _, h := range snap.History {
		if h.At.Equal(e.at) {
			x = h.Exchange
		}
	}
	return func(s *theme.Styles, w int) []string {
		r := &draw.Report{Styles: s, W: w}
		sev := c.State.Severity()
		r.Fact(s.Text, "profile", e.row.config.Name+" ("+e.row.service+")")
		r.Fact(s.Text, "time", longTime(c.At, now.Location()))
		r.Fact(s.Bold(sev), "state", s.Glyphs.Mark(sev)+" "+c.State.Word())
		status := "no answer"
		if c.HTTPStatus > 0 {
			status = strconv.Itoa(c.HTTPStatus)
		}
		r.Fact(s.Text, "status", status)
		r.Fact(s.Text, "code", c.Code)
		if c.Remaining != nil {
			r.Fact(s.Text, "budget", number(c.Remaining)+" requests left")
		}
		if h := snap.Health; h.CheckedAt.Equal(c.At) {
			if h.Attempts > 1 {
				r.Fact(s.Text, "attempts", strconv.Itoa(h.Attempts))
			}
			advice := snap.Advice(now)
			r.Fact(s.Text, "means", advice.Explanation)
			r.Fact(s.Text, "to do", advice.Remedy)
		}
		reportLatency(r, c)
		reportExchange(r, x)
		return r.Lines
	}
}

// reportLatency draws the time of a check with its parts, each where it
// happened.
func reportLatency(r *draw.Report, c account.Check) {
	if c.Latency <= 0 {
		return
	}
	r.Fact(r.Text, "latency", text.Latency(c.Latency))
	if c.Phases == (account.Phases{}) {
		r.Fact(r.Muted, "", "what it was spent on is not known")
		return
	}
	room := clamp(r.W-draw.LabelWidth-2-20, 0, 40)
	begun := time.Duration(0)
	for _, p := range phases(c) {
		if p.took <= 0 {
			continue
		}
		bar := ""
		if room >= 8 {
			from := int(int64(room) * int64(begun) / int64(c.Latency))
			to := max(from+1, int(int64(room)*int64(begun+p.took)/int64(c.Latency)))
			from, to = min(from, room-1), min(to, room)
			bar = draw.Spaces(from) + strings.Repeat(r.Glyphs.Full, to-from) + draw.Spaces(room-to) + "  "
		}
		begun += p.took
		r.Lines = append(r.Lines, r.Muted.Render(draw.Pad(" "+p.name, draw.LabelWidth+2, ""))+r.Accent.Render(bar)+
			r.Text.Render(text.Latency(p.took)))
	}
}

// phase is a part of a request's time.
type phase struct {
	name string
	took time.Duration
}

// phases are the parts of a check's latency in their order; the last one is
// the rest.
func phases(c account.Check) []phase {
	p := c.Phases
	rest := c.Latency - p.DNS - p.Connect - p.TLS - p.FirstByte
	return []phase{{"DNS", p.DNS}, {"connect", p.Connect}, {"TLS", p.TLS}, {"first byte", p.FirstByte}, {"rest", rest}}
}

// reportExchange tells what went over the wire.
func reportExchange(r *draw.Report, x *account.Exchange) {
	if x == nil {
		r.Section("Request and answer")
		r.Note("Not known any more: they are kept for the latest checks of this run only.")
		return
	}
	r.Section("Request")
	r.Texts([]string{strings.TrimSpace(x.Method + " " + x.URL)})
	r.Texts(x.Request)
	r.Section("Answer")
	if len(x.Response)+len(x.Body) == 0 {
		r.Note("none")
		return
	}
	r.Texts(x.Response)
	if len(x.Body) > 0 {
		r.Section("Body")
		r.Texts(x.Body)
	}
	if x.Clipped {
		r.Note("and more that is not kept")
	}
}
