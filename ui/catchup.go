package ui

import tea "charm.land/bubbletea/v2"

// handlePortion goes on with what is left to do.
func (m *Model) handlePortion(msg portionMsg) tea.Cmd {
	b := &m.roster.backlog
	if msg.rested {
		b.resting = false
	} else {
		b.called = false
	}
	if b.step > 0 || msg.rested && !b.busy() {
		return m.catchUp()
	}
	return m.work()
}

// work does a portion of what is left to do. Where there are few profiles, that is all.
func (m *Model) work() tea.Cmd {
	t := m.roster
	changed := t.catchUp()
	if len(changed) > 0 {
		m.stir(changed)
	}
	if !t.many() {
		return m.catchUp()
	}
	return nil
}

// stir takes in rows that changed, which the order and the sums may have to follow.
func (m *Model) stir(changed []*row) {
	if m.private() {
		m.views.title(&m.roster.cover)
	}
	m.selection.stir(changed)
	m.roster.backlog.late = true
	if d := m.rotation(); d != nil {
		d.reloaded()
	}
}

// catchUp brings the order and the sums in line with the rows: at once where there are
// few, a step in each Update where there are many.
func (m *Model) catchUp() tea.Cmd {
	b := &m.roster.backlog
	for {
		told := m.catchUpBy(b.step)
		if b.step = (b.step + 1) % catchUpSteps; b.step == 0 || m.roster.many() {
			return told
		}
	}
}

func (m *Model) catchUpBy(step catchUpStep) tea.Cmd {
	b := &m.roster.backlog
	switch step {
	case settleLog:
		m.roster.log.settle()
		b.settling, b.late = b.late, false
	case orderRows:
		if b.settling {
			m.selection.reorder()
		}
	case arrangeRows:
		if b.settling {
			b.settling = false
			m.arrange()
		}
	default:
		news := b.news
		b.news = nil
		return m.announce(news)
	}
	return nil
}

// announce shows which profiles have another state, and which outages began or are
// over, and tells the terminal where that is wanted.
func (m *Model) announce(news []stateChange) tea.Cmd {
	outages := m.roster.troubles.outages.take()
	if len(news)+len(outages) == 0 {
		return nil
	}
	dot := m.styles.Glyphs.Dot
	cmd := m.notice.announce(outages, news, m.clock.now, dot)
	if !m.config.UI.Notify {
		return cmd
	}
	var alone notice
	alone.announce(outages, news, m.clock.now, dot)
	return tea.Batch(cmd, tea.Raw(notification(alone.text)))
}
