package store

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"rollcall/client/account"
)

func TestMergeChanges(t *testing.T) {
	at := func(minute int, kind account.ChangeKind, was, is string) account.Change {
		return account.Change{At: noon.Add(time.Duration(minute) * time.Minute), Kind: kind, Was: was, Is: is}
	}
	down, up := at(1, account.ChangeState, "healthy", "unreachable"), at(5, account.ChangeState, "unreachable", "healthy")
	downAgain := at(9, account.ChangeState, "healthy", "unreachable")
	seenLater := at(2, account.ChangeState, "healthy", "unreachable")
	acme, acmeToo, bora := at(3, account.ChangeOrganization, "", "Acme"), at(4, account.ChangeOrganization, "", "Acme"), at(3, account.ChangeOrganization, "", "Bora")
	gone, back := at(6, account.ChangeOrganization, "Acme", ""), at(7, account.ChangeOrganization, "", "Acme")
	tests := []struct {
		name       string
		a, b, want []account.Change
	}{
		{"the same", []account.Change{down, up}, []account.Change{down, up}, []account.Change{down, up}},
		{"one more", []account.Change{down, up}, []account.Change{down}, []account.Change{down, up}},
		{"seen by both", []account.Change{down, up}, []account.Change{seenLater}, []account.Change{down, up}},
		{"again", []account.Change{down, up, downAgain}, []account.Change{down}, []account.Change{down, up, downAgain}},
		{"two at once, seen by both", []account.Change{acme, bora}, []account.Change{acmeToo}, []account.Change{acme, bora}},
		{"removed and added again", []account.Change{acme, gone}, []account.Change{acme, gone, back}, []account.Change{acme, gone, back}},
		{"of different kinds", []account.Change{acme}, []account.Change{at(3, account.ChangeEmail, "", "Acme")}, []account.Change{acme, at(3, account.ChangeEmail, "", "Acme")}},
	}
	for _, tt := range tests {
		got := mergeChanges(tt.a, tt.b)
		same := len(got) == len(tt.want)
		for i := 0; same && i < len(got); i++ {
			same = got[i] == tt.want[i]
		}
		if !same {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	var many []account.Change
	for i := range 2 * account.MaxChanges {
		many = append(many, at(i, account.ChangeEmail, "", time.Duration(i).String()))
	}
	if got := mergeChanges(many, nil); len(got) != account.MaxChanges || got[account.MaxChanges-1] != many[len(many)-1] {
		t.Errorf("%d are kept", len(got))
	}
}

func TestCombineKeepsSinceAndChanges(t *testing.T) {
	older, newer := sample("work", noon, 3), sample("work", noon.Add(time.Hour), 2)
	older.Since, newer.Since = noon.Add(-24*time.Hour), noon.Add(30*time.Minute)
	older.Changes = []account.Change{{At: noon, Kind: account.ChangeEmail, Is: "a@example.org"}}
	newer.Changes = []account.Change{{At: noon.Add(time.Hour), Kind: account.ChangeEmail, Is: "b@example.org"}}
	for _, got := range []account.Snapshot{merge(older, newer), merge(newer, older)} {
		if !got.Since.Equal(older.Since) || len(got.Changes) != 2 || got.Changes[0].Is != "a@example.org" {
			t.Errorf("since %v, changes %v", got.Since, got.Changes)
		}
	}
	older.History[2].State = account.Unreachable
	if got := merge(older, newer); !got.Since.Equal(newer.History[0].At) {
		t.Errorf("although another saw it fail: since %v", got.Since)
	}
	older.Health.State = account.Unreachable
	if got := merge(older, newer); !got.Since.Equal(newer.Since) {
		t.Errorf("of two states: since %v", got.Since)
	}
}

func TestRenewedPinWins(t *testing.T) {
	const endpoint = "https://a.example"
	dir := t.TempDir()
	a, b := opened(t, dir), opened(t, dir)
	a.PinOnce("work", endpoint, "first")
	a.Flush()
	b.Repin("work", endpoint, "second")
	b.PinOnce("work", endpoint, "third")
	closed(t, b)
	a.PinOnce("other", endpoint, "u1")
	a.Flush()
	for _, s := range []*Store{a, b, opened(t, dir)} {
		if id, _ := s.Pin("work", endpoint); id != "second" {
			t.Errorf("it is pinned to %q", id)
		}
	}
}

// TestStateSize has as many profiles, checks and changes as there may be.
func TestStateSize(t *testing.T) {
	var snapshots []account.Snapshot
	left := int64(87)
	for n := range 200 {
		s := sample(fmt.Sprintf("profile-%03d", n), noon, account.MaxHistory)
		for i := range s.History {
			c := &s.History[i]
			c.Latency, c.Remaining = 41837*time.Microsecond, &left
			c.Phases = account.Phases{FirstByte: 41210 * time.Microsecond}
		}
		for i := range account.MaxChanges {
			s.Changes = append(s.Changes, account.Change{At: noon.Add(time.Duration(i) * time.Second), Kind: account.ChangeState, Was: string(account.Healthy), Is: string(account.Unavailable)})
		}
		snapshots = append(snapshots, s)
	}
	size := written(t, t.TempDir(), snapshots)
	t.Logf("%d bytes, of which %d are the checks", size, historyBytes(t, snapshots))
	if size > 6<<20 {
		t.Errorf("%d bytes", size)
	}
}

func historyBytes(t *testing.T, snapshots []account.Snapshot) (bytes int) {
	t.Helper()
	for _, s := range snapshots {
		data, err := json.Marshal(s.History)
		if err != nil {
			t.Fatal(err)
		}
		bytes += len(data)
	}
	return bytes
}
