package ui

import (
	"maps"
	"time"

	"rollcall/client/insight"
)

// standings are the sums of how all rows stand, and when time alone changes that.
type standings struct {
	// at is the time as the screen knows it, by which the rows stand.
	at time.Time
	// counts are how many rows there are of each urgency.
	counts map[insight.Urgency]int
	// turns is no later than the first moment at which a row stands otherwise;
	// zero for never. Nothing is looked through before.
	turns time.Time
	// ends counts the changes of what the sum of the ends is made of; outlook is the
	// sum for one of these.
	ends    int
	outlook memo[int, insight.Outlook]
	// told are the counts of the sum that is shown while the rows catch up.
	told map[insight.Urgency]int
}

// restart begins to count anew. The sum of before is told no longer, since it names a row
// by its place among those of before.
func (s *standings) restart() {
	s.counts, s.turns, s.told = make(map[insight.Urgency]int), time.Time{}, nil
	s.ends++
}

// count adds a standing to the sums.
func (s *standings) count(is *insight.Standing) {
	s.counts[is.Urgency]++
	s.consider(is.Turns)
}

// consider takes in a moment at which a row stands otherwise; zero for never.
func (s *standings) consider(at time.Time) {
	if !at.IsZero() && (s.turns.IsZero() || at.Before(s.turns)) {
		s.turns = at
	}
}

// stand finds out how a row stands at the time of the screen. It reports whether
// that is another standing than before.
func (t *roster) stand(r *row) bool {
	was, is := r.standing, insight.StandingOf(r.snap, t.standings.at, t.warning)
	if was == is {
		return false
	}
	r.standing = is
	s := &t.standings
	if was.Urgency != "" {
		s.counts[was.Urgency]--
	}
	s.count(&is)
	if !was.Ends.Equal(is.Ends) || aside(was.Urgency) != aside(is.Urgency) {
		s.ends++
	}
	return true
}

// pass takes in the time, and returns the rows that stand otherwise since. They are
// looked for only where the first moment has come at which one does.
func (t *roster) pass(now time.Time) (changed []*row) {
	s := &t.standings
	s.at = now
	if s.turns.IsZero() || now.Before(s.turns) {
		return nil
	}
	s.turns = time.Time{}
	for _, r := range t.rows {
		if at := r.standing.Turns; !at.IsZero() && !at.After(now) && t.stand(r) {
			t.measure(r, &t.widths)
			r.version++
			t.version++
			t.touch(r)
			changed = append(changed, r)
		} else {
			s.consider(at)
		}
	}
	return changed
}

// outlook is the sum of how all rows stand now. While many rows catch up, it is the one of
// before.
func (t *roster) outlook() insight.Outlook {
	s := &t.standings
	if t.many() && s.told != nil && t.backlog.behind() {
		o := s.outlook.value
		o.Counts = s.told
		return o
	}
	if o := &s.outlook; o.made > 0 && !o.value.Turns.IsZero() && !s.at.Before(o.value.Turns) {
		s.ends++
	}
	o := s.outlook.get(s.ends, func() insight.Outlook {
		o := insight.NewOutlook()
		s.turns = time.Time{}
		for i, r := range t.rows {
			o.Add(i, &r.standing, s.at)
			s.consider(r.standing.Turns)
		}
		return o
	})
	o.Counts = s.counts
	if t.many() {
		// These are counted on while rows catch up.
		s.told = maps.Clone(s.counts)
		o.Counts = s.told
	}
	return o
}

// endsNext is the row whose token ends next in a sum; nil for none. The place is looked at
// twice, since a sum can be older than the rows.
func (t *roster) endsNext(o *insight.Outlook) *row {
	if o.Next < 0 || o.Next >= len(t.rows) {
		return nil
	}
	return t.rows[o.Next]
}

// aside reports whether the ends of profiles of an urgency are not counted.
func aside(u insight.Urgency) bool { return u == insight.UrgencySnoozed || u == insight.UrgencyOff }

// period is how often the standings and the next check change with time alone.
func (t *roster) period(now time.Time) time.Duration {
	return pace(now, t.next, t.standings.turns, t.outlook().Ends)
}
