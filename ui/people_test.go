package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/config"
)

// manyTokens are n profiles of one user, each with other scopes, and one of another
// service that is the same person's.
func manyTokens(n int) (*config.Config, []account.Snapshot) {
	base, samples := sampleProfiles(), sampleSnapshots()
	c := &config.Config{UI: base.UI}
	var all []account.Snapshot
	add := func(from int, name string, orgs []account.Organization, scopes ...string) {
		p, s := base.Profiles[from], samples[from]
		a := *s.Account
		p.Name, s.Profile, s.Busy = name, name, false
		a.User.Emails = []string{"sam@example.org"}
		a.Organizations, a.Token.Scopes = orgs, scopes
		s.Account = &a
		c.Profiles, all = append(c.Profiles, p), append(all, s)
	}
	acme, otter := account.Organization{ID: "1", Name: "Acme", Role: "owner"}, account.Organization{ID: "2", Name: "Otter Labs", Role: "member"}
	for i := range n {
		orgs, scopes := []account.Organization{acme}, []string{"users:read"}
		if i%3 == 0 {
			orgs = append(orgs, otter)
		}
		if i%2 == 0 {
			scopes = append(scopes, "virtual_machines")
		}
		add(0, fmt.Sprintf("token-%02d", i), orgs, scopes...)
	}
	add(1, "elsewhere", nil)
	return c, all
}

// compared is a dashboard with the people of many tokens.
func compared(n, w, h int, o Options) *bench {
	c, all := manyTokens(n)
	o.Config = c
	b := newBench(o)
	b.send(tea.WindowSizeMsg{Width: w, Height: h}, account.Event{Snapshots: all})
	b.press("p")
	return b
}

// line is the line of the screen that has a text.
func (b *bench) line(t *testing.T, text string) string {
	t.Helper()
	for l := range strings.SplitSeq(b.text(), "\n") {
		if strings.Contains(l, text) {
			return strings.Join(strings.Fields(strings.Trim(l, "│┃")), " ")
		}
	}
	t.Fatalf("no line has %q:\n%s", text, b.text())
	return ""
}

func TestProfilesOfAPersonAreCompared(t *testing.T) {
	b := compared(3, 120, 36, Options{})
	b.wants(t, "Sam Roe  4 profiles, ", "same     e-mail sam@example.org")
	for text, want := range map[string]string{
		"Otter Labs":   "≠ Otter Labs ● member – – ?",
		"Acme":         "Acme ● owner ● owner ● owner ?",
		"virtual_mach": "≠ virtual_machines ● – ●",
		"users:read":   "users:read ● ● ●",
		"● has it":     "● has it – has it not ? not known ≠ differs blank: of another service",
	} {
		if got := b.line(t, text); got != want {
			t.Errorf("%s: the line is %q, want %q", text, got, want)
		}
	}
	if got := b.line(t, "token-00    token-01"); got != "token-00 token-01 token-02 elsewhere" {
		t.Errorf("over the columns stands %q", got)
	}
	ascii := compared(3, 120, 36, Options{ASCII: true})
	if got := ascii.line(t, "Otter Labs"); !strings.Contains(got, "! Otter Labs yes member no no ?") {
		t.Errorf("in ASCII the line is %q", got)
	}
	b.press("c")
	b.wants(t, "differences only", "≠ Otter Labs")
	b.lacks(t, "  users:read")
	if again := compared(3, 120, 36, Options{Arrangement: b.rearrangedParts()}); !again.views.people().differing {
		t.Error("the next run shows all again")
	}
}

// Profiles that are too many for the screen move sideways, and their names stay while
// one reads on.
func TestManyProfilesMoveSideways(t *testing.T) {
	b := compared(11, 80, 20, Options{})
	if b.views.people().most == 0 {
		t.Fatal("there is room for all")
	}
	for shift := range b.views.people().most {
		if b.press("right"); b.views.people().shift != shift+1 {
			t.Fatal("the key does not move")
		}
	}
	b.press("right")
	b.wants(t, "no more profiles stand there")
	b.press("end")
	for range 40 {
		b.press("down")
	}
	b.wants(t, "of 12", "virtual_machines")
	if first := strings.Split(b.text(), "\n")[2]; !strings.Contains(first, "of 12") {
		t.Errorf("the names are out of sight:\n%s", b.text())
	}
	for range 40 {
		b.press("up")
	}
	if got := b.views.sheet().window.cursor; got != 1 {
		t.Errorf("up ends at line %d", got)
	}
	b.wants(t, "Sam Roe  12 profiles")
}

// No line of a person is jumped over: each is seen by going down.
func TestAllOfAPersonIsSeen(t *testing.T) {
	b := mixed(Options{}, 120, 24)
	b.press("p", "home")
	seen := map[int]bool{}
	for range 60 {
		from, to := b.sheet().window.inSight()
		for i := from; i < to; i++ {
			seen[i] = true
		}
		b.press("down")
	}
	for i := range b.sheet().lines {
		if !seen[i] {
			t.Errorf("line %d of %d is never seen", i, len(b.sheet().lines))
		}
	}
}

func TestAPersonInFull(t *testing.T) {
	b := compared(3, 120, 40, Options{})
	b.press("b")
	b.wants(t, "╭ Sam Roe ", "4 profiles", "share the e-mail sam@example.org", "organization Otter Labs: token-00 (member), not token-01 and token-02")
	b.press("esc")
	b.at(t, viewPeople)
}

// What changes in what a person has is seen at once; an answer that changes nothing
// compares nothing anew.
func TestPeopleFollowTheAnswers(t *testing.T) {
	b := compared(3, 120, 36, Options{})
	_, all := manyTokens(3)
	made := b.roster.people.matrices[b.roster.rows[0]].Matrix
	b.send(account.Event{Snapshots: all})
	if b.roster.people.matrices[b.roster.rows[0]].Matrix != made {
		t.Error("the same answers are compared anew")
	}
	a := *all[1].Account
	a.Organizations = slices.Concat(a.Organizations, []account.Organization{{ID: "2", Name: "Otter Labs", Role: "guest"}})
	all[1].Account = &a
	b.send(account.Event{Snapshots: all[1:2]})
	if got := b.line(t, "Otter Labs"); got != "≠ Otter Labs ● member ● guest – ?" {
		t.Errorf("the line is %q", got)
	}
}
