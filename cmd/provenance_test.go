package cmd

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/client/account"
)

// TestPrivateProvenance asks for a secret that is not there: why not must not
// tell whose folder it would be in.
func TestPrivateProvenance(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	const text = "[profiles.lab]\nprovider = \"katapult\"\ntoken = { file = \"/home/sam/no/such/token\" }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got := output(t, "list", "--config", path, "--sources", "-o", "json", "--private")
	if !strings.Contains(got, "does not exist") || strings.Contains(got, "/home/sam") {
		t.Errorf("told:\n%s", got)
	}
}

// TestTwoSecrets tells of both secrets of a service that wants two, also where not all
// profiles are asked for.
func TestTwoSecrets(t *testing.T) {
	t.Setenv("FIRST", "dd-first-secret")
	t.Setenv("OTHER", "dd-second-secret")
	dir := t.TempDir()
	second, path := filepath.Join(dir, "second"), filepath.Join(dir, "config.toml")
	text := "[profiles.lab]\nprovider = \"katapult\"\ntoken = { env = \"OTHER\" }\n[profiles.desk]\nprovider = \"datadog\"\nbase_url = \"http://127.0.0.1:1\"\n" +
		"token = { env = \"FIRST\" }\nsecond_token = { file = \"" + filepath.ToSlash(second) + "\" }\n"
	for file, text := range map[string]string{path: text, second: "dd-second-secret\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list := func(args ...string) string {
		got := output(t, append([]string{"list", "--config", path, "--sources"}, args...)...)
		if strings.Contains(got, "-secret") {
			t.Errorf("a secret is told:\n%s", got)
		}
		return got
	}
	if got := list("-o", "json"); !strings.Contains(got, `"source": "file `) || strings.Count(got, `"desk"`) != 2 || !strings.Contains(got, `"second_token": null`) {
		t.Errorf("told:\n%s", got)
	}
	if got := list("--select", "name:desk"); !strings.Contains(got, "second token: file") || !strings.Contains(got, "env FIRST") || strings.Contains(got, "OTHER") {
		t.Errorf("of one:\n%s", got)
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	got := list("-o", "json", "--select", "name:desk")
	if !strings.Contains(got, "does not exist") {
		t.Errorf("without the second:\n%s", got)
	}
}

// TestDoctorOfTwoSecrets looks at both, and names the one that is not there.
func TestDoctorOfTwoSecrets(t *testing.T) {
	t.Setenv("FIRST", "dd-first-secret")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "config.toml")
	text := "[profiles.desk]\nprovider = \"datadog\"\nbase_url = \"" + server.URL + "\"\ntoken = { env = \"FIRST\" }\nsecond_token = { env = \"OTHER\" }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ secret, severity, finding string }{
		{"dd-second-secret", "ok", "had from env OTHER"},
		{"'dd-second-secret'", "warn", "had from env OTHER"},
		{"", "fail", "Of the second token: "},
	} {
		t.Setenv("OTHER", tt.secret)
		got := output(t, "doctor", "--config", path, "-o", "json")
		var told struct{ Checks []findingJSON }
		if err := json.Unmarshal([]byte(got), &told); err != nil {
			t.Fatalf("%v:\n%s", err, got)
		}
		if strings.Contains(got, "-secret") {
			t.Errorf("a secret is told:\n%s", got)
		}
		var first, second []findingJSON
		for _, f := range told.Checks {
			switch f.Check {
			case "credential":
				first = append(first, f)
			case "second token":
				second = append(second, f)
			}
		}
		if len(first) != 1 || first[0].Severity != account.SeverityOK || len(second) == 0 ||
			!strings.HasPrefix(second[0].Finding, tt.finding) || string(second[len(second)-1].Severity) != tt.severity {
			t.Errorf("%q: %+v, %+v", tt.secret, first, second)
		}
	}
}
