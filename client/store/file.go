package store

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// schema makes the tables of a new database, with its identity and version.
//
//go:embed schema.sql
var schema string

// The identity and the version that the schema sets, and the size of a page in
// bytes: a check changes few rows, and a changed page is written as a whole.
const (
	applicationID = 0x726f6c6c
	schemaVersion = 7
	pageSize      = 1024
)

// maxSize is the largest file, in bytes, that is opened. Ten thousand profiles
// that are asked once a minute make about a fifth of it.
const maxSize = 16 << 30

// unusableError is a file that cannot be what it should be, and is to be set
// aside.
type unusableError struct{ reason string }

func (e unusableError) Error() string { return e.reason }

// errNewer is a database that is to be left as it is.
var errNewer = errors.New("it was written by a newer rollcall")

// inspect looks at a file before it is opened: what is no file could keep
// rollcall waiting for ever. It makes a missing one where create is set, since
// SQLite would let others read it.
func inspect(path string, create bool) (fs.FileInfo, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && create {
		if err := make0600(path); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil && !errors.Is(err, fs.ErrPermission):
		return nil, unusableError{"it is a link to nothing"}
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, unusableError{"it is a folder"}
	case !info.Mode().IsRegular():
		return nil, unusableError{"it is not a file"}
	case info.Size() > maxSize:
		return nil, unusableError{fmt.Sprintf("it has %d GB", info.Size()>>30)}
	}
	for _, end := range companions[1:] {
		if beside, err := os.Lstat(path + end); err == nil && !beside.Mode().IsRegular() {
			return nil, unusableError{"what it has beside it with the end " + end + " is not a file"}
		}
	}
	return info, private(path, info)
}

func make0600(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // Another rollcall was first.
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// private takes the permissions of other users off a file. A file that cannot be
// changed so can be read all the same.
func private(path string, info fs.FileInfo) error {
	if info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(path, 0o600)
	}
	return nil
}

// open opens a database that [inspect] has looked at, and makes its tables where
// it has none.
func open(path, journal string, patience time.Duration) (*session, error) {
	s, err := connect(path, patience, "mode=rw")
	if err != nil {
		return nil, err
	}
	if err := s.blamed(s.prepare(journal)); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// prepare makes a connection ready for what the store does with it.
func (s *session) prepare(journal string) error {
	isNew, err := s.isNew()
	if err != nil {
		return err
	}
	if isNew {
		if err := s.exec(fmt.Sprint("PRAGMA page_size = ", pageSize)); err != nil {
			return err
		}
	}
	if err := s.setJournal(journal); err != nil {
		return err
	}
	if !isNew {
		return s.upgrade()
	}
	return s.transaction(func(s *session) error {
		// Another rollcall may have made them meanwhile.
		if isNew, err := s.isNew(); err != nil || !isNew {
			return err
		}
		if err := s.exec(schema); err != nil {
			return err
		}
		return s.exec("INSERT INTO meta (id, cooldown_key) VALUES (1, ?)", newKey())
	})
}

// setJournal sets how changes are written. Two rollcalls that open a new
// database at the same time get into each other's way here, where SQLite does
// not wait.
func (s *session) setJournal(mode string) error {
	for started := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		var is string
		_, err := s.one("PRAGMA journal_mode = "+mode, nil, text(&is))
		if !hasCode(err, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) || time.Since(started) > s.patience {
			return err
		}
	}
}

// isNew reports whether the database has no tables yet. It is an error where it
// has those of another program, or of a newer rollcall.
func (s *session) isNew() (bool, error) {
	var id, version, tables int64
	for query, to := range map[string]*int64{
		"PRAGMA application_id": &id, "PRAGMA user_version": &version, "SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if _, err := s.one(query, nil, count(to)); err != nil {
			return false, err
		}
	}
	if id == 0 && version == 0 && tables == 0 {
		return true, nil
	}
	switch {
	case id != applicationID:
		return false, unusableError{"it is the database of another program"}
	case version > schemaVersion:
		return false, errNewer
	case version < 1, int(tables) < parts(version):
		return false, errDamaged
	}
	return false, nil
}

// blamed is an error, which the file is to blame for where a statement of ours is
// wrong only because the tables are not those of the schema any more.
func (s *session) blamed(err error) error {
	if !hasCode(err, sqlite3.SQLITE_ERROR) {
		return err
	}
	ours, table := true, ""
	if read := s.all("SELECT sql FROM sqlite_schema", nil, []column{text(&table)}, func() {
		ours = ours && strings.Contains(schema, table)
	}); read != nil || !ours {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return err
}

// openReadOnly opens a database that cannot be written. What a rollcall that was
// killed has left in its journal can then not be read.
func openReadOnly(path string) (*session, error) {
	s, err := connect(path, patience, "mode=ro", "immutable=1")
	if err != nil {
		return nil, err
	}
	isNew, err := s.isNew()
	if err == nil && !isNew {
		if v, _ := s.version(); v < schemaVersion {
			err = errOlder
		}
	}
	if err != nil || isNew {
		s.close()
		return nil, err
	}
	return s, nil
}
