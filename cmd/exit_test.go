package cmd

import (
	"testing"

	"rollcall/client"
)

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		name      string
		badConfig bool
		strict    bool
		states    []client.State
		want      int
	}{
		{"nothing to check", false, false, nil, 0},
		{"all well", false, true, []client.State{client.Healthy, client.Disabled, client.Checking}, 0},
		{"warnings are well", false, false, []client.State{client.Expiring, client.NoUser, client.RateLimited}, 0},
		{"warnings are not, strictly", false, true, []client.State{client.Healthy, client.Expiring}, 1},
		{"a bad one", false, false, []client.State{client.Healthy, client.InvalidToken}, 1},
		{"a wrong profile is a bad one", false, false, []client.State{client.Misconfigured}, 1},
		{"not checked", false, false, []client.State{client.Healthy, client.Unreachable}, 3},
		{"server errors", false, false, []client.State{client.ServerError}, 3},
		{"unavailable", false, false, []client.State{client.Unavailable}, 3},
		{"unavailable, strictly", false, true, []client.State{client.Unavailable}, 1},
		{"unreachable stays unchecked, strictly", false, true, []client.State{client.Unreachable}, 3},
		{"bad wins over unchecked", false, false, []client.State{client.Unreachable, client.Forbidden}, 1},
		{"the file wins over all", true, false, []client.State{client.Unreachable, client.Forbidden}, 2},
		{"the file alone", true, false, []client.State{client.Healthy}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var snapshots []client.Snapshot
			for _, s := range tt.states {
				snapshots = append(snapshots, client.Snapshot{Health: client.Health{State: s}})
			}
			if got := exitStatus(tt.badConfig, tt.strict, snapshots); got != tt.want {
				t.Errorf("exit status %d, want %d", got, tt.want)
			}
		})
	}
}

// TestIsBadCoversEveryState holds the contract's table: which states end a
// script with 1.
func TestIsBadCoversEveryState(t *testing.T) {
	bad := map[client.State]bool{
		client.InvalidToken: true, client.NetworkDenied: true, client.ScopeMissing: true, client.Forbidden: true,
		client.WrongAccount: true, client.NotFound: true, client.BadRequest: true, client.BadResponse: true,
		client.CredentialMissing: true, client.Misconfigured: true,
	}
	for _, s := range client.States() {
		if got := isBad(s, false); got != bad[s] {
			t.Errorf("%s: bad %v, want %v", s, got, bad[s])
		}
	}
}
