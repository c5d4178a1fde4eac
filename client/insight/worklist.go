package insight

import (
	"slices"
	"time"

	"rollcall/client/account"
)

// Worklist is profiles as a person looks after them at a moment. Profiles and
// incidents are named by their indexes.
type Worklist struct {
	// Standings are those of all profiles.
	Standings []Standing
	Incidents []Incident
	Sections  []Section
}

// Section is the profiles of one urgency; of none, where the profiles stand in
// another order than that of their urgency.
type Section struct {
	Urgency Urgency
	// Profiles is how many there are, Lines are what is to be told of them.
	Profiles int
	Lines    []Line
}

// Line is a profile, or an incident that keeps the profiles of the lines below it
// from being asked.
type Line struct {
	// Profile is negative for the line of an incident itself.
	Profile int
	// Incident is the one that the line tells of or stands under; negative for
	// none.
	Incident int
}

// NewWorklist puts the profiles that shown leaves, all where it is nil, in the
// order in which a person looks after them. Warning is how long before its end a
// token is to be renewed.
func NewWorklist(snapshots []account.Snapshot, shown func(profile int) bool, now time.Time, warning time.Duration) Worklist {
	w := Worklist{Standings: make([]Standing, len(snapshots)), Incidents: Incidents(snapshots)}
	var order []int
	places := make([]Place, len(snapshots))
	for i := range snapshots {
		w.Standings[i] = StandingOf(&snapshots[i], now, warning)
		places[i] = w.Standings[i].place()
		if shown == nil || shown(i) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return places[a].Compare(&places[b], false) })
	under := Under(w.Incidents)
	w.Sections = Sections(order, func(i int) *Standing { return &w.Standings[i] }, func(i int) int {
		if at, ok := under[snapshots[i].Profile]; ok {
			return at
		}
		return -1
	})
	return w
}

// Under says by the names of profiles which incident each is part of.
func Under(incidents []Incident) map[string]int {
	under := make(map[string]int)
	for i, one := range incidents {
		for _, name := range one.Profiles {
			under[name] = i
		}
	}
	return under
}

// Sections makes sections of profiles that are sorted by their standings. Of those
// that an incident alone keeps in a section, all stand together under it, where the
// first of them would stand; one by itself needs no line more. Incident is that
// of a profile; negative for none.
func Sections(order []int, standing func(profile int) *Standing, incident func(profile int) int) []Section {
	var sections []Section
	for from := 0; from < len(order); {
		to, urgency := from, standing(order[from]).Urgency
		for to < len(order) && standing(order[to]).Urgency == urgency {
			to++
		}
		sections = append(sections, newSection(urgency, order[from:to], standing, incident))
		from = to
	}
	return sections
}

func newSection(u Urgency, order []int, standing func(int) *Standing, incident func(int) int) Section {
	s := Section{Urgency: u, Profiles: len(order), Lines: make([]Line, 0, len(order))}
	together := map[int][]int{}
	for _, p := range order {
		if at := incident(p); at >= 0 && standing(p).Unasked {
			together[at] = append(together[at], p)
		}
	}
	for _, p := range order {
		at := incident(p)
		switch held := together[at]; {
		case at < 0, !standing(p).Unasked, len(held) == 1:
			s.Lines = append(s.Lines, Line{Profile: p, Incident: -1})
		case held[0] == p:
			s.Lines = append(s.Lines, Line{Profile: -1, Incident: at})
			for _, one := range held {
				s.Lines = append(s.Lines, Line{Profile: one, Incident: at})
			}
		}
	}
	return s
}

// Outlook is the sum of a worklist.
type Outlook struct {
	// Counts are how many profiles there are of each urgency.
	Counts map[Urgency]int
	// Week is how many tokens end within seven days.
	Week int
	// Next is the profile whose token ends next, at Ends; negative for none.
	Next int
	Ends time.Time
	// Turns is when time alone changes the sum of the ends; zero for never.
	Turns time.Time
}

// week is as far as the outlook counts.
const week = 7 * 24 * time.Hour

// NewOutlook is the sum of nothing.
func NewOutlook() Outlook { return Outlook{Counts: make(map[Urgency]int), Next: -1} }

// OutlookOf sums up standings. What is snoozed or off has only its count.
func OutlookOf(standings []Standing, now time.Time) Outlook {
	o := NewOutlook()
	for i := range standings {
		o.Add(i, &standings[i], now)
	}
	return o
}

// Add adds the standing of a profile to the sum at a moment, which is the same
// for all that are added.
func (o *Outlook) Add(profile int, s *Standing, now time.Time) {
	o.Counts[s.Urgency]++
	if s.Urgency == UrgencySnoozed || s.Urgency == UrgencyOff || !s.Ends.After(now) {
		return
	}
	turns := s.Ends
	if s.Ends.Sub(now) <= week {
		o.Week++
	} else {
		turns = s.Ends.Add(-week)
	}
	if o.Turns.IsZero() || turns.Before(o.Turns) {
		o.Turns = turns
	}
	if o.Next < 0 || s.Ends.Before(o.Ends) {
		o.Next, o.Ends = profile, s.Ends
	}
}
