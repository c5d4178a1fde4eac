package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2/unstable"
)

var (
	errReadOnly = errors.New("it is read-only")
	errChanged  = errors.New("it was changed meanwhile")
	errRestless = errors.New("it changed again each time it was to be saved")
	errNotTOML  = errors.New("it would not be TOML any more")
	errHuge     = fmt.Errorf("it would be larger than %d MiB", maxConfig>>20)
)

// SaveError says why a file was not saved. It holds nothing secret.
type SaveError struct {
	explanation, remedy, lines string
	err                        error
}

// Error says what is wrong.
func (e *SaveError) Error() string { return e.explanation }

// Remedy says what to do about it.
func (e *SaveError) Remedy() string { return e.remedy }

// Lines are those that the file would have got, for who wants to write them by
// hand; secrets among them are left out. It is empty where there are none.
func (e *SaveError) Lines() string { return e.lines }

// Unwrap is the cause.
func (e *SaveError) Unwrap() error { return e.err }

// newSaveError explains why the text was not saved in place of the old one.
func newSaveError(path string, old, text []byte, err error) *SaveError {
	e := &SaveError{lines: newLines(old, text), err: err}
	cause, folder := err, filepath.Dir(path)
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		// A symbolic link leads to another folder than its own.
		cause, folder = p.Err, filepath.Dir(p.Path)
	}
	const byHand = "change the file where it comes from, or let its owner give you the right to write it"
	switch {
	case errors.Is(err, errReadOnly):
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, err)
		e.remedy = byHand
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.explanation = fmt.Sprintf("%s was not saved: it or its folder %s may not be written", path, folder)
		e.remedy = byHand
	case diskFull(err):
		e.explanation = fmt.Sprintf("%s was not saved: there is no room left for it; the old one stays", path)
		e.remedy = "free some space on the disk, then try again"
	case errors.Is(err, errLocked), errors.Is(err, errRestless):
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, err)
		e.remedy = "wait for the other program, then try again"
	case errors.Is(err, errNotTOML), errors.Is(err, errHuge):
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, err)
		e.remedy = "edit the file by hand"
	default:
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, cause)
		e.remedy = "check the file and its folder, then try again"
	}
	return e
}

// newLines are the lines of a text from the first to the last that another
// text has not, but for those of comments, below the header of their table.
func newLines(old, text []byte) string {
	text = bytes.TrimPrefix(text, []byte(byteOrderMark))
	l, err := takeApart(text)
	if err != nil {
		return ""
	}
	was := slices.Collect(bytes.Lines(bytes.TrimPrefix(old, []byte(byteOrderMark))))
	is := slices.Collect(bytes.Lines(text))
	lines := slices.Collect(strings.Lines(l.withoutSecrets()))
	same := func(a, b []byte) bool { return bytes.Equal(bytes.TrimRight(a, "\r\n"), bytes.TrimRight(b, "\r\n")) }
	start, end := 0, len(is)
	for start < min(len(was), len(is)) && same(was[start], is[start]) {
		start++
	}
	for rest := len(was); end > start && rest > start && same(was[rest-1], is[end-1]); rest-- {
		end--
	}
	var kept []string
	for i := start; i < end; i++ {
		line := bytes.TrimSpace(is[i])
		if bytes.HasPrefix(line, []byte("#")) || len(line) == 0 && len(kept) == 0 {
			continue
		}
		if len(kept) == 0 {
			if header := l.headerOf(i); header < i {
				kept = append(kept, lines[header])
			}
		}
		kept = append(kept, lines[i])
	}
	return redactUserinfo(strings.Join(kept, ""))
}

// headerOf is the line, from 0, of the last header above a line; the line itself
// where that is one, or where there is none.
func (l *layout) headerOf(line int) int {
	start := 0
	for range line {
		start = l.nextLine(start)
	}
	for _, it := range slices.Backward(l.items) {
		if it.header && it.start <= start {
			return bytes.Count(l.data[:it.start], []byte("\n"))
		}
	}
	return line
}

// withoutSecrets is the text without the secrets in it and without its comments,
// on as many lines: a comment may hold a secret that is out of use.
func (l *layout) withoutSecrets() string {
	shown := spliced(l.data, l.secrets(l.items))
	return string(spliced(shown, comments(shown)))
}

// comments are those of a text with the space before them, as parts to leave
// out.
func comments(text []byte) []splice {
	var all []splice
	var look func(n *unstable.Node)
	look = func(n *unstable.Node) {
		for ; n != nil; n = n.Next() {
			if n.Kind == unstable.Comment {
				start := int(n.Raw.Offset)
				before := bytes.TrimRight(text[:start], " \t")
				all = append(all, splice{span{len(before), start + int(n.Raw.Length)}, ""})
			}
			look(n.Child())
		}
	}
	parser := unstable.Parser{KeepComments: true}
	parser.Reset(text)
	for parser.NextExpression() {
		look(parser.Expression())
	}
	return all
}

// secrets are the values of keys that hold a secret, or an address that often
// has one in it.
func (l *layout) secrets(items []item) []splice {
	var all []splice
	for _, it := range items {
		all = append(all, l.secrets(it.entries)...)
		value := l.text(it.value)
		if it.header || it.inline || len(it.path) < 3 || it.path[0] != "profiles" ||
			!slices.Contains([]string{"token", "password", "proxy"}, it.path[2]) || len(it.path) > 3 {
			continue
		}
		all = append(all, splice{it.value, `"` + redacted + `"` + strings.Repeat("\n", strings.Count(value, "\n"))})
	}
	return all
}
