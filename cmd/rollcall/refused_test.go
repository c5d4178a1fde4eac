package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// refusedProfile is a profile that cannot be asked, with what its owner is told.
type refusedProfile struct {
	// name is its name, keys what it says; ADDRESS in them is a service that
	// must not be asked.
	name, keys string
	// state and says are in the answer of status.
	state, says string
}

const (
	notSendable  = "has a line break or control character in it, so it is not used."
	notInText    = "must not have line breaks or control characters in it"
	wrongAddress = "base_url must be an address such as"
	inTheClear   = "since http:// would send the credential unencrypted"
)

var refusedProfiles = []refusedProfile{
	{"off", `provider = "katapult", base_url = "ADDRESS", token = "hush", disabled = true`, "disabled", "The profile is switched off in the configuration."},
	{"off-and-wrong", `provider = "nope", token = "hush", disabled = true`, "disabled", "The profile is switched off in the configuration."},
	{"no-provider", `base_url = "ADDRESS", token = "hush"`, "misconfigured", "provider is missing"},
	{"provider", `provider = "nope", base_url = "ADDRESS", token = "hush"`, "misconfigured", `provider must be katapult, `},

	{"no-address", `provider = "onezone", token = "hush"`, "misconfigured", "base_url is missing, and onezone has no public address"},
	{"no-scheme", `provider = "onezone", base_url = "host.example", token = "hush"`, "misconfigured", wrongAddress},
	{"other-scheme", `provider = "onezone", base_url = "ftp://host.example", token = "hush"`, "misconfigured", wrongAddress},
	{"opaque", `provider = "onezone", base_url = "https:host.example", token = "hush"`, "misconfigured", wrongAddress},
	{"no-host", `provider = "onezone", base_url = "https://", token = "hush"`, "misconfigured", wrongAddress},
	{"unreadable", `provider = "onezone", base_url = "https://%zz", token = "hush"`, "misconfigured", wrongAddress},
	{"user", `provider = "onezone", base_url = "http://me:hush@HOST", token = "hush"`, "misconfigured", "base_url must not have a user or password in it"},
	{"query", `provider = "onezone", base_url = "ADDRESS/?token=hush", token = "hush"`, "misconfigured", "base_url must end before any"},
	{"fragment", `provider = "onezone", base_url = "ADDRESS/#hush", token = "hush"`, "misconfigured", "base_url must end before any"},
	{"clear", `provider = "onezone", base_url = "http://10.0.0.1", token = "hush"`, "misconfigured", inTheClear},
	{"clear-name", `provider = "onezone", base_url = "http://localhost.example", token = "hush"`, "misconfigured", inTheClear},

	{"proxy-scheme", `provider = "katapult", base_url = "ADDRESS", token = "hush", proxy = "ftp://me:hush@HOST"`, "misconfigured", "proxy must begin with http://"},
	{"proxy-host", `provider = "katapult", base_url = "ADDRESS", token = "hush", proxy = "http://me:hush@:80"`, "misconfigured", "proxy must be an address such as"},
	{"cert-alone", `provider = "katapult", base_url = "ADDRESS", token = "hush", client_cert = "c.pem"`, "misconfigured", "client_cert needs client_key beside it"},
	{"key-alone", `provider = "katapult", base_url = "ADDRESS", token = "hush", client_key = "k.pem"`, "misconfigured", "client_key needs client_cert beside it"},

	{"nothing", `provider = "katapult", base_url = "ADDRESS"`, "misconfigured", "a token is missing"},
	{"user-for-tokens", `provider = "katapult", base_url = "ADDRESS", username = "sam", password = "hush"`, "misconfigured", "katapult does not take a user name"},
	{"password-for-tokens", `provider = "katapult", base_url = "ADDRESS", password = "hush"`, "misconfigured", "katapult does not take a password"},
	{"both", `provider = "onezone", base_url = "ADDRESS", token = "hush", username = "sam", password = "hush"`, "misconfigured", "there is a token already"},
	{"user-alone", `provider = "onezone", base_url = "ADDRESS", username = "sam"`, "misconfigured", "username needs password beside it"},
	{"colon", `provider = "onezone", base_url = "ADDRESS", username = "sam:roe", password = "hush"`, "misconfigured", "username must not have a colon in it"},
	{"control-in-user", `provider = "onezone", base_url = "ADDRESS", username = "sam\u0001", password = "hush"`, "misconfigured", "username " + notInText},

	{"empty", `provider = "katapult", base_url = "ADDRESS", token = ""`, "misconfigured", "token must not be empty"},
	{"blank", `provider = "katapult", base_url = "ADDRESS", token = "   "`, "credential_missing", "The credential (config file) is empty."},
	{"line-break", `provider = "katapult", base_url = "ADDRESS", token = "hush\nX-Other: 1"`, "misconfigured", "token " + notInText},
	{"control", `provider = "katapult", base_url = "ADDRESS", token = "hush\u0090"`, "misconfigured", "token " + notInText},
	{"separator", `provider = "katapult", base_url = "ADDRESS", token = "hush\u2028"`, "misconfigured", "token " + notInText},
	{"file-missing", `provider = "katapult", base_url = "ADDRESS", token = { file = "missing" }`, "credential_missing", "does not exist."},
	{"file-blank", `provider = "katapult", base_url = "ADDRESS", token = { file = "blank" }`, "credential_missing", "is empty."},
	{"file-lines", `provider = "katapult", base_url = "ADDRESS", token = { file = "lines" }`, "credential_missing", notSendable},
	{"file-control", `provider = "onezone", base_url = "ADDRESS", username = "sam", password = { file = "control" }`, "credential_missing", notSendable},
	{"env-unset", `provider = "katapult", base_url = "ADDRESS", token = { env = "UNSET" }`, "credential_missing", "The environment variable UNSET is not set."},
	{"env-blank", `provider = "katapult", base_url = "ADDRESS", token = { env = "BLANK" }`, "credential_missing", "The environment variable BLANK is empty."},
	{"env-lines", `provider = "onezone", base_url = "ADDRESS", username = "sam", password = { env = "LINES" }`, "credential_missing", notSendable},
}

// refusedWorld is a world with these profiles, and counts the connections to their
// service.
func refusedWorld(t *testing.T) (w *world, path string, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			asked.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	var text strings.Builder
	for _, p := range refusedProfiles {
		fmt.Fprintf(&text, "[profiles.%s]\n%s\n\n", p.name, strings.ReplaceAll(p.keys, ", ", "\n"))
	}
	w = newWorld(t)
	w.env = []string{"BLANK=  ", "LINES=hush\nX-Other: 1"}
	w.write("blank", " \n\n")
	w.write("lines", "hush\nX-Other: 1\n")
	w.write("control", "hu\x01sh\n")
	config := strings.ReplaceAll(text.String(), "ADDRESS", s.URL)
	return w, w.write("rollcall.toml", strings.ReplaceAll(config, "HOST", s.Listener.Addr().String())), asked
}

// TestARefusedProfileIsToldAndNotAsked has each way in which a profile cannot be
// asked: its owner learns which, and its service hears nothing.
func TestARefusedProfileIsToldAndNotAsked(t *testing.T) {
	t.Parallel()
	w, path, asked := refusedWorld(t)
	r := w.run("status", "-o", "json", "--config", path)
	got := r.report(t)
	if len(got.Profiles) != len(refusedProfiles) {
		t.Fatalf("%d profiles, want %d\n%s", len(got.Profiles), len(refusedProfiles), r.stderr)
	}
	for i, want := range refusedProfiles {
		h := got.Profiles[i].Health
		if got.Profiles[i].Name != want.name || h.State != want.state || !strings.Contains(h.Explanation, want.says) || h.Attempts != 0 {
			t.Errorf("%s is %s after %d attempts: %s", want.name, h.State, h.Attempts, h.Explanation)
		}
		if h.State != "disabled" && h.Remedy == "" {
			t.Errorf("%s has no remedy", want.name)
		}
	}
	if strings.Contains(r.stdout+r.stderr, "hush") {
		t.Errorf("a secret was printed:\n%s%s", r.stdout, r.stderr)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the service was asked %d times", n)
	}
}

// TestARefusedProfileIsNotHandedOver has other programs ask for the credentials of
// these profiles, and a secret that cannot be sent piped in for one.
func TestARefusedProfileIsNotHandedOver(t *testing.T) {
	t.Parallel()
	w, path, asked := refusedWorld(t)
	for _, p := range refusedProfiles {
		if r := w.run("env", p.name, "--config", path); r.status == 0 || r.stdout != "false;\n" || r.stderr == "" {
			t.Errorf("%s was handed over (%d): %s", p.name, r.status, r.stdout)
		}
	}
	for _, secret := range []string{"   \n", "hu\x01sh\n"} {
		c := w.command("login", "env-unset", "--config", path)
		c.Stdin = strings.NewReader(secret)
		if out, err := c.CombinedOutput(); err == nil || strings.Contains(string(out), "hu\x01sh") {
			t.Errorf("%q was taken: %s", secret, out)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the service was asked %d times", n)
	}
}

// A token that was stored in a way that makes it none is not thrown away: what was
// refused is named, and so is what to store instead. Nothing shows the secret.
func TestWhatWasSentIsNamed(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"hush-kt": "Sam Roe"})
	w := newWorld(t)
	tokens := map[string]string{
		"quoted": `"hush-kt"`, "scheme": "Bearer hush-kt", "hidden": "hush-kt\u200b", "wide": "hush\u00a0kt", "named": "KATAPULT_API_KEY=hush-kt",
		"json": `{"token":"hush-kt"}`, "entry": "op://Work/hush/token", "variable": "$HUSH_KT", "stars": "hush****", "good": "hush-kt", "unknown": "hush-other",
	}
	want := map[string]string{
		"quoted": "between the quotes", "scheme": "follows that word", "hidden": "as plain text", "wide": "as plain text", "named": "follows the sign =",
		"json": "the token that is in it", "entry": "the token itself", "variable": "the token itself", "stars": "shown in full", "unknown": "Create a new token",
	}
	var file strings.Builder
	for name, token := range tokens {
		w.env = append(w.env, strings.ToUpper(name)+"="+token)
		fmt.Fprintf(&file, "[profiles.%s]\nprovider = \"katapult\"\nbase_url = %q\ntoken = { env = %q }\n", name, g.URL, strings.ToUpper(name))
	}
	path := w.write("rollcall.toml", file.String())
	r := w.run("status", "-o", "json", "--config", path)
	for _, p := range r.report(t).Profiles {
		if p.Name == "good" {
			if p.Health.State != "healthy" || p.Health.Explanation != "" {
				t.Errorf("the good one is %s: %s", p.Health.State, p.Health.Explanation)
			}
			continue
		}
		if p.Health.State != "invalid_token" || !strings.Contains(p.Health.Remedy, want[p.Name]) {
			t.Errorf("%s is %s: %s %s", p.Name, p.Health.State, p.Health.Explanation, p.Health.Remedy)
		}
		if told := strings.Contains(p.Health.Explanation, "that was sent"); told != (p.Name != "unknown") {
			t.Errorf("%s: %s", p.Name, p.Health.Explanation)
		}
	}
	doctor := w.run("doctor", "quoted", "--config", path)
	if !strings.Contains(doctor.stdout, "the token has quotes around it") {
		t.Errorf("the doctor does not say it:\n%s", doctor.stdout)
	}
	add := w.run("add", "again", "--provider", "katapult", "--url", g.URL, "--env", "SCHEME", "--no-test", "--config", path)
	if !strings.Contains(add.stderr, "begins with a word such as Bearer") {
		t.Errorf("add does not warn: %s", add.stderr)
	}
	if said := r.stdout + r.stderr + doctor.stdout + add.stderr; strings.Contains(said, "hush-kt") || strings.Contains(said, "hush*") {
		t.Error("a secret is shown")
	}
}
