package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/client/text"
)

// togglePrivate puts stand-ins in place of names, e-mail addresses, ids and
// hosts, so that a screen can be shown to others, or takes them away again.
func (m *Model) togglePrivate() tea.Cmd {
	m.setPrivate(m.roster.mask == nil)
	if m.roster.mask != nil {
		// What was looked for may be a name.
		m.list.clearFilter()
		return m.say("private: names, addresses and ids are stand-ins; links are off")
	}
	return m.say("the real names are shown again")
}

func (m *Model) setPrivate(on bool) {
	m.roster.setPrivate(on)
	m.list.sort()
	if m.roster.investigate(m.clock.now) {
		m.layOut()
	}
}

// private reports whether stand-ins are shown.
func (m *Model) private() bool { return m.roster.mask != nil }

// told is a text that comes from no profile, such as the path of a file, as it
// can be shown.
func (m *Model) told(text string) string {
	if m.roster.mask == nil {
		return text
	}
	return m.roster.mask.Text(text)
}

// shown is the answer to a draft as it can be shown.
func (m *Model) shown(s account.Snapshot) account.Snapshot {
	if !m.private() {
		return s
	}
	return m.roster.mask.Snapshot(s)
}

// setPrivate shows all rows anew. What is made of them is made again.
func (t *roster) setPrivate(on bool) {
	t.mask = nil
	if on {
		t.mask = privacy.New(client.Providers())
	}
	t.log = activityLog{version: t.log.version + 1}
	t.troubles = troubles{due: true}
	for _, r := range t.rows {
		t.show(r)
		r.logged, r.loggedAt = nil, time.Time{}
		t.log.take(r, account.Snapshot{})
		t.troubles.note(account.Snapshot{}, r.snap)
	}
	t.log.settle()
	t.version++
	t.accounts++
	t.endings++
}

// show takes over what is known of a row, with stand-ins where those are
// wanted. The name, the label and the tags are the person's own words.
func (t *roster) show(r *row) {
	r.config, r.snap, r.source, r.private = r.own, r.latest(), "", t.mask != nil
	if c := r.own.Credential(); !c.IsZero() {
		r.source = text.Printable(c.Source())
	}
	if r.private {
		r.snap = t.mask.Snapshot(r.snap)
		// The pinned user and the one who signs in may be no one else's.
		known := account.Snapshot{Account: &account.Account{User: account.User{ID: r.own.Identity, Username: r.own.Username}}}
		u := t.mask.Snapshot(known).Account.User
		r.config.Identity, r.config.Username = u.ID, u.Username
		r.config.BaseURL, r.source = t.mask.Text(r.own.BaseURL), t.mask.Text(r.source)
	}
	r.version++
	r.collectFields()
}
