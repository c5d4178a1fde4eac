package draw

import "strings"

// Lines are lines that are written from left to right and from top to bottom. They lie in
// one text, since a screen has many.
type Lines struct {
	text strings.Builder
	ends []int
}

// Reserve makes room for so many lines of so many bytes in all.
func (l *Lines) Reserve(lines, bytes int) {
	l.text.Grow(bytes)
	l.ends = make([]int, 0, lines)
}

// Write goes on with the line.
func (l *Lines) Write(s string) { l.text.WriteString(s) }

// End ends the line.
func (l *Lines) End() { l.ends = append(l.ends, l.text.Len()) }

// All are the lines that were ended.
func (l *Lines) All() []string {
	text, from := l.text.String(), 0
	all := make([]string, len(l.ends))
	for i, to := range l.ends {
		all[i], from = text[from:to], to
	}
	return all
}
