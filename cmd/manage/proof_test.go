package manage

import (
	"os"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/store"
)

// refuses has the state know that the service refuses the secret of a profile.
func (b *bureau) refuses(t *testing.T, name string) {
	t.Helper()
	if err := b.lend(func(s *store.Store) error {
		s.Save(account.Snapshot{
			Profile: name, Endpoint: b.Services.Endpoint("katapult", "", nil), Health: account.Health{State: account.InvalidToken, CheckedAt: b.clock},
			Verdict: account.Verdict{State: account.InvalidToken, At: b.clock},
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestRotateWhatIsRefused keeps nothing of a secret that the service refuses already, and
// keeps one that it takes after all.
func TestRotateWhatIsRefused(t *testing.T) {
	t.Parallel()
	for _, good := range []bool{false, true} {
		b := newBureau(t, "[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'a' }\n")
		b.write(t, b.path("a"), "old\n")
		b.refuses(t, "a")
		b.takes = []string{"new"}
		said, kept := "replaced the secret of a; the service refuses the old one already", ""
		if good {
			b.takes = append(b.takes, "old")
			said, kept = "replaced the secret of a", "old\n"
		}
		if _, err := b.BeginRotation([]string{"a"}); err != nil {
			t.Fatal(err)
		}
		r, err := b.Exchange(t.Context(), b.draft(t, "a"), "new", false)
		if err != nil || r.Said != said || r.Kept != good || r.Refused == good {
			t.Errorf("%+v, %v", r, err)
		}
		b.holds(t, "a", "new\n")
		b.holds(t, "a.previous", kept)
		all, err := b.Rotations()
		if err != nil || len(all) != 1 || all[0].Refused == good || all[0].Step.Open() != good {
			t.Errorf("%+v, %v", all, err)
		}
	}
}

// TestRotateWhatHasChanged overwrites no secret that came there after the new one was
// tried, in a file or in the configuration.
func TestRotateWhatHasChanged(t *testing.T) {
	t.Parallel()
	const profile = "[profiles.a]\nprovider = 'katapult'\ntoken = "
	for _, tt := range []struct{ name, before, after string }{
		{"a", "old\n", "other\n"},
		{"config.toml", profile + "'old'\n", profile + "'other'\n"},
	} {
		b := newBureau(t, profile+"{ file = 'a' }\n")
		b.write(t, b.path(tt.name), tt.before)
		try := func() {
			t.Helper()
			c, err := b.Load()
			if err != nil {
				t.Fatal(err)
			}
			b.TryProfile(t.Context(), Trial{Config: c, Profile: c.Profiles[0], Secret: "new"})
		}
		if !b.HasSecret(t.Context(), b.draft(t, "a"), "old") || b.HasSecret(t.Context(), b.draft(t, "a"), "new") {
			t.Errorf("%s: it is not known which secret the profile has", tt.name)
		}
		try()
		b.write(t, b.path(tt.name), tt.after)
		if _, err := b.Rotate(t.Context(), b.draft(t, "a"), "new", false); err == nil || !strings.Contains(err.Error(), "was changed meanwhile") {
			t.Errorf("%s: %v", tt.name, err)
		}
		b.holds(t, tt.name, tt.after)
		try()
		if _, err := b.Rotate(t.Context(), b.draft(t, "a"), "new", false); err != nil {
			t.Errorf("%s, proved again: %v", tt.name, err)
		}
		if now, err := os.ReadFile(b.path(tt.name)); err != nil || !strings.Contains(string(now), "new") || strings.Contains(string(now), "other") {
			t.Errorf("%s has %q, %v", tt.name, now, err)
		}
	}
}
