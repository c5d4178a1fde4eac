package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// What comes into sight is told once, by a command, whichever view shows it.
func TestSightIsToldWhenItChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, all := crowd(100)
		var told []string
		calls := 0
		d.options.InSight = func(names []string) { told, calls = names, calls+1 }
		sees := func(what string, want int, some ...string) {
			t.Helper()
			d.run(t)
			for _, name := range some {
				if !strings.Contains(strings.Join(told, " ")+" ", name+" ") {
					t.Errorf("%s: %s is not among %v", what, name, told)
				}
			}
			if calls != want {
				t.Errorf("%s: told %d times, want %d", what, calls, want)
			}
		}
		d.filed()
		d.send(account.Event{})
		first, last := all[0].Profile, all[len(all)-1].Profile
		sees("the list", 1, first)
		d.press("down")
		sees("a step within it", 1)
		d.send(account.Event{Snapshots: all[:3]})
		sees("news", 1)
		d.press("end")
		sees("the end of the list", 2, last)
		d.press("o", "home")
		sees("another view", 3, first)
		if n := len(told); n < 5 || n > 60 {
			t.Errorf("%d are in sight", n)
		}
	})
}

// Whoever has more profiles at a service than can be asked within their interval is told
// what it is instead.
func TestAnIntervalThatCannotBeKeptIsSaid(t *testing.T) {
	d := mixed(Options{}, 160, 50)
	s := sampleSnapshots()[0]
	s.Longer = 167 * time.Second
	d.send(account.Event{Snapshots: []account.Snapshot{s}})
	d.wants(t, "3m, not 1m: too many are asked at ")
	s.Longer = 0
	d.send(account.Event{Snapshots: []account.Snapshot{s}})
	d.lacks(t, "too many are asked")
}
