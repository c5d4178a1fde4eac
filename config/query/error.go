package query

import "fmt"

// Error is what is wrong with a query.
type Error struct {
	// Column is the character at which it is wrong; it counts from 1.
	Column int
	// Message says what is wrong, and what would be right.
	Message string
}

// Error is the column and the message.
func (e *Error) Error() string { return fmt.Sprintf("character %d: %s", e.Column, e.Message) }

func wrong(column int, format string, args ...any) *Error {
	return &Error{Column: column, Message: fmt.Sprintf(format, args...)}
}
