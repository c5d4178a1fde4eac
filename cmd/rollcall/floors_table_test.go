//go:build linux

package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// series is one figure, as often as it was taken, in the order of the rounds.
type series []float64

// add takes a time, in milliseconds.
func (s *series) add(d time.Duration) { *s = append(*s, float64(d)/float64(time.Millisecond)) }

// median is the middle of the figures; of two in the middle the lower one.
func (s series) median() float64 {
	if len(s) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(s))[(len(s)-1)/2]
}

// over are the ratios of two figures, round by round.
func (s series) over(floor series) (ratios series) {
	for i := range min(len(s), len(floor)) {
		if floor[i] > 0 {
			ratios = append(ratios, s[i]/floor[i])
		}
	}
	return ratios
}

// text is the median with the range, in a unit.
func (s series) text(unit string) string {
	if len(s) == 0 {
		return ""
	}
	middle := short(s.median()) + unit
	if least, most := short(slices.Min(s)), short(slices.Max(s)); least != most {
		return fmt.Sprintf("%s (%s–%s)", middle, least, most)
	}
	return middle
}

// short is a number with the digits that mean something.
func short(x float64) string {
	switch {
	case x >= 100 || x == float64(int(x)):
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

// figure is a line of the table.
type figure struct {
	what, unit string
	// floor is what the platform costs at least; none where there is no such thing.
	floor series
	// rivals are the figures of this rollcall, and of an older one.
	rivals []series
}

// found notes a figure for the table.
func (c *contest) found(what, unit string, floor series, rivals ...series) {
	f := figure{what, unit, floor, rivals}
	c.figures = append(c.figures, f)
	c.say("  %s", strings.Join(f.cells(len(c.rivals) > 1), " | "))
}

// cells are what the columns of the table say.
func (f figure) cells(compared bool) []string {
	now := f.rivals[0]
	cells := []string{f.what, f.floor.text(f.unit), now.text(f.unit), now.over(f.floor).text("x")}
	if compared {
		var before series
		if len(f.rivals) > 1 {
			before = f.rivals[1]
		}
		cells = append(cells, before.text(f.unit), now.over(before).text("x"))
	}
	return cells
}

// table is everything that was found, in Markdown.
func (c *contest) table() string {
	columns := []string{"what", "floor", "rollcall", "against the floor"}
	if len(c.rivals) > 1 {
		columns = append(columns, "before", "against before")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %d processors, %s; medians and ranges of %d rounds.\n\n",
		time.Now().UTC().Format(time.DateOnly), processor(), runtime.NumCPU(), runtime.Version(), c.rounds)
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	for _, note := range c.notes {
		b.WriteString(note + "\n\n")
	}
	line(columns)
	line(slices.Repeat([]string{"---"}, len(columns)))
	for _, f := range c.figures {
		line(f.cells(len(c.rivals) > 1))
	}
	return b.String()
}

// processor is the name of what the machine computes with.
func processor() string {
	data, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(data)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
