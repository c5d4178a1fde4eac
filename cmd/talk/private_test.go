package talk

import (
	"io"
	"slices"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

// TestPrivateQueries asks queries of what is really known while stand-ins are shown,
// and tells of them with stand-ins.
func TestPrivateQueries(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	o := w.options()
	hear := func() []string {
		c := New(t.Context(), strings.NewReader(""), io.Discard, o)
		c.take(account.Event{Snapshots: all})
		return c.narrow("user:kim")
	}
	open := hear()
	o.Own = func(kind, s string) string { return kind + " " + strings.ReplaceAll(s, "kim", "1") }
	o.Shown = func(s account.Snapshot) account.Snapshot {
		if s.Account != nil {
			masked := *s.Account
			masked.User = account.User{ID: "user-1"}
			s.Account = &masked
		}
		return s
	}
	private := hear()
	if len(open) < 2 || len(private) != len(open) {
		t.Errorf("it says\n%q\nin private\n%q", open, private)
	}
	if want := strings.ReplaceAll(open[0], "user:kim", `user:"user 1"`); private[0] != want {
		t.Errorf("it says %q, want %q", private[0], want)
	}
}

// TestPrivateViews tells of saved views without the names and the queries that say who
// somebody is, and takes the stand-in of a view for its name.
func TestPrivateViews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("work")+"[views.otter-labs]\nquery = 'org:ott user:kim Otter healthy tag:prod ends<30d'\n[views.plain]\nquery = 'fine'\n")
	o, m := w.options(), privacy.New(nil)
	o.Told, o.Own, o.Shown = m.Text, m.Own, m.Snapshot
	c := New(t.Context(), strings.NewReader(""), io.Discard, o)
	s := of(checked("work", "a.example", account.Healthy), "Kim", 0)
	s.Account.Organizations = []account.Organization{{ID: "o1", Name: "Otter Labs", SubDomain: "otter"}}
	c.take(account.Event{Snapshots: []account.Snapshot{s}})
	for words, lines := range map[string][]string{
		"view-1: org:… user:… word-1 healthy tag:prod ends<30d, 0 profiles":     c.views(),
		"View view-1, 0 profiles for org:… user:… word-1 healthy tag:prod ends": c.view("view-1"),
		"View plain, 1 profile for fine":                                        c.view("plain"),
		`There is no view "view-2". Did you mean view-1?`:                       c.view("view-2"),
	} {
		said := strings.Join(lines, "\n")
		if !strings.Contains(said, words) || strings.Contains(strings.ToLower(said), "ott") || strings.Contains(strings.ToLower(said), "kim") {
			t.Errorf("it says\n%s\nand not %q", said, words)
		}
	}
}

// TestPrivatePeople finds the profiles of a person by the names that they are shown by.
func TestPrivatePeople(t *testing.T) {
	t.Parallel()
	w, all := mixed(t)
	o := w.options()
	o.Named = func(p config.Profile) config.Profile {
		p.Name = "stand-in-for-" + p.Name
		return p
	}
	c := New(t.Context(), strings.NewReader(""), io.Discard, o)
	c.take(account.Event{Snapshots: all})
	if got := c.people(); !strings.Contains(got[0], "2 stand-in-for-staging, 3 stand-in-for-release") {
		t.Errorf("it says %q", got)
	}
}

// TestPrivateReload gives stand-ins to what a changed configuration names before anything
// is told of it.
func TestPrivateReload(t *testing.T) {
	t.Parallel()
	w := newWorld(t, settings("work"))
	o, m := w.options(), privacy.New(nil)
	o.Told, o.Shown = m.Text, m.Snapshot
	o.Hide = func(c *config.Config) { m.File(c.Profiles[0].CAFile) }
	c := New(t.Context(), strings.NewReader(""), io.Discard, o)
	changed := *w.from
	changed.Profiles = slices.Clone(changed.Profiles)
	changed.Profiles[0].CAFile = "kim larsen/ca.pem"
	changed.Commands = []config.Command{{Name: "plan", Run: []string{"/srv/kim/plan"}}}
	c.reload(Reload{Config: &changed})
	c.take(account.Event{Notice: "kim larsen/ca.pem is missing"})
	if said := strings.Join(c.tell(), "\n"); !strings.HasPrefix(said, "folder-1/file-1 is missing") {
		t.Errorf("it says %q", said)
	}
	if said := c.ownCommands()[0]; said != "plan: runs /srv/folder-2/file-2." {
		t.Errorf("it says %q", said)
	}
}
