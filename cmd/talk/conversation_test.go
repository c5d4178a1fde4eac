package talk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

const day = 24 * time.Hour

// checked is a profile after a check at noon, the service of which stands at a host.
func checked(name, host string, state account.State) account.Snapshot {
	s := account.Snapshot{
		Profile: name, Service: "katapult", Origin: "https://" + host, Endpoint: "https://" + host + "/core/v1/users/current",
		Health: account.Health{State: state, CheckedAt: noon(), Attempts: 1, HTTPStatus: 200},
		NextAt: noon().Add(41 * time.Second), Since: noon().Add(-2 * day),
		Verdict: account.Verdict{State: state, At: noon(), Since: noon().Add(-2 * day)},
	}
	if state.Inconclusive() {
		s.Verdict.State, s.UnaskedSince = account.Healthy, noon().Add(-time.Hour)
	}
	if state.Severity() == account.SeverityFail {
		s.Health.Explanation, s.Health.Remedy = "What happened.", "What to do."
	}
	if state == account.Unreachable {
		s.Health.Code, s.Health.HTTPStatus = "no_route", 0
	}
	return s
}

// of has a user answer for a profile, with a token that ends so much later; never
// for 0.
func of(s account.Snapshot, name string, left time.Duration) account.Snapshot {
	s.Account = &account.Account{User: account.User{ID: "user_" + strings.ToLower(name), FullName: name + " Roe"}}
	s.Account.Token.Expiry.Kind, s.AccountAt = account.ExpiryNever, noon()
	if left != 0 {
		s.Account.Token.Expiry = account.Expiry{Kind: account.ExpiryDate, At: noon().Add(left)}
	}
	return s
}

// settings are profiles of these names, each with a file for its secret.
func settings(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "[profiles.%s]\nprovider = 'katapult'\ntoken = { file = '%s' }\n\n", name, name)
	}
	return b.String()
}

// mixed is a day on which some profiles need somebody.
func mixed(t *testing.T) (*world, []account.Snapshot) {
	t.Helper()
	w := newWorld(t, settings("work", "staging", "release", "shared", "office", "egi", "batch", "far-a", "far-b", "shell", "holiday")+
		"[profiles.retired]\nprovider = 'katapult'\ndisabled = true\ntoken = { env = 'RETIRED' }\n")
	shell := checked("shell", "g.example", account.CredentialMissing)
	shell.Health.Remedy, shell.Health.Action, shell.Health.Command = "Run: chmod 600 shell", account.ActionCopy, "chmod 600 shell"
	shell.Verdict = account.Verdict{}
	holiday := of(checked("holiday", "h.example", account.InvalidToken), "Kim", 0)
	holiday.Snooze = account.Snooze{Until: noon().Add(5 * day), Note: "Kim makes a new one", Verdict: account.InvalidToken}
	retired := account.Snapshot{Profile: "retired", Health: account.Health{State: account.Disabled}}
	return w, []account.Snapshot{
		of(checked("work", "a.example", account.Healthy), "Sam", 0),
		of(checked("staging", "a.example", account.InvalidToken), "Sam", 0),
		of(checked("release", "a.example", account.Expiring), "Sam", 113*time.Minute),
		of(checked("shared", "b.example", account.WrongAccount), "Kim", 80*day),
		checked("office", "c.example", account.NetworkDenied),
		of(checked("egi", "d.example", account.Expiring), "Ada", 5*day),
		of(checked("batch", "e.example", account.RateLimited), "Sam", 0),
		of(checked("far-a", "f.example", account.Unreachable), "Sam", 90*day),
		of(checked("far-b", "f.example", account.Unreachable), "Sam", 0),
		shell, holiday, retired,
	}
}

// TestTelling has a person listen to what there is.
func TestTelling(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	o := w.options()
	o.Active = "work"
	o.Journal = func() []account.Past {
		return []account.Past{{Profile: "egi", Changes: []account.Change{
			{At: noon().Add(-day), Kind: account.ChangeOrganization, Is: account.Value{Name: "Acme"}},
			{At: noon().Add(-time.Hour), Kind: account.ChangeScope, Was: account.Value{Name: "users"}},
		}}}
	}
	o.History = func(name string) account.Past {
		return account.Past{Profile: name, Checks: []account.Check{
			{At: noon().Add(-4 * time.Hour), State: account.Healthy}, {At: noon().Add(-3 * time.Hour), State: account.Healthy},
			{At: noon().Add(-2 * time.Hour), State: account.Healthy, Latency: 41 * time.Millisecond}, {At: noon().Add(-time.Hour), State: account.Unreachable},
		}}
	}
	w.plays("telling.txt", o, all)
}

// TestFixing has a person mend what is wrong.
func TestFixing(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	for _, name := range []string{"staging", "release", "shared"} {
		w.keep(name, "kt-old")
	}
	w.answers["kt-old"] = of(account.Snapshot{Health: account.Health{State: account.Expiring}}, "Sam", 113*time.Minute)
	w.answers["kt-new"] = of(account.Snapshot{Health: account.Health{State: account.Healthy}}, "Sam", 90*day)
	w.answers["kt-kim"] = of(account.Snapshot{Health: account.Health{State: account.Healthy}}, "Kim", 90*day)
	w.answers["kt-bad"] = account.Snapshot{Health: account.Health{State: account.InvalidToken, Explanation: "It was revoked.", Remedy: "Make another."}}
	w.plays("fixing.txt", w.options(), all)
	const want = "open tokens, open tokens, open tokens, open tokens, check batch, open tokens, edit egi, refresh"
	if got := strings.ReplaceAll(strings.Join(w.did, ", "), "https://katapult.example/", ""); got != want {
		t.Errorf("it did %s\nwant   %s", got, want)
	}
}

// TestRotating has a person rotate the secrets of several profiles, leave that, and take
// it up again.
func TestRotating(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	for _, name := range []string{"staging", "release"} {
		w.keep(name, "kt-old")
	}
	w.answers["kt-old"] = of(account.Snapshot{Health: account.Health{State: account.Expiring}}, "Sam", 113*time.Minute)
	w.answers["kt-new"] = of(account.Snapshot{Health: account.Health{State: account.Healthy}}, "Sam", 90*day)
	w.answers["kt-bad"] = account.Snapshot{Health: account.Health{State: account.InvalidToken, Explanation: "It was revoked.", Remedy: "Make another."}}
	w.plays("rotating.txt", w.options(), all)
	for name, want := range map[string]string{"staging": "kt-new", "staging.previous": "kt-old", "release": "kt-old", "release.previous": "kt-new"} {
		if got, err := os.ReadFile(filepath.Join(w.dir, name)); string(got) != want+"\n" {
			t.Errorf("%s has %q, %v", name, got, err)
		}
	}
}

// TestRotatingTheNamed leaves alone what was begun before, and says so.
func TestRotatingTheNamed(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	w.keep("staging", "kt-old")
	c := w.begin(all)
	if _, err := c.Manage.BeginRotation([]string{"release"}); err != nil {
		t.Fatal(err)
	}
	const left = "1 is left from before: rotate goes on with it."
	if got := strings.Join(c.do(t.Context(), "rotate 2"), "\n"); got != left {
		t.Errorf("it says %q", got)
	}
	if got := c.tourSum(&touring{names: []string{"staging"}}); got != "0 secrets replaced. 1 is to do: rotate goes on with it. "+left {
		t.Errorf("it says %q", got)
	}
	if got := c.tourSum(&touring{}); got != "0 secrets replaced. 2 are to do: rotate goes on with them." {
		t.Errorf("it says %q", got)
	}
}

// TestRotateLoses asks once more where the present secret cannot be kept.
func TestRotateLoses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a"))
	w.keep("a", "kt-old")
	if err := os.Mkdir(filepath.Join(w.dir, "a.previous"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.answers["kt-new"] = of(account.Snapshot{Health: account.Health{State: account.Healthy}}, "Sam", 0)
	for _, tt := range []struct{ typed, said, kept string }{
		{"rotate 1\nkt-new\nyes\nno\n", "Nothing was changed.", "kt-old"},
		{"rotate 1\nkt-new\nyes\nyes\n", "Replaced the secret of a.", "kt-new"},
	} {
		var out strings.Builder
		c := New(t.Context(), strings.NewReader(tt.typed), &out, w.options())
		none := make(chan account.Event)
		close(none)
		c.Run(t.Context(), none, nil)
		got, err := os.ReadFile(filepath.Join(w.dir, "a"))
		if err != nil || strings.TrimSpace(string(got)) != tt.kept || !strings.Contains(out.String(), "so that the present one is lost?") ||
			!strings.Contains(out.String(), tt.said) {
			t.Errorf("%v, it kept %s, and says\n%s", err, got, out.String())
		}
	}
}

// TestNothingKept changes nothing where there is no manager.
func TestNothingKept(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	o := w.options()
	o.Manage, o.Edit = nil, nil
	c := New(t.Context(), strings.NewReader(""), new(strings.Builder), o)
	c.take(account.Event{Snapshots: all})
	for _, line := range []string{"use 1", "pin 1", "snooze 1 7d", "rotate 2", "login 1", "undo", "edit 1", "fix 2", "fix 4"} {
		if got := strings.Join(c.do(t.Context(), line), "\n"); got != nothingKept {
			t.Errorf("%s: it says %q", line, got)
		}
	}
}

// begin is a conversation that has told how all are.
func (w *world) begin(all []account.Snapshot) *Conversation {
	c := New(w.t.Context(), strings.NewReader(""), new(strings.Builder), w.options())
	c.take(account.Event{Snapshots: all})
	c.list()
	c.heardAll()
	return c
}

// hears has a conversation take snapshots, and gives what is new by that.
func (c *Conversation) hears(all ...account.Snapshot) string {
	c.take(account.Event{Snapshots: all})
	return strings.Join(c.tell(), "\n")
}

// TestNews tells of edges of urgency in the order of that, each once.
func TestNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a", "b", "c"))
	fine := func(name string) account.Snapshot { return checked(name, name+".example", account.Healthy) }
	c := w.begin([]account.Snapshot{fine("a"), fine("b"), of(fine("c"), "Sam", 20*day)})
	busy := checked("a", "a.example", account.InvalidToken)
	busy.Details.Busy = true
	if news := c.hears(busy); news != "" {
		t.Errorf("told before the check had ended: %q", news)
	}
	const soon = "Soon: 2. b, Sam Roe at Katapult: expiring. The token ends in 9d, on 2026-11-30. Renew it before then, and put the new one " +
		"where this profile takes its token from. To make a new token, prove it: fix 2."
	const now = "Now: 1. a: invalid token, for 2d. What happened. What to do. To make a new token, prove it: fix 1."
	if news := c.hears(of(checked("b", "b.example", account.Expiring), "Sam", 9*day), checked("a", "a.example", account.InvalidToken)); news != now+"\n"+soon {
		t.Errorf("told\n%s\nwant\n%s\n%s", news, now, soon)
	}
	if news := c.hears(checked("a", "a.example", account.InvalidToken)); news != "" {
		t.Errorf("told again: %q", news)
	}
	if news := c.hears(fine("a")); news != "Fine again: 1. a: healthy." {
		t.Errorf("told %q", news)
	}
	if news := c.hears(checked("a", "a.example", account.RateLimited)); news != "" {
		t.Errorf("a wait was told: %q", news)
	}
	if news := c.hears(fine("a")); news != "" {
		t.Errorf("the end of a wait was told: %q", news)
	}
	// Time alone brings the next news.
	w.now = noon().Add(6*day + time.Hour)
	if at := c.news.turns; !at.Equal(noon().Add(6 * day)) {
		t.Errorf("the next news come at %v", at)
	}
	if news := strings.Join(c.tell(), "\n"); !strings.HasPrefix(news, "Soon: 3. c, Sam Roe at Katapult: ") {
		t.Errorf("told %q", news)
	}
}

// TestNewsOfMany tells of many profiles at once in one sentence.
func TestNewsOfMany(t *testing.T) {
	t.Parallel()
	var names []string
	var fine, bad []account.Snapshot
	for i := range 12 {
		name := fmt.Sprintf("p%d", i+1)
		names = append(names, name)
		fine = append(fine, checked(name, "one.example", account.Healthy))
		bad = append(bad, checked(name, "one.example", account.InvalidToken))
	}
	c := newWorld(t, settings(names...)).begin(fine)
	const want = "12 profiles need you now: 1 p1, 2 p2, 3 p3, 4 p4, 5 p5, 6 p6, 7 p7, 8 p8, and 4 more. Type now to hear them."
	if news := c.hears(bad...); news != want {
		t.Errorf("told %q, want %q", news, want)
	}
	if news := c.hears(fine[:4]...); news != "4 profiles are fine again: 1 p1, 2 p2, 3 p3, 4 p4. Type fine to hear them." {
		t.Errorf("told %q", news)
	}
}

// TestNewsOfAnIncident tells once that it has begun, and once that it is over.
func TestNewsOfAnIncident(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a", "b", "c"))
	var fine, down []account.Snapshot
	for _, name := range []string{"a", "b", "c"} {
		fine = append(fine, checked(name, "one.example", account.Healthy))
		down = append(down, checked(name, "one.example", account.Unreachable))
	}
	c := w.begin(fine)
	began := c.hears(down...)
	if title := strings.SplitN(began, ".", 2)[0]; title == "" || strings.Count(began, "\n") > 0 || !strings.HasSuffix(began, "Profiles: 1 a, 2 b, 3 c.") {
		t.Errorf("told %q", began)
	}
	if again := c.hears(down...); again != "" {
		t.Errorf("told again: %q", again)
	}
	if over := c.hears(fine...); !strings.HasPrefix(over, "Over: ") || strings.Contains(over, "\n") {
		t.Errorf("told %q", over)
	}
}

// TestWishes tells the outcome of checks that the person asked for.
func TestWishes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a", "b"))
	a, b := checked("a", "a.example", account.Healthy), checked("b", "b.example", account.Healthy)
	c := w.begin([]account.Snapshot{a, b})
	changed := a
	changed.Changes = []account.Change{
		{At: noon().Add(-time.Hour), Kind: account.ChangeOrganization, Is: account.Value{Name: "Old"}},
		{At: noon().Add(time.Second), Kind: account.ChangeOrganization, Is: account.Value{Name: "Acme"}},
	}
	for _, want := range []string{"1. a: organization added: Acme.", ""} {
		if news := c.hears(changed); news != want {
			t.Errorf("told %q, want %q", news, want)
		}
	}
	// A service that calls them otherwise has its own word.
	c.Services[0].GroupsWord = "teams"
	changed.Changes = append(changed.Changes, account.Change{At: noon().Add(2 * time.Second), Kind: account.ChangeOrganization, Is: account.Value{Name: "Reds"}})
	if news := c.hears(changed); news != "1. a: team added: Reds." {
		t.Errorf("told %q", news)
	}
	c.do(t.Context(), "r 2")
	if got := strings.Join(w.did, ", "); got != "check b" {
		t.Errorf("it did %s", got)
	}
	held := checked("b", "b.example", account.RateLimited)
	held.Health.CheckedAt, held.Health.RetryAt = noon().Add(-time.Minute), noon().Add(40*time.Second)
	if news := c.hears(held); news != "2. b: healthy, stale, rate limited, asked again in 41s. To ask again: fix 2." {
		t.Errorf("told %q", news)
	}
	if news := c.hears(held); news != "" {
		t.Errorf("told again: %q", news)
	}
	c.do(t.Context(), "r")
	if news := c.hears(a); news != "" {
		t.Errorf("told before all were checked: %q", news)
	}
	if news := c.hears(b); news != "All were checked. No profile needs you now." {
		t.Errorf("told %q", news)
	}
}

// TestReload tells of a changed file, and of the profiles that are new in it.
func TestReload(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a", "b"))
	c := w.begin([]account.Snapshot{checked("a", "a.example", account.Healthy), checked("b", "b.example", account.Healthy)})
	next, err := config.Parse("config.toml", []byte(settings("b", "c")), w.providers())
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(c.reload(Reload{Config: next}), "\n"); said != "The configuration has changed: 2 profiles now. New: c. Gone: a." {
		t.Errorf("said %q", said)
	}
	if news := c.hears(checked("c", "c.example", account.Healthy)); news != "2. c: healthy." {
		t.Errorf("told %q", news)
	}
}

// TestPrivate tells of files without the names of their owners.
func TestPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("a"))
	c := w.begin([]account.Snapshot{checked("a", "a.example", account.Healthy)})
	c.Told, c.config.Path = privacy.New(nil).Text, "/home/sam/config.toml"
	c.take(account.Event{Notice: "/home/sam/state.json was set aside."})
	all := append(c.tell(), c.do(t.Context(), "p")...)
	all = append(all, c.reload(Reload{Err: errors.New("/home/sam/config.toml:1: a value is missing")})...)
	if said := strings.Join(all, "\n"); strings.Count(said, "/home/") != 3 || strings.Contains(said, "sam") {
		t.Errorf("told:\n%s", said)
	}
}
