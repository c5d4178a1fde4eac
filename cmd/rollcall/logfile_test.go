//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// logLine is the form of each line of a log: these keys, in this order.
var logLine = regexp.MustCompile(`^\{"time":"[0-9T:.-]+Z","level":"[A-Z]+","msg":"[^"]+","profile":"[^"]+","method":"[A-Z]*","url":"[^"]*",` +
	`"status":(?:null|[0-9]+),"state":"[a-z_]*","duration_ms":[0-9.e+-]+,"attempt":(?:null|[1-9])\}$`)

// TestLogFile logs the checks of several runs into one file.
func TestLogFile(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"error":{"code":"invalid_api_token","description":"no","detail":{}}}`)
	}))
	t.Cleanup(s.Close)
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"the-secret\"\n")
	log := filepath.Join(w.home, "log.jsonl")
	w.env = []string{"ROLLCALL_LOG=log.jsonl"}
	w.run("status", "--config", path).expect(t, 1)
	w.run("status", "--config", path, "--log-file", log).expect(t, 1)
	// Nothing was asked.
	w.run("status", "--offline", "--config", path).expect(t, 1)
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for line := range strings.Lines(string(data)) {
		if !logLine.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("a line is %s", line)
		}
		var l struct {
			Level, Msg, Method, State string
			Status, Attempt           any
			Time                      time.Time
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		msg, _, _ := strings.Cut(l.Msg, ":")
		told = append(told, fmt.Sprint(l.Level, " ", msg, " ", l.Method, " ", l.Status, " ", l.State, " ", l.Attempt))
	}
	got := strings.Join(told, "\n")
	const first = "INFO credential  <nil>  <nil>\nINFO request GET 502  1\nINFO request GET 403  2\n"
	if !strings.HasPrefix(got, first) || strings.Count(got, "ERROR check  403 invalid_token ") != 2 || strings.Count(got, "credential") < 2 {
		t.Errorf("the log tells\n%s", got)
	}
	if strings.Contains(string(data), "the-secret") {
		t.Errorf("the log is\n%s", data)
	}
	if info, err := os.Stat(log); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the log is %v, %v", info.Mode(), err)
	}
}

// TestLogFileRefused says why there can be no log, and does nothing.
func TestLogFileRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shared := w.write("shared.log", "")
	if err := os.Chmod(shared, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		env, args string
		want      string
	}{
		{"", "version --log-file /dev/stdout", "--log-file names cannot be written: /dev/stdout is a pipe; put an ordinary file"},
		{"", "version --log-file /dev/null", "/dev/null is a device"},
		{"", "version --log-file -", "--log-file wants the name of a file"}, {"-", "version", "ROLLCALL_LOG wants the name of a file"},
		{"", "version --log-file .", "is a folder; name the file in it"},
		{"missing/log", "version", "the log that ROLLCALL_LOG names cannot be written: "},
		{"missing/log", "version", "make the folder first, or name another file"},
		{"", "version --private --log-file log", "--private and --log-file cannot be used together"},
		{"log", "version --private", "--private and ROLLCALL_LOG cannot be used together"},
		{"log", "version --private", "leave out --private, or unset the variable"},
		{"", "version --log-file " + shared, "shared.log is open to others than its owner; make it mode 600 with chmod, or name another"},
	} {
		w.env = []string{"ROLLCALL_LOG=" + tt.env}
		r := w.run(strings.Fields(tt.args)...)
		r.expect(t, 2, tt.want)
		if r.stdout != "" {
			t.Errorf("%s: %s", tt.args, r.stdout)
		}
	}
	// Whoever types a command line has no use for that.
	w.env = []string{"ROLLCALL_LOG=missing/log"}
	if r := w.run("__complete", "sta"); r.status != 0 || !strings.Contains(r.stdout, "status") {
		t.Errorf("completion: status %d, %s", r.status, r.stdout)
	}
}

// TestLogFileOfTheDashboard keeps what is logged off the terminal, and goes on in a new
// file where the one before was renamed.
func TestLogFileOfTheDashboard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"user":{"id":"u1","first_name":"Sam","last_name":"Roe"},"organizations":[]}`)
	}))
	t.Cleanup(s.Close)
	path := w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"the-secret\"\n")
	log := filepath.Join(w.home, "log.jsonl")
	m := start(t, 120, 40, append(w.env, "HOME="+w.home), "--config", path, "--log-file", log)
	m.shows("Sam Roe")
	if err := os.Rename(log, log+".1"); err != nil {
		t.Fatal(err)
	}
	m.press("R")
	m.until("a new file", func(string) bool { _, err := os.Stat(log); return err == nil })
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("status %d", status)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if strings.Contains(m.written.String(), "duration_ms") {
		t.Error("the log is on the terminal")
	}
	for _, file := range []string{log, log + ".1"} {
		if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), `"msg":"check"`) {
			t.Errorf("%s: %v: %s", file, err, data)
		}
	}
}
