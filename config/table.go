package config

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// document is a file while it is read.
type document struct {
	// dir is the folder that relative paths start from.
	file, dir string
	// exposed is set where others can read the file.
	exposed   bool
	positions *positions
	providers []Provider
	// top are the keys of the document that are not tables.
	top []string
	// seen is what was seen of each file that the document was read from.
	seen map[string]sighting
}

// table is one table of a document. Its methods read a key each, and report
// what is wrong with it; a key that none has asked for is unknown.
type table struct {
	doc    *document
	path   toml.Key
	values map[string]any
	// known are the keys asked for so far.
	known  []string
	report *report
}

// read takes a text for the table of all that it says.
func read(file string, data []byte) (*table, *Problem) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if deep(data) {
		return nil, &Problem{File: file, Message: "too many brackets are open at once; close each with ] or }"}
	}
	t := &table{doc: &document{file: file, dir: filepath.Dir(file)}, report: &report{}}
	if _, err := toml.Decode(string(data), &t.values); err != nil {
		return nil, syntaxProblem(file, data, err)
	}
	t.doc.positions = locate(data)
	return t, nil
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

// report collects what is wrong with a profile, or outside all of them.
type report struct {
	profile  string
	findings []finding
}

// finding is a problem with its place, which orders the problems of a line.
type finding struct {
	offset int
	Problem
}

// problems are those of several reports in the order of the file.
func problems(reports ...*report) []Problem {
	var all []finding
	for _, r := range reports {
		all = append(all, r.findings...)
	}
	slices.SortStableFunc(all, func(a, b finding) int { return cmp.Compare(a.offset, b.offset) })
	var found []Problem
	for _, f := range all {
		found = append(found, f.Problem)
	}
	return found
}

// problem reports that something is wrong with a key.
func (t *table) problem(key, format string, args ...any) {
	path := below(t.path, key)
	t.add(t.doc.positions.find(path), path, fmt.Sprintf(format, args...), "")
}

// problemHere reports that something is wrong with the table as a whole.
func (t *table) problemHere(format string, args ...any) {
	t.add(t.doc.positions.find(t.path), t.path, fmt.Sprintf(format, args...), "")
}

// missing reports that the table has no such key.
func (t *table) missing(key, format string, args ...any) {
	t.add(t.doc.positions.find(t.path), below(t.path, key), fmt.Sprintf(format, args...), "")
}

// add reports what is wrong with the key at a path.
func (t *table) add(at position, path toml.Key, message, remedy string) {
	if t.report.profile != "" {
		path = path[min(len(path), 2):] // Without profiles.NAME.
	}
	t.report.findings = append(t.report.findings, finding{at.offset, Problem{
		File: t.doc.file, Line: at.line, Profile: t.report.profile, Key: strings.Join(path, "."),
		Message: message, Remedy: remedy,
	}})
}

// has reports whether the key is there, right or wrong.
func (t *table) has(key string) bool {
	_, ok := t.values[key]
	return ok
}

// value reads a key; want says what it must be. It is not ok where the key is
// absent or its value is of another type.
func value[T any](t *table, key, want string) (v T, ok bool) {
	t.known = append(t.known, key)
	raw, there := t.values[key]
	if !there {
		return v, false
	}
	if v, ok = raw.(T); !ok {
		t.problem(key, "%s must be %s", shown(key), want)
	}
	return v, ok
}

// text reads text that is neither empty nor unreadable.
func (t *table) text(key, example string) (string, bool) {
	s, ok := value[string](t, key, fmt.Sprintf("text in quotes, such as %q", example))
	switch {
	case !ok:
	case s == "":
		t.problem(key, "%s must not be empty; write a value such as %q", key, example)
	case !readable(s):
		t.problem(key, "%s must not have line breaks or control characters in it", key)
	default:
		return s, true
	}
	return "", false
}

// oneOf reads one of a few words.
func (t *table) oneOf(key string, words ...string) (string, bool) {
	s, ok := value[string](t, key, "one of "+list(words)+", in quotes")
	if ok && !slices.Contains(words, s) {
		t.problem(key, "%s must be %s, not %s%s", key, list(words), quote(s), didYouMean(s, words))
		return "", false
	}
	return s, ok
}

// boolean reads true or false.
func (t *table) boolean(key string, otherwise bool) bool {
	if b, ok := value[bool](t, key, "true or false, without quotes"); ok {
		return b
	}
	return otherwise
}

// duration reads a time; it is not ok where there is none.
func (t *table) duration(key, example string) (time.Duration, bool) {
	s, ok := value[string](t, key, fmt.Sprintf("a duration in quotes, such as %q", example))
	if !ok {
		return 0, false
	}
	d, err := ParseDuration(s)
	if err != nil {
		t.problem(key, "%s: %s %v; write one such as %q", key, quote(s), err, example)
		return 0, false
	}
	return d, true
}

// texts reads a list of texts; want says what it must be.
func (t *table) texts(key, want string) ([]string, bool) {
	raw, ok := value[[]any](t, key, want)
	if !ok {
		return nil, false
	}
	all := make([]string, 0, len(raw))
	for _, v := range raw {
		s, ok := v.(string)
		if !ok {
			t.problem(key, "%s must be %s", shown(key), want)
			return nil, false
		}
		all = append(all, s)
	}
	return all, true
}

// table reads a table within this one.
func (t *table) table(key, want string) (*table, bool) {
	values, ok := value[map[string]any](t, key, want)
	return &table{doc: t.doc, path: below(t.path, key), values: values, report: t.report}, ok
}

// unknown reports the keys that were not asked for, and how many there are.
func (t *table) unknown() int {
	var unknown []string
	for key := range t.values {
		if !slices.Contains(t.known, key) {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	for _, key := range unknown {
		hint := didYouMean(key, t.known)
		if hint == "" && slices.Contains(t.doc.top, key) {
			// TOML takes what is added below a table into that table.
			hint = "; it belongs at the top of the file, above the first [table]"
		}
		t.problem(key, "unknown key %s%s", quote(key), hint)
	}
	return len(unknown)
}
