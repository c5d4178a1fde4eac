package store

import (
	"errors"
	"fmt"
	"strings"
)

// added are the tables that each version of the schema since the first has added.
func added() map[int64][]string {
	return map[int64][]string{2: {"arrangement"}, 3: {"places"}, 4: {"rotations", "formers"}, 5: {"totals"}, 6: {"told", "told_incidents"}, 7: {"told_changes"}}
}

// errOlder is a database that cannot be brought to the present schema, since it
// cannot be written.
var errOlder = errors.New("it was written by an older rollcall and cannot be changed")

// version is that of the schema that a database has.
func (s *session) version() (v int64, err error) {
	_, err = s.one("PRAGMA user_version", nil, count(&v))
	return v, err
}

// upgrade brings a database of an older rollcall to the present schema.
func (s *session) upgrade() error {
	if v, err := s.version(); err != nil || v == schemaVersion {
		return err
	}
	return s.transaction(func(s *session) error {
		// Another rollcall may have done it meanwhile.
		v, err := s.version()
		if err != nil {
			return err
		}
		for ; v < schemaVersion; v++ {
			for _, table := range added()[v+1] {
				if err := s.exec(statement(table)); err != nil {
					return err
				}
			}
		}
		return s.exec(fmt.Sprint("PRAGMA user_version = ", schemaVersion))
	})
}

// statement is the one of the schema that makes a table.
func statement(table string) string {
	start := strings.Index(schema, "CREATE TABLE "+table+" (")
	return schema[start : start+strings.Index(schema[start:], ";")]
}

// parts is how many tables, indexes and views a database of a version has.
func parts(version int64) int {
	n := strings.Count(schema, "\nCREATE ")
	for v := version + 1; v <= schemaVersion; v++ {
		n -= len(added()[v])
	}
	return n
}
