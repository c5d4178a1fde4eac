package insight_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
)

var incidentNow = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// ended is a profile whose check of a host has just ended.
func ended(profile, host string, state account.State, code string) account.Snapshot {
	s := account.Snapshot{
		Profile: profile, Endpoint: "https://" + host + "/api/v3/onezone/user",
		Health: account.Health{State: state, Code: code, CheckedAt: incidentNow, Explanation: "Why.", Remedy: "What to do."},
	}
	if state != account.Unreachable {
		s.Health.HTTPStatus = 200
	}
	return s
}

// page is a profile that was sent a web page.
func page(profile, host string) account.Snapshot {
	s := ended(profile, host, account.BadResponse, "")
	s.Health.Explanation, s.Health.SignIn = host+" sent a web page instead of JSON.", true
	return s
}

// sentOn is a profile whose request was to be sent on to a login page.
func sentOn(profile, host string) account.Snapshot {
	s := ended(profile, host, account.Misconfigured, "")
	s.Health.Explanation, s.Health.SignIn = host+" wants the request sent on to http://portal.example/login.", true
	return s
}

// ago is the snapshot of a check that ended earlier.
func ago(s account.Snapshot, d time.Duration) account.Snapshot {
	s.Health.CheckedAt = s.Health.CheckedAt.Add(-d)
	return s
}

func restored(s account.Snapshot) account.Snapshot {
	s.Restored = true
	return s
}

func TestIncidents(t *testing.T) {
	t.Parallel()
	down := func(profile, host, code string) account.Snapshot {
		return ended(profile, host, account.Unreachable, code)
	}
	signIn := ended("c", "c.example", account.NetworkDenied, "")
	signIn.Health.SignIn = true
	// What a service says is no sign of a portal.
	says := func(profile, host string) account.Snapshot {
		s := ended(profile, host, account.InvalidToken, "")
		s.Health.Explanation = "The service does not know this token: it was made at a captive portal."
		return s
	}
	for _, tt := range []struct {
		name string
		in   []account.Snapshot
		// want is title and profiles of each.
		want []string
	}{
		{"none", nil, nil},
		{"one profile", []account.Snapshot{down("a", "a.example", "no_route")}, nil},
		{"all well", []account.Snapshot{ended("a", "a.example", account.Healthy, ""), ended("b", "b.example", account.Healthy, "")}, nil},
		{"two services, no way", []account.Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "timeout")},
			[]string{"No network: a b"}},
		{"time-outs everywhere", []account.Snapshot{down("a", "a.example", "timeout"), down("b", "b.example", "timeout")},
			[]string{"No network: a b"}},
		{"one service, no way", []account.Snapshot{down("a", "a.example", "no_route"), down("b", "a.example", "no_route"),
			down("c", "a.example", "no_route")}, []string{"No network: a b c"}},
		{"two of one service, no way", []account.Snapshot{down("a", "a.example", "no_route"), down("b", "a.example", "no_route")},
			[]string{"a.example cannot be reached: a b"}},
		{"no names", []account.Snapshot{down("a", "a.example", "dns"), down("b", "b.example", "dns")},
			[]string{"Host names cannot be looked up: a b"}},
		{"no names in time", []account.Snapshot{down("a", "a.example", "dns"), down("b", "b.example", "timeout_dns")},
			[]string{"Host names cannot be looked up: a b"}},
		{"no names, and time-outs", []account.Snapshot{down("a", "a.example", "dns"), down("b", "b.example", "timeout")},
			[]string{"No network: a b"}},
		{"proxy", []account.Snapshot{down("a", "a.example", "proxy"), down("b", "b.example", "proxy")},
			[]string{"The proxy lets nothing through: a b"}},
		{"inspected", []account.Snapshot{down("a", "a.example", "tls_unknown_authority"), down("b", "b.example", "tls_unknown_authority")},
			[]string{"Connections are intercepted: a b"}},
		{"clock", []account.Snapshot{down("a", "a.example", "tls_expired"), down("b", "b.example", "tls_not_yet_valid")},
			[]string{"The clock seems to be wrong: a b"}},
		{"blocked", []account.Snapshot{down("a", "a.example", "refused"), down("b", "b.example", "reset")},
			[]string{"Connections are blocked: a b"}},
		{"portal", []account.Snapshot{page("a", "a.example"), page("b", "b.example"), down("c", "c.example", "timeout")},
			[]string{"The network wants a sign-in: a b c"}},
		{"no portal", []account.Snapshot{says("a", "a.example"), says("b", "b.example")}, nil},
		{"portal that says so", []account.Snapshot{page("a", "a.example"), signIn}, []string{"The network wants a sign-in: a c"}},
		{"portal that sends on", []account.Snapshot{page("a", "a.example"), sentOn("b", "b.example")}, []string{"The network wants a sign-in: a b"}},
		{"one web page", []account.Snapshot{page("a", "a.example"), page("b", "a.example"), down("c", "c.example", "timeout")},
			[]string{"a.example gives no usable answers: a b"}},
		{"web pages, and an answer", []account.Snapshot{page("a", "a.example"), page("b", "b.example"), ended("c", "c.example", account.Healthy, "")}, nil},
		{"other bad answers", []account.Snapshot{ended("a", "a.example", account.BadResponse, ""), ended("b", "b.example", account.BadResponse, "")}, nil},
		{"no network but for this computer", []account.Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "no_route"),
			ended("c", "localhost:8080", account.Healthy, "")}, []string{"No network: a b"}},
		{"an answer shows that there is a network", []account.Snapshot{down("a", "a.example", "timeout"), down("b", "b.example", "timeout"),
			ended("c", "c.example", account.InvalidToken, "")}, nil},
		{"nobody was asked", []account.Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "no_route"),
			{Profile: "c", Endpoint: "https://c.example", Health: account.Health{State: account.CredentialMissing, CheckedAt: incidentNow}},
			{Profile: "d", Health: account.Health{State: account.Disabled}}}, []string{"No network: a b"}},
		{"an old answer", []account.Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "no_route"),
			ago(ended("c", "c.example", account.Healthy, ""), 3*time.Minute)}, []string{"No network: a b"}},
		{"an old failure", []account.Snapshot{down("a", "a.example", "no_route"), ago(down("b", "b.example", "no_route"), 3*time.Minute)}, nil},
		{"an earlier run", []account.Snapshot{restored(down("a", "a.example", "no_route")), restored(down("b", "b.example", "no_route"))}, nil},
		{"host down", []account.Snapshot{down("a", "a.example", "refused"), ended("b", "b.example", account.Healthy, ""), down("c", "A.example:443", "refused")},
			[]string{"a.example cannot be reached: a c"}},
		{"this computer's host down", []account.Snapshot{down("a", "127.0.0.1:1", "refused"), down("b", "127.0.0.1:1", "refused")},
			[]string{"127.0.0.1:1 cannot be reached: a b"}},
		{"host down, one answer", []account.Snapshot{down("a", "a.example", "timeout"), down("b", "a.example", "timeout"),
			ended("c", "a.example", account.Healthy, "")}, nil},
		{"host fails in two ways", []account.Snapshot{ended("a", "a.example", account.Unavailable, ""), ended("b", "a.example", account.Unavailable, "x")},
			[]string{"a.example is out of order: a b"}},
		{"host fails in every way", []account.Snapshot{ended("a", "a.example", account.Unavailable, ""), ended("b", "a.example", account.ServerError, ""),
			ended("c", "a.example", account.BadResponse, ""), down("d", "a.example", "timeout")},
			[]string{"a.example is out of order: a b c d"}},
		{"host fails, but for a limit", []account.Snapshot{ended("a", "a.example", account.Unavailable, ""), ended("b", "a.example", account.ServerError, ""),
			ended("c", "a.example", account.RateLimited, "")}, nil},
		{"limits are each profile's own", []account.Snapshot{ended("a", "a.example", account.RateLimited, ""), ended("b", "a.example", account.RateLimited, "")}, nil},
		{"bad answers of one host", []account.Snapshot{ended("a", "a.example", account.BadResponse, ""), ended("b", "a.example", account.BadResponse, "")},
			[]string{"a.example gives no usable answers: a b"}},
		{"unavailable", []account.Snapshot{ended("a", "a.example", account.Unavailable, "x"), ended("b", "a.example", account.Unavailable, "x")},
			[]string{"a.example is unavailable: a b"}},
		{"server errors", []account.Snapshot{ended("a", "a.example", account.ServerError, ""), ended("b", "a.example", account.ServerError, "")},
			[]string{"a.example fails: a b"}},
		{"refused tokens are each profile's own", []account.Snapshot{ended("a", "a.example", account.InvalidToken, "x"), ended("b", "a.example", account.InvalidToken, "x")}, nil},
		{"the greater one first", []account.Snapshot{
			ended("a", "a.example", account.ServerError, ""), ended("b", "a.example", account.ServerError, ""),
			down("c", "c.example", "timeout"), down("d", "c.example", "timeout"), down("e", "c.example", "timeout"),
		}, []string{"c.example cannot be reached: c d e", "a.example fails: a b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, i := range insight.Incidents(tt.in) {
				got = append(got, i.Title+": "+strings.Join(i.Profiles, " "))
				for _, text := range []string{i.Explanation, i.Remedy} {
					if !strings.HasSuffix(text, ".") || strings.Contains(text, "%") {
						t.Errorf("%s: not a sentence: %q", i.Title, text)
					}
				}
				if i.State == "" {
					t.Errorf("%s has no state", i.Title)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestIncidentsTellFacts(t *testing.T) {
	t.Parallel()
	a, b := ended("a", "a.example", account.Unreachable, "proxy"), ended("b", "b.example", account.Unreachable, "proxy")
	a.Health.Explanation = "The proxy p:3128 does not let the connection to a.example through (status 503)."
	got := insight.Incidents([]account.Snapshot{a, b})
	if len(got) != 1 || got[0].Explanation != "The connections of 2 profiles fail at the proxy. "+a.Health.Explanation {
		t.Errorf("got %+v", got)
	}
}

func TestIncidentsAreFew(t *testing.T) {
	t.Parallel()
	in := []account.Snapshot{ended("ok", "ok.example", account.Healthy, "")}
	for n := range 20 {
		host := fmt.Sprintf("h%d.example", n)
		in = append(in, ended("a", host, account.Unreachable, "timeout"), ended("b", host, account.Unreachable, "timeout"))
	}
	if got := len(insight.Incidents(in)); got != 5 {
		t.Errorf("%d incidents, want 5", got)
	}
}

func BenchmarkIncidents(b *testing.B) {
	var in []account.Snapshot
	for n := range 10_000 {
		in = append(in, ended(fmt.Sprint(n), fmt.Sprintf("h%d.example", n%500), account.Unreachable, "timeout"))
	}
	for b.Loop() {
		insight.Incidents(in)
	}
}
