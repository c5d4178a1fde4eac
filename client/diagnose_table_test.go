package client

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
)

var update = flag.Bool("update", false, "rewrite the golden file of the diagnoses")

// statusRows has the statuses that say something by themselves; facts are
// parts of what is told.
var statusRows = []struct {
	status int
	state  account.State
	fact   string
}{
	{200, account.BadResponse, "who the user is"}, {204, account.BadResponse, "api.example.org"}, {302, account.Misconfigured, "302"}, {308, account.Misconfigured, "308"},
	{400, account.BadRequest, "400"}, {401, account.InvalidToken, "env WORK_SECRET"}, {402, account.Forbidden, "payment"}, {403, account.Forbidden, "env WORK_SECRET"},
	{404, account.NotFound, "https://api.example.org/v1/me"}, {405, account.BadRequest, "405"}, {407, account.Misconfigured, "proxy"}, {408, account.Unavailable, "408"},
	{410, account.BadRequest, "410"}, {413, account.BadRequest, "413"}, {418, account.BadRequest, "418"}, {421, account.Misconfigured, "421"}, {425, account.Unavailable, "425"},
	{426, account.Misconfigured, "426"}, {429, account.RateLimited, "api.example.org"}, {431, account.Misconfigured, "env WORK_SECRET"}, {451, account.Forbidden, "legal"},
	{500, account.ServerError, "500"}, {501, account.ServerError, "501"}, {502, account.Unavailable, "502"}, {503, account.Unavailable, "503"}, {504, account.Unavailable, "504"},
	{511, account.NetworkDenied, "sign-in"}, {520, account.Unavailable, "520"}, {530, account.Unavailable, "530"}, {599, account.ServerError, "599"}, {999, account.BadResponse, "999"},
}

// diagnosedRow is an answer or a failure with a name, and what is made of it.
type diagnosedRow struct {
	name string
	account.Diagnosis
}

// diagnoses goes through all codes of both services, all statuses and all
// failures on the way.
func diagnoses(t *testing.T) (all []diagnosedRow) {
	add := func(p provider, r reading) {
		_, d := p.read(answer{status: r.status, header: r.header, body: []byte(r.body)}, asked(r.basic))
		name := strings.Join(strings.Fields(fmt.Sprint(p.info().Name, " ", r.status, " ", r.code, " ", r.name)), " ")
		if d.State != account.Healthy {
			all = append(all, diagnosedRow{name, d})
		}
	}
	for _, r := range slices.Concat(katapultErrors, katapultOthers) {
		add(katapult{}, r)
	}
	for _, r := range credentialErrors {
		r.name = strings.TrimSpace(r.name + " " + r.body)
		add(onezone{}, r.inRefusal())
	}
	for _, r := range caveatErrors {
		add(onezone{}, r.inCaveat())
	}
	for _, r := range otherErrors() {
		add(onezone{}, r)
	}
	for _, r := range statusRows {
		add(onezone{}, reading{status: r.status, body: "{}"})
	}
	s := sender{host: "host.example", timeout: DefaultTimeout}
	for _, r := range failureRows {
		all = append(all, diagnosedRow{"failure " + r.name, s.failure(t.Context(), r.err).Diagnosis})
	}
	return all
}

// TestDiagnoses compares state, code, explanation and remedy of every case
// with the texts in a file, which is there to be read, too.
func TestDiagnoses(t *testing.T) {
	rows := diagnoses(t)
	var b strings.Builder
	for _, r := range rows {
		checkTexts(t, r.Diagnosis)
		state := strings.TrimSpace(fmt.Sprint(r.State, " ", r.Code))
		fmt.Fprintf(&b, "%s\n  %s\n  %s\n  %s\n\n", r.name, state, r.Explanation, r.Remedy)
	}
	if len(rows) < 150 {
		t.Errorf("only %d rows", len(rows))
	}
	const file = "testdata/diagnoses.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, wanted := strings.Split(b.String(), "\n\n"), strings.Split(string(want), "\n\n")
	for i := range max(len(got), len(wanted)) {
		switch {
		case i >= len(got):
			t.Fatalf("there is no more:\n%s", wanted[i])
		case i >= len(wanted) || got[i] != wanted[i]:
			t.Fatalf("not in %s (-update rewrites it):\n%s", file, got[i])
		}
	}
}

// TestStatusesOfBothServices checks that a status that says something by
// itself means the same whichever service sends it.
func TestStatusesOfBothServices(t *testing.T) {
	for _, service := range providers() {
		for _, r := range statusRows {
			t.Run(fmt.Sprintf("%s %d", service.info().Name, r.status), func(t *testing.T) {
				_, d := service.read(answer{status: r.status, body: []byte("{}")}, asked(false))
				if d.State != r.state || !strings.Contains(d.Explanation+d.Remedy, r.fact) {
					t.Errorf("%s, want %s with %q: %s %s", d.State, r.state, r.fact, d.Explanation, d.Remedy)
				}
				checkTexts(t, d)
			})
		}
	}
}
