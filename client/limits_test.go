package client

import (
	"net/http"
	"testing"

	"rollcall/client/account"
	"rollcall/client/service"
)

// threeBudgets are the headers of an answer that tells of three budgets of
// requests.
var threeBudgets = []string{
	"RateLimit", `"core";r=4987;t=1867, "search";r=3;t=41, "graphql";r=5000;t=3600`,
	"RateLimit-Policy", `"core";q=5000;w=3600, "search";q=30;w=60, "graphql";q=5000;w=3600`,
}

// forgetful is a service that leaves nothing of the headers that it reads.
type forgetful struct{ plainService }

func (f forgetful) Read(a service.Answer, q service.Asked) (*account.Account, account.Diagnosis) {
	clear(a.Header)
	return f.plainService.Read(a, q)
}

// TestHeadersOfLimitsAreReadOnce has the headers gone once the answer is made:
// whoever asks for the budgets later takes those that came with it.
func TestHeadersOfLimitsAreReadOnce(t *testing.T) {
	c := newPlainClient(overRoundTrip(func(*http.Request) (*http.Response, error) {
		return respond(200, `{"id":"u1"}`, threeBudgets...), nil
	}), "https://host.example")
	c.provider = forgetful{}
	s := c.Check(t.Context())
	if s.Health.State != account.Healthy || s.RateLimit.Name != "search" {
		t.Errorf("%s, and the budget is %+v", s.Health.State, s.RateLimit)
	}
}

// BenchmarkCheckWithLimits is one check, whose answer tells of three budgets.
func BenchmarkCheckWithLimits(b *testing.B) {
	c := newPlainClient(overRoundTrip(func(*http.Request) (*http.Response, error) {
		return respond(200, `{"id":"u1"}`, threeBudgets...), nil
	}), "https://host.example")
	b.ReportAllocs()
	for b.Loop() {
		c.Check(b.Context())
	}
}
