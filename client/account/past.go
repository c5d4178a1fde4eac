package account

import (
	"slices"
	"time"

	"rollcall/client/text"
)

// Past is what is kept of a profile beside its snapshot, which has only the
// latest of it.
type Past struct {
	// Profile and Endpoint are those of the snapshot.
	Profile, Endpoint string
	// Checks are in the order of their ends, Changes in that of their times.
	Checks  []Check
	Changes []Change
}

// With is the past together with what a later snapshot of the profile carries.
// Where both tell of the same time, the snapshot is right: the details of a
// check may have told more after it was kept. What went over the wire stays with
// the snapshot. p itself is not changed.
func (p Past) With(s Snapshot) Past {
	p.Checks, p.Changes = checksWith(p.Checks, s.History), changesWith(p.Changes, s.Changes)
	return p
}

// checksWith are the earlier checks from before the first of the latest, and
// the latest.
func checksWith(earlier, latest []Check) []Check {
	if len(latest) == 0 {
		return earlier
	}
	n, _ := slices.BinarySearchFunc(earlier, latest[0].At, func(c Check, t time.Time) int { return c.At.Compare(t) })
	all := slices.Concat(earlier[:n], latest)
	for i := range all {
		all[i].Exchange = nil
	}
	return all
}

// changesWith are the earlier changes that are not among the latest, and the
// latest. A check notes several changes at one time, of which the latest may
// have only some.
func changesWith(earlier, latest []Change) []Change {
	if len(latest) == 0 {
		return earlier
	}
	var all []Change
	for _, c := range earlier {
		at := c.At.Compare(latest[0].At)
		if at < 0 || at == 0 && !slices.ContainsFunc(latest, c.Equal) {
			all = append(all, c)
		}
	}
	return append(all, latest...)
}

// Harmless returns a copy of p with every text as it can stand anywhere.
func (p Past) Harmless() Past { return p.MapText(text.Harmless) }

// MapText returns a copy of p with f applied to every text. The copy shares no
// slice with p.
func (p Past) MapText(f func(string) string) Past {
	p.Profile, p.Endpoint = f(p.Profile), f(p.Endpoint)
	p.Checks, p.Changes = mapChecks(p.Checks, f), mapChanges(p.Changes, f)
	return p
}
