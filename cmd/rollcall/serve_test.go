//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// exporter is a 'rollcall serve' that runs.
type exporter struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	// stderr has what it said, once it has ended.
	stderr bytes.Buffer
}

// serve starts one at a port that is free.
func (w *world) serve(args ...string) *exporter {
	w.t.Helper()
	e := &exporter{t: w.t, cmd: w.command(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)}
	out, err := e.cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	e.cmd.Stderr = &e.stderr
	if err := e.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = e.cmd.Process.Kill(); _ = e.cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	m := regexp.MustCompile(`^Metrics are served at http://(127\.0\.0\.1:\d+)/metrics\n$`).FindStringSubmatch(line)
	if m == nil {
		_ = e.cmd.Wait()
		w.t.Fatalf("it began with %q, %v\n%s", line, err, &e.stderr)
	}
	e.address = m[1]
	return e
}

// get is what a path answers.
func (e *exporter) get(path string) (status int, body string) {
	e.t.Helper()
	r, err := http.Get("http://" + e.address + path)
	if err != nil {
		e.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		e.t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// tells waits for lines of the metrics.
func (e *exporter) tells(lines ...string) (metrics string) {
	e.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		_, metrics = e.get("/metrics")
		missing := ""
		for _, l := range lines {
			if !strings.Contains("\n"+metrics, "\n"+l+"\n") {
				missing = l
			}
		}
		if missing == "" {
			return metrics
		}
		if time.Now().After(deadline) {
			e.t.Fatalf("no %s in\n%s", missing, metrics)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// counts waits until a counter has come to a value.
func (e *exporter) counts(series string, value int) {
	e.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		_, metrics := e.get("/metrics")
		_, rest, _ := strings.Cut("\n"+metrics, "\n"+series)
		number, _, _ := strings.Cut(rest, "\n")
		if n, err := strconv.Atoi(number); err == nil && n >= value {
			return
		}
		if time.Now().After(deadline) {
			e.t.Fatalf("%s does not come to %d in\n%s", series, value, metrics)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// ends ends it by a signal, and returns what it said.
func (e *exporter) ends(s syscall.Signal) string {
	e.t.Helper()
	if err := e.cmd.Process.Signal(s); err != nil {
		e.t.Fatal(err)
	}
	_ = e.cmd.Wait()
	if status := e.cmd.ProcessState.ExitCode(); status != 128+int(s) {
		e.t.Errorf("exit status %d after signal %d\n%s", status, s, &e.stderr)
	}
	return e.stderr.String()
}

// TestServe is scraped while its service fails in turns, its configuration changes, and
// breaks.
func TestServe(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe")
	path := s.config(w, "tags = [\"prod\"]\nrefresh_interval = \"1s\"\n")
	e := w.serve("--config", path)
	first := e.tells(`rollcall_profile_state{profile="work",state="healthy"} 1`, `rollcall_token_accepted{profile="work"} 1`,
		`rollcall_profile_reachable{profile="work"} 1`, `rollcall_profile_urgency{profile="work",urgency="fine"} 1`, `rollcall_config_errors 0`,
		`rollcall_profile_info{profile="work",provider="katapult",service="Katapult",host="`+strings.TrimPrefix(s.URL, "http://")+`",tags="prod"} 1`)
	if strings.Contains(first, "kt-some-token") {
		t.Error("the metrics have the token")
	}
	if status, body := e.get("/readyz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/readyz: %d, %s", status, body)
	}
	// It asks no more when it is scraped, and counts what it asked.
	e.counts(`rollcall_checks_total{profile="work",state="healthy"} `, 3)
	s.status.Store(http.StatusBadGateway)
	down := e.tells(`rollcall_profile_state{profile="work",state="unavailable"} 1`, `rollcall_profile_state{profile="work",state="healthy"} 0`,
		`rollcall_token_accepted{profile="work"} 1`, `rollcall_profile_urgency{profile="work",urgency="waiting"} 1`)
	if got, want := seriesOf(down), seriesOf(first); got != want {
		t.Errorf("the series were\n%s\nand are\n%s", want, got)
	}
	s.refuses()
	e.tells(`rollcall_token_accepted{profile="work"} 0`, `rollcall_profile_urgency{profile="work",urgency="now"} 1`)

	// Every profile stays when the file breaks, and the next good file counts.
	good := readFile(t, path)
	w.write("config.toml", "[profiles.work\n")
	e.tells(`rollcall_config_errors 1`, `rollcall_token_accepted{profile="work"} 0`)
	w.write("config.toml", good+strings.Replace(good, "profiles.work", "profiles.second", 1))
	e.tells(`rollcall_config_errors 0`, `rollcall_token_accepted{profile="second"} 0`, `rollcall_token_accepted{profile="work"} 0`)
	w.write("config.toml", strings.Replace(good, "profiles.work", "profiles.third", 1)+"[ui]\ntheme = \"none\"\n")
	third := e.tells(`rollcall_config_errors 1`, `rollcall_token_accepted{profile="third"} 0`)
	if strings.Contains(third, `"work"`) || strings.Contains(third, `"second"`) {
		t.Errorf("profiles that are gone are told of:\n%s", third)
	}
	said := e.ends(syscall.SIGTERM)
	if !strings.Contains(said, "the changed configuration cannot be used, so the one before stays: ") || strings.Contains(said, "kt-some-token") {
		t.Errorf("it said %q", said)
	}
}

// seriesOf are the names and labels of all samples.
func seriesOf(metrics string) string {
	var all []string
	for line := range strings.Lines(metrics) {
		if name, _, found := strings.Cut(line, "} "); found && !strings.HasPrefix(line, "#") {
			all = append(all, name)
		}
	}
	return strings.Join(all, "\n")
}

// TestServeHangup reads the configuration anew on a signal, even where the file is none
// whose change would be seen, and goes on.
func TestServeHangup(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe")
	path := s.config(w, "")
	e := w.serve("--config", path)
	e.tells(`rollcall_token_accepted{profile="work"} 1`)
	for range 3 {
		if err := e.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	w.write("config.toml", strings.Replace(readFile(t, path), "profiles.work", "profiles.other", 1))
	if err := e.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	e.tells(`rollcall_token_accepted{profile="other"} 1`)
	if said := e.ends(syscall.SIGINT); said != "" {
		t.Errorf("it said %q", said)
	}
}

// TestServeOfWhat refuses what it cannot do, and limits itself to what is wanted.
func TestServeOfWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("serve").expect(t, 2, "there is no configuration yet")
	w.run("serve", "--demo", "--select", "tag:nothing").expect(t, 2, "no profile answers --select")
	w.run("serve", "--demo", "--listen", "9317").expect(t, 2, `rollcall: --listen: "9317" is no address to listen at`)
	w.run("serve", "--demo", "work").expect(t, 2, "write it as: rollcall serve")
	e := w.serve("--demo", "--select", "name:release,batch")
	w.run("serve", "--demo", "--listen", e.address).expect(t, 2, "another program listens at "+e.address+" already")
	metrics := e.tells(`rollcall_config_errors 0`)
	if n := strings.Count(metrics, "\nrollcall_profile_info{"); n != 2 {
		t.Errorf("%d profiles:\n%s", n, metrics)
	}
	e.ends(syscall.SIGTERM)
}

// TestPrivateMetrics have stand-ins for what names somebody.
func TestPrivateMetrics(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.roe]\nprovider = \"katapult\"\nbase_url = \"https://katapult.roe-consulting.example\"\n"+
		"token = \"kt-some-token\"\ntags = [\"sam@roe-consulting.example\"]\n")
	args := []string{"status", "-o", "openmetrics", "--offline", "--config", path}
	if r := w.run(args...); strings.Count(r.stdout, "roe-consulting.example") != 2 || !strings.HasSuffix(r.stdout, "\n# EOF\n") {
		t.Errorf("it printed\n%s%s", r.stdout, r.stderr)
	}
	if r := w.run(append(args, "--private")...); strings.Contains(r.stdout, "roe-consulting") || !strings.Contains(r.stdout, "rollcall_profile_info{") {
		t.Errorf("it printed\n%s%s", r.stdout, r.stderr)
	}
}

// TestTextfile keeps the file where nothing can be told, and else replaces it by one that
// all can read.
func TestTextfile(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe")
	path, file := s.config(w, ""), filepath.Join(w.home, "out", "rollcall.prom")
	w.run("status", "--textfile", file, "--config", path).expect(t, 2, "there is no folder "+filepath.Dir(file))
	w.write("out/rollcall.prom", "before\n")
	r := w.run("status", "--textfile", file, "--config", path)
	r.expect(t, 0)
	told := readFile(t, file)
	if r.stdout != "" || !strings.Contains(told, "\nrollcall_token_accepted{profile=\"work\"} 1\n") || strings.Contains(told, "rollcall_checks_total") {
		t.Errorf("it printed %q, and wrote\n%s", r.stdout, told)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	s.refuses()
	w.run("status", "--textfile", file, "--config", path).expect(t, 1)
	told = readFile(t, file)
	if !strings.Contains(told, "\nrollcall_token_accepted{profile=\"work\"} 0\n") {
		t.Errorf("it wrote\n%s", told)
	}
	for _, args := range [][]string{{"--select", "tag:none"}, {"nobody"}, {"--config", filepath.Join(w.home, "none.toml")}} {
		if r := w.run(append([]string{"status", "--textfile", file, "--config", path}, args...)...); r.status != 2 {
			t.Errorf("%v: exit status %d", args, r.status)
		}
	}
	w.write("config.toml", "[profiles.work\n")
	w.run("status", "--textfile", file, "--config", path).expect(t, 2, "config.toml:1: ")
	if now := readFile(t, file); now != told {
		t.Errorf("the file was changed to\n%s", now)
	}
	w.run("status", "--textfile", "-", "--demo").expect(t, 2, "to print the metrics, use -o openmetrics")
	w.run("status", "--textfile", "/dev/null", "--demo").expect(t, 2, "/dev/null is no ordinary file")
	w.run("status", "--textfile", file, "-o", "json").expect(t, 2, "cannot be used together")
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}

// TestTextfileInterrupted keeps the file of a command that is interrupted.
func TestTextfileInterrupted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := make(chan struct{}, 10)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	path := w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = \"kt-some-token\"\n")
	file := w.write("rollcall.prom", "before\n")
	c := w.command("status", "--textfile", file, "--config", path)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if got := readFile(t, file); got != "before\n" || c.ProcessState.ExitCode() != 130 {
		t.Errorf("exit status %d, and the file has\n%s", c.ProcessState.ExitCode(), got)
	}
}
