package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"rollcall/config/atomicfile"
	"rollcall/plainfile"
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
	if l, ok := errors.AsType[*os.LinkError](err); ok {
		cause = fmt.Errorf("%s cannot be replaced: %w", plainfile.Named(l.New), l.Err)
	}
	wrong, is := errors.AsType[*plainfile.Error](err)
	const byHand = "change the file where it comes from, or let its owner give you the right to write it"
	switch {
	case errors.Is(err, errReadOnly):
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, err)
		e.remedy = byHand
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.explanation = fmt.Sprintf("%s was not saved: it or its folder %s may not be written", path, folder)
		e.remedy = byHand
	case atomicfile.DiskFull(err):
		e.explanation = fmt.Sprintf("%s was not saved: there is no room left for it; the old one stays", path)
		e.remedy = "free some space on the disk, then try again"
	case errors.Is(err, atomicfile.ErrLocked), errors.Is(err, errRestless):
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, err)
		e.remedy = "wait for the other program, then try again"
	case errors.Is(err, errNotTOML), errors.Is(err, errHuge):
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, err)
		e.remedy = "edit the file by hand"
	case is:
		subject := plainfile.Named(wrong.Path)
		if subject == path {
			subject = "it"
		}
		e.explanation = fmt.Sprintf("%s was not saved: %s %s", path, subject, wrong.What)
		e.remedy = wrong.Remedy
	default:
		e.explanation = fmt.Sprintf("%s was not saved: %s", path, cause)
		e.remedy = "check the file and its folder, then try again"
	}
	return e
}
