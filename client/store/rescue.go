package store

import (
	"encoding/binary"
	"fmt"
	"os"
	"sync"
)

// rescued are the rows of the tables of decisions that could be read from a
// damaged file.
type rescued struct {
	pins, places, snoozes, choices, rotations, formers, cooldowns [][]any
	key                                                           []byte
}

// decisionTables are the tables that are rescued, the most precious first, with
// their columns. They are read from the beginning and, where a part cannot be
// read, from the end.
var decisionTables = []struct {
	insert, read, backward string
	width                  int
	rows                   func(*rescued) *[][]any
}{
	{
		"INSERT OR REPLACE INTO pins (configuration, profile, endpoint, user) VALUES (?, ?, ?, ?)",
		"SELECT configuration, profile, endpoint, user FROM pins",
		" ORDER BY configuration DESC, profile DESC, endpoint DESC", 4,
		func(r *rescued) *[][]any { return &r.pins },
	},
	{
		"INSERT OR REPLACE INTO places (configuration, profile, endpoint, address) VALUES (?, ?, ?, ?)",
		"SELECT configuration, profile, endpoint, address FROM places",
		" ORDER BY configuration DESC, profile DESC, endpoint DESC", 4,
		func(r *rescued) *[][]any { return &r.places },
	},
	{
		"INSERT OR REPLACE INTO choices (configuration, folder, profile) VALUES (?, ?, ?)",
		"SELECT configuration, folder, profile FROM choices",
		" ORDER BY configuration DESC, folder DESC", 3,
		func(r *rescued) *[][]any { return &r.choices },
	},
	{
		"INSERT OR REPLACE INTO snoozes (configuration, profile, endpoint, until, note, verdict) VALUES (?, ?, ?, ?, ?, ?)",
		"SELECT configuration, profile, endpoint, until, note, verdict FROM snoozes",
		" ORDER BY configuration DESC, profile DESC, endpoint DESC", 6,
		func(r *rescued) *[][]any { return &r.snoozes },
	},
	{
		"INSERT OR REPLACE INTO formers (configuration, source, place, profile, kept, watched, asked) VALUES (?, ?, ?, ?, ?, ?, ?)",
		"SELECT configuration, source, place, profile, kept, watched, asked FROM formers",
		" ORDER BY configuration DESC, source DESC, place DESC", 7,
		func(r *rescued) *[][]any { return &r.formers },
	},
	{
		"INSERT OR REPLACE INTO rotations (configuration, profile, position, step, begun, written, refused) VALUES (?, ?, ?, ?, ?, ?, ?)",
		"SELECT configuration, profile, position, step, begun, written, refused FROM rotations",
		" ORDER BY configuration DESC, profile DESC", 7,
		func(r *rescued) *[][]any { return &r.rotations },
	},
	{
		"INSERT OR REPLACE INTO cooldowns (fingerprint, until) VALUES (?, ?)",
		"SELECT fingerprint, until FROM cooldowns",
		" ORDER BY fingerprint DESC", 2,
		func(r *rescued) *[][]any { return &r.cooldowns },
	},
}

// rescue reads what it can. Until release is called, nobody else writes to the
// file, as far as that can be kept so. It is not whole where something could not
// be read.
func rescue(path string) (r rescued, whole bool, release func()) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return r, true, func() {}
	}
	s, err := dial(path, patience, "mode=rw")
	if err != nil {
		return r, false, func() {}
	}
	release = sync.OnceFunc(s.close)
	// Otherwise nothing is read of a file that has lost its end.
	_ = s.exec("PRAGMA writable_schema = ON")
	if isNew, _ := s.isNew(); isNew {
		return r, true, release
	}
	_ = s.exec("PRAGMA wal_checkpoint(TRUNCATE)")
	_ = s.exec("BEGIN IMMEDIATE")
	return r, r.take(s), release
}

// take adds the rows that can be read, and reports whether all can.
func (r *rescued) take(s *session) (whole bool) {
	var key []byte
	_, err := s.one("SELECT cooldown_key FROM meta", nil, bytesOut{&key})
	if whole = err == nil; whole {
		r.key = key
	}
	for _, t := range decisionTables {
		row := make([]any, t.width)
		to := make([]column, t.width)
		for i := range row {
			to[i] = anyOut{&row[i]}
		}
		rows := t.rows(r)
		add := func() { *rows = append(*rows, append([]any{}, row...)) }
		if s.all(t.read, nil, to, add) != nil {
			whole = false
			_ = s.all(t.read+t.backward, nil, to, add)
		}
	}
	return whole
}

// takeWithNewSchema adds the rows that can be read of a file when its schema is
// made good. Nobody may have the file open: to close it would take away the locks
// of all connections of this process.
func (r *rescued) takeWithNewSchema(path string) {
	if s, err := withNewSchema(path); err == nil {
		r.take(s)
		s.close()
	}
}

// maxPatched is the largest file, in bytes, that is read as a whole to give it
// another schema.
const maxPatched = 64 << 20

// withNewSchema is a database in memory that has the pages of a file, but those
// of its schema from a new database: they are the same in each.
func withNewSchema(path string) (*session, error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxPatched {
		return nil, errDamaged
	}
	pages, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := connect("", patience)
	if err != nil {
		return nil, err
	}
	if err := s.takePages(pages); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// takePages gives an empty database in memory pages, with the schema of a new
// one.
func (s *session) takePages(pages []byte) error {
	if err := s.prepare(journalMemory); err != nil {
		return err
	}
	image := s.conn.(interface {
		Serialize() ([]byte, error)
		Deserialize(pages []byte) error
	})
	fresh, err := image.Serialize()
	if err != nil {
		return err
	}
	roots := map[int]bool{}
	var root int
	if err := s.all("SELECT rootpage FROM sqlite_schema", nil, []column{count(&root)}, func() { roots[root] = true }); err != nil {
		return err
	}
	pages = append(pages, make([]byte, max(pageSize-len(pages)%pageSize, len(fresh)-len(pages)))...)
	pages = pages[:len(pages)/pageSize*pageSize]
	for page := 1; page <= len(fresh)/pageSize; page++ {
		if !roots[page] {
			copy(pages[(page-1)*pageSize:], fresh[(page-1)*pageSize:page*pageSize])
		}
	}
	binary.BigEndian.PutUint32(pages[28:], uint32(len(pages)/pageSize)) // how many there are
	for _, stmt := range s.prepared {
		stmt.Close()
	}
	clear(s.prepared)
	if err := image.Deserialize(pages); err != nil {
		return err
	}
	return s.exec("PRAGMA writable_schema = ON")
}

// write puts the rows into a new database.
func (r rescued) write(s *session) error {
	if r.key != nil {
		if err := s.exec("UPDATE meta SET cooldown_key = ?, decisions = decisions + 1", r.key); err != nil {
			return err
		}
		for _, row := range r.cooldowns {
			_ = s.exec(decisionTables[len(decisionTables)-1].insert, row...)
		}
	}
	for _, t := range decisionTables[:len(decisionTables)-1] {
		for _, row := range *t.rows(&r) {
			// A row that makes no sense must not keep the others out.
			_ = s.exec(t.insert, row...)
		}
	}
	return nil
}

// told says what was rescued and what is lost.
func (r rescued) told() string {
	pins, choices, snoozes := distinct(r.pins, 3), distinct(r.choices, 2), distinct(r.snoozes, 3)
	if pins+choices+snoozes == 0 {
		return "What was kept in it is lost: answers, history, and which user each profile belongs to."
	}
	return fmt.Sprintf("Pins (%d), chosen profiles (%d) and snoozes (%d) were saved from it; answers and history are lost.",
		pins, choices, snoozes)
}

// distinct counts rows by their first columns, since some were read twice.
func distinct(rows [][]any, columns int) int {
	seen := map[string]bool{}
	for _, row := range rows {
		seen[fmt.Sprintf("%q", row[:columns])] = true
	}
	return len(seen)
}
