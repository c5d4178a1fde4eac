package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

const (
	// lanesAtOnce is of how many profiles the past is read in one go for their lanes.
	lanesAtOnce = 16
	// maxLanes is of how many profiles the lanes are kept, those that were looked at
	// last.
	maxLanes = 512
	// maxSpells bounds the lane of a profile that changes with every check.
	maxSpells = 4000
)

// lanePast is what a lane shows of the past of a profile.
type lanePast struct {
	spells []account.Spell
	// reloads is the count when it was read.
	reloads int
}

// lanes reads the past of the profiles whose lanes are in sight, where it is not
// there yet. It tells nothing but states, so that private needs no stand-ins.
type lanes struct {
	history func(profile string) account.Past
	// known are the rows with a lane, the one that was read last at the end.
	known []*row
	// reloads counts what makes the lanes that were read before out of date.
	reloads int
	// reading is set while some are read: never more than a few at a time.
	reading bool
}

// lanesReadMsg brings the spells of profiles, by their names.
type lanesReadMsg struct {
	spells  map[string][]account.Spell
	reloads int
}

// want begins to read the lanes of rows that have none yet.
func (l *lanes) want(inSight []*row, c *clock) tea.Cmd {
	if l.history == nil || l.reading {
		return nil
	}
	var names []string
	for _, r := range inSight {
		if len(names) < lanesAtOnce && (r.lane == nil || r.lane.reloads != l.reloads) && !slices.Contains(names, r.name) {
			names = append(names, r.name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	l.reading = true
	history, now, reloads := l.history, c.now, l.reloads
	return func() tea.Msg {
		msg := lanesReadMsg{make(map[string][]account.Spell, len(names)), reloads}
		for _, name := range names {
			spells := account.Spells(history(name).Checks, now)
			msg.spells[name] = spells[max(0, len(spells)-maxSpells):]
		}
		return msg
	}
}

// take gives the rows the lanes that were read for them.
func (l *lanes) take(msg lanesReadMsg, named func(string) *row) {
	l.reading = false
	for name, spells := range msg.spells {
		r := named(name)
		if r == nil || msg.reloads != l.reloads {
			continue
		}
		if r.lane == nil {
			l.known = append(l.known, r)
		}
		r.lane = &lanePast{spells, msg.reloads}
		r.version++
	}
	for ; len(l.known) > maxLanes; l.known = l.known[1:] {
		l.known[0].lane = nil
	}
}

// reload has all lanes read anew; those of profiles that are gone go with them.
func (l *lanes) reload(there func(*row) bool) {
	l.known = slices.DeleteFunc(l.known, func(r *row) bool { return !there(r) })
	l.reloads++
}
