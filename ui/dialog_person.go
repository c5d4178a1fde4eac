package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

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
				one.service, one.subject.Host, one.standing.Word(), one.user(), one.email(),
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

// openPerson tells all of the person whom the selected profile belongs to.
func (m *Model) openPerson() tea.Cmd {
	r := m.current()
	if r == nil || r.person == 0 || r.person > len(m.roster.people.all) {
		return m.say("no profile is selected")
	}
	p := &m.roster.people.all[r.person-1]
	m.overlays.push(newPersonDetail(p, m.roster.people.compare(p.rows), m.styles))
	return nil
}

// onlyDifferences leaves out what the profiles of a person have in common, or brings it
// back.
func (m *Model) onlyDifferences() tea.Cmd {
	v := m.views.people()
	v.differing = !v.differing
	return nil
}

// moreLeft and moreRight move among the profiles of a person that are compared.
func (m *Model) moreLeft() tea.Cmd  { return m.moveProfiles(-1) }
func (m *Model) moreRight() tea.Cmd { return m.moveProfiles(1) }

func (m *Model) moveProfiles(by int) tea.Cmd {
	if !m.views.people().move(by) {
		return m.say("no more profiles stand there")
	}
	m.views.sheet().touch()
	return nil
}
