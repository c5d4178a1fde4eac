package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
)

// stateChange is a profile whose state is another than it was.
type stateChange struct {
	row     *row
	was, is account.State
}

// isNews reports whether a snapshot has another state than the one before, and
// both say something about the profile. What the details of a check add to it
// is no news.
func isNews(was, is account.Snapshot) bool {
	a, b := was.Health, is.Health
	return a.State != b.State && a.State.Severity() != account.SeverityNone && b.State.Severity() != account.SeverityNone &&
		!is.Restored && (!was.Details.Busy || !a.CheckedAt.Equal(b.CheckedAt))
}

// gather keeps the changes that a notice tells, one a profile: where it
// changes again, what it was at first stays.
func (n *notice) gather(news []stateChange) {
	for _, c := range news {
		i := slices.IndexFunc(n.changes, func(o stateChange) bool { return o.row == c.row })
		switch {
		case i < 0:
			n.changes = append(n.changes, c)
		case n.changes[i].was == c.is:
			n.changes = slices.Delete(n.changes, i, i+1)
		default:
			n.changes[i].is = c.is
		}
	}
}

// tell says in one line which profiles have another state.
func tell(changes []stateChange) string {
	if len(changes) == 1 {
		c := changes[0]
		return c.row.config.Name + ": " + c.is.Word() + ", was " + c.was.Word()
	}
	byState := make(map[account.State][]string)
	var states []account.State
	for _, c := range changes {
		if byState[c.is] == nil {
			states = append(states, c.is)
		}
		byState[c.is] = append(byState[c.is], c.row.config.Name)
	}
	slices.SortStableFunc(states, func(a, b account.State) int { return urgency(a.Severity()) - urgency(b.Severity()) })
	var parts []string
	for _, s := range states {
		names := byState[s]
		part := strings.Join(names[:min(len(names), 4)], ", ")
		if more := len(names) - 4; more > 0 {
			part += fmt.Sprintf(" and %d more", more)
		}
		parts = append(parts, s.Word()+": "+part)
	}
	return strconv.Itoa(len(changes)) + " changed. " + strings.Join(parts, "; ")
}

// announce shows what changed, and tells the terminal where that is wanted.
func (m *Model) announce(news []stateChange) tea.Cmd {
	if len(news) == 0 {
		return nil
	}
	n := &m.notice
	if m.clock.now.Sub(n.at) >= noticeTime {
		n.said = ""
	}
	n.gather(news)
	parts := present(n.said)
	if len(n.changes) > 0 {
		parts = append(parts, tell(n.changes))
	}
	n.text = strings.Join(parts, " "+m.styles.glyphs.dot+" ")
	n.generation++
	cmd := noticeCmd(n.generation)
	if !m.notify {
		return cmd
	}
	return tea.Batch(cmd, tea.Raw(notification(tell(news))))
}

// longestNotification is as much as a desktop shows.
const longestNotification = 200

// notification asks the terminal to show a text, in both of the ways that
// terminals know. A semicolon would end the text in one of them.
func notification(words string) string {
	words = strings.ReplaceAll(text.Printable(words), ";", ",")
	words = cut(words, longestNotification, "")
	return ansi.Notify("rollcall: "+words) + "\x1b]777;notify;rollcall;" + words + "\x07"
}

// windowTitle is the name of the terminal's window.
func (m *Model) windowTitle() string {
	if !m.notify {
		return "rollcall"
	}
	for _, sev := range []account.Severity{account.SeverityFail, account.SeverityWarn} {
		if n := m.roster.counts[sev]; n > 0 {
			return fmt.Sprintf("rollcall: %d %s", n, severityWord(sev))
		}
	}
	return "rollcall: ok"
}

// lookTime is how long a profile is looked at before its news are no news.
const lookTime = 1500 * time.Millisecond

// lookedMsg tells that a profile was selected for a while.
type lookedMsg struct {
	row        *row
	generation int
}

// look begins to look at the profile that the dashboard shows, where there is
// news of it.
func (m *Model) look() tea.Cmd {
	var r *row
	if m.screen() == screenDashboard && len(m.overlays) == 0 {
		r = m.list.current()
	}
	if r != nil && !r.unseen {
		r = nil
	}
	if r == m.looking.row {
		return nil
	}
	m.looking.row = r
	m.looking.generation++
	if r == nil {
		return nil
	}
	looked := m.looking
	return tea.Tick(lookTime, func(time.Time) tea.Msg { return looked })
}

func (m *Model) handleLooked(msg lookedMsg) {
	if msg == m.looking && msg.row != nil {
		msg.row.unseen = false
		msg.row.version++
		m.roster.version++
		m.looking.row = nil
	}
}
