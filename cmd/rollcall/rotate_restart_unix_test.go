//go:build unix

package main

import (
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
		"[profiles.off]\nprovider = \"katapult\"\nbase_url = \""+g.URL+"\"\ntoken = { env = \"OFF\" }\ndisabled = true\n")
	const hidden = "New secret of work (not shown): "
	written := ""
	run := func(secret string, args []string, dialogue func(m *dialogue)) {
		t.Helper()
		m := newDialogue(startProgram(t, 150, 60, []string{"HOME=" + w.home, "TERM=dumb", "WORK=" + secret}, program, args...))
		dialogue(m)
		if status := m.exit(); status != 0 {
			t.Errorf("%v ends with %d", args, status)
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		written += m.written.String()
	}
	run("kt-first", []string{"rotate", "--no-browser", "--select", "name:work"}, func(m *dialogue) {
		m.answer(hidden, "kt-second\r")
		m.shows("et WORK to the new secret where it is set, and start rollcall anew", "1 restart pending; 1 to do: 'rollcall rotate' goes on")
	})
	run("kt-second", []string{"rotate", "--no-browser"}, func(m *dialogue) {
		m.answer(hidden, "kt-second\r")
		m.shows("1 secret replaced.")
	})
	run("kt-second", []string{"--accessible"}, func(m *dialogue) {
		m.answer("q to leave: ", "rotate 1-2\r")
		m.answer(hidden, "kt-third\r")
		m.shows("0 secrets replaced. 1 waits for a restart. 1 is to do")
		m.press("q\r")
	})
	if strings.Contains(written, "kt-") {
		t.Errorf("a secret was shown:\n%s", written)
	}
}
