package cmd

import (
	"math"
	"runtime"
	"runtime/metrics"
	"testing"
)

// collects is how much garbage may lie in percent, and from how much memory on it is
// collected anyway.
func collects() (percent, limit uint64) {
	said := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(said)
	return said[0].Value.Uint64(), said[1].Value.Uint64()
}

// TestCollectLate lets garbage lie until there is a lot, and leaves it to the person who
// has said how much may lie.
func TestCollectLate(t *testing.T) {
	percent, limit := collects()
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		a := &app{console: console{getenv: func(asked string) string { return map[string]string{name: "60"}[asked] }}}
		a.collectLate()
		if p, l := collects(); p != percent || l != limit {
			t.Errorf("with %s, garbage may lie to %d %% and %d bytes, want %d and %d", name, p, l, percent, limit)
		}
	}
	a := &app{console: console{getenv: func(string) string { return "" }}}
	a.collectLate()
	if p, l := collects(); p != math.MaxUint64 || l != lyingGarbage {
		t.Fatalf("garbage may lie to %d %% and %d bytes", p, l)
	}
	for {
		runtime.GC()
		if p, l := collects(); p == usualGarbage && l == math.MaxInt64 {
			return
		}
	}
}
