//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// importWorld is a home with the files of a dozen tools, as these write them; cmd/discover
// names the source of each.
func importWorld(w *world) {
	w.write(".config/gh/hosts.yml", "github.com:\n    user: sam\n    oauth_token: gho_s3cret01\n    git_protocol: https\n")
	w.write(".config/glab-cli/config.yml", "hosts:\n    gitlab.com:\n        api_host: gitlab.com\n        token: glpat-s3cret02\n")
	w.write(".config/tea/config.yml", "logins:\n- name: codeberg.org\n  url: https://codeberg.org\n  token: s3cret03\n  user: sam\n")
	w.write(".config/doctl/config.yaml", "access-token: dop_v1_s3cret04\ncontext: default\n")
	w.write(".config/hcloud/cli.toml", "active_context = 'default'\n\n[[contexts]]\nname = 'default'\ntoken = 's3cret05'\n")
	w.write(".npmrc", "//registry.npmjs.org/:_authToken=npm_s3cret06\n")
	w.write(".pypirc", "[pypi]\nusername = __token__\npassword = pypi-s3cret07\n")
	w.write(".terraform.d/credentials.tfrc.json", `{"credentials": {"app.terraform.io": {"token": "s3cret08"}}}`)
	w.write(".netrc", "machine api.heroku.com\n  login sam@example.org\n  password s3cret09\nmachine github.com login sam password gho_s3cret01\n")
	w.write(".sentryclirc", "[auth]\ntoken = s3cret10\n")
	w.write(".fly/config.yml", "access_token: s3cret11\n")
	w.write(".vault-token", "hvs.s3cret12")
	w.write(".databrickscfg", "[DEFAULT]\nhost = https://x.databricks.example\ntoken = dapis3cret13\n")
	w.write(".katapult/katapult.yaml", "api_token: kt-s3cret14\n")
}

// TestImportOfManyTools finds what the files of a dozen tools hold, tells of what there
// is no service for, and makes profiles that name the files.
func TestImportOfManyTools(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"PATH=" + os.Getenv("PATH"), "VAULT_ADDR=https://vault.example"}
	importWorld(w)
	r := w.run("import", "-o", "json")
	r.expect(t, 0)
	for _, find := range []string{
		"gh:github.com", "glab:gitlab.com", "tea:codeberg.org", "doctl:default", "hcloud:default", "npm:registry.npmjs.org", "pypi:default",
		"terraform:app.terraform.io", "netrc:api.heroku.com", "sentry-cli:default", "flyctl:default", "vault:default", "databricks:DEFAULT",
		"katapult-cli:default",
	} {
		if strings.Count(r.stdout, `"find": "`+find+`"`) != 1 {
			t.Errorf("no %s in\n%s", find, r.stdout)
		}
	}
	if !strings.Contains(r.stdout, `"netrc:github.com"`) || strings.Contains(r.stdout, `"find": "netrc:github.com"`) {
		t.Errorf("one secret is not one find:\n%s", r.stdout)
	}
	table := w.run("import", "--dry-run")
	table.expect(t, 0, "nothing was changed", "pypi:default in ~/.pypirc: PyPI has no page")
	path := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	if _, err := os.Stat(path); err == nil {
		t.Error("--dry-run wrote a configuration")
	}
	w.run("import", "gh:guthub.com").expect(t, 2, `did you mean "gh:github.com"?`)
	w.run("import", "pypi:default").expect(t, 2, "PyPI has no page")
	w.run("import", "gh:github.com", "--all").expect(t, 2, "leave it out")
	added := w.run("import", "gh:github.com", "katapult")
	added.expect(t, 0)
	all := w.run("import", "--all")
	all.expect(t, 0, "gh:github.com in ~/.config/gh/hosts.yml: it is the profile github already")
	again := w.run("import", "-o", "json")
	again.expect(t, 0)
	if strings.Contains(again.stdout, `"proposed": "g`) || !strings.Contains(again.stdout, `"profile": "github"`) {
		t.Errorf("what is a profile is offered anew:\n%s", again.stdout)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`token    = { file = "~/.config/gh/hosts.yml", format = "yaml", path = "$['github.com'].oauth_token" }`,
		`token    = { file = "~/.config/glab-cli/config.yml", format = "yaml", path = "$.hosts['gitlab.com'].token" }`,
		`token    = { file = "~/.config/tea/config.yml", format = "yaml", path = "$.logins[?@.name == 'codeberg.org'].token" }`,
		`token    = { file = "~/.katapult/katapult.yaml", format = "yaml", path = "$.api_token" }`,
	} {
		if !strings.Contains(string(data), line) {
			t.Errorf("no %s in\n%s", line, data)
		}
	}
	w.run("list").expect(t, 0)
	for _, run := range []string{r.stdout, r.stderr, table.stdout, table.stderr, added.stdout + added.stderr, all.stdout + all.stderr, again.stdout, string(data)} {
		if strings.Contains(run, "s3cret") {
			t.Errorf("a secret was copied:\n%s", run)
		}
	}
}

// TestImportList leaves one account of the list out, and adds the others.
func TestImportList(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 20, []string{"KATAPULT_API_KEY=kt-s3cret1", "KATAPULT_API_TOKEN=kt-s3cret2", "ONEZONE_BASIC_AUTH=a:s3cret3"}, "import")
	m.shows("Accounts on this machine 3", "[x] katapult ", "[x] katapult-2", "enter adds 2")
	m.press(" ")
	m.shows("[ ] katapult ", "enter adds 1")
	m.press("\r")
	m.shows("Added katapult-2.")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	data, err := os.ReadFile(filepath.Join(m.process.Dir, ".config/rollcall/config.toml"))
	if err != nil || strings.Count(string(data), "[profiles.") != 1 || strings.Contains(string(data), "s3cret") {
		t.Errorf("the configuration: %v\n%s", err, data)
	}
	m = start(t, 100, 20, []string{"KATAPULT_API_KEY=kt-s3cret1"}, "import")
	m.shows("enter adds 1")
	m.press(escape)
	m.shows("Nothing was added.")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

// TestImportAsks chooses by numbers where a person listens to the screen.
func TestImportAsks(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 20, []string{"KATAPULT_API_KEY=kt-s3cret1", "KATAPULT_API_TOKEN=kt-s3cret2", "ROLLCALL_ACCESSIBLE=1"}, "import")
	m.shows("2 accounts found on this machine:", "1: katapult, Katapult, env KATAPULT_API_KEY", "Which are to be added?")
	m.press("3\r")
	m.shows("Answer with numbers from 1 to 2, all or none.")
	m.press("2\r")
	m.shows("Added katapult-2.")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

// TestImportChecks asks the services whose the accounts are, and says what they say.
func TestImportChecks(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_sam", "Sam", "Roe", "acme")
	w.env = []string{"PATH=" + os.Getenv("PATH"), "KATAPULT_API_TOKEN=kt-s3cret1", "KATAPULT_API_URL=" + s.URL}
	w.run("import", "--check").expect(t, 0, "nothing was changed")
	r := w.run("import", "--check", "-o", "json")
	r.expect(t, 0)
	if !strings.Contains(r.stdout, `"who": "Sam Roe (user_sam)"`) {
		t.Errorf("nobody is named:\n%s", r.stdout)
	}
	m := start(t, 100, 20, append(w.env, "HOME="+w.home), "import")
	m.shows("KATAPULT_API_TOKEN", "c checks")
	m.press("c")
	m.shows("[x] katapult  Katapult  Sam Roe  KATAPULT_API_TOKEN", "it is Sam Roe (user_sam)")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	s.status.Store(403)
	s.body.Store(`{"error":{"code":"invalid_api_token","description":"The API token is not valid","detail":{}}}`)
	r = w.run("import", "--check", "-o", "json")
	if !strings.Contains(r.stdout, `"who": "invalid token: `) || strings.Contains(r.stdout+r.stderr, "s3cret") {
		t.Errorf("the refusal is not told:\n%s", r.stdout)
	}
}

// TestFirstRunOfManyTools has the dashboard of a machine with many tools, and of those
// the one that was marked.
func TestFirstRunOfManyTools(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_sam", "Sam", "Roe", "acme")
	importWorld(w)
	w.write(".katapult/katapult.yaml", "api_token: kt-s3cret14\napi_url: "+s.URL+"\n")
	m := start(t, 100, 30, []string{"HOME=" + w.home, "LANG=C.UTF-8"})
	m.shows("were found on this machine:", "katapult", "i choose from")
	m.press("i")
	m.shows("Accounts on this machine", "[x] katapult", "enter adds")
	// Nobody but the service of the test is to be asked.
	m.press("n ")
	m.shows("enter adds 1")
	m.press("\r")
	m.shows("added katapult", "Sam Roe")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}
