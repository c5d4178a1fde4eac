package ratelimit_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/ratelimit"
)

// dawn is the moment of most tests: 1767323045 seconds after 1970.
var dawn = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

func TestRetryAfter(t *testing.T) {
	tests := []struct {
		header http.Header
		want   time.Duration // negative for none
	}{
		{header("Retry-After", "120"), 2 * time.Minute},
		{header("Retry-After", "1.5"), 1500 * time.Millisecond},
		{header("Retry-After", "Fri, 02 Jan 2026 03:05:05 GMT"), time.Minute},
		{header("Retry-After", "1767323105"), time.Minute},
		{header("X-Retry-After", "1767323105"), time.Minute},
		{header("Retry-After", "0"), 0},
		{header("Retry-After", "86399"), 24*time.Hour - time.Second},
		{header("Retry-After", "86401"), ratelimit.MaxWait},
		{header("Retry-After", "10", "Retry-After", "172800"), ratelimit.MaxWait},
		{header("Retry-After", "2678400"), ratelimit.MaxWait},
		{header("Retry-After", "3000000"), ratelimit.MaxWait},
		{header("Retry-After", "99999999999"), ratelimit.MaxWait},
		{header("Retry-After", "1e300"), ratelimit.MaxWait},
		{header("Retry-After", strings.Repeat("9", 400)), ratelimit.MaxWait},
		{header("Retry-After", "Thu, 01 Jan 2099 00:00:00 GMT"), ratelimit.MaxWait},
		{header("Retry-After", "4070908800"), ratelimit.MaxWait},
		{header("Retry-After", "9000h"), ratelimit.MaxWait},
		{header("Retry-After", "Thu, 01 Jan 2015 00:00:00 GMT"), 0},
		{header("Retry-After", "10", "Retry-After", "120"), 2 * time.Minute},
		{header("Retry-After", "120", "Retry-After", "10"), 2 * time.Minute},
		{header("Retry-After", "10, 120"), 2 * time.Minute},
		{header("Retry-After", "10", "Retry-After", "Fri, 02 Jan 2026 03:05:05 GMT"), time.Minute},
		{header("Retry-After", "10", "X-Retry-After", "60"), time.Minute},
		{header("Retry-After", "later", "Retry-After", "60"), time.Minute},
		{header("Retry-After", "later"), -1},
		{header("Retry-After", "-1"), -1},
		{header(), -1},
	}
	for _, tt := range tests {
		got, ok := ratelimit.RetryAfter(tt.header, dawn)
		if ok != (tt.want >= 0) || ok && got.Sub(dawn) != tt.want {
			t.Errorf("%v: %v, %v", tt.header, got, ok)
		}
	}
}

func TestWaitUntil(t *testing.T) {
	tests := []struct {
		name   string
		state  account.State
		status int
		header http.Header
		window time.Duration
		want   time.Duration // negative for none
	}{
		{"refused, Retry-After", account.RateLimited, 429, header("Retry-After", "7", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), 0, 7 * time.Second},
		{"refused, a long quota", account.RateLimited, 429, header("Retry-After", "72000"), 0, 20 * time.Hour},
		{"refused, the latest spent budget", account.RateLimited, 429, header(
			"X-RateLimit-Remaining-Minute", "0", "X-RateLimit-Reset-Minute", "40",
			"X-RateLimit-Remaining-Hour", "0", "X-RateLimit-Reset-Hour", "600",
			"X-RateLimit-Remaining-Day", "5", "X-RateLimit-Reset-Day", "6000"), 0, 10 * time.Minute},
		{"refused, only a reset", account.RateLimited, 429, header("X-RateLimit-Limit", "30", "X-RateLimit-Reset", "0.4"), 0, time.Second},
		{"refused, the window", account.RateLimited, 429, header("X-RateLimit-Remaining", "0"), 30 * time.Second, 30 * time.Second},
		{"refused, nothing told", account.RateLimited, 429, header(), 0, time.Minute},
		{"refused, at once", account.RateLimited, 429, header("Retry-After", "0"), 0, time.Second},
		{"refused, for years", account.RateLimited, 429, header("Retry-After", "999999999"), 0, ratelimit.MaxWait},
		{"refused, spent for years", account.RateLimited, 429, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4070908800"), 0, ratelimit.MaxWait},
		{"refused, spent, in no known unit", account.RateLimited, 429, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "3600000"), 0, time.Minute},
		{"refused, spent for long", account.RateLimited, 429, header("RateLimit", `"q";r=0;t=9000000`), 0, ratelimit.MaxWait},
		{"refused, another budget for years", account.RateLimited, 429, header("X-RateLimit-Remaining", "3", "X-RateLimit-Reset", "4070908800"), 0, time.Minute},
		{"403 that says so", account.RateLimited, 403, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), 0, time.Minute},
		{"busy", account.Unavailable, 503, header("Retry-After", "30"), 0, 30 * time.Second},
		{"busy, for years", account.Unavailable, 503, header("Retry-After", "99999999999"), 0, ratelimit.MaxWait},
		{"busy, at once", account.Unavailable, 503, header("Retry-After", "0"), 0, -1},
		{"busy, nothing told", account.Unavailable, 503, header(), 0, -1},
		{"good", account.Healthy, 200, header("X-RateLimit-Remaining", "5", "X-RateLimit-Reset", "60"), 0, -1},
		{"good, the last one", account.Healthy, 200, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), 0, time.Minute},
		{"good, the last one, no reset", account.Healthy, 200, header("X-RateLimit-Remaining", "0"), time.Minute, -1},
		{"good, the last one for years", account.Healthy, 200, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4070908800"), 0, -1},
		{"good, the last one of a month", account.Healthy, 200, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1728000"), 0, ratelimit.MaxWait},
		{"good with Retry-After", account.Healthy, 200, header("Retry-After", "30"), 0, -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ratelimit.WaitUntil(tt.state, tt.status, tt.header, dawn, ratelimit.Parse(tt.header, dawn), tt.window)
			if got.IsZero() != (tt.want < 0) || !got.IsZero() && got.Sub(dawn) != tt.want {
				t.Errorf("got %v, want %v later", got, tt.want)
			}
		})
	}
}
