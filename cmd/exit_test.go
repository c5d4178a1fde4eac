package cmd

import (
	"testing"

	"rollcall/client/account"
)

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		name      string
		badConfig bool
		strict    bool
		states    []account.State
		want      int
	}{
		{"nothing to check", false, false, nil, 0},
		{"all well", false, true, []account.State{account.Healthy, account.Disabled, account.Checking}, 0},
		{"warnings are well", false, false, []account.State{account.Expiring, account.NoUser, account.RateLimited}, 0},
		{"warnings are not, strictly", false, true, []account.State{account.Healthy, account.Expiring}, 1},
		{"a bad one", false, false, []account.State{account.Healthy, account.InvalidToken}, 1},
		{"a wrong profile is a bad one", false, false, []account.State{account.Misconfigured}, 1},
		{"not checked", false, false, []account.State{account.Healthy, account.Unreachable}, 3},
		{"server errors", false, false, []account.State{account.ServerError}, 3},
		{"unavailable", false, false, []account.State{account.Unavailable}, 3},
		{"unavailable, strictly", false, true, []account.State{account.Unavailable}, 1},
		{"unreachable stays unchecked, strictly", false, true, []account.State{account.Unreachable}, 3},
		{"bad wins over unchecked", false, false, []account.State{account.Unreachable, account.Forbidden}, 1},
		{"the file wins over all", true, false, []account.State{account.Unreachable, account.Forbidden}, 2},
		{"the file alone", true, false, []account.State{account.Healthy}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var snapshots []account.Snapshot
			for _, s := range tt.states {
				snapshots = append(snapshots, account.Snapshot{Health: account.Health{State: s}})
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
	bad := map[account.State]bool{
		account.InvalidToken: true, account.NetworkDenied: true, account.ScopeMissing: true, account.Forbidden: true,
		account.WrongAccount: true, account.NotFound: true, account.BadRequest: true, account.BadResponse: true,
		account.CredentialMissing: true, account.Misconfigured: true,
	}
	for _, s := range account.States() {
		if got := isBad(s, false); got != bad[s] {
			t.Errorf("%s: bad %v, want %v", s, got, bad[s])
		}
	}
}
