package config

import "fmt"

// Problem is one thing that is wrong in a file.
type Problem struct {
	// File and Line say where; Line counts from 1, and is 0 for the whole
	// file.
	File string
	Line int
	// Profile is the profile concerned; empty for the rest of the file.
	Profile string
	// Key is the one concerned, such as "base_url", "token.env" or, outside
	// the profiles, "ui.theme"; empty for none in particular.
	Key string
	// Message says what is wrong, and what would be right.
	Message string
	// Remedy is what to do, where that is more than to edit the line.
	Remedy string
	// absent are the keys of which the problem is that they are not there.
	absent []string
	// Command is the command line that Remedy asks for; empty for none.
	Command string
}

// Error is the problem as FILE:LINE: what is wrong.
func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}
