package ratelimit

import (
	"math"
	"testing"
	"time"
)

// present is the moment at which the values are read: 1767323045 seconds after
// 1970.
var present = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func TestParseMoment(t *testing.T) {
	minute := present.Add(time.Minute)
	tests := []struct {
		value string
		want  time.Time
	}{
		{"30", present.Add(30 * time.Second)},
		{"1767323105", minute},
		{"1767323105000", minute},
		{"1767323105000000", minute},
		{"1767323105000000000", minute},
		{"1767323105.25", minute.Add(250 * time.Millisecond)},
		{`"60"`, minute},
		{"60, 100;w=60", minute},
		{"60;w=60", minute},
		{"6m0s", present.Add(6 * time.Minute)},
		{"12ms", present.Add(12 * time.Millisecond)},
		{"0.5", present.Add(500 * time.Millisecond)},
		{"0", present},
		{"2678400", present.Add(31 * 24 * time.Hour)},
		{"600000", present.Add(600000 * time.Second)},
		{"2026-01-02T03:05:05Z", minute},
		{"2026-01-02T04:05:05.5+01:00", minute.Add(500 * time.Millisecond)},
		{"2026-01-02 03:05:05 UTC", minute},
		{"2026-01-02 04:05:05 +0100", minute},
		{"Fri, 02 Jan 2026 03:05:05 GMT", minute},
		{"Friday, 02-Jan-26 03:05:05 GMT", minute},
		{"Fri Jan  2 03:05:05 2026", minute},
		{"Fri Jan 02 2026 03:05:05 GMT+0000 (Coordinated Universal Time)", minute},
		{"1767323000", present}, // past
		{"Fri, 02 Jan 2015 03:05:05 GMT", present},
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
		got, _, ok := parseMoment(tt.value, present, 0)
		if ok != !tt.want.IsZero() || ok && !got.Equal(tt.want) {
			t.Errorf("parseMoment(%q) = %v, %v, want %v", tt.value, got, ok, tt.want)
		}
	}
}

func TestParseMomentCorrectsTheServersClock(t *testing.T) {
	// The server's clock is an hour ahead, and so are its dates.
	for value, want := range map[string]time.Time{
		"1767326705":                    present.Add(time.Minute),
		"Fri, 02 Jan 2026 04:05:05 GMT": present.Add(time.Minute),
		"30":                            present.Add(30 * time.Second),
		"1m":                            present.Add(time.Minute),
	} {
		if got, _, _ := parseMoment(value, present, time.Hour); !got.Equal(want) {
			t.Errorf("parseMoment(%q) = %v, want %v", value, got, want)
		}
	}
}

func FuzzParseMoment(f *testing.F) {
	for _, s := range []string{"30", "1767323105000", "6m0s", "-1", "1e17", "2026-01-02T03:05:05Z"} {
		f.Add(s, int64(0))
	}
	f.Fuzz(func(t *testing.T, value string, skew int64) {
		at, far, ok := parseMoment(value, present, time.Duration(skew))
		if ok && (at.Before(present) || at.After(present.Add(farthest))) {
			t.Errorf("%q gives %v", value, at)
		}
		if !ok && !far && !at.IsZero() || ok && far {
			t.Errorf("%q gives %v, %v, %v", value, at, far, ok)
		}
	})
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
