package spelling

import (
	"errors"
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	good := map[string]time.Duration{
		"0": 0, "0s": 0, "0d": 0, "60s": time.Minute, "1.5h": 90 * time.Minute, "14d": 14 * day, "1w": 7 * day,
		"1w2d12h": 9*day + 12*time.Hour, "1d1d": 2 * day, "0.5d": 12 * time.Hour, ".5w": 84 * time.Hour, "1.d": day,
		"1h2m3s4ms5us6ns": time.Hour + 2*time.Minute + 3*time.Second + 4*time.Millisecond + 5*time.Microsecond + 6,
		"1µs":             time.Microsecond, "106751d": 106751 * day, "15250w": 15250 * 7 * day,
		"1y": 365 * day, "292y": 292 * 365 * day,
	}
	for s, want := range good {
		if got, err := Duration(s); got != want || err != nil {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for s, want := range map[string]error{
		"": errNotDuration, "1": errNotDuration, "d": errNotDuration, "-1d": errNotDuration, "+1d": errNotDuration,
		"1 d": errNotDuration, " 1d": errNotDuration, "1d ": errNotDuration, "1.2.3d": errNotDuration, ".d": errNotDuration,
		"1D": errNotDuration, "1m1": errNotDuration, "1M": errNotDuration, "1h0": errNotDuration, "0d1": errNotDuration, "1e3s": errNotDuration,
		"106752d": errTooLong, "293y": errTooLong, "15251w": errTooLong, "99999999999999999999d": errTooLong, "106751d1d": errTooLong,
		"9223372036854775807ns1ns": errTooLong,
	} {
		if got, err := Duration(s); !errors.Is(err, want) {
			t.Errorf("%q: %v, %v, want %v", s, got, err, want)
		}
	}
}

// Durations are never negative, and what Go reads without a sign means the
// same here.
func FuzzDuration(f *testing.F) {
	for _, s := range []string{"1w2d12h", "1.5h", "0", "9223372036854775807ns", "99999999w", "-1s", ".", "1d.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Duration(s)
		if got < 0 || err != nil && got != 0 {
			t.Fatalf("%q: %v, %v", s, got, err)
		}
		theirs, theirErr := time.ParseDuration(s)
		if theirErr == nil && s[0] != '-' && s[0] != '+' && (err != nil || got != theirs) {
			t.Fatalf("%q: %v, %v, but Go says %v", s, got, err, theirs)
		}
	})
}
