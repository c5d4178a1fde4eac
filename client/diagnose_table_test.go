package client

import (
	"fmt"
	"strings"
	"testing"
)

// statusRows has the statuses that say something by themselves; facts are
// parts of what is told.
var statusRows = []struct {
	status int
	state  State
	fact   string
}{
	{200, BadResponse, "who the user is"}, {204, BadResponse, "api.example.org"}, {302, Misconfigured, "302"}, {308, Misconfigured, "308"},
	{400, BadRequest, "400"}, {401, InvalidToken, "env WORK_SECRET"}, {402, Forbidden, "payment"}, {403, Forbidden, "env WORK_SECRET"},
	{404, NotFound, "https://api.example.org/v1/me"}, {405, BadRequest, "405"}, {407, Misconfigured, "proxy"}, {408, Unavailable, "408"},
	{410, BadRequest, "410"}, {413, BadRequest, "413"}, {418, BadRequest, "418"}, {421, Misconfigured, "421"}, {425, Unavailable, "425"},
	{426, Misconfigured, "426"}, {429, RateLimited, "api.example.org"}, {431, Misconfigured, "env WORK_SECRET"}, {451, Forbidden, "legal"},
	{500, ServerError, "500"}, {501, ServerError, "501"}, {502, Unavailable, "502"}, {503, Unavailable, "503"}, {504, Unavailable, "504"},
	{511, NetworkDenied, "sign-in"}, {520, Unavailable, "520"}, {530, Unavailable, "530"}, {599, ServerError, "599"}, {999, BadResponse, "999"},
}

// TestDiagnoses goes through all codes of both services, all statuses and all
// failures on the way, and checks that each has a state, an explanation and a
// remedy that tell the facts of the case.
func TestDiagnoses(t *testing.T) {
	rows := 0
	row := func(name string, check func(t *testing.T)) {
		rows++
		t.Run(name, check)
	}
	for _, r := range katapultErrors {
		row(fmt.Sprintf("katapult %d %s %s", r.status, r.code, r.name), func(t *testing.T) { checkReading(t, katapult{}, r) })
	}
	for _, r := range credentialErrors {
		details := ""
		if r.body != "" {
			details = `,"details":` + r.body
		}
		r.status, r.body = 401, unauthorized(`{"id":"`+r.code+`","description":"words"`+details+`}`)
		row(fmt.Sprintf("onezone %d %s", r.status, r.code), func(t *testing.T) { checkReading(t, onezone{}, r) })
	}
	for _, service := range providers() {
		for _, r := range statusRows {
			row(fmt.Sprintf("%s %d", service.info().Name, r.status), func(t *testing.T) {
				_, d := service.read(answer{status: r.status, body: []byte("{}")}, asked(false))
				if d.State != r.state || !strings.Contains(d.Explanation+d.Remedy, r.fact) {
					t.Errorf("%s, want %s with %q: %s %s", d.State, r.state, r.fact, d.Explanation, d.Remedy)
				}
				if d.Remedy == "" {
					t.Error("there is no remedy")
				}
				checkTexts(t, d)
			})
		}
	}
	for _, r := range failureRows {
		row("failure "+r.name, func(t *testing.T) { checkFailure(t, r) })
	}
	t.Logf("%d rows", rows)
	if rows < 120 {
		t.Errorf("only %d rows", rows)
	}
}
