package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"rollcall/client/transport/authoritytest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// secure runs a TLS server with a certificate for 127.0.0.1 until the given
// time, and returns its address and the file to trust it by.
func (w *world) secure(h http.HandlerFunc, until time.Time) (url, caFile string) {
	w.t.Helper()
	a := authoritytest.New(w.t, "otter", nil, nil) // As if it had signed itself.
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{a.Pair(w.t, func(c *x509.Certificate) { c.NotAfter, c.DNSNames = until, nil })}}
	s.StartTLS()
	w.t.Cleanup(s.Close)
	return s.URL, a.File
}

// answerSam is a service that knows Sam.
func answerSam(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	io.WriteString(w, `{"user":{"id":"user_sam","first_name":"Sam","last_name":"Roe"},"organizations":[],"api_token_id":null}`)
}

// at is a service whose clock is wrong.
func at(skew time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(skew).UTC().Format(http.TimeFormat))
		answerSam(w, r)
	}
}

// steady replaces in a text what differs from run to run.
func (w *world) steady(s string) string {
	s = strings.ReplaceAll(s, w.home, "HOME")
	for pattern, with := range map[string]string{
		`127\.0\.0\.1:\d+`: "127.0.0.1:PORT", `localhost:\d+`: "localhost:PORT", `(<?\d+ ms|\d+\.\d s\b)`: "N ms", `ca-\d+`: "ca-PORT",
		`\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d UTC)?`: "DATE",
		`rollcall\.db can be written.*`:         "rollcall.db can be written",
		// A slow machine must not look like a wrong clock.
		`this computer's clock is \d s (ahead of|behind) that`: "the same as that",
	} {
		s = regexp.MustCompile(pattern).ReplaceAllString(s, with)
	}
	return s
}

// clinic is a home with a profile for each thing that can be wrong.
func clinic(t *testing.T) (w *world, config string) {
	w = newWorld(t)
	const secret = "kt-never-shown-anywhere"
	w.env = []string{"CLINIC_TOKEN=" + secret, "NO_PROXY=*", "LANG=C.UTF-8"}
	year := time.Now().Add(400 * 24 * time.Hour)
	var b strings.Builder
	profile := func(name, url string, more ...string) {
		fmt.Fprintf(&b, "[profiles.%s]\nprovider = \"katapult\"\nbase_url = %q\n%s\n\n", name, url, strings.Join(more, "\n"))
	}
	trust := func(file string) string { return "ca_file = " + fmt.Sprintf("%q", file) }
	const env = `token = { env = "CLINIC_TOKEN" }`

	url, ca := w.secure(answerSam, year)
	profile("good", url, env, trust(ca))
	profile("distrusted", url, env)
	profile("careless", url, env, trust(ca), "insecure_skip_verify = true")
	profile("tokenless", url, `token = { env = "CLINIC_NOTHING" }`, trust(ca))
	profile("literal", url, `token = "`+secret+`"`, trust(ca))
	profile("off", url, env, "disabled = true")
	profile("wrong", url, env, "colour = 1")
	url, ca = w.secure(answerSam, time.Now().Add(-time.Hour))
	profile("expired", url, env, trust(ca))
	url, ca = w.secure(answerSam, time.Now().Add(5*24*time.Hour+time.Hour))
	profile("ending", url, env, trust(ca))
	url, ca = w.secure(answerSam, year)
	profile("host", strings.Replace(url, "127.0.0.1", "localhost", 1), env, trust(ca))
	url, ca = w.secure(at(-150*time.Minute), year)
	profile("ahead", url, env, trust(ca))
	url, ca = w.secure(at(95*time.Second), year)
	profile("behind", url, env, trust(ca))
	profile("nameless", "https://otter.invalid", env)
	return w, w.write("config.toml", b.String())
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	w, config := clinic(t)
	r := w.run("doctor", "-v", "--config", config, "good", "distrusted", "careless", "tokenless", "literal", "off", "wrong",
		"expired", "ending", "host", "ahead", "behind")
	r.expect(t, 1)
	got := w.steady(r.stdout)
	// The name of this computer has other addresses on other systems.
	got = regexp.MustCompile(`localhost is .*`).ReplaceAllString(got, "localhost is ADDRESSES")
	path := filepath.Join("testdata", "doctor.txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && got != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if strings.Contains(r.stdout, "kt-never-shown-anywhere") {
		t.Error("the secret is shown")
	}
}

type doctorReport struct {
	Schema  int
	Summary struct{ Total, OK, Warn, Fail int }
	Checks  []struct{ Profile, Check, Severity, Finding, Remedy string }
}

// TestDoctorStatus has the exit status of each thing that is wrong, and what
// the checks are that tell of it.
func TestDoctorStatus(t *testing.T) {
	t.Parallel()
	w, config := clinic(t)
	for _, tt := range []struct {
		args    string
		status  int
		failing string
	}{
		{"good", 0, ""},
		{"good off", 0, ""},
		{"ending", 0, "certificate warn"},
		{"ending --strict", 1, "certificate warn"},
		{"behind", 0, "clock warn"},
		{"ahead", 1, "clock fail"},
		{"expired", 3, "certificate fail, answer fail"},
		{"nameless", 3, "name fail, answer fail"},
		{"tokenless", 1, "credential fail"},
		{"tokenless expired", 1, "credential fail, certificate fail, answer fail"},
		{"wrong", 1, "profile fail"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			t.Parallel()
			r := w.run(append([]string{"doctor", "--config", config, "-o", "json"}, strings.Fields(tt.args)...)...)
			r.expect(t, tt.status)
			var got doctorReport
			if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
				t.Fatalf("%v\n%s", err, r.stdout)
			}
			var failing []string
			for _, c := range got.Checks {
				if c.Severity == "warn" || c.Severity == "fail" {
					failing = append(failing, c.Check+" "+c.Severity)
					if c.Remedy == "" && c.Check != "answer" {
						t.Errorf("%s %s has no remedy: %s", c.Profile, c.Check, c.Finding)
					}
				}
			}
			if got.Schema != 1 || got.Summary.Total != len(got.Checks) || strings.Join(failing, ", ") != tt.failing {
				t.Errorf("schema %d, summary %+v, failing %s, want %s\n%s", got.Schema, got.Summary, failing, tt.failing, r.stdout)
			}
		})
	}
}

// TestDoctorTellsTheWayOut has every profile of the demo: whatever fails, some
// check says what to do about it.
func TestDoctorTellsTheWayOut(t *testing.T) {
	t.Parallel()
	r := newWorld(t).run("doctor", "--demo", "-o", "json")
	r.expect(t, 1)
	var got doctorReport
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatalf("%v\n%s", err, r.stdout)
	}
	fails, remedies := map[string]bool{}, map[string]bool{}
	for _, c := range got.Checks {
		fails[c.Profile] = fails[c.Profile] || c.Severity == "fail"
		remedies[c.Profile] = remedies[c.Profile] || c.Severity == "fail" && c.Remedy != ""
	}
	if len(fails) < 40 {
		t.Errorf("only %d profiles were looked at", len(fails))
	}
	for name, failed := range fails {
		if failed && !remedies[name] {
			t.Errorf("%s fails, and nothing is said that mends it", name)
		}
	}
}

// TestDoctorSetUp looks at what is wrong before any profile is asked.
func TestDoctorSetUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run("doctor", "-v")
	r.expect(t, 2)
	for _, want := range []string{"there is none yet", "config.toml does not exist", "state", "--demo"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("%q is not said:\n%s", want, r.stdout)
		}
	}
	w.run("doctor", "--demo", "wrok").expect(t, 2, `did you mean "work"?`)
	if r := w.run("doctor", "--demo", "-v"); r.status != 1 || !strings.Contains(r.stdout, "healthy in ") {
		t.Errorf("exit status %d of the demo:\n%s", r.status, r.stdout)
	}
	broken := w.write("broken.toml", "[profiles.x\n")
	if r := w.run("doctor", "--config", broken); r.status != 2 || !strings.Contains(r.stdout, "broken.toml:1: ") {
		t.Errorf("exit status %d of a broken file:\n%s", r.status, r.stdout)
	}
	w.write("half.toml", "refresh = 1\n[profiles.off]\nprovider = \"katapult\"\ntoken = { env = \"X\" }\ndisabled = true\n")
	if r := w.run("doctor", "-v", "--config", "half.toml"); r.status != 2 || !strings.Contains(r.stdout, "half.toml:1: ") || !strings.Contains(r.stdout, "switched off") {
		t.Errorf("exit status %d of a file with an error:\n%s", r.status, r.stdout)
	}
	if runtime.GOOS == "windows" {
		return
	}
	open := w.write("open.toml", "[profiles.off]\nprovider = 'katapult'\ntoken.env = 'X'\ndisabled = true\n")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	// What keeps a project file from being read is no reason to choose another.
	two := "[profiles.a]\nprovider = 'katapult'\ntoken.env = 'X'\ndisabled = true\n[profiles.b]\nprovider = 'katapult'\ntoken.env = 'X'\ndisabled = true\n"
	several := w.write("several.toml", two)
	for project, want := range map[string]string{"profile = 'nobody'\n": "Correct the file", "token = 'x'\n": "delete the line"} {
		w.write(".rollcall.toml", project)
		if r := w.run("doctor", "--config", several); !strings.Contains(r.stdout, want) || strings.Contains(r.stdout, "rollcall use") {
			t.Errorf("%q: it is not said what to do:\n%s", project, r.stdout)
		}
	}
	if err := os.Remove(filepath.Join(w.home, ".rollcall.toml")); err != nil {
		t.Fatal(err)
	}
	// A file where the folder of the state should be keeps even root out.
	w.env = []string{"XDG_STATE_HOME=" + broken}
	r = w.run("doctor", "--config", open)
	r.expect(t, 0)
	for _, want := range []string{"others can read", "chmod 600", "cannot be written"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("%q is not said:\n%s", want, r.stdout)
		}
	}
	w.run("doctor", "--config", open, "--strict").expect(t, 1)
}
