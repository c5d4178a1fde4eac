package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

func (m *Model) grow() tea.Cmd   { return m.share(1) }
func (m *Model) shrink() tea.Cmd { return m.share(-1) }

// share gives the part that has the keys more of the screen, or less. A step that
// changes nothing is not taken, since it would have to be taken back later.
func (m *Model) share(by int) tea.Cmd {
	d := &m.dashboard
	id, before := d.focus, d.layout.slots
	if id == paneRecord {
		id, by = paneFull, -by
	}
	if steps := d.shares[id] + by; steps >= -widestShare && steps <= widestShare {
		d.shares[id] = steps
		m.layOut()
		if !slices.EqualFunc(before, d.layout.slots, func(a, b slot) bool { return a.rect == b.rect }) {
			return nil
		}
		d.shares[id] -= by
	}
	if by > 0 {
		return m.say("there is no more room for it")
	}
	return m.say("it cannot be smaller")
}

// sharesText is the shares as they are remembered: "profiles 2, token -1".
func (m *Model) sharesText() string {
	var parts []string
	for id, kind := range paneKinds() {
		if steps := m.dashboard.shares[id]; steps != 0 {
			parts = append(parts, fmt.Sprintf("%s %d", kind.name, steps))
		}
	}
	return strings.Join(parts, ", ")
}

// putShares gives the parts the shares that are remembered.
func (m *Model) putShares(value string) {
	given := shares{}
	for _, part := range strings.Split(value, ", ") {
		name, steps, _ := strings.Cut(part, " ")
		n, err := strconv.Atoi(steps)
		for id, kind := range paneKinds() {
			if err == nil && kind.name == name {
				given[id] = clamp(n, -widestShare, widestShare)
			}
		}
	}
	m.dashboard.shares = given
}
