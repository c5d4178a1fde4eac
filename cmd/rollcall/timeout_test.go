//go:build unix

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// unanswered has a profile for each way to keep somebody waiting: a service, a credential
// command that does not hear that it is to end, and one that is read from a pipe.
func unanswered(t *testing.T, w *world) (path string) {
	t.Helper()
	done := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-done:
		}
	}))
	t.Cleanup(func() { close(done); s.Close() })
	return w.write("config.toml", `request_timeout = "1h"
[profiles.service]
provider = "katapult"
base_url = "`+s.URL+`"
token = { env = "TOKEN" }
[profiles.command]
provider = "katapult"
base_url = "`+s.URL+`"
token = { command = ["sh", "-c", "trap '' TERM INT HUP; while :; do sleep 1; done"] }
`)
}

// TestTimeout bounds each kind of command, whatever keeps it.
func TestTimeout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"TOKEN=secret", "PATH=" + os.Getenv("PATH")}
	path := unanswered(t, w)
	const late = "the command was not done within the 2s of --timeout"
	for _, tt := range []struct {
		args           string
		status         int
		stderr, stdout string
	}{
		{"status", 3, "2 of 2 profiles could not be checked within the 2s of --timeout; give it longer", "service"},
		{"status -o json", 3, "2 of 2 profiles", `"code": "timeout_command"`},
		{"status -o openmetrics", 3, "2 of 2 profiles", `rollcall_profile`},
		{"status --columns profile,urgency", 3, "2 of 2 profiles", "waiting"},
		{"show command", 3, "1 of 1 profile could not be checked", "was not done within the 2s of --timeout"},
		{"doctor", 3, "", "the service has not answered within the 2s of --timeout"},
		{"doctor command", 3, "", "it was not had within the 2s of --timeout"},
		{"doctor -o json", 3, "", `"finding": "it was not had within the 2s of --timeout"`},
		{"pin service", 3, late, ""},
		{"list --sources", 3, late, ""},
		{"env command", 3, late, "false;"},
		{"exec command -- true", 125, late, ""},
		{"exec service --check -- true", 125, late, ""},
		{"status --watch", 0, "", ""},
		{"demo-server", 0, "", ""},
		{"serve --listen 127.0.0.1:0", 0, "", ""},
	} {
		t.Run(tt.args, func(t *testing.T) {
			t.Parallel()
			r := w.run(append(strings.Fields("--timeout 2s --config "+path), strings.Fields(tt.args)...)...)
			if r.status != tt.status || !strings.Contains(r.stderr, tt.stderr) || !strings.Contains(r.stdout, tt.stdout) {
				t.Errorf("status %d, want %d\nstdout: %s\nstderr: %s", r.status, tt.status, r.stdout, r.stderr)
			}
		})
	}
}

// TestTimeoutInTime changes nothing where there is time enough.
func TestTimeoutInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := unanswered(t, w)
	w.run("list", "--config", path, "--timeout", "1h").expect(t, 0)
	w.run("status", "--offline", "--config", path, "--timeout", "1h").expect(t, 0)
	w.run("status", "--config", path, "--timeout", "5").expect(t, 2, "use one such as 30s, 5m or 1h")
	if r := w.run("status", "--config", path, "--timeout", "0s"); r.status != 2 || !strings.Contains(r.stderr, "leaves no time") {
		t.Errorf("no time at all: %d, %s", r.status, r.stderr)
	}
	// What is bad for certain is so whether the rest was checked or not.
	w.write("config.toml", `[profiles.bad]
provider = "katapult"
token = { env = "NOT_SET" }
`)
	w.run("status", "--config", path, "--timeout", "1h").expect(t, 1)
}

// TestTimeoutOfExec leaves the program alone, which has all the time that it wants.
func TestTimeoutOfExec(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"TOKEN=secret", "PATH=" + os.Getenv("PATH")}
	path := unanswered(t, w)
	r := w.run("exec", "service", "--config", path, "--timeout", "1s", "--", "sh", "-c", "sleep 2; echo done; exit 7")
	if r.status != 7 || r.stdout != "done\n" {
		t.Errorf("status %d\nstdout: %s\nstderr: %s", r.status, r.stdout, r.stderr)
	}
}

// TestTimeoutOfTheDashboard ends as a key would, and says why. What is wrong with the file
// decides on the exit status all the same.
func TestTimeoutOfTheDashboard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"TOKEN=secret", "PATH=" + os.Getenv("PATH")}
	fine := unanswered(t, w)
	lines, err := os.ReadFile(fine)
	if err != nil {
		t.Fatal(err)
	}
	wrong := w.write("wrong.toml", "no_such_key = 1\n"+string(lines))
	for path, want := range map[string]int{fine: 0, wrong: 2} {
		for _, args := range [][]string{{}, {"--accessible"}} {
			m := start(t, 80, 24, append(w.env, "HOME="+w.home), append(args, "--config", path, "--timeout", "3s")...)
			status := m.exit()
			if status != want || !strings.Contains(m.text(), "ended after the 3s of --timeout") || strings.Contains(m.text(), "was not done") {
				t.Errorf("%v %s: status %d\n%s", args, path, status, m.text())
			}
		}
	}
}

// TestTimeoutOfDoctor tells what was answered in time, although something else was not.
func TestTimeoutOfDoctor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"TOKEN=secret"}
	done := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/core/v1/") {
			rw.WriteHeader(http.StatusForbidden)
			_, _ = rw.Write([]byte(`{"error":{"code":"invalid_api_token","description":"The API token provided was not valid.","detail":{}}}`))
			return
		}
		select {
		case <-r.Context().Done():
		case <-done:
		}
	}))
	t.Cleanup(func() { close(done); s.Close() })
	path := w.write("config.toml", `request_timeout = "1h"
[profiles.refused]
provider = "katapult"
base_url = "`+s.URL+`"
token = { env = "TOKEN" }
`)
	r := w.run("doctor", "--config", path, "--timeout", "3s")
	if r.status != 1 || !strings.Contains(r.stdout, "invalid token") || strings.Contains(r.stdout, "has not answered") {
		t.Errorf("status %d\nstdout: %s\nstderr: %s", r.status, r.stdout, r.stderr)
	}
	// Without its variable, nobody is asked.
	w.env = nil
	r = w.run("doctor", "--config", path, "--timeout", "3s")
	if r.status != 1 || !strings.Contains(r.stdout, "TOKEN is not set") || strings.Contains(r.stdout, "has not answered") {
		t.Errorf("status %d\nstdout: %s\nstderr: %s", r.status, r.stdout, r.stderr)
	}
}
