package config

import "errors"

// Undo returns an edit that takes back what made after of before. What was
// changed since stays; an edit of the same lines cannot be told apart, and then
// nothing is taken back.
func Undo(before, after []byte) func(now []byte) ([]byte, error) {
	return func(now []byte) ([]byte, error) {
		back, since := difference(after, before), difference(after, now)
		parts := []splice{back}
		switch {
		case since.start == since.end && since.text == "":
		case back.end < since.start, since.end < back.start:
			parts = append(parts, since)
		default:
			return nil, errors.New("the same lines were changed since; edit the file by hand")
		}
		text := spliced(after, parts)
		if _, _, err := meaning(text); err != nil {
			return nil, errUnsafe
		}
		return text, nil
	}
}

// difference is the one part of a text that makes it another.
func difference(from, to []byte) splice {
	start, end := 0, len(from)
	for start < min(len(from), len(to)) && from[start] == to[start] {
		start++
	}
	rest := len(to)
	for end > start && rest > start && from[end-1] == to[rest-1] {
		end--
		rest--
	}
	return splice{span{start, end}, string(to[start:rest])}
}
