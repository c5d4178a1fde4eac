package account

import (
	"strings"
	"testing"
	"time"
)

func TestAdviceOnAnEnd(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range []struct {
		name string
		left time.Duration
		// asked is how long ago the service was asked.
		asked time.Duration
		want  string
	}{
		{"days", 9*day + time.Hour, 0, "The token ends in 9d, on 2026-01-11."},
		{"hours", 30 * time.Hour, 0, "in 30h, on 2026-01-03 09:04 UTC"},
		{"minutes", 90 * time.Minute, 0, "in 1h30m"},
		// It is the span that stands beside it in lists.
		{"a minute", 61 * time.Second, 0, "in 2m,"},
		{"seconds", time.Second, 0, "in 1s,"},
		{"now", 0, 0, "clock"},
		{"past", -day, 0, "should have ended on 2026-01-01 03:04 UTC"},
		{"passed since", -time.Minute, 2 * time.Minute, "The token ended on 2026-01-02 03:03 UTC; the service has not been asked since."},
		{"passed just now", 0, 2 * time.Minute, "not been asked since"},
	} {
		s := Snapshot{
			// An earlier rollcall stored the sentence of that moment.
			Health:  Health{State: Expiring, CheckedAt: now.Add(-tt.asked), Explanation: "The token ends in 26 seconds.", Remedy: "Before."},
			Account: &Account{Token: Token{Expiry: Expiry{Kind: ExpiryDate, At: now.Add(tt.left)}}},
		}
		got := s.Advice(now)
		if !strings.Contains(got.Explanation, tt.want) || strings.Contains(got.Explanation, "26 seconds") {
			t.Errorf("%s: %q", tt.name, got.Explanation)
		}
		if got.Action != ActionRotate {
			t.Errorf("%s: the action is %q", tt.name, got.Action)
		}
		if got.Remedy == "" || got.Remedy == "Before." {
			t.Errorf("%s: the remedy is %q", tt.name, got.Remedy)
		}
	}
}

func TestAdvice(t *testing.T) {
	h := Health{State: Forbidden, Explanation: "The user is blocked.", Remedy: "Ask."}
	if got, want := (Snapshot{Health: h}).Advice(time.Time{}), (Advice{Explanation: "The user is blocked.", Remedy: "Ask.", Action: ActionCopy}); got != want {
		t.Errorf("it is %+v", got)
	}
	if got := (Snapshot{Health: Health{State: Expiring, Explanation: "in 26 seconds"}}).Advice(time.Time{}); got != (Advice{}) {
		t.Errorf("of an end that is not known it says %+v", got)
	}
}

// TestActions has an action for every state that a person must do something
// about.
func TestActions(t *testing.T) {
	for _, s := range States() {
		fine := s.Severity() == SeverityNone || s == Healthy || s == NoUser || s == Expiring // which depends on its end
		if got := (Snapshot{Health: Health{State: s}}).Advice(time.Time{}).Action; fine != (got == "") {
			t.Errorf("the action for %s is %q", s, got)
		} else if (got == "") != (got.Phrase() == "") {
			t.Errorf("the phrase of %q is %q", got, got.Phrase())
		}
	}
	portal := Snapshot{Health: Health{State: BadResponse, SignIn: true}}
	if got := portal.Advice(time.Time{}).Action; got != ActionOpen {
		t.Errorf("where a network wants a sign-in, it is %q", got)
	}
}

// A remedy that is not the usual one of its state brings its own action, and the
// command that it asks for.
func TestAdviceOfItsOwn(t *testing.T) {
	h := Health{State: Misconfigured, Explanation: "Others can read it.", Remedy: "Run: chmod 600 x", Action: ActionCopy, Command: "chmod 600 x"}
	if got := (Snapshot{Health: h}).Advice(time.Time{}); got.Action != ActionCopy || got.Command != "chmod 600 x" {
		t.Errorf("it is %+v", got)
	}
	h = Health{State: InvalidToken, Explanation: "It is refused.", EndClaimed: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	now, want := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), "It is refused. Its stated end was 2026-01-02 at 03:04 UTC."
	if got := (Snapshot{Health: h}).Advice(now).Explanation; got != want {
		t.Errorf("it is %q", got)
	}
	if got := (Snapshot{Health: h}).Advice(now.AddDate(-1, 0, 0)).Explanation; got != "It is refused." {
		t.Errorf("before its end it is %q", got)
	}
	h.EndClaimed = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	if got := (Snapshot{Health: h}).Advice(now).Explanation; got != "It is refused. Its stated end was 2026-01-02." {
		t.Errorf("of a day it is %q", got)
	}
}
