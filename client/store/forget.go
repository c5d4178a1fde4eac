package store

import (
	"maps"
	"time"
)

// maxUnchecked is how long the state remembers a profile that is in no
// configuration.
const maxUnchecked = 180 * 24 * time.Hour

// retain notes that a profile is in the configuration, and is then not forgotten
// however long it was not checked.
func (a *archive) retain(profile, endpoint string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.retained[archiveKey(profile, endpoint)] = true
}

// forgetOld lets profiles go that are not wanted and were not checked for long,
// with their pins: else the file would grow for ever. They may be wanted by
// another configuration, which then has not been used for as long. It is done
// once in a run, with the turn. Where nobody said which are wanted, none is
// forgotten.
func (a *archive) forgetOld(now time.Time) {
	a.mu.Lock()
	wanted := maps.Clone(a.retained)
	a.mu.Unlock()
	if a.forgot || len(wanted) == 0 {
		return
	}
	a.forgot = true
	var old []string
	for key, data := range a.encoded {
		if wanted[key] {
			continue
		}
		// One that makes no sense was never checked.
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
