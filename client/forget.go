package client

import (
	"maps"
	"time"
)

// keptUnattended is how long the state remembers a profile that was neither
// checked nor looked after by a rollcall that wrote it.
const keptUnattended = 180 * 24 * time.Hour

// attend notes that this rollcall looks after a profile, which is then not
// forgotten whatever its age.
func (a *answers) attend(profile, endpoint string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.attended[answersKey(profile, endpoint)] = true
}

// forgetOld lets profiles go that were not checked for long, with their pins:
// most often they were taken out of a configuration, and else the file would
// grow for ever. It is done once in a run, with the turn. A rollcall that looks
// after nobody does not know who is still wanted, and forgets none.
func (a *answers) forgetOld(now time.Time) {
	a.mu.Lock()
	attended := maps.Clone(a.attended)
	a.mu.Unlock()
	if a.forgot || len(attended) == 0 {
		return
	}
	a.forgot = true
	var old []string
	for key, data := range a.encoded {
		if attended[key] {
			continue
		}
		// One that makes no sense was never checked.
		if s, _ := decodeSnapshot(data); now.Sub(s.Health.CheckedAt) > keptUnattended {
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
