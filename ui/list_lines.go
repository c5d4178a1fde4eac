package ui

import (
	"slices"
	"strings"

	"rollcall/client/insight"
)

// listLine is a line of the list: a profile, or the heading of those below it.
type listLine struct {
	// row is nil for a heading.
	row *row
	// urgency is that of the section; empty where there are none.
	urgency insight.Urgency
	// incident is the one that the line tells of or stands under, by its place
	// among all; negative for none.
	incident int
	title    string
	// profiles is how many a heading holds, and folded that they are not seen.
	profiles int
	folded   bool
}

// foldKey names a heading: that of a section, or of an incident in it.
type foldKey struct {
	urgency  insight.Urgency
	incident string
}

// key is the name of a heading, or of the nearest one above a profile.
func (l listLine) key() foldKey { return foldKey{l.urgency, l.title} }

// folds are what the person has folded (true) or unfolded.
type folds map[foldKey]bool

// mostUnfolded is how many profiles of an incident are seen unless it is unfolded.
const mostUnfolded = 3

// folded reports whether a heading with so many profiles is folded. Where there is
// room for all lines, those that nobody has to look after are seen, too.
func (f folds) folded(k foldKey, profiles int, roomy bool) bool {
	if told, ok := f[k]; ok {
		return told
	}
	if k.incident != "" {
		return profiles > mostUnfolded
	}
	return !roomy && (k.urgency == insight.UrgencySnoozed || k.urgency == insight.UrgencyOff)
}

// spread takes in how many lines of the list are seen at once.
func (s *selection) spread(room int) {
	if s.room == room {
		return
	}
	was := s.roomy()
	if s.room = room; s.roomy() != was {
		s.lay()
	}
}

// roomy reports whether all lines can be seen at once.
func (s *selection) roomy() bool {
	lines := 0
	for i := range s.sections {
		lines += 1 + len(s.sections[i].Lines)
	}
	return lines <= s.room
}

// String are the sections that the person has folded or unfolded: "-fine +off".
// Incidents pass, and are left out.
func (f folds) String() string {
	var all []string
	for _, u := range insight.Urgencies() {
		if folded, ok := f[foldKey{urgency: u}]; ok && folded {
			all = append(all, "-"+string(u))
		} else if ok {
			all = append(all, "+"+string(u))
		}
	}
	return strings.Join(all, " ")
}

// foldsOf are the folds of such a text.
func foldsOf(told string) folds {
	f := make(folds)
	for _, word := range strings.Fields(told) {
		if u := insight.Urgency(word[1:]); slices.Contains(insight.Urgencies(), u) {
			f[foldKey{urgency: u}] = word[0] == '-'
		}
	}
	return f
}

// Where a row has no line.
const (
	filteredOut = -1
	foldedAway  = -2
)

// lineOf is the line of a row, or why it has none.
func (s *selection) lineOf(r *row) int {
	if !s.roster.has(r) || r.laid != s.laid {
		return filteredOut
	}
	return r.line
}

// divide makes the sections of the rows that were found.
func (s *selection) divide() {
	order := make([]int, len(s.found))
	for i := range order {
		order[i] = i
	}
	incident := func(i int) int { return s.found[i].incident }
	if len(s.incidents) == 0 {
		incident = func(int) int { return -1 }
	}
	s.sections = insight.Sections(order, func(i int) *insight.Standing { return &s.found[i].standing }, incident)
	s.visible = make([]*row, 0, len(s.found))
	for _, section := range s.sections {
		for _, l := range section.Lines {
			if l.Profile >= 0 {
				s.visible = append(s.visible, s.found[l.Profile])
			}
		}
	}
}

// foldable reports whether headings can be folded: what was looked for is seen.
func (s *selection) foldable() bool { return s.order.sectioned() && s.filter.query() == "" }

// lay makes the lines of the list. The selected row is seen although its heading
// is folded: what keys are about is never out of sight.
func (s *selection) lay() {
	s.laid++
	s.lines, s.headings, s.bared, s.nested = s.lines[:0], s.headings[:0], nil, false
	if !s.order.sectioned() {
		for _, r := range s.visible {
			s.put(r, listLine{row: r, incident: -1}, false)
		}
	}
	for _, section := range s.sections {
		s.laySection(section)
	}
	s.countMarks()
	s.find()
}

func (s *selection) laySection(section insight.Section) {
	over := s.putHeading(listLine{urgency: section.Urgency, incident: -1, profiles: section.Profiles}, false)
	under := over
	for i, l := range section.Lines {
		switch {
		case l.Profile >= 0 && l.Incident < 0:
			under = over
		case l.Profile < 0:
			held := 1
			for i+held < len(section.Lines) && section.Lines[i+held].Incident == l.Incident && section.Lines[i+held].Profile >= 0 {
				held++
			}
			under = s.putHeading(listLine{
				urgency: section.Urgency, incident: l.Incident, title: s.incidents[l.Incident].Title, profiles: held - 1,
			}, over.folded)
		}
		if l.Profile >= 0 {
			line := under
			line.row = s.found[l.Profile]
			s.put(line.row, line, over.folded || under.folded)
		}
	}
}

// putHeading adds a heading, unless what it stands in is folded.
func (s *selection) putHeading(l listLine, hidden bool) listLine {
	l.folded = s.foldable() && s.folds.folded(l.key(), l.profiles, s.roomy())
	if !hidden {
		s.headings = append(s.headings, len(s.lines))
		s.lines = append(s.lines, l)
	}
	return l
}

// put adds a profile, unless it is folded away.
func (s *selection) put(r *row, l listLine, hidden bool) {
	r.laid = s.laid
	switch {
	case hidden && (r != s.selected || s.heading != foldKey{}):
		r.line = foldedAway
		return
	case hidden:
		s.bared = r
	}
	s.nested = s.nested || l.incident >= 0
	r.line = len(s.lines)
	s.lines = append(s.lines, l)
}

// find finds the line of what is selected. A heading that is not folded any more
// is none to stop at: the first line after it is taken.
func (s *selection) find() {
	if s.heading != (foldKey{}) {
		for _, i := range s.headings {
			if s.lines[i].key() == s.heading && s.lines[i].folded {
				s.at = i
				return
			}
		}
		s.heading = foldKey{}
	}
	if line := s.lineOf(s.selected); line >= 0 {
		s.at = line
		return
	}
	s.at = 0
	for s.at < len(s.lines)-1 && !s.stops(s.at) {
		s.at++
	}
}

// stops reports whether a line can be selected: a heading only where it stands for
// what is folded.
func (s *selection) stops(line int) bool {
	return s.lines[line].row != nil || s.lines[line].folded
}

// chooseHeading selects a folded heading.
func (s *selection) chooseHeading(k foldKey) {
	s.heading = k
	s.touched++
	if s.bared != nil {
		s.lay()
	} else {
		s.find()
	}
}

// setFold folds a heading, which is selected then, or unfolds it and selects the
// first line below it.
func (s *selection) setFold(k foldKey, folded bool) {
	if s.folds == nil {
		s.folds = make(folds)
	}
	s.following = false
	s.folds[k], s.heading = folded, k
	s.touched++
	s.lay()
	if folded {
		return
	}
	i := slices.IndexFunc(s.lines, func(l listLine) bool { return l.row == nil && l.key() == k })
	s.moveTo(i + 1)
}

// fold folds what the selected line stands in. It reports whether there is such.
func (s *selection) fold() bool {
	if !s.foldable() || s.at >= len(s.lines) {
		return false
	}
	l := s.lines[s.at]
	section := foldKey{urgency: l.urgency}
	if l.row == nil || s.folds.folded(section, 0, s.roomy()) {
		s.setFold(section, true)
	} else {
		s.setFold(l.key(), true)
	}
	return true
}

// unfold unfolds the selected heading. It reports whether one is selected.
func (s *selection) unfold() bool {
	if s.heading == (foldKey{}) {
		return false
	}
	s.setFold(s.heading, false)
	return true
}

// toggle folds or unfolds the heading at a line.
func (s *selection) toggle(line int) {
	if l := s.lines[line]; s.foldable() {
		s.setFold(l.key(), !l.folded)
	}
}
