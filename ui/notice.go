package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// notice is a sentence at the bottom that goes by itself.
type notice struct {
	text       string
	generation int
	// said is the part of the text that answers what the person did, at is when.
	// News that comes soon after is told behind it.
	said string
	at   time.Time
	// changes are those of states that the sentence tells; none for another.
	changes []stateChange
}

// noticeTime is how long a notice stays.
const noticeTime = 6 * time.Second

// noticeEndedMsg takes a notice away, unless another has come since.
type noticeEndedMsg struct{ generation int }

// lasting ends the notice after its time.
func (n *notice) lasting() tea.Cmd {
	generation := n.generation
	return tea.Tick(noticeTime, func(time.Time) tea.Msg { return noticeEndedMsg{generation} })
}

// say shows a sentence.
func (n *notice) say(text string, now time.Time) tea.Cmd {
	*n = notice{text: text, said: text, at: now, generation: n.generation + 1}
	return n.lasting()
}

// clear takes the sentence away.
func (n *notice) clear() { *n = notice{generation: n.generation} }

// announce tells which profiles have another state, behind what was said just
// now; dot stands between the two.
func (n *notice) announce(news []stateChange, now time.Time, dot string) tea.Cmd {
	if now.Sub(n.at) >= noticeTime {
		n.said = ""
	}
	n.gather(news)
	parts := present(n.said)
	if len(n.changes) > 0 {
		parts = append(parts, tell(n.changes))
	}
	n.text = strings.Join(parts, " "+dot+" ")
	n.generation++
	return n.lasting()
}

// gather adds changes to those that the notice tells. Of a profile that changes
// again it tells the first state and the last one, and nothing where the profile
// is back in the first.
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
