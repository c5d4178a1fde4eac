package store

import (
	"time"

	"rollcall/client/account"
)

// Claim is what a rollcall has learned of a profile, and would tell of if no other
// rollcall of the configuration has told the same.
type Claim struct {
	Profile, Endpoint string
	// Urgency is how the profile stands, empty where it stands as before. At is when
	// that was learned, and Since when it was last known to be otherwise; zero for never.
	// Silent is set where the caller tells nobody, so that another may do so.
	Urgency   string
	At, Since time.Time
	Silent    bool
	// Changes are what has changed since the caller looked last.
	Changes []account.Change
	// Incident is set where a fault has come that other profiles have, too, at Origin. It
	// is any text, which is the same for all of them.
	Incident, Origin string
}

// Claimed says what of a claim nobody else has told.
type Claimed struct{ Urgency, Changed, Incident bool }

const (
	// sameChange is how long a change is the one that was told, however lately the caller
	// has looked at the rest: details are asked for less often. That it came again is known
	// at once where somebody has told that it was taken back.
	sameChange = time.Hour
	// keptEvents is how long it is known when an incident or a change was told.
	keptEvents = 90 * 24 * time.Hour
	// clockSlack is how far from now a time can lie ahead before it comes from a wrong
	// clock.
	clockSlack = time.Minute
)

// Claim claims what was learned together, and says what of each is the caller's to tell.
// All rollcalls that ask find different times for one event, since each asks at times of
// its own: it was told already where that was learned after the caller last knew it to
// be otherwise. It waits for the disk for so long at
// most; on an error nothing is claimed.
func (s *Store) Claim(all []Claim, now time.Time, wait time.Duration) (mine []Claimed, err error) {
	// Who waits no longer does not see what is written late.
	claimed := make(chan []Claimed, 1)
	if err := s.db.write(wait, func(c *session) error {
		mine, err := c.claim(s.configuration, all, now)
		select {
		case <-claimed: // An attempt before this one was in vain.
		default:
		}
		claimed <- mine
		return err
	}); err != nil {
		return nil, err
	}
	return <-claimed, nil
}

func (s *session) claim(configuration string, all []Claim, now time.Time) ([]Claimed, error) {
	mine := make([]Claimed, len(all))
	for i, c := range all {
		if c.Urgency == "" && len(c.Changes) == 0 {
			continue
		}
		id, err := s.profileID(configuration, key{c.Profile, c.Endpoint}, now)
		if err != nil {
			return nil, err
		}
		if mine[i].Changed, err = s.claimChanges(id, c); err != nil {
			return nil, err
		}
		var t told
		if err := s.told(id, now, &t); err != nil {
			return nil, err
		}
		if mine[i].Urgency = t.take(c, now); !mine[i].Urgency {
			continue
		}
		if err := s.exec("INSERT OR REPLACE INTO told (profile, urgency, urgency_at, urgency_told) VALUES (?, ?, ?, ?)",
			id, textIn(t.urgency), timeIn(t.at), flagIn(t.told)); err != nil {
			return nil, err
		}
	}
	if err := s.exec("DELETE FROM told_changes WHERE at NOT BETWEEN ? AND ?",
		now.Add(-keptEvents).UnixMilli(), now.Add(clockSlack).UnixMilli()); err != nil {
		return nil, err
	}
	return mine, s.claimIncidents(configuration, all, mine, now)
}

// claimChanges claims what has changed of a profile, and reports whether any of it was
// not told. What was told is the last change of a part: the next one, which may take it
// back, is told.
func (s *session) claimChanges(profile int64, c Claim) (mine bool, err error) {
	for _, change := range c.Changes {
		was, is := change.Texts()
		since := c.At.Add(-sameChange)
		if last := c.since(); !last.IsZero() && last.Before(since) {
			since = last
		}
		part := string(change.Kind) + " " + change.What
		if was == "" || is == "" {
			part += " " + was + is
		}
		var times int64
		_, err := s.one("SELECT count(*) FROM told_changes WHERE profile = ? AND part = ? AND was = ? AND became = ? AND at BETWEEN ? AND ?",
			[]any{profile, part, was, is, since.UnixMilli(), c.At.Add(sameChange).UnixMilli()}, count(&times))
		if err != nil {
			return false, err
		}
		if times > 0 {
			continue
		}
		mine = true
		if err := s.exec("INSERT OR REPLACE INTO told_changes (profile, part, was, became, at) VALUES (?, ?, ?, ?, ?)",
			profile, part, was, is, c.At.UnixMilli()); err != nil {
			return false, err
		}
	}
	return mine, nil
}

// told is what is known of how a profile stands.
type told struct {
	urgency string
	at      time.Time
	// told is set where somebody has told how it stands.
	told bool
}

// told reads what is known of a profile. What a wrong clock has noted as yet to come
// has no time.
func (s *session) told(id int64, now time.Time, t *told) error {
	_, err := s.one("SELECT urgency, urgency_at, urgency_told FROM told WHERE profile = ?", []any{id},
		text(&t.urgency), timeOut{&t.at}, flagOut{&t.told})
	t.at = passed(t.at, now)
	return err
}

// passed is a time that is not ahead of now; zero for one that is.
func passed(t, now time.Time) time.Time {
	if t.After(now.Add(clockSlack)) {
		return time.Time{}
	}
	return t
}

// take takes in how a profile stands, and says whether that is to be told, or at least
// noted.
func (t *told) take(c Claim, now time.Time) (mine bool) {
	since := c.since()
	switch {
	case c.Urgency == "":
	case t.urgency == c.Urgency && (since.IsZero() || t.at.IsZero() || t.at.After(since)):
		mine = !t.told && !c.Silent
		t.told = t.told || mine
	case t.at.After(c.At) && !t.at.After(now):
		// Somebody knows better how it stands by now.
	default:
		mine, t.urgency, t.at, t.told = true, c.Urgency, c.At, !c.Silent
	}
	return mine
}

// since is when it was last known to be otherwise, as exactly as it is kept. A clock that
// was set back by a little may have been set back before another told of it or after that,
// so that this can have been as long before; one that was set back by more says nothing of
// the time before.
func (c Claim) since() time.Time {
	// Without the reading of a clock that nobody sets.
	since, at := c.Since.Truncate(time.Millisecond), c.At.Truncate(time.Millisecond)
	switch back := since.Sub(at); {
	case back <= 0:
		return since
	case back <= clockSlack:
		return at.Add(-clockSlack)
	}
	return time.Time{}
}

// claimIncidents claims the incidents among all. One was told of where that was done for
// any of its origins: another rollcall may have found it by other profiles.
func (s *session) claimIncidents(configuration string, all []Claim, mine []Claimed, now time.Time) error {
	known := map[string]bool{}
	for _, c := range all {
		if c.Incident == "" {
			continue
		}
		var at time.Time
		if _, err := s.one("SELECT at FROM told_incidents WHERE configuration = ? AND origin = ?",
			[]any{configuration, c.Origin}, timeOut{&at}); err != nil {
			return err
		}
		if since := c.since(); !since.IsZero() && passed(at, now).After(since) {
			known[c.Incident] = true
		}
	}
	for i, c := range all {
		if c.Incident == "" {
			continue
		}
		mine[i].Incident = !known[c.Incident]
		if err := s.exec("INSERT OR REPLACE INTO told_incidents (configuration, origin, at) VALUES (?, ?, ?)",
			configuration, c.Origin, c.At.UnixMilli()); err != nil {
			return err
		}
	}
	return s.exec("DELETE FROM told_incidents WHERE at NOT BETWEEN ? AND ?",
		now.Add(-keptEvents).UnixMilli(), now.Add(clockSlack).UnixMilli())
}
