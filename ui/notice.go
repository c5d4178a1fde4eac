package ui

import (
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
	// changes are those of states that the sentence tells, and outages those that
	// began or are over; none for another.
	changes []stateChange
	outages []outageNews
	// awaiting is the real text of a sentence that is told once the mask has met all
	// profiles. It is never drawn.
	awaiting string
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

// await has a sentence be told later, in place of what is told now.
func (n *notice) await(text string) { *n = notice{awaiting: text, generation: n.generation + 1} }

// clear takes the sentence away.
func (n *notice) clear() { *n = notice{generation: n.generation} }

// announce tells which outages began or are over, and which profiles have another
// state, behind what was said just now; dot stands between them.
func (n *notice) announce(outages []outageNews, news []stateChange, now time.Time, dot string) tea.Cmd {
	if now.Sub(n.at) >= noticeTime {
		n.said = ""
	}
	n.gather(news)
	for _, o := range outages {
		n.outages = append(slices.DeleteFunc(n.outages, func(was outageNews) bool { return was.of == o.of }), o)
	}
	parts := present(n.said)
	for _, o := range n.outages {
		parts = append(parts, o.told())
	}
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
	at := make(map[*row]int, len(n.changes)+len(news))
	for i, c := range n.changes {
		at[c.row] = i
	}
	for _, c := range news {
		if i, told := at[c.row]; told {
			n.changes[i].is = c.is
			continue
		}
		at[c.row] = len(n.changes)
		n.changes = append(n.changes, c)
	}
	n.changes = slices.DeleteFunc(n.changes, func(c stateChange) bool { return c.was == c.is })
}

// stateChange is a profile whose state is another than it was.
type stateChange struct {
	row     *row
	was, is account.State
}

// news takes in what the snapshot of the row says of the profile, after the one
// before, and reports whether that is another state than the last one that said
// something. A check that could not be made says nothing, and what the details of a
// check add to it is no news.
func (r *row) news(before *account.Snapshot) (c stateChange, ok bool) {
	was, is := r.found, r.snap.Health
	switch {
	case is.State.Severity() == account.SeverityNone:
		r.found = ""
		return c, false
	case is.State.Inconclusive():
		if r.found == "" {
			r.found = r.snap.Verdict.State
		}
		return c, false
	}
	r.found, r.concluded = is.State, r.concluded || !r.snap.Restored
	detailed := before.Details.Busy && before.Health.CheckedAt.Equal(is.CheckedAt)
	return stateChange{r, was, is.State}, was != "" && was != is.State && !r.snap.Restored && !detailed
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
		parts = append(parts, s.Word()+": "+listed(byState[s], 4))
	}
	return strconv.Itoa(len(changes)) + " changed. " + strings.Join(parts, "; ")
}
