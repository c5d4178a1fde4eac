package ui

import (
	"slices"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
)

// sight is which profiles the person has before their eyes.
type sight struct {
	// key is what they depend on.
	key sightKey
	// names are those that were told last. Commands can overtake one another, so that
	// each of them tells the latest.
	names  []string
	latest *atomic.Pointer[[]string]
}

// sightKey is all that the profiles in sight depend on.
type sightKey struct {
	sheet          *sheet
	window         window
	laid, arranged int
	current        *row
}

// tellSight tells which profiles are seen, where they are others than before.
func (m *Model) tellSight() tea.Cmd {
	tell := m.options.InSight
	if tell == nil {
		return nil
	}
	s, k := &m.dashboard.sight, sightKey{window: m.dashboard.list.window, laid: m.selection.laid, current: m.selection.current()}
	if v := m.sheet(); v != nil {
		k = sightKey{sheet: v, window: v.window, arranged: v.arranged}
	}
	if k == s.key {
		return nil
	}
	s.key = k
	names := ownNames(m.rowsInSight())
	if slices.Equal(names, s.names) {
		return nil
	}
	if s.latest == nil {
		s.latest = &atomic.Pointer[[]string]{}
	}
	latest := s.latest
	s.names = names
	latest.Store(&names)
	return func() tea.Msg {
		tell(*latest.Load())
		return nil
	}
}

// rowsInSight are the profiles that are seen.
func (m *Model) rowsInSight() []*row {
	if v := m.sheet(); v != nil {
		return v.rowsInSight()
	}
	return m.dashboard.rowsInSight()
}

// rowsInSight are the profiles that are seen: the selected one, and those of the list
// where it has a place on the screen.
func (d *dashboard) rowsInSight() (rows []*row) {
	if r := d.selection.current(); r != nil {
		rows = append(rows, r)
	}
	if !d.layout.has(paneProfiles) {
		return rows
	}
	from, to := d.list.window.inSight()
	for _, l := range d.selection.lines[min(from, len(d.selection.lines)):min(to, len(d.selection.lines))] {
		if l.row != nil {
			rows = append(rows, l.row)
		}
	}
	return rows
}

// ownNames are the names of the rows as they really are, each once.
func ownNames(rows []*row) []string {
	names := make([]string, 0, len(rows))
	for _, r := range rows {
		names = append(names, r.own.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
