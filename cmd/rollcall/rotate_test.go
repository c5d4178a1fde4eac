//go:build unix && !darwin

package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestRotateInTheDashboard replaces a secret in a real keyring and takes it
// back, looks at what the program wrote, and then loses the keyring.
func TestRotateInTheDashboard(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-first-secret": "Sam", "kt-second-secret": "Sam", "kt-of-somebody": "Kim"})
	w := newWorld(t)
	config := w.write(".config/rollcall/config.toml", `[profiles.work]
provider = "katapult"
base_url = "`+g.URL+`"
token    = { keyring = "rollcall/work" }

[profiles.shell]
provider = "katapult"
base_url = "`+g.URL+`"
token    = { env = "SHELL_TOKEN" }
`)
	m := keyringSession(t, w, `
has() { "$0" exec work -- sh -c '[ "$KATAPULT_API_KEY" = "$0" ] && echo "has $1"' "$1" "$2"; }
printf kt-first-secret | "$0" login work
"$0"
has kt-first-secret first-again
read _
"$0"
has kt-second-secret second-now
`)
	m.shows("Sam Roe", "Fine 1")
	m.press("1N")
	m.shows("New secret of work", "kept in   keyring rollcall/work", "[ Test ]")
	m.press(pasted("kt-of-somebody") + enter)
	m.shows("wrong account", "[ Back ]")
	m.press(enter)
	m.shows("[ Test ]")
	m.press(pasted("kt-second-secret") + enter)
	m.shows("● Sam Roe (user_Sam)", "[ Replace ]")
	askedWith := func(secret string) {
		t.Helper()
		m.until("the profile is asked with "+secret, func(string) bool {
			g.mu.Lock()
			defer g.mu.Unlock()
			return g.last == secret
		})
	}
	m.press(enter)
	m.shows("replaced the secret of work; U undoes")
	askedWith("kt-second-secret")
	m.shows("[ Ask ]")
	m.press(enter)
	m.shows("The service takes the old one still.")
	leave := func() {
		t.Helper()
		m.press(escape)
		m.until("it closed", func(s string) bool { return !strings.Contains(s, "New secret of") })
	}
	leave()
	m.press("U")
	m.shows("took back: replaced the secret of work; its former secret is back")
	m.press("2N")
	m.shows("New secret of shell", "the variable SHELL_TOKEN", "there is no undo")
	leave()
	m.press("q")
	m.shows("has first-again")
	m.press(enter)
	// Undone twice, the secret is the new one.
	m.shows("Sam Roe", "Fine 1")
	m.press("1N")
	m.shows("New secret of work")
	m.press(pasted("kt-second-secret") + enter)
	m.shows("[ Replace ]")
	m.press(enter)
	m.shows("replaced the secret of work; U undoes")
	leave()
	m.press("U")
	m.shows("took back: replaced the secret of work; its former secret is back")
	askedWith("kt-first-secret")
	m.press("\x19")
	askedWith("kt-second-secret")
	m.press("q")
	m.shows("has second-now")
	m.exit()

	written := m.written.String() + kept(t, config) + kept(t, config+"~") + readAll(t, filepath.Join(w.home, ".local"))
	for secret := range g.users {
		if strings.Contains(written, secret) {
			t.Errorf("the secret %s was written", secret)
		}
	}
}

// TestActiveProfileInTheDashboard says at the start where the choice cannot be
// used, and shows a choice that is made in another terminal.
func TestActiveProfileInTheDashboard(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam", "kt-kim": "Kim"})
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", `[profiles.one]
provider = "katapult"
base_url = "`+g.URL+`"
token    = { env = "SAM" }

[profiles.two]
provider = "katapult"
base_url = "`+g.URL+`"
token    = { env = "KIM" }
`)
	env := []string{"HOME=" + w.home, "SAM=kt-sam", "KIM=kt-kim"}
	m := start(t, 120, 30, env)
	m.until("nobody active", func(s string) bool { return strings.Contains(s, "Sam Roe") && !strings.Contains(s, "★") })
	w.run("use", "two").expect(t, 0)
	m.shows("two ★")
	m.press("1u")
	m.shows("one ★")
	m.press("q")
	m.exit()

	m = start(t, 120, 30, append(env, "ROLLCALL_PROFILE=one"))
	m.shows("one ★", "Sam Roe")
	m.press("2")
	m.shows("Kim Roe", "▌2")
	m.press("u")
	m.shows("made two the active profile; here it is one: the variable ROLLCALL_PROFILE names it", "one ★")
	m.press("q")
	m.exit()

	m = start(t, 120, 30, append(env, "ROLLCALL_PROFILE=three"))
	m.shows(`ROLLCALL_PROFILE: there is no profile "three"`)
	m.press("q")
	m.exit()
}
