package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// TestNoPackageIsSlowToStart guards the start of every command: a library that
// fills tables when it is merely linked costs that on every run. The smallest
// of several runs is taken, since a busy machine can only make it longer: more
// runs are made only while it seems too long.
func TestNoPackageIsSlowToStart(t *testing.T) {
	const limit = 2.0 // milliseconds
	best := map[string]float64{}
	var slow []string
	for range 20 {
		for name, ms := range initTimes(t) {
			if old, ok := best[name]; !ok || ms < old {
				best[name] = ms
			}
		}
		slow = nil
		for _, name := range slices.Sorted(maps.Keys(best)) {
			if best[name] > limit {
				slow = append(slow, fmt.Sprintf("%s takes %.2f ms", name, best[name]))
			}
		}
		if len(best) > 0 && slow == nil {
			return
		}
	}
	t.Errorf("packages that are slow to initialize, of %d: %q", len(best), slow)
}

// TestNoTemplates guards the size of the program: templates call methods by
// their names, so that the linker has to keep every method of every type.
func TestNoTemplates(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"rollcall/cmd.Main": true, "text/template.(*Template).Execute": false} {
		if got := bytes.Contains(data, []byte(name)); got != want {
			t.Errorf("the program has %s: %t, want %t", name, got, want)
		}
	}
}

// initTimes is how many milliseconds each package took to initialize.
func initTimes(t *testing.T) map[string]float64 {
	t.Helper()
	c := exec.Command(program, "--version")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	times := map[string]float64{}
	for _, m := range regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock`).FindAllStringSubmatch(string(out), -1) {
		ms, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		times[m[1]] = ms
	}
	return times
}
