package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// openLink shows the page of what the person points at.
func (m *Model) openLink() tea.Cmd {
	url := m.pointedAt()
	switch {
	case m.private():
		return m.say("links are off in private")
	case url == "":
		return m.say("no page is known of this")
	case m.options.Manage == nil:
		return m.say("the demo opens no browser; the page is " + url)
	}
	return tea.Batch(m.say("opening "+url), m.openPage(url))
}

func (m *Model) openPage(url string) tea.Cmd {
	return m.manage(func(ctx context.Context, manage Manager) tea.Msg {
		return pageOpenedMsg{manage.OpenURL(ctx, url)}
	})
}

// pointedAt is the address of the page of what the person points at: an
// organization's in its pane, else the user's.
func (m *Model) pointedAt() string {
	url := ""
	if m.place() == onPane {
		url = m.details[m.focus].link()
	}
	if a := m.current().snap.Account; url == "" && m.focus != paneOrgs && a != nil {
		url = a.User.URL
	}
	if !isPage(url) {
		return ""
	}
	return url
}

// isPage reports whether an address that a service sent is one for a browser.
func isPage(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// linked makes a shown address one that the terminal opens by a click.
func linked(s *Styles, shown, url string) string {
	if s.ascii || shown != url || !isPage(url) {
		return shown
	}
	return ansi.SetHyperlink(url) + shown + ansi.ResetHyperlink()
}

// page is a named address, which the terminal opens where it is seen whole.
func (p *profilePen) page(label, url string) {
	switch {
	case p.row.private:
		p.field(label, url)
	case url != "":
		shown := cut(url, p.valueWidth(), p.glyphs.tail)
		p.add(label, url, p.label(label)+p.tone.write(linked(p.Styles, shown, url)))
		p.link(url)
	}
}

// link is the page of what the person points at; empty where it has none.
func (d *detailPane) link() string {
	if d.cursor < len(d.filled.items) {
		return d.filled.items[d.cursor].url
	}
	return ""
}
