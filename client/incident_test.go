package client

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

var incidentNow = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// ended is a profile whose check of a host has just ended.
func ended(profile, host string, state State, code string) Snapshot {
	s := Snapshot{
		Profile: profile, Endpoint: "https://" + host + "/api/v3/onezone/user",
		Health: Health{State: state, Code: code, CheckedAt: incidentNow, Explanation: "Why.", Remedy: "What to do."},
	}
	if state != Unreachable {
		s.Health.HTTPStatus = 200
	}
	return s
}

// page is a profile that was sent a web page.
func page(profile, host string) Snapshot {
	s := ended(profile, host, BadResponse, "")
	d := webPage(question{host: host})
	s.Health.Explanation, s.Health.SignIn = d.Explanation, d.SignIn
	return s
}

// sentOn is a profile whose request was to be sent on to a login page.
func sentOn(profile, host string) Snapshot {
	t := trouble{host: host, err: &redirectError{to: "http://portal.example/login", status: 302}}
	s := ended(profile, host, Misconfigured, "")
	d := t.diagnose().Diagnosis
	s.Health.Explanation, s.Health.SignIn = d.Explanation, d.SignIn
	return s
}

// ago is the snapshot of a check that ended earlier.
func ago(s Snapshot, d time.Duration) Snapshot {
	s.Health.CheckedAt = s.Health.CheckedAt.Add(-d)
	return s
}

func restored(s Snapshot) Snapshot {
	s.Restored = true
	return s
}

func TestIncidents(t *testing.T) {
	t.Parallel()
	down := func(profile, host, code string) Snapshot { return ended(profile, host, Unreachable, code) }
	signIn := ended("c", "c.example", NetworkDenied, "")
	signIn.Health.SignIn = diagnoseServerError(answer{status: http.StatusNetworkAuthenticationRequired}, question{}).SignIn
	// What a service says is no sign of a portal.
	says := func(profile, host string) Snapshot {
		s := ended(profile, host, InvalidToken, "")
		s.Health.Explanation = "The service does not know this token: it was made at a captive portal."
		return s
	}
	for _, tt := range []struct {
		name string
		in   []Snapshot
		// want is title and profiles of each.
		want []string
	}{
		{"none", nil, nil},
		{"one profile", []Snapshot{down("a", "a.example", "no_route")}, nil},
		{"all well", []Snapshot{ended("a", "a.example", Healthy, ""), ended("b", "b.example", Healthy, "")}, nil},
		{"two services, no way", []Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "timeout")},
			[]string{"No network: a b"}},
		{"time-outs everywhere", []Snapshot{down("a", "a.example", "timeout"), down("b", "b.example", "timeout")},
			[]string{"No network: a b"}},
		{"one service, no way", []Snapshot{down("a", "a.example", "no_route"), down("b", "a.example", "no_route"),
			down("c", "a.example", "no_route")}, []string{"No network: a b c"}},
		{"two of one service, no way", []Snapshot{down("a", "a.example", "no_route"), down("b", "a.example", "no_route")},
			[]string{"a.example cannot be reached: a b"}},
		{"no names", []Snapshot{down("a", "a.example", "dns"), down("b", "b.example", "dns")},
			[]string{"Host names cannot be looked up: a b"}},
		{"no names in time", []Snapshot{down("a", "a.example", "dns"), down("b", "b.example", "timeout_dns")},
			[]string{"Host names cannot be looked up: a b"}},
		{"no names, and time-outs", []Snapshot{down("a", "a.example", "dns"), down("b", "b.example", "timeout")},
			[]string{"No network: a b"}},
		{"proxy", []Snapshot{down("a", "a.example", "proxy"), down("b", "b.example", "proxy")},
			[]string{"The proxy lets nothing through: a b"}},
		{"inspected", []Snapshot{down("a", "a.example", "tls_unknown_authority"), down("b", "b.example", "tls_unknown_authority")},
			[]string{"Connections are intercepted: a b"}},
		{"clock", []Snapshot{down("a", "a.example", "tls_expired"), down("b", "b.example", "tls_not_yet_valid")},
			[]string{"The clock seems to be wrong: a b"}},
		{"blocked", []Snapshot{down("a", "a.example", "refused"), down("b", "b.example", "reset")},
			[]string{"Connections are blocked: a b"}},
		{"portal", []Snapshot{page("a", "a.example"), page("b", "b.example"), down("c", "c.example", "timeout")},
			[]string{"The network wants a sign-in: a b c"}},
		{"no portal", []Snapshot{says("a", "a.example"), says("b", "b.example")}, nil},
		{"portal that says so", []Snapshot{page("a", "a.example"), signIn}, []string{"The network wants a sign-in: a c"}},
		{"portal that sends on", []Snapshot{page("a", "a.example"), sentOn("b", "b.example")}, []string{"The network wants a sign-in: a b"}},
		{"one web page", []Snapshot{page("a", "a.example"), page("b", "a.example"), down("c", "c.example", "timeout")}, nil},
		{"web pages, and an answer", []Snapshot{page("a", "a.example"), page("b", "b.example"), ended("c", "c.example", Healthy, "")}, nil},
		{"other bad answers", []Snapshot{ended("a", "a.example", BadResponse, ""), ended("b", "b.example", BadResponse, "")}, nil},
		{"no network but for this computer", []Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "no_route"),
			ended("c", "localhost:8080", Healthy, "")}, []string{"No network: a b"}},
		{"an answer shows that there is a network", []Snapshot{down("a", "a.example", "timeout"), down("b", "b.example", "timeout"),
			ended("c", "c.example", InvalidToken, "")}, nil},
		{"nobody was asked", []Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "no_route"),
			{Profile: "c", Endpoint: "https://c.example", Health: Health{State: CredentialMissing, CheckedAt: incidentNow}},
			{Profile: "d", Health: Health{State: Disabled}}}, []string{"No network: a b"}},
		{"an old answer", []Snapshot{down("a", "a.example", "no_route"), down("b", "b.example", "no_route"),
			ago(ended("c", "c.example", Healthy, ""), 3*time.Minute)}, []string{"No network: a b"}},
		{"an old failure", []Snapshot{down("a", "a.example", "no_route"), ago(down("b", "b.example", "no_route"), 3*time.Minute)}, nil},
		{"an earlier run", []Snapshot{restored(down("a", "a.example", "no_route")), restored(down("b", "b.example", "no_route"))}, nil},
		{"host down", []Snapshot{down("a", "a.example", "refused"), ended("b", "b.example", Healthy, ""), down("c", "A.example:443", "refused")},
			[]string{"a.example cannot be reached: a c"}},
		{"this computer's host down", []Snapshot{down("a", "127.0.0.1:1", "refused"), down("b", "127.0.0.1:1", "refused")},
			[]string{"127.0.0.1:1 cannot be reached: a b"}},
		{"host down, one answer", []Snapshot{down("a", "a.example", "timeout"), down("b", "a.example", "timeout"),
			ended("c", "a.example", Healthy, "")}, nil},
		{"host fails in two ways", []Snapshot{ended("a", "a.example", Unavailable, ""), ended("b", "a.example", Unavailable, "x")}, nil},
		{"unavailable", []Snapshot{ended("a", "a.example", Unavailable, "x"), ended("b", "a.example", Unavailable, "x")},
			[]string{"a.example is unavailable: a b"}},
		{"server errors", []Snapshot{ended("a", "a.example", ServerError, ""), ended("b", "a.example", ServerError, "")},
			[]string{"a.example fails: a b"}},
		{"refused tokens are each profile's own", []Snapshot{ended("a", "a.example", InvalidToken, "x"), ended("b", "a.example", InvalidToken, "x")}, nil},
		{"the greater one first", []Snapshot{
			ended("a", "a.example", ServerError, ""), ended("b", "a.example", ServerError, ""),
			down("c", "c.example", "timeout"), down("d", "c.example", "timeout"), down("e", "c.example", "timeout"),
		}, []string{"c.example cannot be reached: c d e", "a.example fails: a b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, i := range Incidents(tt.in) {
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
	a, b := ended("a", "a.example", Unreachable, "proxy"), ended("b", "b.example", Unreachable, "proxy")
	a.Health.Explanation = "The proxy p:3128 does not let the connection to a.example through (status 503)."
	got := Incidents([]Snapshot{a, b})
	if len(got) != 1 || got[0].Explanation != "The connections of 2 profiles fail at the proxy. "+a.Health.Explanation {
		t.Errorf("got %+v", got)
	}
}

func TestIncidentsAreFew(t *testing.T) {
	t.Parallel()
	in := []Snapshot{ended("ok", "ok.example", Healthy, "")}
	for n := range 20 {
		host := fmt.Sprintf("h%d.example", n)
		in = append(in, ended("a", host, Unreachable, "timeout"), ended("b", host, Unreachable, "timeout"))
	}
	if got := len(Incidents(in)); got != maxIncidents {
		t.Errorf("%d incidents, want %d", got, maxIncidents)
	}
}

func BenchmarkIncidents(b *testing.B) {
	var in []Snapshot
	for n := range 10_000 {
		in = append(in, ended(fmt.Sprint(n), fmt.Sprintf("h%d.example", n%500), Unreachable, "timeout"))
	}
	for b.Loop() {
		Incidents(in)
	}
}
