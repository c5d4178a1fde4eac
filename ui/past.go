package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

const (
	// restTime is how long the selection rests on a profile before its past is
	// read, so that running through the list reads nothing.
	restTime = 200 * time.Millisecond
	// maxPasts is of how many profiles the past is kept, those that were looked
	// at last.
	maxPasts = 4
	// maxPastChecks bounds the past of a profile that is looked at for weeks. The
	// store thins out what is older; here it is left out.
	maxPastChecks = 20_000
)

// latest is the end of checks, n at most.
func latest(checks []account.Check, n int) []account.Check {
	return checks[max(0, len(checks)-max(0, n)):]
}

// pasts reads what is kept of the profiles when it is looked at.
type pasts struct {
	history func(profile string) account.Past
	journal func() []account.Past
	// known are the rows with a past, the one that was looked at last at the
	// end.
	known []*row
	// reloads counts what makes the pasts that were read before out of date.
	reloads int
	// wanted is the row whose past is waited for; nil for none. generation
	// counts the times that another one was.
	wanted     *row
	generation int
	// logged is set once the journal was asked for.
	logged bool
}

// rowPast is the past of a row, with stand-ins where the row has them.
type rowPast struct {
	account.Past
	// reloads is the count when it was read.
	reloads int
}

// pastRestedMsg tells that the selection has rested on a profile.
type pastRestedMsg struct{ generation int }

// pastReadMsg brings the past of a profile.
type pastReadMsg struct {
	generation int
	past       account.Past
}

// journalReadMsg brings the latest entries of all profiles.
type journalReadMsg struct{ pasts []namedPast }

// namedPast is a past that is fit for a terminal, with the name of its profile as
// it really is.
type namedPast struct {
	name string
	past account.Past
}

// want begins to read the past of the row that is looked at, nil for none,
// where it is not there yet.
func (p *pasts) want(r *row) tea.Cmd {
	switch {
	case r == nil || p.history == nil:
		p.wanted = nil
		return nil
	case r.past != nil && r.past.reloads == p.reloads:
		p.wanted = nil
		p.keep(r)
		return nil
	case r == p.wanted:
		return nil
	}
	p.wanted = r
	p.generation++
	rested := pastRestedMsg{p.generation}
	return tea.Tick(restTime, func(time.Time) tea.Msg { return rested })
}

// keep makes a row the one that was looked at last, and forgets the past of the
// one for which that is longest ago where there are too many.
func (p *pasts) keep(r *row) {
	if n := len(p.known); n > 0 && p.known[n-1] == r {
		return
	}
	p.known = append(slices.DeleteFunc(p.known, func(o *row) bool { return o == r }), r)
	if len(p.known) > maxPasts {
		p.known[0].forget()
		p.known = slices.Delete(p.known, 0, 1)
	}
}

// rested reads the past of the profile that the selection has rested on.
func (p *pasts) rested(msg pastRestedMsg) tea.Cmd {
	if p.wanted == nil || msg.generation != p.generation {
		return nil
	}
	return readPastCmd(p.history, p.wanted.name, p.generation)
}

func readPastCmd(history func(string) account.Past, name string, generation int) tea.Cmd {
	return func() tea.Msg { return pastReadMsg{generation, history(name).Harmless()} }
}

// take gives a row the past that was read for it; an answer that nobody waits for
// any more is dropped.
func (p *pasts) take(msg pastReadMsg, c *cover) {
	r := p.wanted
	if r == nil || msg.generation != p.generation {
		return
	}
	p.wanted = nil
	r.remember(rowPast{c.past(msg.past), p.reloads})
	p.keep(r)
}

// wantJournal reads the latest entries of all profiles, once. While the mask learns whose
// the profiles are they could not be shown, and would be read again and again.
func (p *pasts) wantJournal(learning bool) tea.Cmd {
	if p.logged || p.journal == nil || learning {
		return nil
	}
	p.logged = true
	return readJournalCmd(p.journal)
}

func readJournalCmd(journal func() []account.Past) tea.Cmd {
	return func() tea.Msg {
		var msg journalReadMsg
		for _, p := range journal() {
			msg.pasts = append(msg.pasts, namedPast{p.Profile, p.Harmless()})
		}
		return msg
	}
}

// reload has everything read anew: the profiles may be others. What is known
// stays until then, but for profiles that are gone.
func (p *pasts) reload(there func(*row) bool) {
	p.known = slices.DeleteFunc(p.known, func(r *row) bool { return !there(r) })
	p.wanted, p.logged = nil, false
	p.reloads++
}

// forget drops all that was read.
func (p *pasts) forget() {
	for _, r := range p.known {
		r.forget()
	}
	p.known, p.wanted, p.logged = nil, nil, false
}
