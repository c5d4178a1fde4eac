package cmd

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// profilesIn are profiles by their states, each with the verdict behind a stroke.
// One without a stroke had the verdict that its state is, if any.
func profilesIn(words string) (all []account.Snapshot) {
	for _, word := range strings.Fields(words) {
		state, verdict, other := strings.Cut(word, "/")
		s := account.Snapshot{Health: account.Health{State: account.State(state)}}
		switch {
		case other:
			s.Verdict.State = account.State(verdict)
		case s.Health.State.Judges():
			s.Verdict.State = s.Health.State
		}
		all = append(all, s)
	}
	return all
}

// badIf is what is bad for certain, with or without --strict.
func badIf(strict bool) func(account.Snapshot) bool {
	if strict {
		return isDoubtful
	}
	return isBad
}

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		name      string
		badConfig bool
		strict    bool
		profiles  string
		want      int
	}{
		{"nothing to check", false, false, "", 0},
		{"all well", false, true, "healthy disabled checking", 0},
		{"warnings are well", false, false, "expiring no_user rate_limited", 0},
		{"warnings are not, strictly", false, true, "healthy expiring", 1},
		{"a bad one", false, false, "healthy invalid_token", 1},
		{"a wrong profile is a bad one", false, false, "misconfigured", 1},
		{"a wrong profile is a bad one whatever its token", false, false, "credential_missing/healthy", 1},
		{"not checked", false, false, "healthy unreachable", 3},
		{"not checked, once well", false, false, "unreachable/healthy", 3},
		{"server errors", false, false, "server_error", 3},
		{"unavailable", false, false, "unavailable", 3},
		{"an answer that says nothing", false, false, "bad_response", 3},
		{"the verdict stands through an outage", false, false, "unreachable/invalid_token", 1},
		{"the verdict stands behind a limit", false, false, "rate_limited/forbidden", 1},
		{"the verdict of the next check is on its way", false, false, "checking/forbidden", 1},
		{"what is switched off is well", false, true, "disabled/forbidden disabled/expiring", 0},
		{"a limit alone is well", false, false, "rate_limited/healthy", 0},
		{"unavailable, strictly", false, true, "unavailable", 1},
		{"unreachable stays unchecked, strictly", false, true, "unreachable/healthy", 3},
		{"an answer that says nothing, strictly", false, true, "bad_response", 3},
		{"a verdict that warns, strictly", false, true, "unreachable/expiring", 1},
		{"a verdict that warns", false, false, "unreachable/expiring", 3},
		{"bad wins over unchecked", false, false, "unreachable forbidden", 1},
		{"the file wins over all", true, false, "unreachable forbidden", 2},
		{"the file alone", true, false, "healthy", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := exitStatus(tt.badConfig, badIf(tt.strict), profilesIn(tt.profiles)); got != tt.want {
				t.Errorf("exit status %d, want %d", got, tt.want)
			}
		})
	}
}

// TestExitStatusOfEveryState holds the contract's table: how each state ends a
// script that checks a profile for the first time.
func TestExitStatusOfEveryState(t *testing.T) {
	want := map[int]string{
		exitOK: "healthy expiring no_user rate_limited disabled checking",
		exitBad: "invalid_token network_denied scope_missing forbidden wrong_account not_found bad_request " +
			"credential_missing misconfigured",
		exitUnchecked: "unavailable server_error bad_response unreachable",
	}
	for status, states := range want {
		for _, state := range strings.Fields(states) {
			if got := snapshotStatus(profilesIn(state)[0]); got != status {
				t.Errorf("%s: exit status %d, want %d", state, got, status)
			}
			if got := stateStatus(account.State(state)); got != status {
				t.Errorf("%s by itself: exit status %d, want %d", state, got, status)
			}
		}
	}
	told := strings.Fields(want[exitOK] + " " + want[exitBad] + " " + want[exitUnchecked])
	for _, s := range account.States() {
		if !slices.Contains(told, string(s)) {
			t.Errorf("%s is not in the table", s)
		}
	}
}

// TestUnsnoozed leaves out what is snoozed at the moment, and nothing else.
func TestUnsnoozed(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	all := profilesIn("invalid_token unreachable/forbidden healthy expiring")
	for i, until := range []time.Duration{time.Hour, time.Hour, 0, -time.Hour} {
		all[i].Profile = strings.Fields("refused down well over")[i]
		all[i].Snooze = account.Snooze{Until: now.Add(until), Verdict: all[i].Verdict.State}
	}
	var left []string
	for _, s := range unsnoozed(all, now) {
		left = append(left, s.Profile)
	}
	if got := strings.Join(left, " "); got != "well over" || all[0].Profile != "refused" {
		t.Errorf("%s counts", got)
	}
}

// TestStateErrorTellsTheVerdict has an outage hide neither the last word of the
// service nor the exit status that it asks for.
func TestStateErrorTellsTheVerdict(t *testing.T) {
	for profile, want := range map[string]string{
		"unreachable/invalid_token":  "no: unreachable. The service last said: invalid token.",
		"unreachable":                "no: unreachable.",
		"credential_missing/healthy": "no: credential missing.",
	} {
		s := profilesIn(profile)[0]
		err := stateError("no", s, time.Now(), exitBad)
		if err.Error() != want || err.code != snapshotStatus(s) {
			t.Errorf("%s: %v, exit status %d", profile, err, err.code)
		}
	}
}
