package ratelimit

import (
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// dawn is the moment of most tests: 1767323045 seconds after 1970.
var dawn = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func TestParseMoment(t *testing.T) {
	minute := dawn.Add(time.Minute)
	tests := []struct {
		value string
		want  time.Time
	}{
		{"30", dawn.Add(30 * time.Second)},
		{"1767323105", minute},
		{"1767323105000", minute},
		{"1767323105000000", minute},
		{"1767323105000000000", minute},
		{"1767323105.25", minute.Add(250 * time.Millisecond)},
		{`"60"`, minute},
		{"60, 100;w=60", minute},
		{"60;w=60", minute},
		{"6m0s", dawn.Add(6 * time.Minute)},
		{"12ms", dawn.Add(12 * time.Millisecond)},
		{"0.5", dawn.Add(500 * time.Millisecond)},
		{"0", dawn},
		{"2678400", dawn.Add(31 * 24 * time.Hour)},
		{"600000", dawn.Add(600000 * time.Second)},
		{"2026-01-02T03:05:05Z", minute},
		{"2026-01-02T04:05:05.5+01:00", minute.Add(500 * time.Millisecond)},
		{"2026-01-02 03:05:05 UTC", minute},
		{"2026-01-02 04:05:05 +0100", minute},
		{"Fri, 02 Jan 2026 03:05:05 GMT", minute},
		{"Friday, 02-Jan-26 03:05:05 GMT", minute},
		{"Fri Jan  2 03:05:05 2026", minute},
		{"Fri Jan 02 2026 03:05:05 GMT+0000 (Coordinated Universal Time)", minute},
		{"1767323000", dawn}, // past
		{"Fri, 02 Jan 2015 03:05:05 GMT", dawn},
		{"-1", time.Time{}},
		{"-5m", time.Time{}},
		{"2678401", time.Time{}},
		{"5000000", time.Time{}},
		{"soon", time.Time{}},
		{"0x10", time.Time{}},
		{"1e400", time.Time{}},
		{"NaN", time.Time{}},
		{"Inf", time.Time{}},
		{"", time.Time{}},
		{"800h", time.Time{}},
		{"1999999999", time.Time{}}, // years ahead
		{"1e300", time.Time{}},
		{"2036-01-02T03:05:05Z", time.Time{}},
	}
	for _, tt := range tests {
		got, _, ok := parseMoment(tt.value, dawn, 0)
		if ok != !tt.want.IsZero() || ok && !got.Equal(tt.want) {
			t.Errorf("parseMoment(%q) = %v, %v, want %v", tt.value, got, ok, tt.want)
		}
	}
}

func TestParseMomentCorrectsTheServersClock(t *testing.T) {
	// The server's clock is an hour ahead, and so are its dates.
	for value, want := range map[string]time.Time{
		"1767326705":                    dawn.Add(time.Minute),
		"Fri, 02 Jan 2026 04:05:05 GMT": dawn.Add(time.Minute),
		"30":                            dawn.Add(30 * time.Second),
		"1m":                            dawn.Add(time.Minute),
	} {
		if got, _, _ := parseMoment(value, dawn, time.Hour); !got.Equal(want) {
			t.Errorf("parseMoment(%q) = %v, want %v", value, got, want)
		}
	}
}

func FuzzParseMoment(f *testing.F) {
	for _, s := range []string{"30", "1767323105000", "6m0s", "-1", "1e17", "2026-01-02T03:05:05Z"} {
		f.Add(s, int64(0))
	}
	f.Fuzz(func(t *testing.T, value string, skew int64) {
		at, far, ok := parseMoment(value, dawn, time.Duration(skew))
		if ok && (at.Before(dawn) || at.After(dawn.Add(MaxWait))) {
			t.Errorf("%q gives %v", value, at)
		}
		if !ok && !far && !at.IsZero() || ok && far {
			t.Errorf("%q gives %v, %v, %v", value, at, far, ok)
		}
	})
}

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
		{header("Retry-After", "2678400"), MaxWait},
		{header("Retry-After", "3000000"), MaxWait},
		{header("Retry-After", "99999999999"), MaxWait},
		{header("Retry-After", "1e300"), MaxWait},
		{header("Retry-After", strings.Repeat("9", 400)), MaxWait},
		{header("Retry-After", "Thu, 01 Jan 2099 00:00:00 GMT"), MaxWait},
		{header("Retry-After", "4070908800"), MaxWait},
		{header("Retry-After", "9000h"), MaxWait},
		{header("Retry-After", "Thu, 01 Jan 2015 00:00:00 GMT"), 0},
		{header("Retry-After", "later"), -1},
		{header("Retry-After", "-1"), -1},
		{header(), -1},
	}
	for _, tt := range tests {
		got, ok := RetryAfter(tt.header, dawn)
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
		{"refused, for years", account.RateLimited, 429, header("Retry-After", "999999999"), 0, MaxWait},
		{"refused, spent for years", account.RateLimited, 429, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4070908800"), 0, MaxWait},
		{"refused, spent, in no known unit", account.RateLimited, 429, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "3600000"), 0, time.Minute},
		{"refused, spent for long", account.RateLimited, 429, header("RateLimit", `"q";r=0;t=9000000`), 0, MaxWait},
		{"refused, another budget for years", account.RateLimited, 429, header("X-RateLimit-Remaining", "3", "X-RateLimit-Reset", "4070908800"), 0, time.Minute},
		{"403 that says so", account.RateLimited, 403, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), 0, time.Minute},
		{"busy", account.Unavailable, 503, header("Retry-After", "30"), 0, 30 * time.Second},
		{"busy, for years", account.Unavailable, 503, header("Retry-After", "99999999999"), 0, MaxWait},
		{"busy, at once", account.Unavailable, 503, header("Retry-After", "0"), 0, -1},
		{"busy, nothing told", account.Unavailable, 503, header(), 0, -1},
		{"good", account.Healthy, 200, header("X-RateLimit-Remaining", "5", "X-RateLimit-Reset", "60"), 0, -1},
		{"good, the last one", account.Healthy, 200, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), 0, time.Minute},
		{"good, the last one, no reset", account.Healthy, 200, header("X-RateLimit-Remaining", "0"), time.Minute, -1},
		{"good, the last one for years", account.Healthy, 200, header("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4070908800"), 0, -1},
		{"good with Retry-After", account.Healthy, 200, header("Retry-After", "30"), 0, -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := WaitUntil(tt.state, tt.status, tt.header, dawn, Parse(tt.header, dawn), tt.window)
			if got.IsZero() != (tt.want < 0) || !got.IsZero() && got.Sub(dawn) != tt.want {
				t.Errorf("got %v, want %v later", got, tt.want)
			}
		})
	}
}

func TestDecimalTakesNoWords(t *testing.T) {
	for _, s := range []string{"inf", "nan", "0x1p4", "1_000", "", "e", "--1"} {
		if v, ok := decimal(s); ok {
			t.Errorf("decimal(%q) = %v", s, v)
		}
	}
	if v, ok := decimal("-1.5e3"); !ok || math.Abs(v+1500) > 0 {
		t.Errorf("decimal(-1.5e3) = %v, %v", v, ok)
	}
}
