package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
)

// area is a part of the program in which keys have a meaning of their own. An
// action names all the areas that it is for.
type area uint16

const (
	onList area = 1 << iota
	onPane
	onOverview
	onTimeline
	onActivity
	onPeople
	onWelcome
	onOpened

	onDashboard = onList | onPane
	onViews     = onOverview | onTimeline | onActivity | onPeople
	// anywhere is wherever there are profiles.
	anywhere   = onDashboard | onOpened | onViews
	everywhere = anywhere | onWelcome
)

// String is what the help calls the area.
func (a area) String() string {
	return map[area]string{
		onList: "In the list", onPane: "In a pane", onOpened: "In a profile", onOverview: "In the overview", onTimeline: "In the timeline",
		onActivity: "In the activity", onPeople: "Among the people", onWelcome: "Without a profile",
	}[a]
}

// action is one thing that the person can do, as the keys, the help, the hints
// at the bottom and the palette tell of it.
type action struct {
	// name is how it is rebound.
	name  string
	keys  *key.Binding
	areas area
	// hint is the word at the bottom, where there is room for it by its rank;
	// the lowest rank comes first. An action without one is not named there.
	hint string
	rank int
	// many is the word at the bottom where profiles are marked, all of which the
	// action is for then; empty where it is for one at most.
	many string
	// changes is set where it changes the profiles that it is for, so that it is asked
	// first whether those are meant that are not to be seen.
	changes bool
	// profile is set where it is about the selected profile.
	profile bool
	// moves is set where what has the focus moves by itself.
	moves bool
	// own is set for a command of the person's own.
	own bool
}

// actionGroup is a part of the help.
type actionGroup struct {
	title   string
	actions []action
	// own is set for the commands of the person's own.
	own bool
}

// only are groups with the actions that are to be kept of each.
func only(groups []actionGroup, keep func(action) bool) []actionGroup {
	out := make([]actionGroup, len(groups))
	for i, g := range groups {
		out[i].title, out[i].own = g.title, g.own
		for _, a := range g.actions {
			if keep(a) {
				out[i].actions = append(out[i].actions, a)
			}
		}
	}
	return out
}

// hinted are the actions that are worth naming in an area, the most useful
// first.
func hinted(all []action, here area) []action {
	var out []action
	for _, a := range all {
		if a.hint != "" && a.areas&here != 0 {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b action) int { return a.rank - b.rank })
	return out
}
