//go:build unix && !darwin

package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/client/redact/redacttest"
)

// echoService answers every request as several services would, with what it was sent in
// every text and header, in one way of writing. It can refuse in place of that.
func echoService(t *testing.T, echo redacttest.Echo, refuses bool) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sent []string
		for _, name := range []string{"Authorization", "X-Auth-Token", "X-Second"} {
			value := r.Header.Get(name)
			value = value[strings.Index(value, " ")+1:]
			if packed, ok := strings.CutPrefix(r.Header.Get(name), "Basic "); ok {
				plain, _ := base64.StdEncoding.DecodeString(packed)
				_, value, _ = strings.Cut(string(plain), ":")
			}
			if value != "" {
				sent = append(sent, echo.Write(value))
			}
		}
		all := strings.Join(sent, " ")
		if !strings.ContainsFunc(all, func(c rune) bool { return c < ' ' || c > '~' }) {
			for _, name := range []string{"Server", "X-Request-Id", "Www-Authenticate", "X-Ratelimit-Resource"} {
				w.Header().Set(name, "you sent "+all)
			}
		}
		text, _ := json.Marshal("it is " + all)
		if refuses {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, `{"error":{"code":"permission_denied","id":"forbidden","description":%[1]s,"detail":{"details":%[1]s}},"said":%[1]s}`, text)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"user":{"id":"u1","first_name":%[1]s,"last_name":%[1]s,"avatar_url":""},"organizations":[{"id":"o1","name":%[1]s,"sub_domain":%[1]s}],
			"api_token_id":%[1]s,"userId":"u1","fullName":%[1]s,"username":%[1]s,"emails":[%[1]s],"creationTime":1611310475,
			"linkedAccounts":[{"idp":%[1]s,"subjectId":%[1]s,"fullName":%[1]s,"emails":[%[1]s],"entitlements":[%[1]s],"custom":{"a":%[1]s}}],
			"groups":["g1"],"name":%[1]s,"type":"unit","groupId":"g1","validUntil":1893456000,"api_tokens":[{"id":%[1]s,"name":%[1]s,"scopes":[%[1]s]}]}`, text)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// secretSources are where the secrets of the profiles are, and how a profile says so.
// Each file is written as its tool would.
var secretSources = map[string]string{
	"literal":  `token = "%s"`,
	"variable": `token = { env = "SECRET_VARIABLE" }`,
	"file":     `token = { file = "token" }`,
	"tool":     `token = { file = "hosts.yml", format = "yaml", path = "$['tool.example'].oauth_token" }`,
	"netrc":    `token = { file = "netrc", format = "netrc", path = "tool.example" }`,
	"command":  `token = { command = ["sh", "%s"] }`,
	"password": "username = \"sam\"\npassword = { file = \"password\" }",
	"second":   "token = { file = \"token\" }\nsecond_token = { file = \"second\" }",
	"keyring":  `token = { keyring = "rollcall/kept" }`,
}

// echoWorld has a profile for each way in which two services write what they are sent,
// one that answers and one that refuses, and a source of a secret for each in turn. What
// holds secrets by right is below the folder sources; programs that rollcall starts
// write what they are given below dumps.
func echoWorld(t *testing.T) (w *world, path string, profiles []string) {
	t.Helper()
	w = newWorld(t)
	bus := w.keyringBus()
	dump := `for f in environ cmdline; do tr '\0' '\n' </proc/$$/$f >>"$DUMPS/$$"; done` + "\n"
	for name, text := range map[string]string{
		"dumps/none": "", "tmp/none": "", "sources/token": redacttest.Secret("file"), "sources/second": redacttest.Secret("second"),
		"sources/password":  redacttest.Secret("password"),
		"sources/hosts.yml": "tool.example:\n  oauth_token: " + redacttest.Secret("tool") + "\n",
		"sources/netrc":     "machine tool.example login sam password " + redacttest.Secret("netrc") + "\n",
		"sources/secret.sh": dump + "echo '" + redacttest.Secret("command") + "'\n",
		"bin/xdg-open":      "#!/bin/sh\n" + dump, "bin/editor": "#!/bin/sh\n" + dump,
	} {
		w.write(name, text)
	}
	for _, name := range []string{"bin/xdg-open", "bin/editor"} {
		if err := os.Chmod(filepath.Join(w.home, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.env = append(bus, "SECRET_VARIABLE="+redacttest.Secret("variable"), "DUMPS="+filepath.Join(w.home, "dumps"), "TMPDIR="+filepath.Join(w.home, "tmp"),
		"PATH="+filepath.Join(w.home, "bin")+":"+os.Getenv("PATH"), "BROWSER=any", "ROLLCALL_LOG="+filepath.Join(w.home, "log.jsonl"), "EDITOR="+filepath.Join(w.home, "bin", "editor"))
	if len(bus) > 0 {
		c := w.command("login", "kept", "--no-test", "--config", w.write("kept/config.toml", "[profiles.kept]\nprovider = \"katapult\"\ntoken = { keyring = \"rollcall/kept\" }\n"))
		c.Stdin = strings.NewReader(redacttest.Secret("keyring"))
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	text := "refresh_interval = \"0s\"\n[services.twin]\nurl = \"https://twin.example/me\"\nauth = \"Bearer {token}\"\nheaders = { X-Second = \"{second_token}\" }\n" +
		"id = \"$.userId\"\nname = \"$.name\"\nemail = \"$.emails[0]\"\n[[commands]]\nname = \"dump\"\nkey = \"ctrl+t\"\nscreen = \"keep\"\nrun = [\"" + filepath.Join(w.home, "bin/editor") + "\", \"{profile}\"]\n"
	for i, echo := range redacttest.Echoes() {
		for k, refuses := range []bool{false, true} {
			all := slices.Sorted(func(yield func(string) bool) {
				for source := range secretSources {
					if (source != "keyring" || len(bus) > 0) && !yield(source) {
						return
					}
				}
			})
			source := all[(2*i+k)%len(all)]
			provider := map[bool]string{true: "onezone", false: "katapult"}[source == "password" || i%3 == 0]
			if source == "second" {
				provider = "twin"
			}
			where := secretSources[source]
			switch source {
			case "literal":
				where = fmt.Sprintf(where, redacttest.Secret(source))
			case "command":
				where = fmt.Sprintf(where, filepath.Join(w.home, "sources", "secret.sh"))
			}
			name := fmt.Sprintf("p%d-%s", 2*i+k, source)
			profiles = append(profiles, name)
			text += fmt.Sprintf("[profiles.%s]\nprovider = %q\nbase_url = %q\n%s\n", name, provider, echoService(t, echo, refuses), where)
		}
	}
	return w, w.write("sources/config.toml", text), profiles
}

// keyringBus starts a keyring that is unlocked, in a session of its own, and is what
// leads to it; nil where it is not installed.
func (w *world) keyringBus() (env []string) {
	w.t.Helper()
	for _, needed := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(needed); err != nil {
			w.t.Logf("left out are secrets of a keyring: this test needs the program %s for them", needed)
			return nil
		}
	}
	settings, daemon := w.keyringFiles()
	c := w.command()
	c.Path, c.Args = "/usr/bin/env", []string{"env", "dbus-run-session", "--config-file=" + settings, "--", "sh", "-c",
		"printf password | " + daemon + " --components=secrets --unlock >/dev/null 2>&1\necho $DBUS_SESSION_BUS_ADDRESS\nexec cat"}
	c.Env = append(c.Env, "PATH="+os.Getenv("PATH"), "XDG_RUNTIME_DIR="+w.t.TempDir(), "XDG_DATA_HOME="+w.t.TempDir(), "DISPLAY=", "WAYLAND_DISPLAY=")
	in, err := c.StdinPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		_ = in.Close()
		_ = c.Wait()
	})
	address := make([]byte, 300)
	n, err := out.Read(address)
	if err != nil {
		w.t.Fatal(err)
	}
	return []string{"DBUS_SESSION_BUS_ADDRESS=" + strings.TrimSpace(string(address[:n]))}
}
