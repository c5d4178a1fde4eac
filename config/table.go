package config

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rollcall/config/spelling"

	"github.com/BurntSushi/toml"
	"github.com/kballard/go-shellquote"
)

// table is one table of a document. Its methods read a key each, and report
// what is wrong with it; a key that none has asked for is unknown.
type table struct {
	dec    *decoder
	path   toml.Key
	values map[string]any
	// known are the keys asked for so far.
	known  []string
	report *report
}

// read decodes a text, and returns the table of all that it says.
func read(file string, data []byte) (*table, *Problem) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	values, wrong := decode(file, data)
	if wrong != nil {
		return nil, wrong
	}
	d := &decoder{file: file, dir: filepath.Dir(file), data: data, positions: locate(data)}
	return &table{dec: d, values: values, report: &report{}}, nil
}

// report collects what is wrong with a profile, or outside all of them.
type report struct {
	profile  string
	problems []locatedProblem
}

// locatedProblem is a problem with its offset in the text, which orders the
// problems of a line.
type locatedProblem struct {
	offset int
	Problem
}

// problems are those of several reports in the order of the file.
func problems(reports ...*report) []Problem {
	var all []locatedProblem
	for _, r := range reports {
		all = append(all, r.problems...)
	}
	slices.SortStableFunc(all, func(a, b locatedProblem) int { return cmp.Compare(a.offset, b.offset) })
	var found []Problem
	for _, f := range all {
		found = append(found, f.Problem)
	}
	return found
}

// problem reports that something is wrong with a key.
func (t *table) problem(key, format string, args ...any) {
	path := below(t.path, key)
	t.add(t.dec.positions.find(path), path, fmt.Sprintf(format, args...), "")
}

// problemHere reports that something is wrong with the table as a whole.
func (t *table) problemHere(format string, args ...any) {
	t.add(t.dec.positions.find(t.path), t.path, fmt.Sprintf(format, args...), "")
}

// missing reports that the table has no such key, nor one of the others that would
// do as well.
func (t *table) missing(key string, others []string, format string, args ...any) {
	t.add(t.dec.positions.find(t.path), below(t.path, key), fmt.Sprintf(format, args...), "")
	t.lacks(append(others, key)...)
}

// lacks says that the last problem is the want of keys.
func (t *table) lacks(keys ...string) { t.report.problems[len(t.report.problems)-1].absent = keys }

// meant takes back that a key is missing where it is only misspelt.
func (t *table) meant(unknown string) {
	if near := spelling.Nearest(unknown, t.known); near != "" {
		t.report.problems = slices.DeleteFunc(t.report.problems, func(p locatedProblem) bool { return slices.Contains(p.absent, near) })
	}
}

// add reports what is wrong with the key at a path.
func (t *table) add(at position, path toml.Key, message, remedy string) {
	if t.report.profile != "" {
		path = path[min(len(path), 2):] // Without profiles.NAME.
	}
	t.report.problems = append(t.report.problems, locatedProblem{at.offset, Problem{
		File: t.dec.file, Line: at.line, Profile: t.report.profile, Key: strings.Join(path, "."),
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
	return valueLike[T](t, key, want, "")
}

// valueLike is [value] with an example of what it must be; most keys of a large file
// are right, and nothing is written for them.
func valueLike[T any](t *table, key, want, example string) (v T, ok bool) {
	t.known = append(t.known, key)
	raw, there := t.values[key]
	if !there {
		return v, false
	}
	if v, ok = raw.(T); ok {
		return v, true
	}
	if example != "" {
		want = fmt.Sprintf("%s, such as %q", want, example)
	}
	t.problem(key, "%s must be %s", shown(key), want)
	return v, false
}

// text reads text that is neither empty nor unreadable.
func (t *table) text(key, example string) (string, bool) {
	s, ok := valueLike[string](t, key, "text in quotes", example)
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
		t.problem(key, "%s must be %s, not %s%s", key, list(words), quote(s), spelling.DidYouMean(s, words))
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
	s, ok := valueLike[string](t, key, "a duration in quotes", example)
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

// filePath reads the path of a file.
func (t *table) filePath(key, example string) string {
	path, ok := t.text(key, example)
	if !ok {
		return ""
	}
	return t.dec.resolve(path)
}

// table reads a table within this one.
func (t *table) table(key, want string) (*table, bool) {
	values, ok := value[map[string]any](t, key, want)
	return &table{dec: t.dec, path: below(t.path, key), values: values, report: t.report}, ok
}

// checkExposure reports a key that holds a secret in a file that others can
// read.
func (t *table) checkExposure(key string) {
	if t.dec.exposed {
		command := "chmod 600 " + shellquote.Join(t.dec.file)
		t.problemAt(key, key+" holds a secret, and others can read this file", "Run: "+command, command)
	}
}

// problemAt reports what is wrong with a key, with what to do about it and the command
// line for that.
func (t *table) problemAt(key, message, remedy, command string) {
	path := below(t.path, key)
	t.add(t.dec.positions.find(path), path, message, remedy)
	t.report.problems[len(t.report.problems)-1].Command = command
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
		hint := spelling.DidYouMean(key, t.known)
		if hint == "" && slices.Contains(t.dec.top, key) {
			// TOML takes what is added below a table into that
			// table.
			hint = "; it belongs at the top of the file, above the first [table]"
		}
		t.meant(key)
		t.problem(key, "unknown key %s%s", quote(key), hint)
	}
	return len(unknown)
}
