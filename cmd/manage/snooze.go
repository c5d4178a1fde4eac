package manage

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/config"
)

const (
	// longestSnooze is how far ahead a snooze may end: who wants to hear nothing for
	// longer switches the profile off.
	longestSnooze = 366 * 24 * time.Hour
	// longestNote is how many characters a note may have.
	longestNote = 200
	// SnoozeOff is the word in place of a time that ends a snooze.
	SnoozeOff = "off"
)

// NewSnooze reads when a snooze ends, and its note. The zero one ends a snooze.
func NewSnooze(when, note string, now time.Time) (z account.Snooze, err error) {
	if when == SnoozeOff {
		return z, nil
	}
	if z.Until, err = snoozeTime(when, now); err != nil {
		return account.Snooze{}, err
	}
	if z.Note = strings.Join(strings.Fields(text.Harmless(note)), " "); utf8.RuneCountInString(z.Note) > longestNote {
		return account.Snooze{}, fmt.Errorf("the note has %d characters; it can have %d", utf8.RuneCountInString(z.Note), longestNote)
	}
	return z, nil
}

// snoozeTime is the moment that a span of time or a date stands for.
func snoozeTime(when string, now time.Time) (until time.Time, err error) {
	example := now.AddDate(0, 0, 7).Format(time.DateOnly)
	span, err := config.ParseDuration(when)
	if until = now.Add(span); err != nil {
		if until, err = time.ParseInLocation(time.DateOnly, when, now.Location()); err != nil {
			return until, fmt.Errorf("%q is no time to snooze for; write a span such as 7d, a date such as %s, or off", when, example)
		}
	}
	switch {
	case !until.After(now):
		return until, fmt.Errorf("%q is not in the future; write a span such as 7d, a date such as %s, or off to end a snooze", when, example)
	case until.Sub(now) > longestSnooze:
		return until, fmt.Errorf("%q is more than a year ahead; to hear nothing for longer, switch the profile off with 'rollcall disable'", when)
	}
	return until, nil
}

// Snooze begins or ends the snooze of a profile, and gives it as it is kept: it
// ends when the service says something else of the token than it did last.
func (m *Manager) Snooze(p config.Profile, z account.Snooze) (account.Snooze, error) {
	all, err := m.SnoozeAll([]config.Profile{p}, z)
	if err != nil {
		return z, err
	}
	return all[0], nil
}

// SnoozeAll is [Manager.Snooze] of several profiles, which Undo takes back together.
func (m *Manager) SnoozeAll(profiles []config.Profile, z account.Snooze) (kept []account.Snooze, err error) {
	err = m.lend(func(s *store.Store) error {
		var wishes []store.Wish
		for _, p := range profiles {
			w := store.Wish{Profile: p.Name, Endpoint: m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts), Snooze: z}
			if known, _ := s.Snapshot(w.Profile, w.Endpoint); !z.Until.IsZero() {
				w.Snooze.Verdict = known.Verdict.State
			}
			wishes, kept = append(wishes, w), append(kept, w.Snooze)
		}
		return s.SnoozeAll(wishes)
	})
	return kept, err
}
