package cmd

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/privacy"
	"rollcall/config"
)

// TestPrivate prints the demo's accounts with stand-ins, in each command and
// format that can, and with the real names without the flag.
func TestPrivate(t *testing.T) {
	telling := []string{"Sam Roe", "Rudolf Lingens", "user_Zk3PqW8rTn5LxB1c", "Otter Labs", "apit_GzSUFGKXKvBJ8LHW"}
	for _, args := range [][]string{
		{"status"}, {"status", "-o", "json"}, {"show", "work"}, {"show", "work", "-o", "json"},
		{"doctor", "work", "-v"}, {"doctor", "work", "-o", "json"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			plain := output(t, append(args, "--demo")...)
			hidden := output(t, append(args, "--demo", "--private")...)
			found := 0
			for _, value := range telling {
				if strings.Contains(plain, value) {
					found++
				}
				if strings.Contains(hidden, value) {
					t.Errorf("%q is told", value)
				}
			}
			if found == 0 || !strings.Contains(hidden, "Person 1") || !strings.Contains(hidden, "work") {
				t.Errorf("%d of the values without the flag; with it:\n%s", found, hidden)
			}
		})
	}
}

// TestPrivateDoctor hides a profile's name that is its user's from the first finding
// on, which is told before anybody has answered.
func TestPrivateDoctor(t *testing.T) {
	answers := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"user":{"id":"user_a","first_name":"Sam","last_name":"Roe"},"organizations":[{"id":"o1","name":"Otter Labs","sub_domain":"otter"}]}`)
	}))
	t.Cleanup(answers.Close)
	path := filepath.Join(t.TempDir(), "config.toml")
	text := "[profiles.sam-roe]\nprovider = 'katapult'\nbase_url = '" + answers.URL + "'\ntoken = 'kt-1'\n" +
		"[profiles.otter-labs]\nprovider = 'katapult'\nbase_url = '" + answers.URL + "'\ntoken = 'kt-2'\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "json"} {
		got := output(t, "doctor", "--config", path, "-o", format, "--private")
		for _, name := range []string{"sam-roe", "otter-labs"} {
			if strings.Contains(got, name) {
				t.Errorf("%s is told as %s:\n%s", name, format, got)
			}
		}
	}
}

// TestPrivatePaths shows no name of a folder or a file that the person has given, in the
// findings of the doctor, the commands that it advises, and the list.
func TestPrivatePaths(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "otter-labs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "kim.toml")
	text := "hooks = [{ on = ['now'], run = ['" + dir + "/kim.sh'] }]\n" +
		"[profiles.a]\nprovider = 'katapult'\ntoken = { file = 'kim-token' }\n" +
		"[profiles.b]\nprovider = 'katapult'\ntoken = { file = '/srv/kim/token' }\nca_file = '~/otter-labs/ca.pem'\n" +
		"[profiles.c]\nprovider = 'katapult'\ntoken = { command = ['./kim-token'] }\n" +
		"[profiles.d]\nprovider = 'katapult'\ntoken = { command = ['vault', 'read'] }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(dir))
	for _, named := range []string{path, filepath.Join("otter-labs", "kim.toml")} {
		for _, args := range [][]string{{"doctor", "-v"}, {"doctor", "-o", "json"}, {"list"}, {"list", "-o", "json"}, {"list", "--sources"}, {"status", "--offline"}, {"config", "check"}} {
			got := output(t, append(args, "--config", named, "--private")...)
			if strings.Contains(got, "otter-labs") || strings.Contains(got, "kim") {
				t.Errorf("%s:\n%s", args, got)
			}
			if args[0] == "list" && (!strings.Contains(got, "command file-") || !strings.Contains(got, "command vault")) {
				t.Errorf("%s: the commands are\n%s", args, got)
			}
			if args[0] == "doctor" && (!strings.Contains(got, "~/.local/state/rollcall") || !strings.Contains(got, "/srv/folder-")) {
				t.Errorf("%s: the paths are\n%s", args, got)
			}
		}
	}
}

func TestPrivateList(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	const text = "[profiles.lab]\nprovider = \"onezone\"\nbase_url = \"https://zone.lab.example.org\"\ntoken = { file = \"/home/sam/token\" }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"table", "json"} {
		got := output(t, "list", "--config", path, "-o", format, "--private")
		if strings.Contains(got, "zone.lab") || strings.Contains(got, "/home/sam") || !strings.Contains(got, "host-1.example") {
			t.Errorf("%s:\n%s", format, got)
		}
		if got := output(t, "list", "--config", path, "-o", format, "--private=false"); !strings.Contains(got, "zone.lab") {
			t.Errorf("%s without:\n%s", format, got)
		}
	}
}

// TestPrivateSources has many credentials that fail at the same moment, each in
// words that come up nowhere else.
func TestPrivateSources(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	var text strings.Builder
	const profiles = 20
	for i := range profiles {
		fmt.Fprintf(&text, "[profiles.p%d]\nprovider = \"katapult\"\ntoken = { command = [\"sh\", \"-c\", \"echo no way to vault%d.otter.org >&2; exit 1\"] }\n", i, i)
	}
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	got := output(t, "list", "--sources", "-o", "json", "--config", path, "--private")
	if strings.Contains(got, "otter") || strings.Count(got, "no way to host-") != profiles {
		t.Errorf("%s", got)
	}
}

// output is what a command prints on stdout.
func output(t *testing.T, args ...string) string {
	t.Helper()
	out, err := os.CreateTemp(t.TempDir(), "stdout")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	dir := t.TempDir()
	a := &app{
		console: console{
			services: builtIn(),
			stdin:    out, stdout: out, stderr: out,
			getenv: func(name string) string { return map[string]string{"HOME": dir}[name] },
		},
		now: time.Now, version: "test",
	}
	root := a.rootCommand()
	root.SetArgs(args)
	// The sample accounts are of every state, so that some status is no error.
	_ = root.ExecuteContext(t.Context())
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPrivateNames has profiles named, labelled and tagged after what is hidden
// elsewhere.
func TestPrivateNames(t *testing.T) {
	c := console{services: builtIn(), mask: privacy.New(builtIn().Infos())}
	parsed, err := config.Parse("config.toml", []byte(`
[profiles.otter-labs]
provider = "katapult"
token    = { env = "A" }
label    = "Sam Roe, daily"
tags     = ["prod", "OtterLabs"]

[profiles.work]
provider = "katapult"
token    = { env = "B" }
label    = "daily"
`), config.Services{Known: []config.Provider{{Name: "katapult", DefaultURL: "https://api.katapult.io"}}})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{console: c, now: time.Now}
	// Only the answer of the second tells what the first is called after.
	snapshots := a.shownAll([]account.Snapshot{{Profile: "otter-labs"}, {Profile: "work", Account: &account.Account{
		User: account.User{ID: "user_x", FullName: "Sam Roe"}, Organizations: []account.Organization{{ID: "org_1", Name: "Otter Labs"}},
	}}})
	profiles := a.namedAll(parsed.Profiles)
	if got := fmt.Sprintln(snapshots[0].Profile, profiles[0].Name, profiles[0].Label, profiles[0].Tags); got != "profile-1 profile-1 label-1 [prod tag-1]\n" {
		t.Errorf("the first is %s", got)
	}
	if got := fmt.Sprintln(snapshots[1].Profile, profiles[1].Name, profiles[1].Label); got != "work work daily\n" {
		t.Errorf("the second is %s", got)
	}
	if parsed.Profiles[0].Name != "otter-labs" || parsed.Profiles[0].Tags[1] != "OtterLabs" {
		t.Errorf("the profile itself was changed: %+v", parsed.Profiles[0])
	}
	if got := a.told("otter-labs: the token has ended"); got != "profile-1: the token has ended" {
		t.Errorf("it is told %q", got)
	}
	l := &loaded{Config: parsed, chosen: config.Chosen{Profile: "otter-labs"}}
	if got := a.newProfileJSON(l, parsed.Profiles[0], snapshots[0]); got.Name != "profile-1" || got.Label != "label-1" || !got.Active {
		t.Errorf("the JSON has %+v", got)
	}
}

// TestPrivateDashboard gives stand-ins to what a configuration names, and finds the page
// of a token, while others hold what the screen must not wait for.
func TestPrivateDashboard(t *testing.T) {
	t.Parallel()
	c, err := config.Parse("/srv/kim/config.toml", []byte("hooks = [{ on = ['now'], run = ['./kim.sh'] }]\n"), config.Services{})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{console: console{services: builtIn(), stdout: os.Stdout, getenv: func(string) string { return "/home/sam" }}, now: time.Now}
	c.UI.Remember = false
	d := &dashboard{app: a, l: &loaded{Config: c}, out: &written{}, b: newBackground(func() {})}
	options := d.options(t.Context(), t.Context())
	d.b.mu.Lock()
	a.services.mu.Lock()
	said := make(chan string)
	go func() {
		m := privacy.New(a.services.Infos())
		options.Hide(m, c)
		said <- m.Text("kim.sh, /srv/kim/config.toml, /home/sam/x ") + options.TokenPage("github", "", nil)
	}()
	select {
	case got := <-said:
		const want = "file-2, /srv/folder-1/config.toml, ~/file-3 https://github.com/settings/tokens/"
		if !strings.HasPrefix(got, want) {
			t.Errorf("it says %q", got)
		}
	case <-time.After(time.Minute):
		t.Fatal("the screen waits for somebody")
	}
}

// TestPrivatePrograms tells of programs that are named with their paths without their
// names, which may be any word, and of those that are found by their names with these.
func TestPrivatePrograms(t *testing.T) {
	t.Parallel()
	c, err := config.Parse("/srv/config.toml", []byte("[[hooks]]\non = ['now']\nrun = ['/srv/kim/hook']\n"+
		"[[hooks]]\non = ['now']\nrun = ['notify-send']\n[[commands]]\nname = 'plan'\nrun = ['/srv/kim/plan']\n"+
		"[profiles.a]\nprovider = 'katapult'\ntoken = { command = ['/srv/kim/work'] }\n"), config.Services{Known: []config.Provider{{Name: "katapult", DefaultURL: "https://api.katapult.io"}}})
	if err != nil {
		t.Fatal(err)
	}
	console := console{services: builtIn(), getenv: func(string) string { return "" }}
	m := console.maskOf(c)
	for said, want := range map[string]string{
		"Hook 1 (hook) is not run: /srv/kim/hook does not exist": "Hook 1 (file-2) is not run: /srv/folder-1/file-2 does not exist",
		"hook 2 (notify-send) ended with status 1":               "hook 2 (notify-send) ended with status 1",
		"the command work printed nothing; check work again":     "the command file-1 printed nothing; check work again",
		"/srv/kim/plan":   "/srv/folder-1/file-3",
		c.Hooks[0].Name(): "hook 1 (file-2)",
	} {
		if got := m.Text(said); got != want {
			t.Errorf("%q is told as %q, want %q", said, got, want)
		}
	}
}

// TestPrivateFiles shows the files of tools as these call them, since import finds accounts
// there, and what a person has called theirs is hidden.
func TestPrivateFiles(t *testing.T) {
	c := console{services: builtIn(), getenv: func(string) string { return "" }}
	c.mask = c.newMask()
	for in, want := range map[string]string{
		"~/.config/gh/hosts.yml":                   "~/.config/gh/hosts.yml",
		"~/.config/hcloud/cli.toml":                "~/.config/hcloud/cli.toml",
		"~/.terraform.d/credentials.tfrc.json":     "~/.terraform.d/credentials.tfrc.json",
		"/etc/katapult/katapult.yml":               "/etc/katapult/katapult.yml",
		"~/.aws/credentials":                       "~/.aws/credentials",
		"/home/sam/.netrc, but not ~/.netrc.otter": "/home/someone/.netrc, but not ~/file-1",
		"/srv/stripe/config.toml":                  "/srv/folder-1/config.toml",
	} {
		if got := c.told(in); got != want {
			t.Errorf("%s is told as %s, want %s", in, got, want)
		}
	}
}
