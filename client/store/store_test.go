package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"rollcall/client/account"
	"rollcall/client/store"
)

// config is the configuration that most tests have.
const config = "/home/sam/config.toml"

// children are what the test program does in place of its tests, where the
// variable names one: they are the other processes of a test.
var children = map[string]func() error{}

// childVariable names the child that the test program is to be, and
// folderVariable the folder of its store.
const (
	childVariable  = "ROLLCALL_TEST_CHILD"
	folderVariable = "ROLLCALL_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	if name := os.Getenv(childVariable); name != "" {
		if err := children[name](); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// rounds is how often the tests that take long do what they do. More than once,
// they also try what they leave out otherwise:
//
//	ROLLCALL_TEST_ROUNDS=20 go test ./client/store
func rounds() int {
	n, _ := strconv.Atoi(os.Getenv("ROLLCALL_TEST_ROUNDS"))
	return max(1, n)
}

// alone leaves out a test in which nothing happens at once under the race detector.
func alone(t testing.TB) {
	t.Helper()
	if raceDetector {
		t.Skip("there is nothing to race, and it takes long")
	}
}

// opened is the store of a folder; an empty one keeps everything in memory.
func opened(t testing.TB, dir string) *store.Store {
	t.Helper()
	return openedFor(t, dir, config)
}

func openedFor(t testing.TB, dir, configuration string) *store.Store {
	t.Helper()
	s, notice, err := store.Open(dir, configuration)
	if err != nil || notice != "" {
		t.Fatalf("the store says %q, %v", notice, err)
	}
	// Most tests close it themselves, to see what that says.
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// closed closes a store that can be written.
func closed(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// endpointOf is that of a sample.
func endpointOf(name string) string { return "https://" + name + ".example/api/me" }

// stored is what a store has of a sample.
func stored(s *store.Store, name string) (account.Snapshot, bool) {
	return s.Snapshot(name, endpointOf(name))
}

// lately is a time as exact as the store keeps it, of which the past is still
// known.
var lately = now().Add(-24 * time.Hour)

// now is the present time as exact as the store keeps it.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// sample is a healthy snapshot, with the check that brought it.
func sample(name string, at time.Time) account.Snapshot {
	at = at.UTC().Truncate(time.Millisecond)
	return account.Snapshot{
		Profile: name, Endpoint: endpointOf(name),
		Health:    account.Health{State: account.Healthy, HTTPStatus: 200, CheckedAt: at, LastOKAt: at, Attempts: 1},
		Account:   &account.Account{User: account.User{ID: "u1"}, Organizations: []account.Organization{{ID: "o1", Name: "Acme"}}},
		AccountAt: at, Since: at, Verdict: account.Verdict{State: account.Healthy, At: at, Since: at},
		History: []account.Check{{At: at, State: account.Healthy, HTTPStatus: 200, Latency: time.Millisecond}},
	}
}

// in is a sample that was found in another state.
func in(state account.State, name string, at time.Time) account.Snapshot {
	s := sample(name, at)
	s.Health.State, s.History[0].State = state, state
	return s
}

// changed is a change of the e-mail addresses.
func changed(at time.Time, is string) account.Change {
	return account.Change{At: at, Kind: account.ChangeEmail, Is: account.Value{Name: is}}
}

// states are those of checks.
func states(checks []account.Check) string {
	var all []string
	for _, c := range checks {
		all = append(all, string(c.State))
	}
	return strings.Join(all, " ")
}

// database is the file of a folder.
func database(dir string) string { return filepath.Join(dir, "rollcall.db") }

// openRaw opens a database without the store, with one connection.
func openRaw(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", path)
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// ask asks the database of a folder with SQL, as a person with a shell could, for
// one number.
func ask(t testing.TB, dir, query string, args ...any) (n int64) {
	t.Helper()
	db, err := openRaw(database(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// do changes a database with SQL.
func do(t testing.TB, path string, queries ...string) {
	t.Helper()
	db, err := openRaw(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range queries {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// entries are the names of what is in a folder.
func entries(t testing.TB, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// write writes a file.
func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// read reads a file.
func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
