package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View draws the screen. It changes nothing but what is kept to draw less.
func (m *Model) View() tea.View {
	v := tea.NewView(m.draw())
	v.AltScreen = true
	v.WindowTitle = m.windowTitle()
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.ReportFocus = true
	v.ProgressBar = m.progress.bar(m.clock.now)
	v.Cursor = m.cursor()
	return v
}

// contentID is all that the drawn screen depends on.
type contentID struct {
	w, h          int
	screen        screen
	styles        *Styles
	focus, detail paneID
	header        int
	drawn         [panes]int
	footer        string
	banner        string
	sheet         int
	// overlay is the top one, overlaysDrawn the drawings of all of them.
	overlay       overlay
	overlaysDrawn int
}

func (m *Model) draw() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	id := contentID{w: m.width, h: m.height, screen: m.screen(), styles: m.styles, focus: m.focus, detail: m.lastDetail}
	view := id.screen < views && !m.layout.tooSmall
	var header string
	var body []string
	parts := make(map[paneID][]string, panes)
	if view {
		header = m.headerView()
		id.header = m.header.made
		id.banner = m.banner()
		if v := m.sheet(); v != nil {
			body = v.View(m.styles, m.clock.now)
			id.sheet = v.memo.made
		} else {
			m.drawPanes(parts, &id)
		}
	}
	id.footer = m.footerView()
	var over [][]string
	if !m.layout.tooSmall {
		id.overlay = m.top()
		for _, o := range m.overlays {
			over = append(over, o.View(m.styles))
			id.overlaysDrawn += o.drawn()
		}
	}
	return m.content.get(id, func() string {
		var lines []string
		switch {
		case m.layout.tooSmall:
			lines = m.tooSmall()
		case view:
			lines = append(lines, header)
			if m.layout.top > 1 {
				lines = append(lines, id.banner)
			}
			if body == nil {
				body = m.body(parts)
			}
			lines = append(append(lines, body...), id.footer)
		default:
			lines = m.welcome()
			if m.notice.text != "" || over != nil {
				lines[len(lines)-1] = id.footer
			}
		}
		if len(over) > 0 {
			return overlaid(lines, over, m.width)
		}
		return strings.Join(lines, "\n")
	})
}

// drawPanes draws the panes that are seen, and notes which drawing it is.
func (m *Model) drawPanes(parts map[paneID][]string, id *contentID) {
	for _, s := range m.layout.slots() {
		active := slices.Index(s.panes, s.shown)
		if s.shown == paneProfiles {
			parts[s.shown] = m.list.View(m.styles, s.titles(), active, m.spin)
			id.drawn[s.shown] = m.list.memo.made
			continue
		}
		d := m.details[s.shown]
		foot := ""
		if len(s.panes) > 1 {
			foot = strings.TrimPrefix(d.filled.count, m.styles.glyphs.dot+" ")
		}
		if r := m.list.current(); m.layout.onePane && r != nil {
			foot = strings.TrimSpace(r.config.Name + " " + d.filled.count)
		}
		parts[s.shown] = d.View(m.styles, s.titles(), active, foot)
		id.drawn[s.shown] = d.memo.made
	}
}

// body puts the panes beside and below each other.
func (m *Model) body(parts map[paneID][]string) []string {
	lines := make([]string, m.height-m.layout.top-1)
	for _, column := range m.layout.columns {
		y := 0
		for _, row := range column {
			for _, s := range row {
				for i, l := range parts[s.shown] {
					lines[y+i] += l
				}
			}
			y += row[0].h
		}
	}
	return lines
}

// titles name the panes of a slot: in full where one has it for itself.
func (s slot) titles() []string {
	full := [panes]string{"Profiles", "Profile", "Organizations", "Linked accounts", "Token"}
	short := [panes]string{"Profiles", "Profile", "Orgs", "Linked", "Token"}
	if len(s.panes) == 1 {
		return []string{full[s.shown]}
	}
	var out []string
	for _, id := range s.panes {
		out = append(out, short[id])
	}
	return out
}

// cursor is where text is written; nil for nowhere.
func (m *Model) cursor() *tea.Cursor {
	if m.layout.tooSmall {
		return nil
	}
	if top := m.top(); top != nil {
		if w, ok := top.(writer); ok {
			left, above := corner(top.View(m.styles), m.width, m.height)
			if x, y := w.caret(); x >= 0 {
				return tea.NewCursor(left+x, above+y)
			}
		}
		return nil
	}
	if !m.list.filter.editing {
		return nil
	}
	if v := m.sheet(); v != nil {
		_, x := m.list.filter.view(m.styles, max(0, v.w-2))
		return tea.NewCursor(1+x, m.layout.top+1)
	}
	s, ok := m.layout.slotOf(paneProfiles)
	if !ok || s.shown != paneProfiles {
		return nil
	}
	_, x := m.list.filter.view(m.styles, max(0, s.w-2))
	return tea.NewCursor(s.x+1+x, s.y+1)
}
