package client

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/redact"
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

func (f forgetful) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	return f.plainService.Identify(ctx, func(ctx context.Context, r service.Request) (service.Answer, error) {
		a, err := ask(ctx, r)
		clear(a.Header)
		return a, err
	}, q)
}

// TestHeadersOfLimitsAreReadOnce has the headers gone once the answer is made:
// whoever asks for the budgets later takes those that came with it.
func TestHeadersOfLimitsAreReadOnce(t *testing.T) {
	c := newPlainClient(overRoundTrip(func(*http.Request) (*http.Response, error) {
		return respond(200, `{"id":"u1"}`, threeBudgets...), nil
	}), "https://host.example")
	c.service = forgetful{}
	s := c.Check(t.Context())
	if s.Health.State != account.Healthy || s.RateLimit.Name != "search" {
		t.Errorf("%s, and the budget is %+v", s.Health.State, s.RateLimit)
	}
}

// bucketWords writes the budgets of a snapshot as NAME REMAINING.
func bucketWords(s account.Snapshot) string {
	var all []string
	for _, r := range s.RateLimits() {
		all = append(all, fmt.Sprint(r.Name, " ", *r.Remaining))
	}
	return strings.Join(all, ", ")
}

// TestAllBudgetsAreTold has a service that tells of two budgets with the
// identity, and of a third with the details.
func TestAllBudgetsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return respond(200, "Group", "X-RateLimit-Limit", "30", "X-RateLimit-Remaining", "3", "X-RateLimit-Reset", "600", "X-RateLimit-Resource", "search")
			}
			return respond(200, `{"id":"u1"}`, "RateLimit", `"graphql";r=4900;t=3600, "core";r=100;t=1800`, "RateLimit-Policy", `"core";q=5000;w=3600, "graphql";q=5000;w=3600`)
		}
		dir := t.TempDir()
		s := open(t, dir)
		p := NewPoller([]*Client{f.client("work")}, s)
		const all = "core 100, search 3, graphql 4900"
		if got := bucketWords(p.Once(t.Context())[0]); got != all {
			t.Errorf("told of %s", got)
		}
		s.Close()
		s = open(t, dir)
		if restored, ok := kept(s, "work"); !ok || bucketWords(restored) != all {
			t.Errorf("after another start it is %s", bucketWords(restored))
		}

		f.mu.Lock()
		f.answer = func(*http.Request) *http.Response { return respond(503, "") }
		f.mu.Unlock()
		time.Sleep(20 * time.Minute)
		p = NewPoller([]*Client{f.client("work")}, s)
		if got := bucketWords(p.Once(t.Context())[0]); got != "core 100, graphql 4900" {
			t.Errorf("once the search is full again, %s are told of", got)
		}
		s.Close()
	})
}

// TestBudgetsAreRedactedAndBounded has a service that repeats the secret in the
// names of more budgets than anybody needs.
func TestBudgetsAreRedactedAndBounded(t *testing.T) {
	var buckets []string
	for i := range 300 {
		buckets = append(buckets, fmt.Sprintf(`"n%d %s %s";r=%d`, i, plainSecret, strings.Repeat("x", 2000), i))
	}
	s := newPlainClient(overRoundTrip(func(*http.Request) (*http.Response, error) {
		return respond(200, `{"id":"u1"}`, "RateLimit", strings.Join(buckets, ", ")), nil
	}), "https://host.example").Check(t.Context())
	all := s.RateLimits()
	if len(all) != account.MaxRateLimits {
		t.Errorf("%d budgets are told of", len(all))
	}
	for i, r := range all {
		if !strings.HasPrefix(r.Name, fmt.Sprintf("n%d %s", i, redact.Mark)) || len(r.Name) > 1000 {
			t.Errorf("the name of a budget is %q", r.Name)
		}
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
