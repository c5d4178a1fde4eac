package store_test

import "testing"

// A database of an older version gets what it lacks, and keeps what it has.
func TestOlderVersions(t *testing.T) {
	t.Parallel()
	for version, lacks := range map[string][]string{"1": {"DROP TABLE undo", "DROP TABLE forgetting"}, "2": {"DROP TABLE forgetting"}} {
		dir := t.TempDir()
		copyFile(t, goodDatabase(t), database(dir))
		do(t, database(dir), append(lacks, "PRAGMA user_version = "+version)...)
		knows(t, dir)
		s := opened(t, dir)
		s.Retain([][2]string{{"work", endpointOf("work")}})
		decideAll(t, s, "work", "u3")
		if told := s.Notices(); len(told) != 0 {
			t.Errorf("of version %s it says %q", version, told)
		}
		closed(t, s)
		if n := ask(t, dir, "SELECT (SELECT count(*) FROM forgetting) + (SELECT min(1, count(*)) FROM undo)"); n != 2 {
			t.Errorf("of version %s only %d of what is new is kept", version, n)
		}
	}
}
