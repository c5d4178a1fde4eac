package cmd

import (
	"io"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// What is drawn on at most, whatever a terminal claims to be: each cell takes memory, and
// no screen has as many.
const (
	mostColumns = 1000
	mostLines   = 500
)

// drawn is the part of a terminal of a size that is drawn on.
func drawn(width, height int) (int, int) { return min(width, mostColumns), min(height, mostLines) }

// output has a program write to the terminal. The library takes the size at the start from
// it, and asks nobody before it makes room for that: where a terminal claims to be too
// large, the program does not learn that it is one, and is told its size by sizes.
func (s screen) output(out term.File) []tea.ProgramOption {
	if !s.tooLarge {
		return []tea.ProgramOption{tea.WithOutput(out)}
	}
	return []tea.ProgramOption{tea.WithOutput(struct{ io.Writer }{out}), tea.WithWindowSize(mostColumns, mostLines)}
}

// sizes tells a program the size of a terminal that was too large at the start, whenever it
// is another; nil where the program finds out by itself.
func (s screen) sizes(send func(tea.Msg)) func(width, height int) {
	if !s.tooLarge {
		return nil
	}
	var told [2]int
	return func(width, height int) {
		if now := [2]int{width, height}; now != told {
			told = now
			send(tea.WindowSizeMsg{Width: width, Height: height})
		}
	}
}
