package store

import (
	"fmt"
	"os"
)

// rescued are the rows of the tables of decisions that could be read from a
// damaged file.
type rescued struct {
	pins, snoozes, choices, cooldowns [][]any
	key                               []byte
}

// decisionTables are the tables that are rescued, the most precious first, with
// their columns.
var decisionTables = []struct {
	insert, read string
	width        int
	rows         func(*rescued) *[][]any
}{
	{
		"INSERT OR REPLACE INTO pins (configuration, profile, endpoint, user) VALUES (?, ?, ?, ?)",
		"SELECT configuration, profile, endpoint, user FROM pins", 4,
		func(r *rescued) *[][]any { return &r.pins },
	},
	{
		"INSERT OR REPLACE INTO choices (configuration, folder, profile) VALUES (?, ?, ?)",
		"SELECT configuration, folder, profile FROM choices", 3,
		func(r *rescued) *[][]any { return &r.choices },
	},
	{
		"INSERT OR REPLACE INTO snoozes (configuration, profile, endpoint, until, note, verdict) VALUES (?, ?, ?, ?, ?, ?)",
		"SELECT configuration, profile, endpoint, until, note, verdict FROM snoozes", 6,
		func(r *rescued) *[][]any { return &r.snoozes },
	},
	{
		"INSERT OR REPLACE INTO cooldowns (fingerprint, until) VALUES (?, ?)",
		"SELECT fingerprint, until FROM cooldowns", 2,
		func(r *rescued) *[][]any { return &r.cooldowns },
	},
}

// rescue reads what it can, up to the first row of each table that cannot be
// read.
func rescue(path string) (r rescued) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return r
	}
	s, err := connect(path, "mode=rw")
	if err != nil {
		return r
	}
	defer s.close()
	if isNew, err := s.isNew(); isNew || err != nil && !isDamaged(err) {
		return r
	}
	_, _ = s.one("SELECT cooldown_key FROM meta", nil, bytesOut{&r.key})
	for _, t := range decisionTables {
		row := make([]any, t.width)
		to := make([]column, t.width)
		for i := range row {
			to[i] = anyOut{&row[i]}
		}
		rows := t.rows(&r)
		_ = s.all(t.read, nil, to, func() { *rows = append(*rows, append([]any{}, row...)) })
	}
	if r.key == nil {
		r.cooldowns = nil // Without their key they say nothing.
	}
	return r
}

// write puts the rows into a new database.
func (r rescued) write(s *session) error {
	if r.key != nil {
		if err := s.exec("UPDATE meta SET cooldown_key = ?, decisions = decisions + 1", r.key); err != nil {
			return err
		}
	}
	for _, t := range decisionTables {
		for _, row := range *t.rows(&r) {
			// A row that makes no sense must not keep the others out.
			_ = s.exec(t.insert, row...)
		}
	}
	return nil
}

// told says what was rescued and what is lost.
func (r rescued) told() string {
	if len(r.pins)+len(r.choices)+len(r.snoozes) == 0 {
		return "What was kept in it is lost: answers, history, and which user each profile belongs to."
	}
	return fmt.Sprintf("Pins (%d), chosen profiles (%d) and snoozes (%d) were saved from it; answers and history are lost.",
		len(r.pins), len(r.choices), len(r.snoozes))
}
