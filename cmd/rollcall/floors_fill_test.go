//go:build linux

package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"rollcall/config"
)

// tokenPrefix begins the tokens of the profiles; their numbers follow.
const tokenPrefix = "kt-"

// estate is a home folder with a configuration and the state that a program has kept
// of it.
type estate struct {
	home     string
	profiles int
}

// getenv is the environment of whoever lives there.
func (e estate) getenv(name string) string {
	if name == "HOME" {
		return e.home
	}
	return ""
}

// environ is the same for a program; it says what the terminal is, too.
func (e estate) environ() []string {
	return []string{"HOME=" + e.home, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8"}
}

// profileName is the name of one of the profiles.
func profileName(i int) string { return fmt.Sprintf("p%05d", i) }

// configured makes a home with a configuration of profiles that are spread over the
// first hosts, each asked at the interval.
func configured(t *testing.T, h *hosts, profiles, spread int, interval string) estate {
	t.Helper()
	e := estate{t.TempDir(), profiles}
	var b strings.Builder
	// A machine that has much to do at once must not change what is told.
	// A round begins as the one before did, not where that one has left the selection.
	fmt.Fprintf(&b, "refresh_interval = %q\nrequest_timeout = \"60s\"\n[ui]\nremember = false\n", interval)
	for i := range profiles {
		fmt.Fprintf(&b, "\n[profiles.%s]\nprovider = \"katapult\"\nbase_url = %q\ntoken = \"%s%05d\"\nca_file = %q\ntags = [\"team-%d\"]\n",
			profileName(i), h.base(i%spread), tokenPrefix, i, h.authority, i%20)
	}
	path, _, err := config.Path("", e.getenv)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = os.WriteFile(path, []byte(b.String()), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// lived has the program ask for all profiles of an estate, as it does for whoever has
// them, and makes of each check that it kept so many, a minute apart. What is in the
// state is thus what that program itself writes, whatever the version.
func (e estate) lived(t *testing.T, h *hosts, program string, checks int) estate {
	t.Helper()
	delay := h.delay.Swap(0)
	defer h.delay.Store(delay)
	c := exec.Command(program, "status")
	c.Env = e.environ()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.2000s", err, out)
	}
	dir, err := config.StateDir(e.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if err := multiplyChecks(filepath.Join(dir, "rollcall.db"), e.profiles, checks); err != nil {
		t.Fatal(err)
	}
	return e
}

// multiplyChecks adds to the one check of each profile in a database earlier ones, a
// minute apart, which are the same otherwise, until there are so many.
func multiplyChecks(path string, profiles, checks int) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	columns, err := columnsOf(db, "checks")
	if err != nil {
		return err
	}
	shifted := slices.Clone(columns)
	shifted[slices.Index(columns, `"at"`)] = `"at" - n * 60000`
	_, err = db.Exec(fmt.Sprintf(`
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
INSERT INTO checks (%s) SELECT %s FROM (SELECT * FROM checks), numbers WHERE n < ?`,
		strings.Join(columns, ", "), strings.Join(shifted, ", ")), checks, checks)
	if err != nil {
		return err
	}
	var n int
	if err := db.QueryRow("SELECT count(*) FROM checks").Scan(&n); err != nil {
		return err
	}
	if n != profiles*checks {
		return fmt.Errorf("%d checks of %d profiles in %s, want %d of each", n, profiles, path, checks)
	}
	_, err = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// columnsOf are the columns of a table, quoted.
func columnsOf(db *sql.DB, table string) (all []string, err error) {
	rows, err := db.Query("SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, `"`+name+`"`)
	}
	return all, rows.Err()
}

// TestFloorEstate has the program find in an estate what was put there: the floors
// are measured with what it could have written itself.
func TestFloorEstate(t *testing.T) {
	t.Parallel()
	h := newHosts(t, 2)
	e := configured(t, h, 5, 2, "60s").lived(t, h, program, 200)
	if asked := h.asked.Load(); asked != 5 {
		t.Errorf("%d requests for 5 profiles", asked)
	}
	w := &world{t: t, home: e.home}
	r := w.run("status", "--offline", "-o", "json")
	r.expect(t, 0)
	for i, p := range r.report(t).Profiles {
		if p.Health.State != "healthy" || p.User == nil || p.User.ID != fmt.Sprintf("user_%05d", i) || len(p.Organizations) != 2 {
			t.Errorf("%s: %+v", p.Name, p)
		}
	}
	if n := h.asked.Load(); n != 5 {
		t.Errorf("%d requests although nobody was to be asked", n-5)
	}
}

// TestStatusCollectsLate asks many profiles without a look for garbage, unless whoever
// asks has said how much may lie.
func TestStatusCollectsLate(t *testing.T) {
	t.Parallel()
	const profiles = 100
	h := newHosts(t, 10)
	e := configured(t, h, profiles, 10, "60s")
	for said, want := range map[string]bool{"": false, "GOGC=100": true} {
		c := exec.Command(program, "status")
		c.Env = append(e.environ(), "GODEBUG=gctrace=1", said)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%.2000s", err, out)
		}
		if got := strings.Contains(string(out), "\ngc 1 @") || strings.HasPrefix(string(out), "gc 1 @"); got != want {
			t.Errorf("with %q, garbage was collected: %t, want %t\n%.2000s", said, got, want, out)
		}
	}
}
