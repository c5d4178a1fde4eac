package talk

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/privacy"
	"rollcall/config"
	"rollcall/config/query"
)

// silentConversation is one about profiles of that many hosts, all healthy,
// that asks for no checks but remembers for whom.
func silentConversation(t *testing.T, hosts int) (c *Conversation, now time.Time, asked *[]string) {
	t.Helper()
	now = time.Now().UTC().Truncate(time.Second)
	var text strings.Builder
	for i := range hosts {
		fmt.Fprintf(&text, "[profiles.p%d]\nprovider = \"katapult\"\nbase_url = \"https://h%d.example\"\ntoken = { env = \"X\" }\n", i, i)
	}
	parsed, err := config.Parse("config.toml", []byte(text.String()), []config.Provider{{Name: "katapult"}})
	if err != nil {
		t.Fatal(err)
	}
	asked = new([]string)
	c = New(io.Discard, Options{
		Services: []account.ServiceInfo{{Name: "katapult", Title: "Katapult"}},
		Config:   parsed, Now: func() time.Time { return now },
		Refresh: func(names ...string) { *asked = append(*asked, names...) },
		Check:   func(name string) { *asked = append(*asked, name) },
		Told:    func(s string) string { return s },
		Shown:   func(s account.Snapshot) account.Snapshot { return s },
		Named:   func(p config.Profile) config.Profile { return p },
		Sum:     func([]account.Snapshot) string { return "The sum" },
		Words:   query.Vocabulary{Severities: []string{"ok", "warn", "fail", "none"}},
	})
	var all []account.Snapshot
	for i := range hosts {
		all = append(all, checkedAt(now, i, account.Health{State: account.Healthy}))
	}
	c.take(account.Event{Snapshots: all})
	return c, now, asked
}

// checkedAt is a profile after a check.
func checkedAt(at time.Time, i int, h account.Health) account.Snapshot {
	h.CheckedAt, h.Attempts = at, 1
	return account.Snapshot{
		Profile: fmt.Sprintf("p%d", i), Endpoint: fmt.Sprintf("https://h%d.example/core/v1/users/current", i), Health: h,
	}
}

// TestConversationIncident has many profiles fail in the same way, which is
// said once.
func TestConversationIncident(t *testing.T) {
	t.Parallel()
	c, now, _ := silentConversation(t, 4)
	var all []account.Snapshot
	for i := range 4 {
		all = append(all, checkedAt(now, i, account.Health{State: account.Unreachable, Code: "no_route", Explanation: "There is no way."}))
	}
	news := strings.Join(c.take(account.Event{Snapshots: all}), "\n")
	if incidents := insight.Incidents(all); len(incidents) != 1 || !strings.HasPrefix(news, incidents[0].Title+".") {
		t.Errorf("told %q of %+v", news, incidents)
	}
	if strings.Contains(news, "p1 is now") {
		t.Errorf("it is said more than once: %s", news)
	}
	if again := c.take(account.Event{Snapshots: all}); len(again) > 0 {
		t.Errorf("it is said again: %q", again)
	}
}

func TestConversationNews(t *testing.T) {
	t.Parallel()
	c, now, asked := silentConversation(t, 2)
	busy := checkedAt(now, 0, account.Health{State: account.InvalidToken})
	busy.Details.Busy = true
	if news := c.take(account.Event{Snapshots: []account.Snapshot{busy}}); len(news) > 0 {
		t.Errorf("told before the check had ended: %q", news)
	}
	changed := checkedAt(now, 0, account.Health{State: account.Healthy})
	changed.Changes = []account.Change{
		{At: now.Add(-time.Hour), Kind: account.ChangeOrganization, Is: account.Value{Name: "Old"}},
		{At: now.Add(time.Second), Kind: account.ChangeOrganization, Is: account.Value{Name: "Acme\x1b[2J"}},
	}
	for _, want := range []string{"p0: organization added: Acme\ufffd[2J.", ""} {
		if news := strings.Join(c.take(account.Event{Snapshots: []account.Snapshot{changed}}), "\n"); news != want {
			t.Errorf("told %q, want %q", news, want)
		}
	}

	// A service that calls them otherwise has its own word.
	c.Services[0].GroupsWord = "teams"
	changed.Changes = append(changed.Changes, account.Change{At: now.Add(2 * time.Second), Kind: account.ChangeOrganization, Is: account.Value{Name: "Reds"}})
	if news := strings.Join(c.take(account.Event{Snapshots: []account.Snapshot{changed}}), "\n"); news != "p0: team added: Reds." {
		t.Errorf("told %q", news)
	}

	c.do("r 2")
	if len(*asked) != 1 || (*asked)[0] != "p1" {
		t.Errorf("asked for %v", *asked)
	}
	held := checkedAt(now.Add(-time.Minute), 1, account.Health{State: account.RateLimited, Explanation: "Too many.", RetryAt: now.Add(40 * time.Second)})
	if news := strings.Join(c.take(account.Event{Snapshots: []account.Snapshot{held}}), "\n"); !strings.HasPrefix(news, "p1 is now rate limited; it was healthy. Too many.") {
		t.Errorf("told %q", news)
	}
	c.do("r p1")
	if news := strings.Join(c.take(account.Event{Snapshots: []account.Snapshot{held}}), "\n"); news != "p1: rate limited. Too many. It is asked again in 40s." {
		t.Errorf("told %q", news)
	}
	if news := c.take(account.Event{Snapshots: []account.Snapshot{held}}); len(news) > 0 {
		t.Errorf("told again: %q", news)
	}
}

// TestConversationPrivate tells of files without the names of their owners.
func TestConversationPrivate(t *testing.T) {
	t.Parallel()
	c, _, _ := silentConversation(t, 1)
	c.Told, c.config.Path = privacy.New(nil).Text, "/home/sam/config.toml"
	told := append(c.take(account.Event{Notice: "/home/sam/state.json was set aside."}), c.do("p")...)
	told = append(told, c.reload(Reload{Err: errors.New("/home/sam/config.toml:1: a value is missing")})...)
	if all := strings.Join(told, "\n"); strings.Count(all, "/home/") != 3 || strings.Contains(all, "sam") {
		t.Errorf("told:\n%s", all)
	}
}

// TestConversationFilter asks in the language of the dashboard's filter.
func TestConversationFilter(t *testing.T) {
	t.Parallel()
	c, now, _ := silentConversation(t, 3)
	refused := checkedAt(now, 1, account.Health{State: account.InvalidToken})
	refused.Changes = []account.Change{{At: now.Add(time.Second), Kind: account.ChangeOrganization}}
	c.take(account.Event{Snapshots: []account.Snapshot{refused}})
	const p0, p1, p2 = "1. p0: healthy.", "2. p1: invalid token.", "3. p2: healthy."
	for _, tt := range []struct {
		line string
		want []string
	}{
		{"f fail", []string{"1 profile for fail:", p1}},
		{"f !fail name:p2", []string{"1 profile for !fail name:p2:", p2}},
		{"f H2.Example", []string{"0 profiles for H2.Example:"}},
		{"f host:h2", []string{"1 profile for host:h2:", p2}},
		{"f source:x katapult", []string{"3 profiles for source:x katapult:", p0, p1, p2}},
		{"f changed", []string{"1 profile for changed:", p1}},
		{"l", []string{"1 profile for changed:", p1}},
		{"f tag=prod", []string{"The filter is wrong at character 4: a value stands after a colon, as in tag:prod. The one before it stays."}},
		{"l", []string{"1 profile for changed:", p1}},
		{"f", []string{p0, p1, p2}},
	} {
		got := c.do(tt.line)
		if len(got) > 1 || tt.line == "l" {
			got = got[1:] // The sum comes first.
		}
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", tt.line, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
}
