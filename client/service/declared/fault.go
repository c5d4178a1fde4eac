package declared

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong with a description.
type Fault struct {
	// Path leads to the key that is concerned, with the numbers of elements of lists,
	// from 0; empty for the description as a whole.
	Path []string
	// Message says what is wrong, and what would be right.
	Message string
	// Written is a word that should be one of Known, for who can tell which was meant;
	// empty for none.
	Written string
	Known   []string
}

// Key is the path as people write it: "states[2].when".
func (f Fault) Key() string {
	var b strings.Builder
	for _, part := range f.Path {
		switch {
		case strings.Trim(part, "0123456789") == "":
			b.WriteString("[" + part + "]")
			continue
		case b.Len() > 0:
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	return b.String()
}

func (f Fault) Error() string {
	if len(f.Path) == 0 {
		return f.Message
	}
	return fmt.Sprintf("%s: %s", f.Key(), f.Message)
}
