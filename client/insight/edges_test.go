package insight_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// TestEdges looks at two profiles of one host again and again, a line a look.
func TestEdges(t *testing.T) {
	t.Parallel()
	const fine, ends = "healthy, verdict healthy", "expiring, verdict expiring, end +9d"
	for _, tt := range []struct{ name, looks, want string }{
		{"first answers", fine + " | " + ends, "b soon"},
		{"edges", fine + " | " + fine + "\n" + ends + " | " + fine + "\n" + fine + " | " + fine, "; a soon; a fine"},
		{"a wait is none",
			fine + " | " + fine + "\nrate_limited, verdict healthy | " + fine + "\n" + fine + " | " + fine, "; ; "},
		{"it is now after the wait",
			fine + " | " + fine + "\nrate_limited, verdict healthy | " + fine + "\ninvalid_token, verdict invalid_token | " + fine, "; ; a now"},
		{"incident",
			fine + " | " + fine + "\nunavailable, verdict healthy | " + fine + "\nunavailable, verdict healthy | unavailable, verdict healthy" +
				"\nunavailable, verdict healthy | unavailable, verdict healthy\n" + fine + " | " + fine,
			"; ; a incident, b incident; ; "},
		{"an incident at the start", "unavailable, verdict healthy | unavailable, verdict healthy", ""},
		{"switched off and on again",
			"invalid_token, verdict invalid_token | " + fine + "\ndisabled | " + fine + "\n" + fine + " | " + fine +
				"\ninvalid_token, verdict invalid_token | " + fine, "a now; ; ; a now"},
		{"snoozed and back",
			"invalid_token, verdict invalid_token | " + fine + "\ninvalid_token, verdict invalid_token, snooze +1d of invalid_token | " + fine +
				"\ninvalid_token, verdict invalid_token | " + fine, "a now; ; a now"},
		{"not asked yet", "checking | checking\n" + ends + " | misconfigured", "; a soon, b now"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var e insight.Edges
			var told []string
			for look := range strings.Lines(tt.looks) {
				a, b, _ := strings.Cut(strings.TrimSpace(look), " | ")
				told = append(told, news(&e, file(t, "a | down.example.org | "+a+"\nb | down.example.org | "+b), noon()))
			}
			if got := strings.Join(told, "; "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// news looks, and tells what came.
func news(e *insight.Edges, all []account.Snapshot, at time.Time) string {
	var told []string
	for _, n := range e.Look(all, at, warning) {
		var edges []string
		for _, edge := range n.Edges {
			edges = append(edges, string(edge))
		}
		told = append(told, fmt.Sprint(all[n.Profile].Profile, " ", strings.Join(edges, "+")))
	}
	return strings.Join(told, ", ")
}

// TestEdgesOfTime has a token come near to its end while nobody is asked.
func TestEdgesOfTime(t *testing.T) {
	t.Parallel()
	var e insight.Edges
	all := file(t, "a | a.example.org | healthy, verdict healthy, end +20d")
	var told []string
	for _, days := range []int{0, 5, 6, 18, 19, 21} {
		told = append(told, news(&e, all, noon().Add(time.Duration(days)*24*time.Hour)))
	}
	if got, want := strings.Join(told, "; "), "; ; a soon; ; a now; "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEdgesChanged tells of changes since the first answer, and of no check that is
// under way or was restored.
func TestEdgesChanged(t *testing.T) {
	t.Parallel()
	var e insight.Edges
	s := file(t, "a | a.example.org | healthy, verdict healthy")
	s[0].Changes = []account.Change{{At: noon(), Kind: account.ChangeScope, Is: account.Value{Name: "users"}}}
	steps := []struct {
		change func(*account.Snapshot)
		want   string
	}{
		{func(s *account.Snapshot) { s.Restored = true }, ""},
		{func(s *account.Snapshot) { s.Restored = false }, ""},
		{func(s *account.Snapshot) {
			s.Busy, s.Changes = true, append(s.Changes, account.Change{At: noon().Add(time.Second), Kind: account.ChangeScope})
		}, ""},
		{func(s *account.Snapshot) { s.Busy, s.Details.Busy = false, true }, ""},
		{func(s *account.Snapshot) { s.Details.Busy = false }, "a changed"},
		{func(*account.Snapshot) {}, ""},
	}
	for i, step := range steps {
		step.change(&s[0])
		if got := news(&e, s, noon()); got != step.want {
			t.Errorf("step %d: got %q, want %q", i, got, step.want)
		}
	}
}
