//go:build unix

package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// newTokens are those that the page of a demo service gives out, by profile.
func newTokens(t *testing.T, page string) map[string]string {
	t.Helper()
	r, err := http.Get(page)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 2 {
			all[f[0]] = f[1]
		}
	}
	return all
}

// rotateLane gives the profile of the lane that is open a new token from the page that it
// names, and waits until that is written. Whoever watches is told how many seconds each
// step is worth.
func rotateLane(t *testing.T, m *terminal, watched func(seconds float64)) (name, page, secret string) {
	t.Helper()
	screen := m.shows("→ page", "/new-token", "[ Test ]")
	lane := regexp.MustCompile(`▌[▲●✗○] (\w+) `).FindStringSubmatch(screen)
	made := regexp.MustCompile(`made at +(http://\S+/new-token)`).FindStringSubmatch(screen)
	if lane == nil || made == nil {
		t.Fatalf("no lane is open:\n%s", screen)
	}
	name, page = lane[1], made[1]
	secret = newTokens(t, page)[name]
	m.press(pasted(secret))
	m.shows("*****")
	watched(1)
	m.press(enter)
	m.shows("[ Replace ]", "● paste ● proved")
	watched(1.5)
	m.press(enter)
	m.until(name+" is written", func(s string) bool {
		return regexp.MustCompile(name + ` +● page ● paste ● proved ● written`).MatchString(s)
	})
	watched(1)
	return name, page, secret
}

// TestRotateFourInTheDemo marks four profiles of three services, gives each a new token
// from the page of its service, deletes the old ones there, and hears that they are
// refused. No secret is on the screen or in the state, before or after.
func TestRotateFourInTheDemo(t *testing.T) {
	t.Parallel()
	w, temp := newWorld(t), t.TempDir()
	m := startProgram(t, 120, 36, []string{"HOME=" + w.home, "TMPDIR=" + temp}, program, "--demo")
	m.shows("Soon 6", "northwind")
	entries, err := os.ReadDir(temp)
	if err != nil || len(entries) != 1 {
		t.Fatalf("in the folder for temporary files: %v, %v", entries, err)
	}
	folder := filepath.Join(temp, entries[0].Name())
	four := []string{"release", "website", "pipelines", "northwind"}
	var secrets []string
	for _, name := range four {
		secrets = append(secrets, strings.TrimSpace(kept(t, filepath.Join(folder, "secrets", name))))
	}
	m.press("/name:release,website,pipelines,northwind" + enter)
	m.shows("╭ Profiles 4/")
	m.press("*")
	m.shows("4 marked")
	m.press("N")
	m.shows("Rotation of 4 secrets, 0 written")
	pages := map[string]string{}
	for range four {
		name, page, secret := rotateLane(t, m, func(float64) {})
		pages[name] = page
		secrets = append(secrets, secret)
	}
	m.shows("Rotation of 4 secrets, 4 written")
	for name, at := range pages {
		r, err := http.PostForm(at, url.Values{"delete": {name}})
		if err != nil || r.StatusCode != http.StatusOK {
			t.Errorf("%s: %v, %v", name, r, err)
			continue
		}
		_ = r.Body.Close()
	}
	m.press(strings.Repeat("\x1b[A", 3))
	for range four {
		m.shows("[ Ask ]")
		m.press(enter)
		m.shows("The service refuses the old one; what was kept of it is deleted.")
		m.press("\x1b[B")
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "secrets", "*.previous")); len(left) > 0 {
		t.Errorf("kept are %v", left)
	}
	// What was a warning is well now.
	m.press(escape)
	screen := m.until("all are fine", func(s string) bool {
		return strings.Contains(s, "Fine 4") && !strings.Contains(s, "Rotation of 4")
	})
	for _, name := range four {
		if !regexp.MustCompile(`●.?` + name).MatchString(screen) {
			t.Errorf("%s is not well:\n%s", name, screen)
		}
	}
	state := readAll(t, filepath.Join(folder, "state"))
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	for _, secret := range secrets {
		if secret == "" || strings.Contains(m.written.String(), secret) || strings.Contains(state, secret) {
			t.Errorf("the secret %q was written", secret)
		}
	}
}

// TestRotateSeveral rotates on a terminal what a query finds, is interrupted, and goes on
// with what was left. Without a terminal it takes one secret for one profile alone.
func TestRotateSeveral(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-one": "Sam", "kt-two": "Sam", "kt-one-new": "Sam", "kt-two-new": "Sam", "kt-kim": "Kim"})
	w := newWorld(t)
	file := ""
	for _, name := range []string{"one", "two"} {
		w.write(name, "kt-"+name+"\n")
		file += "[profiles." + name + "]\nprovider = 'katapult'\nbase_url = '" + g.URL + "'\ntoken = { file = '" + filepath.Join(w.home, name) + "' }\ntags = ['prod']\n\n"
	}
	file += "[profiles.off]\nprovider = 'katapult'\nbase_url = '" + g.URL + "'\ntoken = { env = 'OFF' }\ntags = ['prod']\ndisabled = true\n"
	config := w.write(".config/rollcall/config.toml", file)
	w.run("rotate", "--select", "tag:prod").expect(t, 2, "that needs a terminal")
	w.run("rotate").expect(t, 2, "no rotation was begun")
	w.run("rotate", "one", "two", "--undo").expect(t, 2, "--undo wants the name of one profile")

	env := []string{"HOME=" + w.home}
	m := newDialogue(startProgram(t, 120, 60, env, program, "rotate", "--no-browser", "--select", "tag:prod"))
	m.answer("New secret of one (not shown): ", "kt-kim\r")
	m.shows("it belongs to Kim Roe")
	m.answer("Try once more? No leaves it as it is [Y/n]: ", "\r")
	m.answer("New secret of one (not shown): ", "kt-one-new\r")
	m.shows("Replaced the secret of one.", "user    Sam Roe (user_Sam) → Sam Roe (user_Sam)")
	m.answer("New secret of two (not shown): ", "\x03")
	m.shows("1 secret replaced; 1 to do: 'rollcall rotate' goes on with them; 1 left out: off is switched off.")
	if status := m.exit(); status != 130 {
		t.Errorf("interrupted, it ends with %d", status)
	}
	written := m.written.String()
	w.run("rotate").expect(t, 2, "1 profile to rotate")

	g.mu.Lock()
	delete(g.users, "kt-one") // The person deletes it at the service.
	g.mu.Unlock()
	m = newDialogue(startProgram(t, 120, 60, env, program, "rotate", "--no-browser"))
	m.answer("New secret of two (not shown): ", "kt-two-new\r")
	m.answer("Is the old secret of one deleted there? [y/N]: ", "y\r")
	m.shows("The service refuses it; what was kept of it is deleted.")
	m.answer("Is the old secret of two deleted there? [y/N]: ", "n\r")
	m.shows("1 secret replaced; 1 refused of the old ones.")
	if status := m.exit(); status != 0 {
		t.Errorf("it ends with %d", status)
	}
	for name, want := range map[string]string{"one": "kt-one-new\n", "two": "kt-two-new\n", "one.previous": "", "two.previous": "kt-two\n"} {
		if got := kept(t, filepath.Join(w.home, name)); got != want {
			t.Errorf("%s has %q", name, got)
		}
	}
	g.mu.Lock()
	delete(g.users, "kt-two")
	g.mu.Unlock()
	w.run("rotate", "two", "--undo").expect(t, 1, "the service refuses the former secret of two")
	if got := kept(t, filepath.Join(w.home, "two")); got != "kt-two-new\n" {
		t.Errorf("refused, two has %q", got)
	}
	w.run("rotate", "two", "--undo", "--force").expect(t, 0)
	if got := kept(t, filepath.Join(w.home, "two")); got != "kt-two\n" {
		t.Errorf("undone, two has %q", got)
	}
	written += m.written.String() + kept(t, config) + readAll(t, filepath.Join(w.home, ".local"))
	for _, secret := range []string{"kt-one", "kt-two", "kt-kim"} {
		if strings.Contains(written, secret) {
			t.Errorf("the secret %s was written", secret)
		}
	}
}
