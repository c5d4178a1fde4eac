package discover_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/cmd/discover"
	"rollcall/config"
)

// everyService are services as a catalog has them.
func everyService() []discover.Service {
	all := []discover.Service{
		{Name: "katapult", Address: "https://api.katapult.io"}, {Name: "onezone"},
		{Name: "github", Address: "https://api.github.com"}, {Name: "gitlab", Address: "https://gitlab.com"}, {Name: "gitea"},
	}
	for _, name := range []string{
		"digitalocean", "hetzner", "linode", "vultr", "civo", "heroku", "fly", "vercel", "netlify", "fastly", "cloudflare", "npm", "crates-io",
		"circleci", "sentry", "snyk", "sourcegraph", "argocd", "octopus", "terraform", "vault", "pulumi", "doppler", "okta", "ngrok",
		"databricks", "huggingface", "openai", "anthropic", "gemini", "stripe",
	} {
		all = append(all, discover.Service{Name: name, Address: "https://" + name + ".example"})
	}
	return all
}

// home is a machine with files in a home folder, variables and programs.
type home struct {
	files    map[string]string
	env      map[string]string
	programs []string
	goos     string
}

func (h home) machine(t testing.TB) discover.Machine {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a home")
	for name, text := range h.files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := discover.Machine{
		Getenv: func(k string) string { return strings.ReplaceAll(h.env[k], "HOME", dir) }, GOOS: "linux", Home: dir,
		LookPath: func(program string) (string, error) {
			if slices.Contains(h.programs, program) {
				return "/usr/bin/" + program, nil
			}
			return "", errors.New("not found")
		},
	}
	if h.goos != "" {
		m.GOOS = h.goos
	}
	for _, name := range slices.Sorted(maps.Keys(h.env)) {
		m.Environ = append(m.Environ, name+"="+h.env[name])
	}
	return m
}

// told is a find on one line: its name, the service, the address, where the secret
// is, and what is wrong.
func told(m discover.Machine, f discover.Find) string {
	d := f.Draft
	place := string(d.Source) + " " + d.Reference
	if d.Source == "" {
		place = "in " + f.Where
	}
	if !d.Within.IsZero() {
		place += " " + d.Within.Format + " " + d.Within.Path
	}
	line := fmt.Sprintf("%s %s (%s) %s | %s", f.Name, d.Name, d.Provider, d.BaseURL, place)
	if len(f.Also) > 0 {
		line += " | also " + strings.Join(f.Also, ", ")
	}
	if f.Problem != "" {
		line += " | " + f.Problem
	}
	return strings.ReplaceAll(line, m.Home, "HOME")
}

// wantFinds compares what was found, and has nothing of it show a secret: those of
// the tests have "s3cret" in them.
func wantFinds(t *testing.T, m discover.Machine, want ...string) []discover.Find {
	t.Helper()
	all := discover.Accounts(t.Context(), m, everyService())
	var got []string
	for _, f := range all {
		got = append(got, told(m, f))
		if said := fmt.Sprintf("%+v", f); strings.Contains(said, "s3cret") {
			t.Errorf("it shows a secret: %s", said)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return all
}

func TestVariables(t *testing.T) {
	const basic = "ONEZONE_BASIC_AUTH onezone (onezone)  | env ONEZONE_BASIC_AUTH | it has a user name and a password in one, which a profile cannot refer to; " +
		"make a profile with 'rollcall add', which can keep the password in the keyring"
	for _, tt := range []struct {
		name string
		env  map[string]string
		want []string
	}{
		{"nothing", nil, nil},
		{"both names of one token", map[string]string{"KATAPULT_API_KEY": "s3cret01", "KATAPULT_API_TOKEN": "s3cret01"},
			[]string{"env:KATAPULT_API_KEY katapult (katapult)  | env KATAPULT_API_KEY | also env:KATAPULT_API_TOKEN"}},
		{"two tokens", map[string]string{"KATAPULT_API_KEY": "s3cret01", "KATAPULT_API_TOKEN": "s3cret02", "KATAPULT_API_URL": "https://k.example"}, []string{
			"env:KATAPULT_API_KEY katapult (katapult) https://k.example | env KATAPULT_API_KEY",
			"env:KATAPULT_API_TOKEN katapult (katapult) https://k.example | env KATAPULT_API_TOKEN"}},
		{"the address of the Terraform provider", map[string]string{
			"KATAPULT_API_KEY": "s3cret01", "KATAPULT_API_TOKEN": "s3cret02", "KATAPULT_TF_DEBUG_API_URL": "https://tf.example", "KATAPULT_API_URL": "https://k.example",
		}, []string{
			"env:KATAPULT_API_KEY katapult (katapult) https://tf.example | env KATAPULT_API_KEY",
			"env:KATAPULT_API_TOKEN katapult (katapult) https://k.example | env KATAPULT_API_TOKEN"}},
		{"katapult-cli does not read it", map[string]string{"KATAPULT_API_TOKEN": "s3cret02", "KATAPULT_TF_DEBUG_API_URL": "https://tf.example"},
			[]string{"env:KATAPULT_API_TOKEN katapult (katapult)  | env KATAPULT_API_TOKEN"}},
		{"a zone without its scheme", map[string]string{"ONEZONE_API_KEY": "s3cret01", "ONEZONE_HOST": "zone.example"},
			[]string{"env:ONEZONE_API_KEY onezone (onezone) https://zone.example | env ONEZONE_API_KEY"}},
		{"another zone", map[string]string{"ONEDATA_API_KEY": "s3cret01", "ONEDATA_ZONE": "https://b.example/", "ONEZONE_HOST": "https://a.example"},
			[]string{"env:ONEDATA_API_KEY onezone (onezone) https://b.example | env ONEDATA_API_KEY"}},
		{"a token without a zone", map[string]string{"ONECLIENT_ACCESS_TOKEN": "s3cret01"},
			[]string{"env:ONECLIENT_ACCESS_TOKEN onezone (onezone)  | env ONECLIENT_ACCESS_TOKEN | its address is not known; set ONEZONE_HOST too, or use 'rollcall add'"}},
		{"a password", map[string]string{"ONEZONE_BASIC_AUTH": "admin:s3cret"}, []string{"env:" + basic}},
		{"what rollcall has set", map[string]string{
			config.ProfileVariable: "work", "KATAPULT_API_KEY": "s3cret01", "ONEZONE_API_KEY": "s3cret02", "ONEZONE_BASIC_AUTH": "a:s3cret", "TF_TOKEN_a_b": "s3cret03",
		}, nil},
		{"GitHub, of an action and of an Enterprise server", map[string]string{
			"GITHUB_TOKEN": "s3cret01", "GITHUB_API_URL": "https://api.github.com", "GH_ENTERPRISE_TOKEN": "s3cret02", "GH_HOST": "ghe.example",
		}, []string{
			"env:GITHUB_TOKEN github (github)  | env GITHUB_TOKEN", "env:GH_ENTERPRISE_TOKEN github (github) https://ghe.example | env GH_ENTERPRISE_TOKEN"}},
		{"an Enterprise server without its host", map[string]string{"GITHUB_ENTERPRISE_TOKEN": "s3cret02"}, []string{
			"env:GITHUB_ENTERPRISE_TOKEN github (github)  | env GITHUB_ENTERPRISE_TOKEN | its address is not known; set GH_HOST too, or use 'rollcall add'"}},
		{"one secret at two addresses", map[string]string{"GITHUB_TOKEN": "s3cret01", "GH_ENTERPRISE_TOKEN": "s3cret01", "GH_HOST": "ghe.example"}, []string{
			"env:GITHUB_TOKEN github (github)  | env GITHUB_TOKEN", "env:GH_ENTERPRISE_TOKEN github (github) https://ghe.example | env GH_ENTERPRISE_TOKEN"}},
		{"Terraform", map[string]string{"TF_TOKEN_app_terraform_io": "s3cret01", "TF_TOKEN_tfe__eu_example_org": "s3cret02"}, []string{
			"env:TF_TOKEN_app_terraform_io terraform (terraform)  | env TF_TOKEN_app_terraform_io",
			"env:TF_TOKEN_tfe__eu_example_org terraform-tfe-eu-example-org (terraform) https://tfe-eu.example.org | env TF_TOKEN_tfe__eu_example_org"}},
		{"no token at all", map[string]string{"HCLOUD_TOKEN": "changeme", "SNYK_TOKEN": "Bearer s3cret"}, []string{
			"env:HCLOUD_TOKEN hetzner (hetzner)  | env HCLOUD_TOKEN | what is there is a word that stands where no token is; store the token itself, or correct what was to print it",
			"env:SNYK_TOKEN snyk (snyk)  | env SNYK_TOKEN | what is there begins with a word such as Bearer, which is no part of it; store only what follows that word"}},
		{"a service that there is not, and ones out of reach", map[string]string{"SRC_ACCESS_TOKEN": "s3cret01", "TWINE_PASSWORD": "s3cret02"}, []string{
			"env:TWINE_PASSWORD  ()  | env TWINE_PASSWORD | PyPI has no page that says whose a token is, so that rollcall cannot check it",
			"env:SRC_ACCESS_TOKEN sourcegraph (sourcegraph)  | env SRC_ACCESS_TOKEN"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantFinds(t, home{env: tt.env}.machine(t), tt.want...)
		})
	}
	m := home{env: map[string]string{"HCLOUD_TOKEN": "s3cret01"}}.machine(t)
	got := discover.Accounts(t.Context(), m, nil)
	if len(got) != 1 || got[0].Problem != "rollcall has no service for it" {
		t.Errorf("%+v", got)
	}
}

// BenchmarkAccounts finds what is in a file of 2,000 hosts.
func BenchmarkAccounts(b *testing.B) {
	var hosts strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&hosts, "git%d.example.org:\n    user: sam\n    oauth_token: gho_%036d\n", i, i)
	}
	m := home{files: map[string]string{".config/gh/hosts.yml": hosts.String()}}.machine(b)
	for b.Loop() {
		if all := discover.Accounts(b.Context(), m, everyService()); len(all) != 101 {
			b.Fatalf("%d accounts", len(all))
		}
	}
}
