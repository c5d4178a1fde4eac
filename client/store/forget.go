package store

import (
	"maps"
	"time"
)

// maxUnchecked is how long the state remembers a profile that was not checked
// and is in no configuration.
const maxUnchecked = 180 * 24 * time.Hour

// retain notes that a profile is in the configuration, so that it is not
// forgotten however long it was not checked.
func (a *archive) retain(profile, endpoint string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.retained[archiveKey(profile, endpoint)] = true
}

// forgetOld removes the profiles that are not retained and were not checked for
// long, with their pins: otherwise the file would grow for ever. Another
// configuration that has such a profile has not been used for as long either.
// It acts once in a run, and not before a profile was retained. The caller has
// the semaphore.
func (a *archive) forgetOld(now time.Time) {
	a.mu.Lock()
	retained := maps.Clone(a.retained)
	a.mu.Unlock()
	if a.forgot || len(retained) == 0 {
		return
	}
	a.forgot = true
	var old []string
	for key, data := range a.encoded {
		if retained[key] {
			continue
		}
		// A snapshot that cannot be decoded counts as never checked.
		if s, _ := decodeSnapshot(data); now.Sub(s.Health.CheckedAt) > maxUnchecked {
			old = append(old, key)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, key := range old {
		if a.changed[key] == nil {
			delete(a.encoded, key)
			delete(a.pins, key)
		}
	}
}
