package store

import (
	"encoding/json"
	"time"

	"rollcall/client/account"
)

// maxKept is how many bytes of a profile are kept with its account, which can
// be as large as an answer. It is enough for thousands of organizations.
const maxKept = 512 << 10

// storedSnapshot is a snapshot as the state file has it.
type storedSnapshot struct {
	account.Snapshot
	History []storedCheck  `json:"history,omitempty"`
	Changes []storedChange `json:"changes,omitempty"`
}

// storedCheck is a check as the state file has it. There are many of them, so
// that every byte counts: the time is in milliseconds since 1970, latencies in
// microseconds. For the time that it takes to read them, it has no methods of
// its own for that.
type storedCheck struct {
	At         int64         `json:"t"`
	State      account.State `json:"s"`
	HTTPStatus int           `json:"h,omitempty"`
	Latency    int64         `json:"l,omitempty"`
	Code       string        `json:"c,omitempty"`
	Phases     []int64       `json:"p,omitempty"`
	Remaining  *int64        `json:"r,omitempty"`
}

// encodeSnapshot leaves out an account that is too large to keep.
func encodeSnapshot(s account.Snapshot) (json.RawMessage, error) {
	stored := storedSnapshot{Snapshot: s}
	for _, c := range s.History {
		stored.History = append(stored.History, newStoredCheck(c))
	}
	for _, c := range s.Changes {
		stored.Changes = append(stored.Changes, newStoredChange(c))
	}
	data, err := json.Marshal(stored)
	if err == nil && s.Account != nil && len(data) > maxKept {
		stored.Account, stored.AccountAt = nil, time.Time{}
		data, err = json.Marshal(stored)
	}
	return data, err
}

// decodeSnapshot reads a snapshot; one that makes no sense counts as none.
func decodeSnapshot(data json.RawMessage) (account.Snapshot, bool) {
	var stored storedSnapshot
	if len(data) == 0 || json.Unmarshal(data, &stored) != nil || stored.Health.State == "" {
		return account.Snapshot{}, false
	}
	s := stored.Snapshot
	for _, c := range stored.History {
		s.History = append(s.History, c.check())
	}
	for _, c := range stored.Changes {
		s.Changes = append(s.Changes, c.change())
	}
	return s, true
}

func newStoredCheck(c account.Check) storedCheck {
	p := c.Phases
	phases := []int64{
		p.FirstByte.Microseconds(), p.TLS.Microseconds(), p.Connect.Microseconds(), p.DNS.Microseconds(),
	}
	// The last ones are most often nought: the connection was there.
	for len(phases) > 0 && phases[len(phases)-1] == 0 {
		phases = phases[:len(phases)-1]
	}
	return storedCheck{
		At: c.At.UnixMilli(), State: c.State, HTTPStatus: c.HTTPStatus,
		Latency: c.Latency.Microseconds(), Code: c.Code, Phases: phases, Remaining: c.Remaining,
	}
}

func (s storedCheck) check() account.Check {
	var p [4]time.Duration
	for i, v := range s.Phases[:min(len(s.Phases), len(p))] {
		p[i] = time.Duration(v) * time.Microsecond
	}
	return account.Check{
		At: time.UnixMilli(s.At).UTC(), State: s.State, HTTPStatus: s.HTTPStatus,
		Latency: time.Duration(s.Latency) * time.Microsecond, Code: s.Code, Remaining: s.Remaining,
		Phases: account.Phases{FirstByte: p[0], TLS: p[1], Connect: p[2], DNS: p[3]},
	}
}
