package cmd

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/cmd/manage"
)

// desk runs commands in this process, at a moment of its own, on a configuration
// and a state in a folder of its own.
type desk struct {
	t         *testing.T
	dir, path string
	now       time.Time
}

// newDesk has the profiles work and home, of which work is tagged prod.
func newDesk(t *testing.T, now time.Time) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), now: now}
	d.path = filepath.Join(d.dir, "config.toml")
	text := "[profiles.work]\nprovider = \"katapult\"\ntoken = { env = \"X\" }\ntags = [\"prod\"]\n[profiles.home]\nprovider = \"katapult\"\ntoken = { env = \"X\" }\n"
	if err := os.WriteFile(d.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

// knows keeps snapshots as earlier runs would have left them.
func (d *desk) knows(all ...account.Snapshot) {
	d.t.Helper()
	s, _, err := store.Open(filepath.Join(d.dir, "state", "rollcall"), d.path)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, snap := range all {
		snap.Endpoint = builtIn().Endpoint("katapult", "", nil)
		s.Save(snap)
	}
	if err := s.Close(); err != nil {
		d.t.Fatal(err)
	}
}

// app is what the commands share, which print to a file.
func (d *desk) app(out *os.File) *app {
	return &app{
		console: console{services: builtIn(), stdin: out, stdout: out, stderr: out, getenv: func(name string) string {
			return map[string]string{
				"HOME": d.dir, "USERPROFILE": d.dir, "XDG_STATE_HOME": filepath.Join(d.dir, "state"), "LocalAppData": filepath.Join(d.dir, "state"),
			}[name]
		}},
		now: func() time.Time { return d.now }, version: "test", workDir: d.dir,
	}
}

// run gives all that a command prints, and its exit status.
func (d *desk) run(args ...string) (printed string, status int) {
	d.t.Helper()
	out, err := os.CreateTemp(d.dir, "out")
	if err != nil {
		d.t.Fatal(err)
	}
	defer out.Close()
	a := d.app(out)
	root := a.rootCommand()
	root.SetArgs(append(args, "--config", d.path))
	chosen, err := root.ExecuteContextC(d.t.Context())
	status = a.finish(chosen, args, err)
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		d.t.Fatal(err)
	}
	data, err := io.ReadAll(out)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(data), status
}

// expect runs a command line and compares what it prints.
func (d *desk) expect(status int, want string, args ...string) {
	d.t.Helper()
	if got, code := d.run(args...); got != want || code != status {
		d.t.Errorf("%q: exit status %d, want %d\n%swant\n%s", args, code, status, got, want)
	}
}

// snoozeMorning is when the tests of this file play.
func snoozeMorning() time.Time {
	return time.Date(2026, 11, 21, 9, 30, 0, 0, time.FixedZone("CET", 3600))
}

// refusedAt is a profile whose token was refused.
func refusedAt(name string, at time.Time) account.Snapshot {
	return account.Snapshot{
		Profile: name, Health: account.Health{State: account.Forbidden, CheckedAt: at, Attempts: 1},
		Verdict: account.Verdict{State: account.Forbidden, At: at, Since: at},
		History: []account.Check{{At: at, State: account.Forbidden}},
	}
}

// TestSnooze snoozes a profile that was refused and one that was never checked.
func TestSnooze(t *testing.T) {
	t.Parallel()
	d := newDesk(t, snoozeMorning())
	d.knows(refusedAt("work", d.now.Add(-time.Hour)))
	d.expect(0, "rollcall: no profile is snoozed\n", "snooze")
	d.expect(0, "{\n  \"schema\": 1,\n  \"snoozes\": []\n}\n", "snooze", "-o", "json")

	d.expect(0, "work is snoozed until 2026-11-28 09:30. It ends sooner when the service says something else than forbidden.\n",
		"snooze", "work", "7d", "--note", " Kim makes\n a new\x1b[2J one ")
	d.expect(0, "home is snoozed until 2026-11-25. It ends sooner when the service first judges the token.\n", "snooze", "home", "2026-11-25")
	d.expect(0, "PROFILE  UNTIL             VERDICT    NOTE\n"+
		"home     2026-11-25        -          -\n"+
		"work     2026-11-28 09:30  forbidden  Kim makes a new?[2J one\n", "snooze")

	// It counts no more, but where it is named.
	if told, status := d.run("status", "--offline"); status != 0 || !strings.Contains(told, "snoozed 7d  Kim makes a new?[2J one") {
		t.Errorf("exit status %d\n%s", status, told)
	}
	if told, status := d.run("show", "work", "--offline"); status != 1 ||
		!strings.Contains(told, "ends sooner  when the service says something else than forbidden\n") ||
		!strings.Contains(told, "note         Kim makes a new?[2J one\n") || !strings.Contains(told, "snoozed for 7d, until 2026-11-28 09:30 CET") {
		t.Errorf("exit status %d\n%s", status, told)
	}
	if told, _ := d.run("status", "--offline", "-o", "json", "--select", "snoozed name:work"); !strings.Contains(told, `"snoozed_until": "2026-11-28T08:30:00Z"`) ||
		!strings.Contains(told, `"snooze_note": "Kim makes a new�[2J one"`) {
		t.Errorf("the JSON is\n%s", told)
	}

	// Another verdict ends it, and so does the time.
	healthy := refusedAt("work", d.now)
	healthy.Health.State, healthy.Verdict.State = account.Healthy, account.Healthy
	d.knows(healthy)
	d.expect(0, "PROFILE  UNTIL       VERDICT  NOTE\nhome     2026-11-25  -        -\n", "snooze")
	d.now = d.now.AddDate(0, 0, 3)
	d.expect(0, "home is no longer snoozed.\n", "snooze", "home", "off")
	d.expect(0, "home is not snoozed.\n", "snooze", "home", "off")
	d.expect(0, "{\n  \"schema\": 1,\n  \"snoozes\": [\n    {\n      \"profile\": \"work\",\n      \"until\": \"2026-11-24T09:30:00Z\",\n"+
		"      \"note\": \"\",\n      \"verdict\": \"healthy\"\n    }\n  ]\n}\n", "snooze", "work", "1h", "-o", "json")
	d.now = d.now.Add(time.Hour)
	d.expect(0, "rollcall: no profile is snoozed\n", "snooze")
}

// TestSnoozeRefuses says what is wrong with a wish, and keeps nothing of it.
func TestSnoozeRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, snoozeMorning())
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"work"}, "say for how long, as in: rollcall snooze work 7d"},
		{[]string{"work", "home", "7d"}, "name one profile and a time"},
		{[]string{"wrok", "7d"}, `did you mean "work"?`},
		{[]string{"work", "soon"}, `"soon" is no time to snooze for; write a span such as 7d, a date such as 2026-11-28, or off`},
		{[]string{"work", "2026-13-01"}, "is no time to snooze for"},
		{[]string{"work", "0"}, `"0" is not in the future`},
		{[]string{"work", "2026-11-21"}, `"2026-11-21" is not in the future`},
		{[]string{"work", "2026-11-20"}, `"2026-11-20" is not in the future`},
		{[]string{"work", "2y"}, `"2y" is more than a year ahead; to hear nothing for longer, switch the profile off with 'rollcall disable'`},
		{[]string{"work", "2028-01-01"}, "is more than a year ahead"},
		{[]string{"work", "7d", "--note", strings.Repeat("é", 201)}, "the note has 201 characters; it can have 200"},
		{[]string{"work", "off", "--note", "x"}, "--note goes with a snooze that begins"},
		{[]string{"--note", "x"}, "--note goes with a profile and a time"},
	} {
		if told, status := d.run(append([]string{"snooze"}, tt.args...)...); status != 2 || !strings.Contains(told, tt.want) {
			t.Errorf("%q: exit status %d\n%s", tt.args, status, told)
		}
	}
	d.expect(0, "rollcall: no profile is snoozed\n", "snooze")
	if s, err := manage.NewSnooze("1y", strings.Repeat("é", 200), d.now); err != nil || s.Note == "" {
		t.Errorf("a year with a note: %v", err)
	}
	d.path = filepath.Join(d.dir, "missing.toml")
	if told, status := d.run("snooze"); status != 2 || !strings.Contains(told, "missing.toml") {
		t.Errorf("exit status %d\n%s", status, told)
	}
}

// TestChangesFarBack has changes of many weeks, told at a later moment than the one
// at which they were kept.
func TestChangesFarBack(t *testing.T) {
	t.Parallel()
	kept := time.Now()
	d := newDesk(t, kept.AddDate(0, 0, 20))
	const day = 24 * time.Hour
	var all []account.Snapshot
	for name, ages := range map[string][]int{"work": {75, 50, 8, 1}, "home": {60, 9}} {
		s := account.Snapshot{Profile: name, Health: account.Health{State: account.Healthy, CheckedAt: kept}}
		for _, age := range ages {
			s.Changes = append(s.Changes, account.Change{
				At: kept.Add(-time.Duration(age) * day).Truncate(time.Millisecond), Kind: account.ChangeOrganization,
				Is: account.Value{Name: name + " " + time.Duration(age*int(day)).String()},
			})
		}
		s.History = []account.Check{{At: s.Changes[0].At, State: account.Healthy}}
		all = append(all, s)
	}
	d.knows(all...)
	for line, want := range map[string]string{
		"":                                "",
		"--since 25d":                     "work 24h0m0s",
		"--since 30d":                     "home 216h0m0s, work 192h0m0s, work 24h0m0s",
		"--since 30d --select tag:prod":   "work 192h0m0s, work 24h0m0s",
		"home --since 85d":                "home 1440h0m0s, home 216h0m0s",
		"--since 90d":                     "home 1440h0m0s, work 1200h0m0s, home 216h0m0s, work 192h0m0s, work 24h0m0s",
		"--since 90d --select !name:work": "home 1440h0m0s, home 216h0m0s",
	} {
		told, status := d.run(append([]string{"changes"}, strings.Fields(line)...)...)
		var found []string
		for l := range strings.Lines(told) {
			if _, what, ok := strings.Cut(l, "organization added: "); ok {
				found = append(found, strings.TrimSpace(what))
			}
		}
		if got := strings.Join(found, ", "); got != want || status != 0 {
			t.Errorf("%s: exit status %d, %s\nwant %s", line, status, got, want)
		}
	}
	if told, status := d.run("changes", "--since", "120d", "--select", "tag:zebra"); status != 2 || !strings.Contains(told, "no profile answers") {
		t.Errorf("exit status %d\n%s", status, told)
	}
}
