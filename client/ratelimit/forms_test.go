package ratelimit_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"
	"time"

	"rollcall/client/ratelimit"
)

// told is a budget that a service tells in some form.
type told struct {
	limit, remaining int64
	reset            time.Duration
}

// deltaForms are the ways in which services write how long it is until a
// budget is full again.
var deltaForms = map[string]func(time.Duration) string{
	"seconds":              func(d time.Duration) string { return fmt.Sprint(int64(d.Seconds())) },
	"seconds, a fraction":  func(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) },
	"seconds, quoted":      func(d time.Duration) string { return fmt.Sprintf("%q", fmt.Sprint(int64(d.Seconds()))) },
	"seconds and a policy": func(d time.Duration) string { return fmt.Sprintf("%d;w=60", int64(d.Seconds())) },
	"duration":             time.Duration.String,
}

// clockForms are the ways in which they write when that is.
var clockForms = map[string]func(time.Time) string{
	"dawn":               func(at time.Time) string { return fmt.Sprint(at.Unix()) },
	"dawn, a fraction":   func(at time.Time) string { return fmt.Sprintf("%d.000", at.Unix()) },
	"dawn, milliseconds": func(at time.Time) string { return fmt.Sprint(at.UnixMilli()) },
	"dawn, microseconds": func(at time.Time) string { return fmt.Sprint(at.UnixMicro()) },
	"dawn, nanoseconds":  func(at time.Time) string { return fmt.Sprint(at.UnixNano()) },
	"RFC 3339":           func(at time.Time) string { return at.Format(time.RFC3339Nano) },
	"RFC 3339, a zone":   func(at time.Time) string { return at.In(time.FixedZone("", 7200)).Format(time.RFC3339) },
	"HTTP date":          func(at time.Time) string { return at.Format(http.TimeFormat) },
	"RFC 850":            func(at time.Time) string { return at.Format("Monday, 02-Jan-06 15:04:05 GMT") },
	"asctime":            func(at time.Time) string { return at.Format(time.ANSIC) },
	"JavaScript":         func(at time.Time) string { return at.Format("Mon Jan 02 2006 15:04:05 GMT-0700 (UTC)") },
	"date with zone":     func(at time.Time) string { return at.Format("2006-01-02 15:04:05 -0700") },
	"date, UTC":          func(at time.Time) string { return at.Format("2006-01-02 15:04:05 UTC") },
}

// plainForms are the names under which the numbers come, in the order of
// limit, remaining and reset.
var plainForms = [][3]string{
	{"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"},
	{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"},
	{"X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"},
	{"x-ratelimit-permitted", "x-ratelimit-remaining", "x-ratelimit-reset-after"},
	{"X-RateLimit-Quota", "X-RateLimit-Remaining", "X-RateLimit-Reset"},
	{"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-ResetTime"},
	{"X-Sentry-Rate-Limit-Limit", "X-Sentry-Rate-Limit-Remaining", "X-Sentry-Rate-Limit-Reset"},
	{"Anthropic-RateLimit-Tokens-Limit", "Anthropic-RateLimit-Tokens-Remaining", "Anthropic-RateLimit-Tokens-Reset"},
	{"X-RateLimit-Limit-Day", "X-RateLimit-Remaining-Day", "X-RateLimit-Reset-Day"},
	{"X-RateLimit-Complexity-Limit", "X-RateLimit-Complexity-Remaining", "X-RateLimit-Complexity-Reset"},
}

// structuredForms are the ways of the IETF drafts from 07 on.
var structuredForms = map[string]func(b told) http.Header{
	"draft 07": func(b told) http.Header {
		return header("RateLimit", fmt.Sprintf("limit=%d, remaining=%d, reset=%d", b.limit, b.remaining, int64(b.reset.Seconds())))
	},
	"draft 07, another order": func(b told) http.Header {
		return header("RateLimit", fmt.Sprintf("reset=%d", int64(b.reset.Seconds())),
			"RateLimit", fmt.Sprintf("remaining=%d,limit=%d", b.remaining, b.limit))
	},
	"drafts 08 to 10": func(b told) http.Header {
		return header("RateLimit", fmt.Sprintf(`"a, b";r=%d;t=%d`, b.remaining, int64(b.reset.Seconds())),
			"RateLimit-Policy", fmt.Sprintf(`"other";q=1;w=1, "a, b";q=%d;w=60;qu="requests"`, b.limit))
	},
	"a token as name": func(b told) http.Header {
		return header("RateLimit", fmt.Sprintf(`day;t=%d;r=%d;pk=:cHsdsRa894==:`, int64(b.reset.Seconds()), b.remaining),
			"RateLimit-Policy", fmt.Sprintf("day;q=%d", b.limit))
	},
}

// TestRateLimitForms has every form tell budgets of all sizes, and reads each
// as what it was.
func TestForms(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	for range 50 {
		b := told{limit: 1 + random.Int64N(1_000_000), reset: time.Duration(1+random.Int64N(31*24*3600)) * time.Second}
		b.remaining = random.Int64N(b.limit + 1)
		check := func(form string, h http.Header) {
			t.Helper()
			all := ratelimit.Parse(h, dawn)
			if len(all) != 1 || all[0].Limit == nil || *all[0].Limit != b.limit || all[0].Remaining == nil ||
				*all[0].Remaining != b.remaining || !all[0].ResetAt.Equal(dawn.Add(b.reset)) {
				t.Errorf("seed %d, %s: %v is read as %s, want %+v", seed, form, h, listed(all), b)
			}
		}
		// The server's clock is off, and with it the times of day that it tells.
		clock := dawn.Add(time.Duration(random.Int64N(7200)-3600) * time.Second)
		date := clock.Format(http.TimeFormat)
		for _, names := range plainForms {
			tell := func(form, reset string) {
				check(form+" as "+names[2], header("Date", date, names[2], reset,
					names[0], fmt.Sprint(b.limit), names[1], fmt.Sprint(b.remaining)))
			}
			for form, write := range deltaForms {
				tell(form, write(b.reset))
			}
			for form, write := range clockForms {
				tell(form, write(clock.Add(b.reset)))
			}
		}
		for form, write := range structuredForms {
			check(form, write(b))
		}
		check("used", header("X-RateLimit-Limit", fmt.Sprint(b.limit), "X-RateLimit-Used", fmt.Sprint(b.limit-b.remaining),
			"X-RateLimit-Reset", fmt.Sprint(int64(b.reset.Seconds()))))
	}
}
