package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// openLink shows the page of what the person points at.
func (m *Model) openLink() tea.Cmd { return m.browse(m.pointedAt()) }

// browse shows a page in the browser.
func (m *Model) browse(url string) tea.Cmd {
	switch {
	case m.private():
		return m.say("links are off in private")
	case url == "":
		return m.say("no page is known of this")
	case m.options.Manage == nil:
		return m.say("no browser can be opened here; the page is " + url)
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
	if m.area() == onPane || m.area() == onOpened {
		url = m.dashboard.pane().link()
	}
	if a := m.current().snap.Account; url == "" && m.dashboard.focus != paneOrgs && a != nil {
		url = a.User.URL
	}
	if !isPage(url) {
		return ""
	}
	return url
}
