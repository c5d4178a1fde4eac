package ratelimit_test

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
)

// listed writes budgets as NAME LIMIT REMAINING SECONDS SOURCE, with - for what
// is unknown.
func listed(all []ratelimit.Bucket) string {
	number := func(n *int64) string {
		if n == nil {
			return "-"
		}
		return fmt.Sprint(*n)
	}
	var lines []string
	for _, r := range all {
		reset, name := "-", "-"
		if !r.ResetAt.IsZero() {
			reset = fmt.Sprint(r.ResetAt.Sub(dawn).Seconds())
		}
		if r.Name != "" {
			name = r.Name
		}
		lines = append(lines, strings.Join([]string{name, number(r.Limit), number(r.Remaining), reset, r.Source}, " "))
	}
	return strings.Join(lines, "; ")
}

func TestParse(t *testing.T) {
	tests := []struct {
		name   string
		header http.Header
		want   string
	}{
		{"none", header("Content-Type", "text/plain"), ""},
		{"drafts 00-04", header("RateLimit-Limit", "100, 100;w=10, 1000;w=3600", "RateLimit-Remaining", "50", "RateLimit-Reset", "5"),
			"- 100 50 5 Ratelimit-Remaining"},
		{"drafts 05-06", header("RateLimit-Limit", "10", "RateLimit-Policy", "10;w=1, 50;w=60;burst=1000", "RateLimit-Remaining", "9", "RateLimit-Reset", "1"),
			"- 10 9 1 Ratelimit-Remaining"},
		{"draft 07", header("RateLimit", "limit=100, remaining=50, reset=5", "RateLimit-Policy", "100;w=10"),
			"- 100 50 5 RateLimit"},
		{"draft 07 on lines of its own", header("RateLimit", "limit=100", "RateLimit", "remaining=50, reset=5"),
			"- 100 50 5 RateLimit"},
		{"drafts 08-10", header("RateLimit", `"default";r=50;t=30`, "RateLimit-Policy", `"burst";q=100;w=60,"default";q=1000;w=86400`),
			"default 1000 50 30 RateLimit"},
		{"draft 10, two with keys", header("RateLimit", `"a,b";r=0;t=0;pk=:cHsdsRa894==:, daily;r=7;future=?1`, "RateLimit-Policy", `"a,b";q=5;w=1`),
			"a,b 5 0 0 RateLimit; daily - 7 - RateLimit"},
		{"draft 10, not of requests", header("RateLimit", `"size";r=5, "n";r=6`, "RateLimit-Policy", `"size";q=9;qu="content-bytes","n";q=8;qu="requests"`),
			"n 8 6 - RateLimit"},
		{"draft 10 without r", header("RateLimit", `"default";t=30`), ""},
		{"structured, broken", header("RateLimit", `"default;r=50`), ""},
		{"structured, policy broken", header("RateLimit", `"default";r=50`, "RateLimit-Policy", `"`), "default - 50 - RateLimit"},
		{"Katapult", header("X-RateLimit-Permitted", "100", "X-RateLimit-Remaining", "99"),
			"- 100 99 - X-Ratelimit-Remaining"},
		{"GitHub", header("X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", "4999", "X-RateLimit-Used", "1", "X-RateLimit-Reset", "1767323105", "X-RateLimit-Resource", "core"),
			"core 5000 4999 60 X-Ratelimit-Remaining"},
		{"GitLab", header("RateLimit-Limit", "60", "RateLimit-Observed", "67", "RateLimit-Remaining", "73", "RateLimit-Reset", "1767323105", "RateLimit-Name", "throttle_api"),
			"throttle_api 140 73 60 Ratelimit-Remaining"},
		{"GitLab's other reset", header("RateLimit-Remaining", "0", "RateLimit-ResetTime", "Fri, 02 Jan 2026 03:05:05 GMT"),
			"- - 0 60 Ratelimit-Remaining"},
		{"a large burst", header("X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "100"), "- 10 100 - X-Ratelimit-Remaining"},
		{"more left than any burst", header("X-RateLimit-Permitted", "10", "X-RateLimit-Remaining", "1000000"), "- 10 - - X-Ratelimit-Permitted"},
		{"more left than any burst, structured", header("RateLimit", `"a";r=9999`, "RateLimit-Policy", `"a";q=5`), "a 5 - - RateLimit"},
		{"used only", header("X-Rate-Limit-Limit", "10", "X-Rate-Limit-Used", "12"), "- 10 0 - X-Rate-Limit-Used"},
		{"quota", header("X-RateLimit-Quota", "10", "X-RateLimit-Reset", "5"), "- 10 - 5 X-Ratelimit-Quota"},
		{"Sentry", header("X-Sentry-Rate-Limit-Limit", "40", "X-Sentry-Rate-Limit-Remaining", "39", "X-Sentry-Rate-Limit-Reset", "1767323046", "X-Sentry-Rate-Limit-ConcurrentLimit", "25"),
			"- 40 39 1 X-Sentry-Rate-Limit-Remaining"},
		{"Anthropic", header("Anthropic-RateLimit-Requests-Limit", "50", "Anthropic-RateLimit-Requests-Remaining", "49", "Anthropic-RateLimit-Requests-Reset", "2026-01-02T03:05:05Z"),
			"requests 50 49 60 Anthropic-Ratelimit-Requests-Remaining"},
		{"Linear", header("X-RateLimit-Complexity-Limit", "9", "X-RateLimit-Requests-Remaining", "3", "X-RateLimit-Requests-Reset", "1767323105000"),
			"complexity 9 - - X-Ratelimit-Complexity-Limit; requests - 3 60 X-Ratelimit-Requests-Remaining"},
		{"bucket behind", header("X-RateLimit-Limit-Requests", "60", "X-RateLimit-Remaining-Requests", "59", "X-RateLimit-Reset-Requests", "6m0s"),
			"requests 60 59 360 X-Ratelimit-Remaining-Requests"},
		{"windows", header("X-RateLimit-Limit-Minute", "6", "X-RateLimit-Remaining-Minute", "5", "X-RateLimit-Limit-Day", "9", "X-RateLimit-Remaining-Day", "8"),
			"day 9 8 - X-Ratelimit-Remaining-Day; minute 6 5 - X-Ratelimit-Remaining-Minute"},
		{"Discord", header("X-RateLimit-Limit", "5", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "1.5"),
			"- 5 0 1.5 X-Ratelimit-Remaining"},
		{"Terraform", header("X-RateLimit-Limit", "30", "X-RateLimit-Reset", "0.25"), "- 30 - 0.25 X-Ratelimit-Limit"},
		{"Heroku", header("RateLimit-Remaining", "2400"), "- - 2400 - Ratelimit-Remaining"},
		{"reset of nought, some left", header("X-RateLimit-Remaining", "4", "X-RateLimit-Reset", "0"), "- - 4 - X-Ratelimit-Remaining"},
		{"reset of nought, spent", header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "0"), "- - 0 0 X-Ratelimit-Remaining"},
		{"reset of nought, nothing else", header("X-RateLimit-Reset", "0"), ""},
		{"unknown", header("X-RateLimit-Limit", "-1", "X-RateLimit-Remaining", "many", "X-RateLimit-Reset", "soon"), ""},
		{"from a cache", header("X-RateLimit-Limit", "5", "Age", "3"), ""},
		{"from no cache", header("X-RateLimit-Limit", "5", "Age", "0"), "- 5 - - X-Ratelimit-Limit"},
		{"the server's clock is ahead", header("Date", "Fri, 02 Jan 2026 04:04:05 GMT", "X-RateLimit-Remaining", "1", "X-RateLimit-Reset", "1767326705"),
			"- - 1 60 X-Ratelimit-Remaining"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := listed(ratelimit.Parse(tt.header, dawn)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestNearestFirst(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	many := make([]account.RateLimit, 3*account.MaxRateLimits)
	for i := range many {
		many[i] = account.RateLimit{Name: "n", Limit: n(100), Remaining: n(int64(100 - i))}
	}
	tests := []struct {
		name string
		all  []account.RateLimit
		want string
	}{
		{"none", nil, ""},
		{"smallest share", []account.RateLimit{{Name: "a", Limit: n(10), Remaining: n(5)}, {Name: "b", Limit: n(1000), Remaining: n(100)}}, "b a"},
		{"spent, of an unknown limit", []account.RateLimit{{Name: "a", Limit: n(10), Remaining: n(1)}, {Name: "b", Remaining: n(0)}}, "b a"},
		{"known before unknown", []account.RateLimit{{Name: "a", Remaining: n(1)}, {Name: "b", Limit: n(10), Remaining: n(10)}}, "b a"},
		{"more than the limit", []account.RateLimit{{Name: "a", Limit: n(10), Remaining: n(70)}, {Name: "b", Limit: n(10)}}, "a b"},
		{"alike, with a reset", []account.RateLimit{{Name: "a", Limit: n(10), Remaining: n(1)}, {Name: "b", Limit: n(10), Remaining: n(1), ResetAt: dawn}}, "b a"},
		{"three", []account.RateLimit{{Name: "a", Limit: n(9), Remaining: n(8)}, {Name: "b", Limit: n(9), Remaining: n(1)}, {Name: "c", Limit: n(9), Remaining: n(4)}}, "b c a"},
		{"one in two forms", []account.RateLimit{{Name: "minute", Limit: n(5), Remaining: n(4)}, {Limit: n(5), Remaining: n(4), ResetAt: dawn}, {Name: "hour", Limit: n(9), Remaining: n(8)}}, "minute hour"},
		{"one in two forms, rounded", []account.RateLimit{{Limit: n(5), Remaining: n(4), ResetAt: dawn}, {Limit: n(5), Remaining: n(4), ResetAt: dawn.Add(time.Second)}}, "-"},
		{"the same numbers, another reset", []account.RateLimit{{Limit: n(5), Remaining: n(5), ResetAt: dawn}, {Name: "day", Limit: n(5), Remaining: n(5), ResetAt: dawn.Add(time.Hour)}}, "- day"},
		{"too many", many, strings.TrimSpace(strings.Repeat("n ", account.MaxRateLimits))},
	}
	for _, tt := range tests {
		var all []ratelimit.Bucket
		for _, r := range tt.all {
			all = append(all, ratelimit.Bucket{RateLimit: r})
		}
		var got []string
		for _, r := range ratelimit.NearestFirst(all) {
			got = append(got, cmp.Or(r.Name, "-"))
		}
		if text := strings.Join(got, " "); text != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, text, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("RateLimit", `"default";r=50;t=30`, "RateLimit-Policy", `"default";q=100`)
	f.Add("RateLimit", "limit=100, remaining=50, reset=5", "Date", "Fri, 02 Jan 2026 04:04:05 GMT")
	f.Add("X-RateLimit-Limit-Reset", "1", "X-RateLimit-Reset-After-Time", "2")
	f.Fuzz(func(t *testing.T, name1, value1, name2, value2 string) {
		all := ratelimit.Parse(header(name1, value1, name2, value2), dawn)
		if n := len(ratelimit.NearestFirst(all)); n > len(all) || n == 0 && len(all) > 0 {
			t.Errorf("%d budgets of %d", n, len(all))
		}
		for _, r := range all {
			if !r.ResetAt.IsZero() && (r.ResetAt.Before(dawn) || r.ResetAt.After(dawn.Add(31*24*time.Hour))) {
				t.Errorf("%+v resets outside of what is plausible", r)
			}
			if r.Limit != nil && *r.Limit < 0 || r.Remaining != nil && *r.Remaining < 0 {
				t.Errorf("%+v is negative", r)
			}
		}
	})
}
