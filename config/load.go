package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"rollcall/config/credential"
	"rollcall/plainfile"
)

// LoadError says why a file could not be read, and what to do about it.
type LoadError struct {
	err    error
	remedy string
}

// Error says both.
func (e *LoadError) Error() string { return e.err.Error() + "; " + e.remedy }

// Unwrap is what is wrong.
func (e *LoadError) Unwrap() error { return e.err }

// Remedy says what to do about it.
func (e *LoadError) Remedy() string { return e.remedy }

// missingFile is the path of a file that is not there.
type missingFile string

func (m missingFile) Error() string { return "there is no file " + string(m) }
func (m missingFile) Unwrap() error { return fs.ErrNotExist }

// Load reads the file at path. The error is a [*Problem] where the file is not
// TOML at all, or no file that can be read, and wraps fs.ErrNotExist where there is none.
func Load(path string, services Services) (*Config, error) {
	return LoadContext(context.Background(), path, services)
}

// LoadContext is [Load] until ctx ends: whoever writes to a file that is a pipe may take
// a while.
func LoadContext(ctx context.Context, path string, services Services) (*Config, error) {
	data, info, err := plainfile.ReadPiped(ctx, path, maxConfig)
	wrong, is := errors.AsType[*plainfile.Error](err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &LoadError{missingFile(path), "correct the path, or make the file with 'rollcall import' or 'rollcall add'"}
	case is:
		return nil, &Problem{File: path, Message: wrong.About("this")}
	case err != nil:
		return nil, unreadable(err)
	}
	return parse(path, data, services, newFileVersion(info, data))
}

// Parse reads a configuration that is not in a file; name is used in messages.
// To [Watch] a file of that name is one that was not there.
func Parse(name string, data []byte, services Services) (*Config, error) {
	return parse(name, data, services, fileVersion{empty: true})
}

// parse reads a configuration from the data of a version of its file.
func parse(path string, data []byte, services Services, version fileVersion) (*Config, error) {
	if len(data) > maxConfig {
		return nil, &Problem{File: path, Message: fmt.Sprintf(
			"the file is larger than %d MiB, so it is hardly a configuration", maxConfig>>20)}
	}
	t, wrong := read(path, data)
	if wrong != nil {
		return nil, wrong
	}
	t.dec.exposed = credential.OthersCanRead(version.mode)
	t.dec.version = version
	t.dec.services = services
	t.dec.versions = map[string]fileVersion{path: version}
	return t.config(), nil
}

// reason is why a file could not be read, where it is named already and called subject
// from there on.
func reason(subject string, err error) string {
	if wrong, ok := errors.AsType[*plainfile.Error](err); ok {
		return wrong.About(subject)
	}
	return err.Error()
}

// unreadable adds to the error of a file that may not be read what to do.
func unreadable(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return &LoadError{err, "let its owner give you the right to read it"}
	}
	return err
}
