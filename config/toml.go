package config

import "github.com/BurntSushi/toml"

// byteOrderMark begins a file of some editors of Windows.
const byteOrderMark = "\ufeff"

// decode reads a text of TOML; file is used in messages.
func decode(file string, data []byte) (map[string]any, *Problem) {
	if deep(data) {
		return nil, &Problem{File: file, Message: "too many brackets are open at once; close each with ] or }"}
	}
	var values map[string]any
	if _, err := toml.Decode(string(data), &values); err != nil {
		return nil, syntaxProblem(file, data, err)
	}
	return values, nil
}

// maxOpen is how many brackets may be open at once. No configuration needs so
// many, and each takes time and stack of the decoder: a million end the program.
const maxOpen = 1000

// deep reports whether more are open. Those in texts and comments count, too,
// since they are few and mostly closed.
func deep(data []byte) bool {
	open := 0
	for _, b := range data {
		switch b {
		case '[', '{':
			open++
		case ']', '}':
			open = max(open-1, 0)
		}
		if open > maxOpen {
			return true
		}
	}
	return false
}
