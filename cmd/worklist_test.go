package cmd

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

// noon is the moment of the tables.
func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// usualTable is a table of which the command line says nothing.
func usualTable() *tableOptions {
	return &tableOptions{sort: &sortFlag{by: insight.OrderUrgency}, columns: new(columnsFlag)}
}

// mixedDay is a configuration with what is known of it: something of everything,
// and a host that is down.
func mixedDay(t *testing.T) (*app, *loaded, []account.Snapshot) {
	t.Helper()
	const day = 24 * time.Hour
	now := noon()
	type sample struct {
		name, more string
		health     account.Health
		verdict    account.State
		since      time.Duration
		ends       time.Duration
		user       string
	}
	samples := []sample{
		{"work", "tags = [\"prod\"]\n", account.Health{State: account.Healthy}, account.Healthy, 9 * day, 0, "Sam Roe"},
		{"release", "tags = [\"prod\", \"client\"]\n", account.Health{State: account.Expiring}, account.Expiring, 9 * day, 113 * time.Minute, "Sam Roe"},
		{"shared", "", account.Health{
			State: account.WrongAccount, Explanation: "The service answered as user user_2eBVBTyn4GJR9Xtz, but this profile belongs to user user_Zk3PqW8rTn5LxB1c.",
			Remedy: "Give the profile a credential of user_Zk3PqW8rTn5LxB1c.",
		}, account.WrongAccount, 2 * day, 0, "Kim Larsen"},
		{"east", "", down("east"), account.Healthy, 3 * time.Hour, 80 * day, "Ada Quist"},
		{"west", "", down("west"), account.Healthy, 3 * time.Hour, 0, "李明"},
		{"broken", "", account.Health{
			State: account.InvalidToken, Explanation: "The token has been revoked.", Remedy: "Create a new token in Katapult.",
		}, account.InvalidToken, 3 * time.Hour, 0, ""},
		{"egi", "", account.Health{State: account.Expiring}, account.Expiring, 9 * day, 5 * day, "Zażółć Gęślą-Jaźń"},
		{"batch", "", account.Health{
			State: account.RateLimited, Explanation: "Katapult allows this token 100 requests a minute, and they are used up.",
			Remedy: "Wait until the limit is over.", RetryAt: now.Add(55 * time.Second),
		}, "", time.Minute, 0, ""},
		{"quiet", "", account.Health{State: account.Forbidden, Explanation: "The account is blocked.", Remedy: "Ask them to unblock it."}, account.Forbidden, 2 * day, 0, ""},
		{"retired", "disabled = true\n", account.Health{State: account.Disabled}, "", 0, 0, ""},
	}
	var text strings.Builder
	var snapshots []account.Snapshot
	for _, x := range samples {
		fmt.Fprintf(&text, "[profiles.%s]\nprovider = \"katapult\"\nbase_url = \"https://%s.example.org\"\ntoken = { env = \"T\" }\n%s", x.name, hostOf(x.name), x.more)
		s := account.Snapshot{Profile: x.name, Endpoint: "https://" + hostOf(x.name) + ".example.org/core/v1/users/current", Health: x.health}
		if x.health.State != account.Disabled {
			s.Health.CheckedAt, s.Health.Latency, s.Health.Attempts = now.Add(-time.Second), 42*time.Millisecond, 1
			s.Since = now.Add(-x.since)
		}
		if x.verdict != "" {
			s.Verdict = account.Verdict{State: x.verdict, At: now.Add(-3 * time.Hour), Since: s.Since}
		}
		if x.health.State.Inconclusive() {
			s.UnaskedSince, s.NextAt = s.Since, now.Add(55*time.Second)
		}
		if x.user != "" {
			s.Account, s.AccountAt = &account.Account{User: account.User{ID: "user_x", FullName: x.user}}, now.Add(-time.Second)
			if x.ends > 0 {
				s.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: now.Add(x.ends)}
			}
			s.RateLimit = account.RateLimit{Limit: ptr(int64(100)), Remaining: ptr(int64(87))}
		}
		if x.name == "quiet" {
			s.Snooze = account.Snooze{Until: now.Add(7 * day), Note: "Kim asks for it", Verdict: account.Forbidden}
		}
		snapshots = append(snapshots, s)
	}
	c, err := config.Parse("config.toml", []byte(text.String()), config.Services{Known: []config.Provider{{Name: "katapult"}}})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{console: console{services: builtIn(), getenv: func(string) string { return "" }}, now: noon}
	return a, &loaded{Config: c, chosen: config.Chosen{Profile: "work"}}, snapshots
}

// hostOf has the profiles that are down at one host.
func hostOf(name string) string {
	if name == "east" || name == "west" {
		return "down"
	}
	return name
}

func down(string) account.Health {
	return account.Health{
		State: account.Unavailable, HTTPStatus: 503, Explanation: "Katapult cannot answer at the moment.",
		Remedy: "Wait: this most often passes by itself.",
	}
}

// screens are those that the tables are printed for.
func screens() map[string]screen {
	return map[string]screen{
		"pipe":         {},
		"80":           {terminal: true, width: 80},
		"160":          {terminal: true, width: 160},
		"80-ascii":     {terminal: true, width: 80, ascii: true},
		"80-color":     {terminal: true, width: 80, profile: colorprofile.ANSI},
		"40":           {terminal: true, width: 40},
		"pipe-colored": {profile: colorprofile.ANSI},
	}
}

// TestStatusTable holds a mixed day as each screen has it.
func TestStatusTable(t *testing.T) {
	a, l, snapshots := mixedDay(t)
	for name, sc := range screens() {
		w := a.newWorklist(sc, l, l.Profiles, snapshots, usualTable())
		golden(t, "status-"+name+".txt", []byte(strings.Join(w.lines(), "\n")+"\n"))
	}
	w := a.newWorklist(screen{}, l, l.Profiles, snapshots, usualTable())
	if got, want := w.sum(), "3 now, 2 this week, 3 waiting, next release in 1h53m"; got != want {
		t.Errorf("the sum is %q, want %q", got, want)
	}
}

// TestIncidentIsSaidOnce has a line for a fault on a terminal, and a sentence on
// stderr where the table has none.
func TestIncidentIsSaidOnce(t *testing.T) {
	a, l, snapshots := mixedDay(t)
	for _, tt := range []struct {
		sc     screen
		by     insight.Order
		lines  int
		untold int
	}{
		{screen{terminal: true, width: 160}, insight.OrderUrgency, 1, 0},
		{screen{terminal: true, width: 160}, insight.OrderName, 0, 1},
		{screen{}, insight.OrderUrgency, 0, 1},
	} {
		o := usualTable()
		o.sort.by = tt.by
		w := a.newWorklist(tt.sc, l, l.Profiles, snapshots, o)
		if n := strings.Count(strings.Join(w.lines(), "\n"), "down.example.org is unavailable, 2 profiles"); n != tt.lines || len(w.untold()) != tt.untold {
			t.Errorf("%+v by %s: %d lines and %d untold\n%s", tt.sc, tt.by, n, len(w.untold()), strings.Join(w.lines(), "\n"))
		}
	}
}

// TestSortAndColumns asks for other orders and columns than the usual ones.
func TestSortAndColumns(t *testing.T) {
	a, l, snapshots := mixedDay(t)
	for name, flags := range map[string][2]string{
		"file":  {"file", "profile,due"},
		"due":   {"-due", "profile,due,expires,since"},
		"every": {"name", strings.Join(columnNames(), ",")},
	} {
		o := usualTable()
		if err := o.sort.Set(flags[0]); err != nil {
			t.Fatal(err)
		}
		if err := o.columns.Set(flags[1]); err != nil {
			t.Fatal(err)
		}
		w := a.newWorklist(screen{}, l, l.Profiles, snapshots, o)
		golden(t, "status-by-"+name+".txt", []byte(strings.Join(w.lines(), "\n")+"\n"))
	}
}

// TestTableFlags refuses what there is not, and says what is near.
func TestTableFlags(t *testing.T) {
	for written, want := range map[string]string{
		"usr": `there is no column "usr"; did you mean "user"?`, "user,,due": `there is no column ""`, "due,user,due": "the column due is there twice",
		"zzzzzz": `there is no column "zzzzzz"; there are profile, state,`,
	} {
		if err := new(columnsFlag).Set(written); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("--columns %s: %v, want %s", written, err, want)
		}
	}
	for written, want := range map[string]string{"nme": `there is no field "nme"; did you mean "name"?`, "": "there is no field", "-": "there is no field"} {
		if err := new(sortFlag).Set(written); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("--sort %s: %v, want %s", written, err, want)
		}
	}
	f := new(sortFlag)
	if err := f.Set("-Due"); err != nil || f.String() != "-due" {
		t.Errorf("--sort -Due: %v, %s", err, f)
	}
	if all, _ := completeColumns(nil, nil, "profile,d"); len(all) != len(columnNames())-1 || all[0] != "profile,state" {
		t.Errorf("completed as %v", all)
	}
}

// TestStatusFits prints 200 profiles, one of them with a very long name, for every
// width that a terminal can have: no line is wider, every state stands below its
// title, and no due is left out.
func TestStatusFits(t *testing.T) {
	a, l, _ := mixedDay(t)
	var profiles []config.Profile
	var snapshots []account.Snapshot
	for i := range 200 {
		name := fmt.Sprintf("profile-%d", i)
		if i == 17 {
			name = strings.Repeat("a-long-name-", 25)
		}
		s := account.Snapshot{Profile: name, Health: account.Health{State: account.Healthy}}
		switch i % 3 {
		case 0:
			s.Health = account.Health{State: account.CredentialMissing, Explanation: "The environment variable is empty or not set.", Remedy: "Set it."}
		case 1:
			s.Account = &account.Account{User: account.User{ID: "u", FullName: strings.Repeat("李明 ", i%20)}}
		}
		profiles, snapshots = append(profiles, config.Profile{Name: name}), append(snapshots, s)
	}
	for width := 0; width <= 300; width++ {
		if width == 1 {
			width = 40
		}
		sc := screen{width: width, terminal: width > 0 && width%2 == 0}
		w := a.newWorklist(sc, l, profiles, snapshots, usualTable())
		lines := w.lines()
		at := strings.Index(lines[0], "STATE")
		if at < 0 {
			t.Fatalf("at %d columns, the titles %q", width, lines[0])
		}
		states := 0
		for i, l := range lines {
			if n := ansi.StringWidth(l); n > sc.room() {
				t.Fatalf("at %d columns, line %d has %d: %q", width, i, n, l)
			}
			// The long name leaves room for the beginning of the state on a narrow screen.
			if rest := ansi.Cut(l, at, sc.room()); strings.HasPrefix(rest, "healthy") || strings.HasPrefix(rest, "cred") {
				states++
			}
		}
		if states != 200 {
			t.Fatalf("at %d columns, %d states stand below their title", width, states)
		}
	}
}
