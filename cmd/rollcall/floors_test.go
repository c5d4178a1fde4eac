//go:build linux

package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	floorRows   = flag.String("floors", "", "measure these `rows` against what the platform costs at least, with blanks between; all for all")
	floorRounds = flag.Int("rounds", 5, "how often each figure of the floors is taken")
	floorOther  = flag.String("against", "", "measure this `program`, an older rollcall, in turn with this one")
	floorTable  = flag.String("table", "", "write the table of the floors into this `file`")
)

// floorRow is a part of the table that can be measured alone.
type floorRow struct {
	name    string
	measure func(*contest)
}

// floorParts are all of them, in the order of the table.
func floorParts() []floorRow {
	return []floorRow{
		{"start", measureStart}, {"memory", measureMemory}, {"asking", measureAsking}, {"connections", measureConnections},
		{"checks", measureChecks}, {"keys", measureKeys}, {"large", measureLarge}, {"idle", measureIdle}, {"ui", measureUI}, {"size", measureSize},
		{"growth", measureGrowth},
	}
}

// TestFloors measures what .github/benchmarks asks for. Nothing is asserted: a figure
// is for people to read.
func TestFloors(t *testing.T) {
	if *floorRows == "" {
		t.Skip("the floors are measured only where -floors names rows, as .github/benchmarks does")
	}
	wanted := strings.Fields(*floorRows)
	parts := floorParts()
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	for _, name := range wanted {
		if name != "all" && !slices.Contains(names, name) {
			t.Fatalf("there is no row %s; there are: %s", name, strings.Join(names, " "))
		}
	}
	c := newContest(t)
	for _, p := range parts {
		if slices.Contains(wanted, p.name) || slices.Contains(wanted, "all") {
			c.say("%s …", p.name)
			t.Run(p.name, func(t *testing.T) {
				c.t = t
				p.measure(c)
			})
		}
	}
	table := c.table()
	if *floorTable == "" {
		fmt.Print(table)
		return
	}
	if err := os.WriteFile(*floorTable, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestFloorPrograms has the programs of the floors build, which nothing else looks at.
func TestFloorPrograms(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "vet", "./testdata/floors/empty", "./testdata/floors/client").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// contest is what measures programs in turn.
type contest struct {
	t *testing.T
	// empty and client are the programs of the floors.
	empty, client string
	// rivals are the rollcalls: this one, and an older one where there is one.
	rivals []string
	rounds int
	// figures are what was found so far, notes what follows the table.
	figures []figure
	notes   []string
}

// newContest builds the programs as a person would ship them.
func newContest(t *testing.T) *contest {
	t.Helper()
	dir := t.TempDir()
	build := func(name, from string) string {
		path := filepath.Join(dir, name)
		if out, err := exec.Command("go", "build", "-ldflags", "-s -w", "-o", path, from).CombinedOutput(); err != nil {
			t.Fatalf("go build %s: %v\n%s", from, err, out)
		}
		return path
	}
	c := &contest{
		t: t, rounds: *floorRounds,
		empty: build("empty", "./testdata/floors/empty"), client: build("client", "./testdata/floors/client"),
		rivals: []string{build("rollcall", ".")},
	}
	if *floorOther != "" {
		c.rivals = append(c.rivals, *floorOther)
	}
	return c
}

// say tells on the way how far it is.
func (c *contest) say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// inTurn calls each of several measurements once a round, the next one first each
// time: what else the machine does then concerns all of them alike.
func (c *contest) inTurn(measure ...func()) {
	for round := range c.rounds {
		for i := range measure {
			measure[(i+round)%len(measure)]()
		}
	}
}

// estates are homes of the same profiles, one for each rival.
func (c *contest) estates(h *hosts, profiles, spread, checks int, interval string) (all []estate) {
	c.t.Helper()
	for _, rival := range c.rivals {
		e := configured(c.t, h, profiles, spread, interval)
		if checks > 0 {
			e = e.lived(c.t, h, rival, checks)
		}
		all = append(all, e)
	}
	return all
}
