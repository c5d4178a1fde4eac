package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// gate answers as Katapult does, each token as its own user.
type gate struct {
	*httptest.Server
	mu    sync.Mutex
	users map[string]string
	asked int
	// last is the secret that came last.
	last string
}

func newGate(t *testing.T, users map[string]string) *gate {
	t.Helper()
	g := &gate{users: users}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		g.last = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		user, ok := g.users[g.last]
		g.asked++
		g.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		if !ok {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"user":{"id":"user_%s","first_name":%q,"last_name":"Roe","avatar_url":""},"organizations":[{"id":"org_a","name":"Acme","sub_domain":"acme"}],"api_token_id":null}`,
			user, user)
	}))
	t.Cleanup(g.Close)
	return g
}

// kept is the text of a file; empty where there is none.
func kept(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(data)
}

func TestAdd(t *testing.T) {
	t.Parallel()
	w, g := newWorld(t), newGate(t, map[string]string{"kt-good": "Sam"})
	w.env = []string{"GOOD=kt-good", "BAD=kt-bad"}
	path := filepath.Join(w.home, "new", "config.toml")
	run := func(args ...string) result {
		t.Helper()
		return w.run(append(args, "--config", path)...)
	}
	add := func(name string, more ...string) result {
		t.Helper()
		return run(append([]string{"add", name, "--provider", "katapult", "--url", g.URL}, more...)...)
	}
	add("work", "--env", "BAD").expect(t, 1, "invalid token", "Nothing was saved; --no-test saves it")
	add("work", "--env", "UNSET").expect(t, 1, "UNSET is not set")
	add("work", "--env", "$GOOD").expect(t, 2, "--env: ", "name of a variable")
	add("work").expect(t, 2, "choose where the secret comes from")
	add("-", "--env", "GOOD").expect(t, 2, "NAME: ", `must not begin with "-"`)
	run("add", "work", "--provider", "nowhere", "--env", "GOOD").expect(t, 2, "--provider: ")
	run("add", "work", "--provider", "onezone", "--env", "GOOD").expect(t, 2, "--url: ")
	add("work", "--env", "GOOD", "--file", "x").expect(t, 2, "--env and --file cannot be used together")
	add("work", "--token", "kt-good").expect(t, 2, "unknown flag: --token")
	if text := kept(t, path); text != "" {
		t.Fatalf("something was saved:\n%s", text)
	}

	r := add("work", "--env", "GOOD", "--label", "Otter", "--tag", "a", "--tag", "b")
	r.expect(t, 0, "You would be Sam Roe (user_Sam), in 1 organization.", "It is your first profile.")
	if r.stdout != "Added work.\n" {
		t.Errorf("printed %q", r.stdout)
	}
	want := "[profiles.work]\nprovider = \"katapult\"\nbase_url = \"" + g.URL +
		"\"\ntoken    = { env = \"GOOD\" }\nlabel    = \"Otter\"\ntags     = [\"a\", \"b\"]\n"
	if text := kept(t, path); text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	add("work", "--env", "GOOD").expect(t, 2, `NAME: there is a profile "work" already`)
	// A path starts from the working folder, not from that of the file.
	w.write("token", "kt-good\n")
	add("other", "--file", "token").expect(t, 0, "You would be Sam Roe")
	if text := kept(t, path); !strings.Contains(text, filepath.ToSlash(w.home)) && runtime.GOOS != "windows" {
		t.Errorf("the path is relative:\n%s", text)
	}
	before := g.asked
	add("untested", "--command", "nothing 'to see' here", "--no-test").expect(t, 0)
	if text := kept(t, path); g.asked != before || !strings.Contains(text, `{ command = ["nothing", "to see", "here"] }`) {
		t.Errorf("asked %d times; the file:\n%s", g.asked-before, text)
	}
	w.run("add", "--demo").expect(t, 2, "demo")
	w.run("add", "a", "b").expect(t, 2, "rollcall add --help")
}

// managed is a configuration with comments, and what runs commands on it.
func managed(t *testing.T, g *gate) (w *world, path string, run func(args ...string) result) {
	t.Helper()
	w = newWorld(t)
	w.env = []string{"SAM=kt-sam", "KIM=kt-kim"}
	text := "# mine\n"
	for _, name := range []string{"one", "two", "three"} {
		text += "\n[profiles." + name + "] # " + name + "\nprovider = 'katapult'\nbase_url = '" + g.URL + "'\ntoken = {env='SAM'}\n"
	}
	path = w.write("config.toml", text)
	return w, path, func(args ...string) result {
		t.Helper()
		return w.run(append(args, "--config", path)...)
	}
}

func TestManage(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam", "kt-kim": "Kim"})
	_, path, run := managed(t, g)
	original := kept(t, path)
	names := func(want ...string) {
		t.Helper()
		var got []string
		for line := range strings.Lines(kept(t, path)) {
			if name, ok := strings.CutPrefix(line, "[profiles."); ok {
				got = append(got, strings.SplitN(name, "]", 2)[0])
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("the profiles are %q, want %q", got, want)
		}
	}
	says := func(r result, want string, stderr ...string) {
		t.Helper()
		r.expect(t, 0, stderr...)
		if r.stdout != want {
			t.Errorf("printed %q, want %q", r.stdout, want)
		}
	}
	run("undo").expect(t, 2, "has no backup")
	says(run("move", "three", "--up"), "Moved three up.\n")
	names("one", "three", "two")
	says(run("undo"), "Took back: changed the order of the profiles.\n")
	says(run("move", "one", "--by", "9"), "Moved one down.\n")
	names("two", "three", "one")
	says(run("move", "one", "--down"), "Nothing to change: it is so already.\n")
	says(run("move", "one", "--by", "-9"), "Moved one up.\n")
	run("move", "one").expect(t, 2, "--up, --down or --by")
	if text := kept(t, path); text != original {
		t.Errorf("the file is not as before:\n%s", text)
	}
	says(run("disable", "one", "two"), "Switched off one.\nSwitched off two.\n")
	if n := strings.Count(kept(t, path), "disabled"); n != 2 {
		t.Errorf("%d are disabled", n)
	}
	run("disable", "three", "four").expect(t, 2, `there is no profile "four"`)
	says(run("enable", "two", "one"), "Switched on two.\nSwitched on one.\n")
	if text := kept(t, path); text != original {
		t.Errorf("the file is not as before:\n%s", text)
	}
	says(run("duplicate", "one", "copy"), "Copied one to copy.\n")
	names("one", "copy", "two", "three")
	says(run("undo"), "Took back: added copy.\n")
	run("remove", "two").expect(t, 2, "say --yes")
	run("remove", "twoo", "--yes").expect(t, 2, `did you mean "two"?`)
	says(run("remove", "two", "--yes"), "Removed two.\n", "'rollcall undo' takes it back.")
	names("one", "three")
	says(run("undo"), "Took back: removed two.\n")
	if text := kept(t, path); text != original {
		t.Errorf("the file is not as before:\n%s", text)
	}
	run("undo").expect(t, 2, "nothing is left to take back\nThis cannot be taken back any more: switched on one and two; "+
		"the file has one backup, and that is of a later change.\n")
	says(run("undo", "--redo"), "Did again: removed two.\n")

	// What somebody else wrote since is not taken back.
	if err := os.WriteFile(path, []byte(original+"# more\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	later := fileTime(t, path+"~").Add(time.Second)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	run("undo").expect(t, 2, "was changed since", "config.toml~")
}

// TestRenameCarries shows that history, the tie to a user and a bound folder
// follow a new name, and its undoing.
func TestRenameCarries(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam"})
	w, _, run := managed(t, g)
	run("status", "one").expect(t, 0)
	run("bind", w.home, "one").expect(t, 0)
	answers := func(name string) {
		t.Helper()
		got := run("status", name, "--offline", "-o", "json").report(t)
		if len(got.Profiles) != 1 || got.Profiles[0].User == nil || got.Profiles[0].User.ID != "user_Sam" {
			t.Errorf("%s is not known: %+v", name, got)
		}
		if r := run("which"); !strings.HasPrefix(r.stdout, name+"\n") {
			t.Errorf("the folder is not bound to %s: %q %s", name, r.stdout, r.stderr)
		}
	}
	run("rename", "one", "uno").expect(t, 0)
	answers("uno")
	run("undo").expect(t, 0)
	answers("one")
	run("rename", "one", "two").expect(t, 2, `there is a profile "two" already`)

	// The user that it is tied to goes along.
	run("rename", "one", "uno").expect(t, 0)
	g.mu.Lock()
	g.users["kt-sam"] = "Kim"
	g.mu.Unlock()
	run("status", "uno").expect(t, 1)

	// A new profile by an old name is tied to nobody.
	run("remove", "uno", "--yes").expect(t, 0, "undo")
	run("add", "uno", "--provider", "katapult", "--url", g.URL, "--env", "SAM").expect(t, 0, "You would be Kim Roe")
	run("status", "uno").expect(t, 0)
}

// TestReadOnlyConfiguration says what to write where rollcall cannot.
func TestReadOnlyConfiguration(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam"})
	_, path, run := managed(t, g)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	before := kept(t, path)
	run("add", "four", "--provider", "katapult", "--url", g.URL, "--env", "SAM").expect(t, 2,
		"was not saved: it is read-only", "To save it, ", "The lines that it would have got:", "[profiles.four]\n", `token    = { env = "SAM" }`)
	run("remove", "one", "--yes").expect(t, 2, "was not saved")
	if kept(t, path) != before {
		t.Error("it was changed")
	}
}

func TestRotateFile(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam", "kt-new": "Sam", "kt-kim": "Kim"})
	w, path, run := managed(t, g)
	for name, words := range map[string][]string{
		"a": {`token = "kt-literal"`, "stands in the configuration file", "there is no undo"},
		"b": {`token = { env = "SAM" }`, "cannot set the variable SAM", "where it is set, and start rollcall anew"},
		"c": {`token = { command = ["pass", "show", "my token"] }`, "pass insert -f 'my token'"},
		"d": {`token = { command = ["op", "read", "x"] }`, "Store the new secret in the program that the command asks"},
	} {
		w.write("config.toml", "[profiles."+name+"]\nprovider = 'katapult'\n"+words[0]+"\n")
		r := run("rotate", name)
		r.expect(t, 2, words[1:]...)
		if strings.Contains(r.stderr, "kt-literal") {
			t.Errorf("the secret was printed: %s", r.stderr)
		}
	}
	w.write("config.toml", "[profiles.desk]\nprovider = 'datadog'\nsite = 'datadoghq.eu'\ntoken = { env = 'SAM' }\nsecond_token = { env = 'APP_KEY' }\n")
	for _, command := range []string{"rotate", "login"} {
		run(command, "desk").expect(t, 2, "This replaces the token alone. The second token (env APP_KEY) stays; to replace that, set APP_KEY ")
	}
	w.write("config.toml", "[profiles.f]\nprovider = 'katapult'\nbase_url = '"+g.URL+"'\ntoken = { file = 'missing' }\n")
	run("rotate", "f").expect(t, 2, "missing")
	// No keyring is needed for what is in a file.
	token := w.write("missing", "kt-sam\n")
	w.env = append(w.env, "DBUS_SESSION_BUS_ADDRESS=unix:path=/none/bus")
	rotate := func(status int, secret string, args ...string) (said string) {
		t.Helper()
		c := w.command(append([]string{"rotate", "f", "--config", path}, args...)...)
		c.Stdin = strings.NewReader(secret)
		out, _ := c.CombinedOutput()
		if got := c.ProcessState.ExitCode(); got != status {
			t.Errorf("exit status %d, want %d: %s", got, status, out)
		}
		return string(out)
	}
	// The profile was never checked, so that it is tied to nobody yet.
	for _, args := range [][]string{nil, {"--force"}} {
		if said := rotate(1, "kt-kim", args...); !strings.Contains(said, "it belongs to Kim Roe (user_Kim), and the old one to Sam Roe") ||
			strings.Contains(said, "add --force") || kept(t, token) != "kt-sam\n" {
			t.Errorf("of another user: it said %s", said)
		}
	}
	// A folder has the name of the file that the old one would be kept in.
	if err := os.MkdirAll(filepath.Join(token+".previous", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if said := rotate(2, "kt-new"); !strings.Contains(said, "the present secret cannot be kept for a return") || kept(t, token) != "kt-sam\n" {
		t.Errorf("it said %s; the file has %q", said, kept(t, token))
	}
	if said := rotate(0, "kt-new", "--force"); !strings.Contains(said, "Replaced the secret of f.") || kept(t, token) != "kt-new\n" {
		t.Errorf("it said %s; the file has %q", said, kept(t, token))
	}
	run("rotate", "g").expect(t, 2, `no profile "g"`, "rollcall add g")
	run("login", "g").expect(t, 2, "rollcall add g")
	run("logout", "f").expect(t, 2, "from its file ")
}

// TestSecretsPipedIn shows what is refused before anything is asked.
func TestSecretsPipedIn(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam"})
	w, path, _ := managed(t, g)
	for input, want := range map[string]string{
		"":                               "no secret came",
		" \n":                            "no secret came",
		"kt-one\nkt-two\n":               "line break",
		"kt-\x1b[31m":                    "control character",
		strings.Repeat("x", 1<<20) + "x": "too long",
		"kt-bad\n":                       "invalid token",
	} {
		c := w.command("login", "one", "--config", path)
		c.Stdin = strings.NewReader(input)
		out, err := c.CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%.20q: %v, %s", input, err, out)
		}
		if trimmed := strings.TrimSpace(input); trimmed != "" && strings.Contains(string(out), trimmed) {
			t.Errorf("%.20q was printed: %s", input, out)
		}
	}
}

func fileTime(t *testing.T, path string) time.Time {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}
