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
		if len(n.Edges) == 0 {
			continue
		}
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

// TestEdgesHaveTheChanges gives those since the last look, of which one check finds several.
func TestEdgesHaveTheChanges(t *testing.T) {
	t.Parallel()
	var e insight.Edges
	s := file(t, "a | a.example.org | healthy, verdict healthy")
	found := func(at int, names ...string) (all []string) {
		for _, name := range names {
			s[0].Changes = append(s[0].Changes, account.Change{At: noon().Add(time.Duration(at) * time.Minute), Kind: account.ChangeEmail, Is: account.Value{Name: name}})
		}
		for _, n := range e.Look(s, noon(), 14*24*time.Hour) {
			for _, c := range n.Changes {
				all = append(all, c.Is.Name)
			}
		}
		return all
	}
	for _, look := range []struct {
		at    int
		names string
		want  string
	}{{1, "", ""}, {2, "a b", "a b"}, {2, "", ""}, {3, "c d", "c d"}, {1, "e", "e"}} { // The clock was set back.
		if got := strings.Join(found(look.at, strings.Fields(look.names)...), " "); got != look.want {
			t.Errorf("%s: %s, want %s", look.names, got, look.want)
		}
	}
}

// TestEdgesOfOneIncident tells an outage once, whoever joins it while it lasts.
func TestEdgesOfOneIncident(t *testing.T) {
	t.Parallel()
	const fine, down, gone = "healthy, verdict healthy", "unavailable, verdict healthy", "disabled"
	var e insight.Edges
	var told []string
	for _, look := range [][3]string{
		{fine, fine, gone}, {down, down, gone}, {down, down, down}, {down, down, down}, {fine, fine, fine}, {down, down, down},
	} {
		told = append(told, news(&e, file(t, "a | x | "+look[0]+"\nb | x | "+look[1]+"\nc | x | "+look[2]), noon()))
	}
	if got, want := strings.Join(told, "; "), "; a incident, b incident; ; ; ; a incident, b incident, c incident"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// One that was there at the start was not told, so that more of it is.
	e, told = insight.Edges{}, nil
	for _, look := range []string{
		"a | x | " + down + "\nb | x | " + down + "\nc | y | " + fine, "a | x | " + down + "\nb | x | " + down + "\nc | y | unreachable, verdict healthy",
	} {
		all := file(t, look)
		for i := range all {
			if all[i].Health.State != account.Healthy {
				all[i].Health.State, all[i].Health.HTTPStatus = account.Unreachable, 0
			}
		}
		told = append(told, news(&e, all, noon()))
	}
	if got, want := strings.Join(told, "; "), "; c incident"; got != want {
		t.Errorf("from the start: got %q, want %q", got, want)
	}
}

// TestNews has how a profile stands with when that was learned, and since when it was not
// known to be otherwise.
func TestNews(t *testing.T) {
	t.Parallel()
	var e insight.Edges
	for i, step := range []struct {
		facts string
		// checked is the minute of the check, looked that of the look.
		checked, looked int
		want            string
	}{
		{"healthy, verdict healthy, end +20d", 1, 2, "fine at 1 since never"},
		{"healthy, verdict healthy, end +20d", 3, 4, ""},
		{"unavailable, verdict healthy, end +20d", 5, 6, ""},
		{"invalid_token, verdict invalid_token", 7, 8, "now now at 7 since 3"},
		{"invalid_token, verdict invalid_token", 9, 10, ""},
		{"invalid_token, verdict invalid_token, snooze +1d of invalid_token", 9, 12, "snoozed at 12 since 9"},
		{"invalid_token, verdict invalid_token", 9, 14, "now now at 14 since 12"},
		{"disabled", 0, 16, "off at 16 since 14"},
		{"disabled", 0, 17, ""},
		{"healthy, verdict healthy", 18, 19, "fine at 18 since 16"},
		{"misconfigured", 0, 20, "now now at 20 since 18"},
		{"healthy, verdict healthy, end +20d", 21, 22, "fine fine at 21 since 20"},
		// An end comes near while nobody asks: the warning begins at +6d.
		{"healthy, verdict healthy, end +20d", 21, 7 * 24 * 60, "soon soon at 10080 since 21"},
	} {
		all := file(t, "a | x | "+step.facts)
		if all[0].Health.CheckedAt = noon().Add(time.Duration(step.checked) * time.Minute); step.checked == 0 {
			all[0].Health.CheckedAt = time.Time{}
		}
		var got string
		for _, n := range e.Look(all, noon().Add(time.Duration(step.looked)*time.Minute), warning) {
			for _, edge := range n.Edges {
				got += string(edge) + " "
			}
			since := "never"
			if !n.Since.IsZero() {
				since = fmt.Sprint(n.Since.Sub(noon()).Minutes())
			}
			got += fmt.Sprintf("%s at %v since %s", n.Urgency, n.At.Sub(noon()).Minutes(), since)
		}
		if got != step.want {
			t.Errorf("step %d: got %q, want %q", i, got, step.want)
		}
	}
}

// TestEdgesForgotten begins anew with a profile that was gone, or that asks elsewhere.
func TestEdgesForgotten(t *testing.T) {
	t.Parallel()
	var e insight.Edges
	var told []string
	for _, look := range []string{
		"a | x | invalid_token, verdict invalid_token\nb | x | invalid_token, verdict invalid_token",
		"a | x | healthy, verdict healthy",
		"a | y | healthy, verdict healthy\nb | x | healthy, verdict healthy",
		"a | z | invalid_token, verdict invalid_token\nb | x | healthy, verdict healthy",
		"a | y | healthy, verdict healthy\nb | x | healthy, verdict healthy",
	} {
		told = append(told, news(&e, file(t, look), noon()))
	}
	if got, want := strings.Join(told, "; "), "a now, b now; a fine; ; a now; "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEdgesAfterTheClock tells of a change that comes once a clock is set back.
func TestEdgesAfterTheClock(t *testing.T) {
	t.Parallel()
	var e insight.Edges
	s := file(t, "a | a.example.org | healthy, verdict healthy")
	s[0].Changes = []account.Change{{At: noon().Add(time.Hour), Kind: account.ChangeScope}}
	news(&e, s, noon().Add(time.Hour))
	s[0].Changes = append(s[0].Changes, account.Change{At: noon(), Kind: account.ChangeScope})
	if got := news(&e, s, noon()); got != "a changed" {
		t.Errorf("got %q", got)
	}
}
