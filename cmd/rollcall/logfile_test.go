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
var logLine = regexp.MustCompile(`^\{"time":"[0-9T:.-]+Z","level":"[A-Z]+","msg":"[^"]+","profile":"[^"]*","method":"[A-Z]*","url":"[^"]*",` +
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
		{"other", "version --private --log-file log", "--private and --log-file cannot be used together"},
		{"-", "version --private", "ROLLCALL_LOG wants the name of a file"},
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

// TestLogFileInPrivate logs nothing to the file of the variable where names are hidden, says
// so, and does what was asked for.
func TestLogFileInPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	log := filepath.Join(w.home, "log")
	w.env = []string{"ROLLCALL_LOG=" + log}
	for _, args := range []string{"version --private", "status --demo --private -o json"} {
		r := w.run(strings.Fields(args)...)
		if r.status > 1 || r.stdout == "" || strings.Count(r.stderr, "nothing is logged to the file of ROLLCALL_LOG") != 1 {
			t.Errorf("%s: status %d, %q", args, r.status, r.stderr)
		}
	}
	if _, err := os.Stat(log); !os.IsNotExist(err) {
		t.Errorf("there is a log: %v", err)
	}
	if r := w.run("version", "--private=false"); r.status != 0 || r.stderr != "" {
		t.Errorf("without: status %d, %q", r.status, r.stderr)
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
	m.until("check in a new file", func(string) bool { return strings.Contains(logOf(log), `"msg":"check"`) })
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

// TestLogFilePauses logs nothing while the key P has stand-ins on the screen, and says so.
func TestLogFilePauses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"user":{"id":"u1","first_name":"Sam","last_name":"Roe"},"organizations":[{"id":"o","name":"Otter %d"}]}`, asked.Add(1))
	}))
	t.Cleanup(s.Close)
	path := w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"the-secret\"\n")
	log := filepath.Join(w.home, "log.jsonl")
	logged := func(times int, words string) func(string) bool {
		return func(string) bool { return strings.Count(logOf(log), words) == times }
	}
	m := start(t, 120, 40, append(w.env, "HOME="+w.home), "--config", path, "--log-file", log)
	m.shows("Otter 1")
	m.until("check in the log", logged(1, `"msg":"check"`))
	m.press("P")
	m.until("pause in the log", logged(1, "the log pauses"))
	m.press("R")
	m.shows("Organization 2")
	m.press("P")
	m.until("going on in the log", logged(1, "the log goes on"))
	m.press("R")
	m.shows("Otter 3")
	m.until("other check in the log", logged(2, `"msg":"check"`))
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("status %d", status)
	}
	told := ""
	for line := range strings.Lines(logOf(log)) {
		var l struct{ Msg string }
		if err := json.Unmarshal([]byte(line), &l); err != nil || !logLine.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("a line is %s: %v", line, err)
		}
		if l.Msg != "details" { // They may come when the screen has the answer.
			told += l.Msg + ", "
		}
	}
	const check = "credential, request, check, "
	if want := check + "the log pauses while names and addresses are hidden on the screen, the log goes on, " + check; told != want {
		t.Errorf("the log tells %s\nwant %s", told, want)
	}
}

// logOf is what a log holds that may not be there yet.
func logOf(path string) string {
	data, _ := os.ReadFile(path) // The test asks for what is in it.
	return string(data)
}
