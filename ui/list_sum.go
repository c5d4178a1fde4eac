package ui

import (
	"fmt"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// sumKey is all that the sum of what is folded away depends on.
type sumKey struct {
	roster, laid int
	heading      foldKey
}

// sum tells of what the selected heading holds, in paragraphs, one a line; empty
// where no heading is selected.
func (s *selection) sum() string {
	if s.heading == (foldKey{}) || s.at >= len(s.lines) {
		return ""
	}
	return s.summed.get(sumKey{s.roster.version, s.laid, s.heading}, func() string {
		line := s.lines[s.at]
		var lines []string
		if line.incident >= 0 {
			one := s.incidents[line.incident]
			lines = []string{one.Title + ".", one.Explanation, one.Remedy}
		}
		lines = append(lines, text.Plural(line.profiles, "profile")+" folded away:")
		return strings.Join(append(lines, s.statesUnder(line)...), "\n")
	})
}

// statesUnder are the states of the profiles that a heading holds, with how many
// have each, the worst first.
func (s *selection) statesUnder(line listLine) []string {
	counts := map[account.State]int{}
	for _, r := range s.under(line) {
		counts[r.standing.State]++
	}
	states := account.States()
	slices.SortStableFunc(states, func(a, b account.State) int { return urgency(a.Severity()) - urgency(b.Severity()) })
	var lines []string
	for _, state := range states {
		if n := counts[state]; n > 0 {
			lines = append(lines, fmt.Sprintf("%d %s", n, state.Word()))
		}
	}
	return lines
}
