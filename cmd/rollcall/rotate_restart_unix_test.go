//go:build unix

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestRotateAVariable proves another secret of a variable, which only a rollcall that is
// started anew can find there: until then it is kept that the rotation waits for that.
func TestRotateAVariable(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-first": "Sam", "kt-second": "Sam", "kt-third": "Sam"})
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+g.URL+"\"\ntoken = { env = \"WORK\" }\n"+
		"[profiles.ci]\nprovider = \"katapult\"\nbase_url = \""+g.URL+"\"\ntoken = { env = \"WORK\" }\n"+
		"[profiles.off]\nprovider = \"katapult\"\nbase_url = \""+g.URL+"\"\ntoken = { env = \"OFF\" }\ndisabled = true\n")
	const hidden = "New secret of work (not shown): "
	written := ""
	run := func(status int, secret string, args []string, dialogue func(m *dialogue)) {
		t.Helper()
		m := newDialogue(startProgram(t, 150, 60, []string{"HOME=" + w.home, "TERM=dumb", "WORK=" + secret}, program, args...))
		dialogue(m)
		if got := m.exit(); got != status {
			t.Errorf("%v ends with %d", args, got)
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		written += m.written.String()
	}
	run(0, "kt-first", []string{"rotate", "--no-browser", "--select", "name:work"}, func(m *dialogue) {
		m.answer(hidden, "kt-second\r")
		m.shows("et WORK to the new secret where it is set, and start rollcall anew", "1 restart pending; 1 to do: 'rollcall rotate' goes on")
	})
	// Whoever named it gives the same again, or the old one by mistake.
	run(2, "kt-first", []string{"rotate", "--no-browser", "--select", "name:ci"}, func(m *dialogue) {
		m.answer("New secret of ci (not shown): ", "kt-first\r")
		m.shows("env WORK gives this secret already, so that nothing changed. If it is the new one, delete the old one at the service")
		m.answer("Try once more?", "n\r")
		m.shows("0 secrets replaced; 1 left as they are")
	})
	run(0, "kt-first", []string{"rotate", "--no-browser", "ci"}, func(m *dialogue) {
		m.answer("New secret of ci (not shown): ", "kt-first\r")
		m.shows("Env WORK gives this secret already, so that nothing changed.")
	})
	run(0, "kt-second", []string{"rotate", "--no-browser"}, func(m *dialogue) {
		m.answer(hidden, "kt-second\r")
		m.shows("1 secret replaced.")
	})
	run(0, "kt-second", []string{"--accessible"}, func(m *dialogue) {
		m.answer("q to leave: ", "rotate 1 3\r")
		m.answer(hidden, "kt-third\r")
		m.shows("0 secrets replaced. 1 waits for a restart. 1 is to do")
		m.press("q\r")
	})
	if strings.Contains(written, "kt-") {
		t.Errorf("a secret was shown:\n%s", written)
	}
}

// TestRotateToTheSame gives the secret that a variable or a command has already: its end is
// not compared with itself, and nothing is said to have taken the place of anything.
func TestRotateToTheSame(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"id":"u1","ends":"2999-01-01T00:00:00Z"}`)
	}))
	t.Cleanup(s.Close)
	w := newWorld(t).with("WORK=kt-present")
	w.write(".config/rollcall/config.toml", "[services.own]\nurl = '"+s.URL+"/me'\nauth = 'Bearer {token}'\nid = '$.id'\nexpiry = { path = '$.ends' }\n"+
		"[profiles.variable]\nprovider = 'own'\ntoken = { env = 'WORK' }\n"+
		"[profiles.command]\nprovider = 'own'\ntoken = { command = ['/bin/sh', '-c', 'echo kt-present'] }\n")
	for name, want := range map[string][2]string{
		"variable": {"Env WORK gives this secret already, so that nothing changed. If it is the new one,", ""},
		"command":  {"The secret of command is the one that you gave.", "If that took the place of another one,"},
	} {
		c := w.command("rotate", name, "--no-browser")
		var stderr strings.Builder
		c.Stdin, c.Stderr = strings.NewReader("kt-present\n"), &stderr
		out, err := c.Output()
		if err != nil || !strings.Contains(string(out), want[0]) || !strings.Contains(stderr.String(), want[1]) || strings.Contains(stderr.String(), "The old one") {
			t.Errorf("%s: %v\n%s%s", name, err, out, stderr.String())
		}
	}
}
