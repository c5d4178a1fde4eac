package ui

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"

	"rollcall/client/account"
)

// newEntryDetail is the overlay with all that is known of one entry of the
// log, as it is known now.
func newEntryDetail(e *entry, zone *time.Location, s *Styles) *textOverlay {
	title, write := "Check of ", checkDetail(e, zone)
	if e.change != nil {
		title, write = "Change of ", changeDetail(e, zone)
	}
	return newText(title+e.row.config.Name, s, func(k *KeyMap) key.Binding { return k.Open }, write)
}

func longTime(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Monday, 2 January 2006, 15:04:05")
}

func changeDetail(e *entry, zone *time.Location) func(*Styles, int) []string {
	service := e.row.service
	return func(s *Styles, w int) []string {
		r, c := &report{Styles: s, w: w}, e.change
		r.field(s.inks.text, "profile", e.row.config.Name+" ("+service+")")
		r.field(s.inks.text, "noticed", longTime(e.at, zone))
		r.field(s.strong, "change", e.told())
		was, is := c.Was, c.Is
		if c.Kind == account.ChangeState {
			was, is = account.State(was).Word(), account.State(is).Word()
		}
		r.field(s.inks.text, "was", cmp.Or(was, "nothing"))
		r.field(s.inks.text, "is", cmp.Or(is, "nothing"))
		return r.out
	}
}

// checkDetail looks for what was exchanged in the profile as it is now.
func checkDetail(e *entry, zone *time.Location) func(*Styles, int) []string {
	c, snap := e.check, e.row.snap
	var x *account.Exchange
	for _, h := range snap.History {
		if h.At.Equal(e.at) {
			x = h.Exchange
		}
	}
	return func(s *Styles, w int) []string {
		r := &report{Styles: s, w: w}
		sev := c.State.Severity()
		r.field(s.inks.text, "profile", e.row.config.Name+" ("+e.row.service+")")
		r.field(s.inks.text, "time", longTime(c.At, zone))
		r.field(s.bold(sev), "state", s.glyphs.mark(sev)+" "+c.State.Word())
		status := "no answer"
		if c.HTTPStatus > 0 {
			status = strconv.Itoa(c.HTTPStatus)
		}
		r.field(s.inks.text, "status", status)
		r.field(s.inks.text, "code", c.Code)
		if c.Remaining != nil {
			r.field(s.inks.text, "budget", number(c.Remaining)+" requests left")
		}
		if h := snap.Health; h.CheckedAt.Equal(c.At) {
			if h.Attempts > 1 {
				r.field(s.inks.text, "attempts", strconv.Itoa(h.Attempts))
			}
			r.field(s.inks.text, "means", h.Explanation)
			r.field(s.inks.text, "to do", h.Remedy)
		}
		reportLatency(r, c)
		reportExchange(r, x)
		return r.out
	}
}

// reportLatency draws the time of a check with its parts, each where it
// happened.
func reportLatency(r *report, c account.Check) {
	if c.Latency <= 0 {
		return
	}
	r.field(r.inks.text, "latency", Latency(c.Latency))
	if c.Phases == (account.Phases{}) {
		r.field(r.muted, "", "what it was spent on is not known")
		return
	}
	room := clamp(r.w-labelWidth-2-20, 0, 40)
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
			bar = spaces(from) + strings.Repeat(r.glyphs.full, to-from) + spaces(room-to) + "  "
		}
		begun += p.took
		r.out = append(r.out, r.muted.write(pad(" "+p.name, labelWidth+2, ""))+r.accent.write(bar)+
			r.inks.text.write(Latency(p.took)))
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
func reportExchange(r *report, x *account.Exchange) {
	if x == nil {
		r.section("Request and answer")
		r.note("Not known any more: they are kept for the latest checks of this run only.")
		return
	}
	r.section("Request")
	r.texts([]string{strings.TrimSpace(x.Method + " " + x.URL)})
	r.texts(x.Request)
	r.section("Answer")
	if len(x.Response)+len(x.Body) == 0 {
		r.note("none")
		return
	}
	r.texts(x.Response)
	if len(x.Body) > 0 {
		r.section("Body")
		r.texts(x.Body)
	}
	if x.Clipped {
		r.note("and more that is not kept")
	}
}
