package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
	"rollcall/ui/draw"
)

// View draws the screen. It changes nothing but what is kept to draw less.
func (m *Model) View() tea.View {
	screen := m.draw()
	if m.styles.ASCII {
		screen = text.ASCIIMarks(screen)
	}
	v := tea.NewView(screen)
	v.AltScreen = true
	v.WindowTitle = "rollcall"
	if m.config.UI.Notify {
		v.WindowTitle = windowTitle(m.roster.outlook().Counts)
	}
	if m.terminal.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.ReportFocus = true
	v.ProgressBar = m.roster.progress.bar(m.clock.now)
	v.Cursor = m.cursor()
	return v
}

func (m *Model) draw() string {
	t := &m.terminal
	if t.width <= 0 || t.height <= 0 {
		return ""
	}
	if m.dashboard.layout.tooSmall {
		return strings.Join(tooSmall(t.width, t.height), "\n")
	}
	k := screenKey{
		w: t.width, h: t.height, view: m.views.chosen, welcomes: m.welcomes(), finds: len(m.first.finds), offered: m.first.offered, styles: m.styles,
		focus: m.dashboard.focus, detail: m.dashboard.lastDetail, footer: m.footer(), overlay: m.overlays.top(),
	}
	body := m.body(&k)
	var over [][]string
	over, k.overlaid = m.overlays.draw(m.styles)
	return m.drawn.screen.get(k, func() string {
		lines := body()
		if len(over) > 0 {
			return draw.Overlaid(lines, over, t.width, m.styles.Dimmed)
		}
		return strings.Join(lines, "\n")
	})
}

// body draws what lies below the overlays, as far as it has changed; the lines
// are put together when they are needed.
func (m *Model) body(k *screenKey) (lines func() []string) {
	if k.welcomes {
		return func() []string { return m.welcome(k.footer) }
	}
	h := headerKey{m.headerNow(), m.styles, k.w}
	k.header = m.drawn.header.get(h, func() string {
		text, _ := h.draw(m.styles, k.w)
		return text
	})
	k.banner = m.banner()
	var inner func() []string
	if v := m.sheet(); v != nil {
		drawn := v.View(m.styles, m.clock.now)
		k.sheet = v.memo.made
		inner = func() []string { return drawn }
	} else {
		var parts [panes][]string
		parts, k.panes = m.dashboard.View(m.styles, m.clock.spin)
		inner = func() []string { return m.dashboard.join(parts, k.h-m.dashboard.layout.top-1) }
	}
	return func() []string {
		lines := []string{k.header}
		if m.dashboard.layout.top > 1 {
			lines = append(lines, k.banner)
		}
		return append(append(lines, inner()...), k.footer)
	}
}

// banner is the line below the header; empty where nothing is to be told.
func (m *Model) banner() string {
	s, all := m.styles, m.roster.troubles.incidents
	switch {
	case m.faults.broken != "":
		return brokenBanner(m.told(m.faults.broken), draw.FirstKey(m.keys.Problems, s.ASCII)).draw(s, m.terminal.width)
	case m.bannered():
		return incidentBanner(all, draw.FirstKey(m.keys.Incidents, s.ASCII)).draw(s, m.terminal.width)
	}
	return ""
}

// footer is the line at the bottom: a notice, or the keys of the area.
func (m *Model) footer() string {
	s, w := m.styles, m.terminal.width
	if m.notice.text != "" {
		return s.Accent.Render(" "+s.Glyphs.Marker) + " " + s.Text.Render(draw.Pad(m.notice.text, max(0, w-3), s.Glyphs.Tail))
	}
	return m.hints().line(s, w)
}

// hints are the keys worth naming now.
func (m *Model) hints() hints {
	k, ascii := &m.keys, m.styles.ASCII
	switch {
	case m.overlays.top() != nil:
		// An overlay names its keys itself.
		return hints{}
	case m.welcomes():
		return welcomeHints(k, len(m.first.finds), m.first.offered, ascii)
	case m.selection.filter.editing:
		return writingHints(k, len(m.selection.filter.offers.all) > 0, ascii)
	}
	// A key that has nothing to act on is not named.
	here, able := m.area(), make([]action, 0, len(m.commands.all))
	for _, a := range m.commands.all {
		if (a.hint != "" && a.areas&here != 0 || a.many != "") && m.enabled(a) && (a.name != "fix" || m.fixable()) {
			able = append(able, a)
		}
	}
	if m.marking() {
		return markedHints(m.selection.marks.all, m.backHint(), m.selection.marks.span.in != nil, k, able, ascii)
	}
	return hintsAt(here, m.backHint(), k, able, ascii)
}

// welcome is the screen without profiles, with a footer where there is more to
// say than its keys.
func (m *Model) welcome(footer string) []string {
	v := welcome{
		first: m.options.FirstRun, path: m.told(text.Printable(m.config.Path)), problems: m.faults.found(),
		problemKey: draw.FirstKey(m.keys.Problems, m.styles.ASCII), keys: welcomeHints(&m.keys, len(m.first.finds), m.first.offered, m.styles.ASCII),
		covered: m.overlays.top() != nil, finds: m.first.finds, offered: m.first.offered, services: m.roster.services,
		told: func(s string) string { return m.told(text.Printable(s)) },
	}
	lines := v.lines(m.styles, m.terminal.width, m.terminal.height)
	if m.notice.text != "" || v.covered {
		lines[len(lines)-1] = footer
	}
	return lines
}

// cursor is where text is written; nil for nowhere.
func (m *Model) cursor() *tea.Cursor {
	switch {
	case m.dashboard.layout.tooSmall:
		return nil
	case m.overlays.top() != nil:
		return m.overlays.cursor(m.styles)
	case !m.selection.filter.editing:
		return nil
	}
	if v := m.sheet(); v != nil {
		x, y := v.cursor(m.styles)
		return tea.NewCursor(x, m.dashboard.layout.top+y)
	}
	x, y, ok := m.dashboard.cursor(m.styles)
	if !ok {
		return nil
	}
	return tea.NewCursor(x, y)
}
