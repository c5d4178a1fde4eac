package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// ConfigMsg brings a changed configuration into the running dashboard.
type ConfigMsg struct {
	Config *config.Config
	// Err is why there is none: the file is not TOML, or cannot be read. The
	// old configuration stays.
	Err error
}

// ActiveMsg tells which profile is the active one now.
type ActiveMsg struct {
	// Profile is its name; empty for none.
	Profile string
	// Problem says why there is none although there are profiles.
	Problem string
}

func (m *Model) handleActive(msg ActiveMsg) tea.Cmd {
	if msg.Profile != m.options.Active {
		m.mark(msg.Profile)
	}
	if msg.Problem == "" {
		return nil
	}
	return m.say(m.told(text.Printable(msg.Problem)))
}

// handleConfig takes over a changed configuration. What is known of the
// profiles that stay, and how the person looks at them, stays with them.
func (m *Model) handleConfig(msg ConfigMsg) tea.Cmd {
	for _, o := range m.overlays {
		o.reloaded()
	}
	if msg.Err != nil {
		m.broken = text.Printable(msg.Err.Error())
		m.layOut()
		return m.say(m.told(m.broken) + ": the last good one is used")
	}
	if msg.Config == nil {
		return nil
	}
	before := m.config
	if m.broken != "" {
		// It may still say what is wrong with the file.
		m.notice = notice{generation: m.notice.generation}
	}
	m.broken, m.config = "", msg.Config
	m.options.FirstRun = false
	m.keys = DefaultKeyMap()
	m.keyProblems = m.keys.rebind(m.config.UI.Keys)
	m.actions = m.keys.actions()
	if m.config.UI.Mouse != before.UI.Mouse {
		m.mouse = m.config.UI.Mouse
	}
	m.notify = m.config.UI.Notify
	m.restyle()
	for _, o := range m.overlays {
		if f, ok := o.(*profileForm); ok {
			f.config = m.config
			f.check()
		}
	}
	m.reloadRows()
	m.layOut()
	return nil
}

// reloadRows brings the list, and what is made of it, in line with the
// profiles.
func (m *Model) reloadRows() {
	cursor := m.list.cursor
	m.roster.reload(m.config)
	m.roster.investigate(m.clock.now)
	m.roster.mark(m.options.Active)
	m.keepSwitched()
	m.list.sort()
	if !m.roster.has(m.list.selected) {
		m.list.moveTo(cursor)
	}
	if m.sought != "" {
		m.find(m.sought)
		m.sought = ""
	}
	if len(m.roster.rows) == 0 {
		m.list.clearFilter()
		m.setFocus(paneProfiles)
	}
	o := m.table()
	o.columns, o.made = m.roster.columns(), overviewKey{}
	if !m.roster.has(m.looking.row) {
		m.looking.row = nil
	}
	m.progress.keep(m.roster)
}

// has reports whether a row is one of the profiles.
func (t *roster) has(r *row) bool { return r != nil && t.byName[r.name] == r }

// mark makes a profile the active one.
func (t *roster) mark(name string) {
	for _, r := range t.rows {
		if active := name != "" && r.name == name; active != r.active {
			r.active = active
			r.version++
		}
	}
	t.active = name
	t.version++
}

// reload takes over the profiles of a configuration. Those that were there
// keep what is known of them.
func (t *roster) reload(c *config.Config) {
	known := t.byName
	t.fill(c)
	for i, r := range t.rows {
		old := known[r.name]
		if old == nil {
			continue
		}
		old.adopt(r)
		t.show(old)
		t.rows[i], t.byName[r.name] = old, old
	}
	t.counts, t.busy, t.next = make(map[account.Severity]int), 0, time.Time{}
	t.troubles = troubles{due: true}
	for _, r := range t.rows {
		t.counts[r.severity()]++
		if r.snap.Busy {
			t.busy++
		}
		t.plan(time.Time{}, r.snap.NextAt)
		t.troubles.note(account.Snapshot{}, r.snap)
	}
	t.log.entries = slices.DeleteFunc(t.log.entries, func(e *entry) bool { return !t.has(e.row) })
	t.log.version++
	t.accounts++
	t.endings++
	t.version++
}

// adopt takes over what the configuration says now. What it says of a profile
// that is not asked is known at once; of others the next check tells.
func (r *row) adopt(now *row) {
	was, is := firstHealth(r.own), firstHealth(now.own)
	r.index, r.own, r.service = now.index, now.own, now.service
	if was.State != is.State || is.State == account.Misconfigured {
		r.real.Health, r.real.Busy, r.real.NextAt = is, false, time.Time{}
	}
}
