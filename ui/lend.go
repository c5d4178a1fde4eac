package ui

import (
	"io"

	tea "charm.land/bubbletea/v2"
)

// LendMsg has the dashboard leave the terminal to a function. Until that returns
// the dashboard reads no key and writes nothing; then it draws everything anew.
type LendMsg struct {
	// Use has the terminal. It is not called where the terminal could not be
	// left.
	Use func()
	// Back is called when the dashboard has the terminal again, or still.
	Back func()
}

// lent is a function for the framework, which runs it in place of a program.
type lent func()

// Run has the terminal.
func (l lent) Run() error { l(); return nil }

// SetStdin does nothing: whoever is lent the terminal has opened it.
func (lent) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (lent) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (lent) SetStderr(io.Writer) {}

// lend leaves the terminal, and comes back to it as after a suspension.
func lend(msg LendMsg) tea.Cmd {
	return tea.Exec(lent(msg.Use), func(error) tea.Msg {
		msg.Back()
		return tea.ResumeMsg{}
	})
}
