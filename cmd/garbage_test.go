package cmd

import (
	"math"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
)

// collects is how much garbage may lie in percent, and from how much memory on it is
// collected anyway.
func collects() (percent, limit uint64) {
	said := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(said)
	return said[0].Value.Uint64(), said[1].Value.Uint64()
}

// collectingAlone says to TestCollectLate that the process is its own.
const collectingAlone = "ROLLCALL_TEST_COLLECTING"

// TestCollectLate lets garbage lie until there is a lot, and leaves it to the person who
// has said how much may lie. What it looks at belongs to all of a process, in which others
// have left garbage and leave more: it has one of its own.
func TestCollectLate(t *testing.T) {
	if os.Getenv(collectingAlone) == "" {
		c := exec.Command(os.Args[0], "-test.run=^TestCollectLate$")
		c.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
			return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=")
		}), collectingAlone+"=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
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
