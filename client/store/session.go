package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// patience is how long one rollcall waits for another that is writing.
const patience = 5 * time.Second

// session is a connection to a database, with the statements that it has
// prepared. It is for one goroutine at a time. It uses the driver without
// database/sql, which would add a pool to the store's own, a goroutine that lives as
// long as it, and a conversion to each value.
type session struct {
	conn     driver.Conn
	prepared map[string]driver.Stmt
	// age is that of the file that it was opened for, which is file, and was at path
	// then.
	age  int
	file fs.FileInfo
	path string
	// readOnly is set where the file cannot be written.
	readOnly bool
	// patience is how long it waits for others.
	patience time.Duration
}

// connect opens a database that exists; an empty path stands for a new one in
// memory. The options are those of a SQLite address: "mode=ro".
func connect(path string, patience time.Duration, options ...string) (*session, error) {
	s, err := dial(path, patience, options...)
	if err != nil {
		return nil, err
	}
	for _, pragma := range []string{
		"foreign_keys = ON", "synchronous = NORMAL",
		// What a connection remembers of the file, in kibibytes.
		"cache_size = -1024", "temp_store = MEMORY",
	} {
		if err := s.exec("PRAGMA " + pragma); err != nil {
			s.close()
			if hasCode(err, sqlite3.SQLITE_ERROR) {
				err = fmt.Errorf("%w: %w", errDamaged, err) // Nothing is wrong with the pragma.
			}
			return nil, err
		}
	}
	return s, nil
}

// dial is connect for who reads nothing yet.
func dial(path string, patience time.Duration, options ...string) (*session, error) {
	name := ":memory:"
	var file fs.FileInfo
	if path != "" {
		file, _ = os.Stat(path) // Opening it says what is wrong.
		name = "file:" + (&url.URL{Path: slashed(path)}).EscapedPath() + "?" + strings.Join(options, "&")
	}
	conn, err := new(sqlite.Driver).Open(name)
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, prepared: map[string]driver.Stmt{}, patience: patience, path: path, file: file}
	if err := s.exec(fmt.Sprint("PRAGMA busy_timeout = ", patience.Milliseconds())); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// slashed is a path as an address has it.
func slashed(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // A drive of Windows.
	}
	return path
}

func (s *session) close() {
	for _, stmt := range s.prepared {
		stmt.Close()
	}
	if s.path != "" && !isAt(s.path, s.file) {
		// The last connection to a file deletes its companions, by the names that they
		// had when it was opened: by now they are those of another file.
		_, _ = s.conn.(sqlite.FileControl).FileControlPersistWAL("main", 1)
	}
	s.conn.Close()
}

func (s *session) statement(query string) (driver.Stmt, error) {
	if stmt := s.prepared[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.Prepare(query)
	if err == nil {
		s.prepared[query] = stmt
	}
	return stmt, err
}

// values are the arguments of a statement.
func values(args []any) []driver.NamedValue {
	all := make([]driver.NamedValue, len(args))
	for i, a := range args {
		if n, ok := a.(int); ok {
			a = int64(n)
		}
		all[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return all
}

// exec runs a statement that gives no rows. Without arguments it can be several.
func (s *session) exec(query string, args ...any) error {
	if len(args) == 0 {
		_, err := s.conn.(driver.ExecerContext).ExecContext(context.Background(), query, nil)
		return err
	}
	_, err := s.change(query, args...)
	return err
}

// change runs a statement, and says how many rows it changed.
func (s *session) change(query string, args ...any) (int64, error) {
	stmt, err := s.statement(query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.(driver.StmtExecContext).ExecContext(context.Background(), values(args))
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// one reads a single row; found is false where there is none.
func (s *session) one(query string, args []any, to ...column) (found bool, err error) {
	err = s.all(query, args, to, func() { found = true })
	return found, err
}

// all reads rows. After each, which is read into the columns, it calls each.
func (s *session) all(query string, args []any, to []column, each func()) error {
	stmt, err := s.statement(query)
	if err != nil {
		return err
	}
	rows, err := stmt.(driver.StmtQueryContext).QueryContext(context.Background(), values(args))
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, len(to))
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		for i, c := range to {
			if err := c.read(row[i]); err != nil {
				return err
			}
		}
		each()
	}
}

// transaction does something whole or not at all, while nobody else writes.
func (s *session) transaction(do func(*session) error) error { return s.between("BEGIN IMMEDIATE", do) }

// doing does something with the connection, which nobody has any more after a panic.
func (s *session) doing(do func(*session) error) error {
	panics := true
	defer func() {
		if panics {
			s.close()
		}
	}()
	err := do(s)
	panics = false
	return err
}

// consistently reads several things as they are at one moment, while others may
// write.
func (s *session) consistently(do func(*session) error) error { return s.between("BEGIN", do) }

func (s *session) between(begin string, do func(*session) error) error {
	if err := s.exec(begin); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			_ = s.exec("ROLLBACK")
		}
	}()
	if err := do(s); err != nil {
		return err
	}
	err := s.exec("COMMIT")
	done = err == nil
	return err
}

// isDamaged reports whether an error says that a file is not a database, or is
// one no more.
func isDamaged(err error) bool {
	return hasCode(err, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) || errors.Is(err, errDamaged)
}

func hasCode(err error, codes ...int) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	for _, c := range codes {
		if e.Code()&0xff == c {
			return true
		}
	}
	return false
}
