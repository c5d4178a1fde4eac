package talk

import (
	"io"
	"strings"
	"testing"

	"rollcall/client/account"
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
	o.Told = func(s string) string { return strings.ReplaceAll(s, "kim", "user-1") }
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
	if want := strings.ReplaceAll(open[0], "kim", "user-1"); private[0] != want {
		t.Errorf("it says %q, want %q", private[0], want)
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
