package discover_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/cmd/discover"
)

// TestPlaces looks where each system has the files, and where variables say that they
// are.
func TestPlaces(t *testing.T) {
	const hosts = "github.com:\n    oauth_token: s3cret01\n"
	const doctl = "access-token: s3cret01\n"
	for _, tt := range []struct {
		name, goos, path, text string
		env                    map[string]string
		want                   []string
	}{
		{"GH_CONFIG_DIR", "linux", "elsewhere/hosts.yml", hosts, map[string]string{"GH_CONFIG_DIR": "HOME/elsewhere"},
			[]string{"gh:github.com github (github)  | file ~/elsewhere/hosts.yml yaml $['github.com'].oauth_token"}},
		{"XDG_CONFIG_HOME", "linux", "x/gh/hosts.yml", hosts, map[string]string{"XDG_CONFIG_HOME": "HOME/x"},
			[]string{"gh:github.com github (github)  | file ~/x/gh/hosts.yml yaml $['github.com'].oauth_token"}},
		{"gh on Windows", "windows", "AppData/GitHub CLI/hosts.yml", hosts, map[string]string{"AppData": "HOME/AppData"},
			[]string{"gh:github.com github (github)  | file ~/AppData/GitHub CLI/hosts.yml yaml $['github.com'].oauth_token"}},
		{"doctl on macOS", "darwin", "Library/Application Support/doctl/config.yaml", doctl, nil,
			[]string{"doctl:default digitalocean (digitalocean)  | file ~/Library/Application Support/doctl/config.yaml yaml $['access-token']"}},
		{"doctl of macOS on Linux", "linux", "Library/Application Support/doctl/config.yaml", doctl, nil, nil},
		{"netrc on Windows", "windows", "_netrc", "machine api.heroku.com password s3cret01", nil,
			[]string{"netrc:api.heroku.com heroku (heroku)  | file ~/_netrc netrc api.heroku.com"}},
		{"a file that is broken", "linux", ".fly/config.yml", "access_token: [s3cret01", nil,
			[]string{"flyctl:default fly (fly)  | in ~/.fly/config.yml | it is not well formed as yaml; correct it, or sign in anew with flyctl"}},
		{"a folder in the place of a file", "linux", ".fly/config.yml/x", "", nil,
			[]string{"flyctl:default fly (fly)  | in ~/.fly/config.yml | it is a folder; name the file in it"}},
		{"an empty file", "linux", ".fly/config.yml", "", nil, nil},
		{"a token twice", "linux", ".sentryclirc", "[auth]\ntoken=s3cret01\ntoken=s3cret02\n", nil,
			[]string{"sentry-cli:default sentry (sentry)  | file ~/.sentryclirc ini auth.token | the credential file HOME/.sentryclirc has more than one text at auth.token; " +
				"correct the path in the profile, so that it leads to one"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantFinds(t, home{files: map[string]string{tt.path: tt.text}, env: tt.env, goos: tt.goos}.machine(t), tt.want...)
		})
	}
	if got := discover.Accounts(t.Context(), discover.Machine{Getenv: func(string) string { return "" }, GOOS: "linux"}, everyService()); got != nil {
		t.Errorf("without a home: %+v", got)
	}
}

// TestTold takes the address of the file of katapult-cli for a token that is not in it,
// as the tool does.
func TestTold(t *testing.T) {
	for _, tt := range []struct {
		name, yaml, want string
		env              map[string]string
	}{
		{"a file without a token", "api_url: https://k.example\n", "https://k.example", nil},
		{"a file with another token", "API_TOKEN: k2\n'Api_Url': \"https://k.example/core/v1\"\n", "https://k.example/core/v1", nil},
		{"a file in another form of YAML", "{api_token: k2, api_url: https://k.example}\n", "https://k.example", nil},
		{"keys of other parts", "other:\n  api_url: https://k.example\n", "", nil},
		{"a file without an address", "api_token: k2\n", "", nil},
		{"a broken file", "api_url: [", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := home{files: map[string]string{".katapult/katapult.yml": tt.yaml}}.machine(t)
			if got := discover.Told(m)["KATAPULT_API_TOKEN"]; got != tt.want {
				t.Errorf("told %q", got)
			}
		})
	}
	m := home{files: map[string]string{".katapult/katapult.yaml": "api_url: https://k.example\n"},
		env: map[string]string{"KATAPULT_API_TOKEN": "s3cret01", "KATAPULT_API_KEY": "s3cret02"}}.machine(t)
	wantFinds(t, m,
		"env:KATAPULT_API_KEY katapult (katapult)  | env KATAPULT_API_KEY",
		"env:KATAPULT_API_TOKEN katapult (katapult) https://k.example | env KATAPULT_API_TOKEN",
		"katapult-cli:default katapult (katapult) https://k.example | in ~/.katapult/katapult.yaml | it holds no api_token; sign in with katapult-cli, or make a profile with 'rollcall add'")
}

// TestUnreadable tells of a file that may not be read.
func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	m := home{files: map[string]string{".fly/config.yml": "access_token: s3cret01\n"}}.machine(t)
	if err := os.Chmod(filepath.Join(m.Home, ".fly", "config.yml"), 0); err != nil {
		t.Fatal(err)
	}
	wantFinds(t, m, "flyctl:default fly (fly)  | in ~/.fly/config.yml | it cannot be read: permission denied; let its owner give you the right to read it")
}

// TestManyTokens makes finds of the first tokens of a file, and tells of the rest.
func TestManyTokens(t *testing.T) {
	netrc := ""
	for i := range 103 {
		netrc += fmt.Sprintf("machine h%03d.example login sam password s3cret%d\n", i, i)
	}
	m := home{files: map[string]string{".netrc": netrc}}.machine(t)
	all := discover.Accounts(t.Context(), m, nil)
	if last := all[len(all)-1]; len(all) != 101 || last.Name != "netrc:more" || !strings.HasPrefix(last.Problem, "it has 3 more tokens;") {
		t.Errorf("%d finds, the last is %+v", len(all), last)
	}
}
