package store

import (
	"encoding/json"
	"time"

	"rollcall/client/account"
)

// maxKept is the largest encoded snapshot, in bytes, that is stored with its
// account. An account can be as large as an answer; this is enough for
// thousands of organizations.
const maxKept = 512 << 10

// storedSnapshot is a snapshot in the form of the state file.
type storedSnapshot struct {
	account.Snapshot
	History []storedCheck  `json:"history,omitempty"`
	Changes []storedChange `json:"changes,omitempty"`
}

// storedCheck is a check in the form of the state file. There are many of them,
// so every byte counts: the time is in milliseconds since 1970, durations are
// in microseconds. It has plain fields and no methods for JSON, which would
// make reading slow.
type storedCheck struct {
	At         int64         `json:"t"`
	State      account.State `json:"s"`
	HTTPStatus int           `json:"h,omitempty"`
	Latency    int64         `json:"l,omitempty"`
	Code       string        `json:"c,omitempty"`
	Phases     []int64       `json:"p,omitempty"`
	Remaining  *int64        `json:"r,omitempty"`
}

// encodeSnapshot encodes a snapshot, without its account where that is too
// large.
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

// decodeSnapshot decodes a snapshot; ok is false where it makes no sense.
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
	// The last ones are mostly zero, since most connections are used again.
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
