package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// mostFacts is how many facts are told of a person one by one.
const mostFacts = 200

// newPersonDetail is the overlay with all that is known of a person.
func newPersonDetail(p *person, m *insight.Matrix, s *theme.Styles) *textOverlay {
	rows := make([]*row, len(p.rows))
	copy(rows, p.rows)
	name, matches, differences := p.Name, p.Matches, p.Differences
	return newText(name, s, func(k *KeyMap) key.Binding { return k.Person }, func(s *theme.Styles, w int) []string {
		r := &draw.Report{Styles: s, W: w}
		r.Note(text.Plural(len(rows), "profile"))
		for _, one := range rows[:min(len(rows), mostFacts)] {
			r.Fact(s.Text, one.config.Name, strings.Join(present(
				one.service, one.host, one.standing.Word(), one.user(), one.email(),
			), " "+s.Glyphs.Dot+" "))
		}
		for _, part := range []struct {
			title string
			texts []string
		}{{"The same", matches}, {"Different", differences}} {
			if len(part.texts) > 0 {
				r.Section(part.title)
				r.Texts(part.texts)
			}
		}
		r.Section("What each has")
		for i := range m.Rows[:min(len(m.Rows), mostFacts)] {
			said := m.Sentence(&m.Rows[i], func(profile int) string { return rows[profile].config.Name })
			r.Texts([]string{said})
		}
		if more := len(m.Rows) - mostFacts; more > 0 {
			r.Note(fmt.Sprintf("and %d more", more))
		}
		return r.Lines
	})
}
