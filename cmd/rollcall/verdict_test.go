package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestVerdict has a service go down: what it said of a token before stands, in
// every form in which it is told, and an outage is no change.
func TestVerdict(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	path := s.config(w, "")
	status := func(args ...string) (health struct {
		State, Urgency string
		Verdict        *struct{ State, At string }
	}, counted string, code int) {
		t.Helper()
		r := w.run(append([]string{"status", "-o", "json", "--config", path}, args...)...)
		var got struct {
			Summary struct {
				OK, Warn, Fail, None int
				Urgency              map[string]int
			}
			Profiles []struct{ Health json.RawMessage }
		}
		if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || len(got.Profiles) != 1 {
			t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
		}
		if err := json.Unmarshal(got.Profiles[0].Health, &health); err != nil {
			t.Fatal(err)
		}
		if got.Summary.Urgency[health.Urgency] != 1 || len(got.Summary.Urgency) != 6 {
			t.Errorf("the summary has %v", got.Summary.Urgency)
		}
		for severity, n := range map[string]int{"ok": got.Summary.OK, "warn": got.Summary.Warn, "fail": got.Summary.Fail, "none": got.Summary.None} {
			counted += strings.Repeat(severity, n)
		}
		return health, counted, r.status
	}
	expect := func(code int, state, urgency, verdict, counts string, args ...string) {
		t.Helper()
		h, counted, got := status(args...)
		said := ""
		if h.Verdict != nil {
			said = h.Verdict.State
		}
		if got != code || h.State != state || h.Urgency != urgency || said != verdict || counted != counts {
			t.Errorf("%s, %s, verdict %q, counted as %s, exit status %d; want %s, %s, %q, %s, %d",
				h.State, h.Urgency, said, counted, got, state, urgency, verdict, counts, code)
		}
	}
	answer := func(status int, body string) {
		s.status.Store(int64(status))
		s.body.Store(body)
	}
	answer(http.StatusOK, "<html>")
	expect(3, "bad_response", "now", "", "fail")
	s.knows("user_a", "Sam", "Roe")
	expect(0, "healthy", "fine", "healthy", "ok")
	answer(http.StatusOK, "<html>")
	expect(3, "bad_response", "waiting", "healthy", "ok")
	answer(http.StatusForbidden, `{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
	expect(1, "invalid_token", "now", "invalid_token", "fail")
	answer(http.StatusInternalServerError, "{}")
	expect(1, "server_error", "now", "invalid_token", "fail")
	expect(1, "server_error", "now", "invalid_token", "fail", "--offline")

	r := w.run("show", "work", "--config", path)
	if r.status != 1 || !strings.Contains(r.stdout, "verdict    invalid token, ") || !strings.Contains(r.stdout, "urgency      now\n") {
		t.Errorf("exit status %d\n%s", r.status, r.stdout)
	}
	r = w.run("status", "-o", "openmetrics", "--config", path)
	if r.status != 1 || !strings.Contains(r.stdout, "rollcall_token_accepted{profile=\"work\"} 0.0\n") ||
		!strings.Contains(r.stdout, "rollcall_profile_urgency{profile=\"work\",urgency=\"now\"} 1.0\n") {
		t.Errorf("exit status %d\n%s", r.status, r.stdout)
	}
	s.knows("user_a", "Sam", "Roe")
	expect(0, "healthy", "fine", "healthy", "ok")

	r = w.run("changes", "--config", path)
	r.expect(t, 0)
	var told []string
	for _, line := range strings.Split(r.stdout, "\n") {
		if _, change, ok := strings.Cut(line, "state: "); ok {
			told = append(told, strings.TrimSpace(change))
		}
	}
	if got := strings.Join(told, "; "); got != "invalid token, was healthy; healthy, was invalid token" {
		t.Errorf("the journal says %s", got)
	}
}

// What a refused token, or the refusal, states of its end is told as its end.
func TestEndOfARefusedToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run("status", "--demo", "staging", "-o", "json")
	for _, want := range []string{`"state": "invalid_token"`, `"expiry": "date"`, "Its stated end was "} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("%s is missing:\n%s", want, r.stdout)
		}
	}
	if strings.Contains(r.stdout, `"due_at": null`) || strings.Contains(r.stdout, `"expires_at": null`) {
		t.Errorf("the end is not told:\n%s", r.stdout)
	}
}
