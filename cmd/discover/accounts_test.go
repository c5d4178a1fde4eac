package discover

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kballard/go-shellquote"

	"rollcall/config/credential"
)

func TestVariables(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  map[string]string
		// want has a line for each account: where, address, problem.
		want []string
	}{
		{"nothing", nil, nil},
		{"both names of one token", map[string]string{"KATAPULT_API_KEY": "k1", "KATAPULT_API_TOKEN": "k1"}, []string{"KATAPULT_API_KEY||"}},
		{"two tokens", map[string]string{"KATAPULT_API_KEY": "k1", "KATAPULT_API_TOKEN": "k2", "KATAPULT_API_URL": "https://k.example"},
			[]string{"KATAPULT_API_KEY|https://k.example|", "KATAPULT_API_TOKEN|https://k.example|"}},
		{"the address of the Terraform provider", map[string]string{
			"KATAPULT_API_KEY": "k1", "KATAPULT_API_TOKEN": "k2", "KATAPULT_TF_DEBUG_API_URL": "https://tf.example", "KATAPULT_API_URL": "https://k.example",
		}, []string{"KATAPULT_API_KEY|https://tf.example|", "KATAPULT_API_TOKEN|https://k.example|"}},
		{"katapult-cli does not read it", map[string]string{"KATAPULT_API_TOKEN": "k2", "KATAPULT_TF_DEBUG_API_URL": "https://tf.example"},
			[]string{"KATAPULT_API_TOKEN||"}},
		{"a zone without its scheme", map[string]string{"ONEZONE_API_KEY": "o1", "ONEZONE_HOST": "zone.example"},
			[]string{"ONEZONE_API_KEY|https://zone.example|"}},
		{"another zone", map[string]string{"ONEDATA_API_KEY": "o1", "ONEDATA_ZONE": "https://b.example", "ONEZONE_HOST": "https://a.example"},
			[]string{"ONEDATA_API_KEY|https://b.example|"}},
		{"a token without a zone", map[string]string{"ONECLIENT_ACCESS_TOKEN": "o1"},
			[]string{"ONECLIENT_ACCESS_TOKEN||its address is not known"}},
		{"a password", map[string]string{"ONEZONE_BASIC_AUTH": "admin:p1"}, []string{"ONEZONE_BASIC_AUTH||it has a user name"}},
		{"what rollcall has set", map[string]string{
			"ROLLCALL_PROFILE": "work", "KATAPULT_API_KEY": "k1", "ONEZONE_API_KEY": "o1", "ONEZONE_BASIC_AUTH": "a:b",
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := Machine{Getenv: func(k string) string { return tt.env[k] }}
			var got []Find
			for _, s := range []tool{katapultVariables(), onezoneVariables(), onezoneBasic{}} {
				got = append(got, s.look(m)...)
			}
			if len(got) != len(tt.want) {
				t.Fatalf("%d accounts, want %d: %+v", len(got), len(tt.want), got)
			}
			for i, f := range got {
				line := f.Where + "|" + f.Draft.BaseURL + "|" + f.Problem
				if !strings.HasPrefix(line, tt.want[i]) || f.Problem != "" && strings.HasSuffix(tt.want[i], "|") {
					t.Errorf("got %q, want %q", line, tt.want[i])
				}
				if f.Problem == "" && (f.Draft.Source != credential.SourceEnv || f.Draft.Reference != f.Where) {
					t.Errorf("%s is referred to by %s %q", f.Where, f.Draft.Source, f.Draft.Reference)
				}
			}
		})
	}
}

// TestKatapultCLI reads files as katapult-cli and people write them, and
// has the command that the profile would run print the token.
func TestKatapultCLI(t *testing.T) {
	if _, err := exec.LookPath("sed"); err != nil {
		t.Skip("sed is not installed")
	}
	for _, tt := range []struct {
		name, yaml, goos string
		token, address   string
		found, problem   bool
	}{
		{"as the tool writes it", "api_token: kt-1.a_b~c+d/e=\napi_url: \"\"\n", "linux", "kt-1.a_b~c+d/e=", "", true, false},
		{"with an address", "api_token: kt-1\napi_url: https://k.example/\n", "linux", "kt-1", "https://k.example/", true, false},
		{"quoted", "# mine\napi_url: 'https://k.example'\napi_token:   \"kt-1\"  \n", "linux", "kt-1", "https://k.example", true, false},
		{"quoted once", "api_token: 'kt-1'\r\n", "linux", "kt-1", "", true, false},
		{"without a token", "api_url: https://k.example\n", "linux", "", "", true, true},
		{"empty", "", "linux", "", "", true, true},
		{"with an empty token", "api_token: \"\"\n", "linux", "", "", true, true},
		{"with nothing after the key", "api_token:\napi_url: x\n", "linux", "", "", true, true},
		{"in capitals", "API_TOKEN: kt-1\nApi_URL: https://k.example\n", "linux", "kt-1", "https://k.example", true, false},
		{"in quoted keys", "\"api_token\": \"kt-1\"\n'api_url' : https://k.example\n", "linux", "kt-1", "https://k.example", true, false},
		{"with a byte order mark", "\ufeffapi_token: kt-1\r\napi_url: https://k.example\r\n", "linux", "kt-1", "https://k.example", true, false},
		{"with the old one as a comment", "# api_token: kt-old\nother:\n  api_token: kt-other\napi_token: kt-1\n", "linux", "kt-1", "", true, false},
		{"with a comment in quotes", "api_token: 'kt-1' # mine\n", "linux", "kt-1", "", true, false},
		{"in a form that needs YAML", "api_token: !!str \"kt\\x31\"\n", "linux", "", "", true, true},
		{"with a comment", "api_token: kt-1 # mine\n", "linux", "kt-1", "", true, false},
		{"on Windows", "api_token: kt-1\n", "windows", "", "", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			home := filepath.Join(t.TempDir(), "the person's home")
			if err := os.MkdirAll(filepath.Join(home, ".katapult"), 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(home, ".katapult", "katapult.yaml")
			if err := os.WriteFile(path, []byte(tt.yaml), 0o600); err != nil {
				t.Fatal(err)
			}
			got := katapultCLI{}.look(Machine{Home: home, GOOS: tt.goos})
			if (len(got) == 1) != tt.found {
				t.Fatalf("found %+v", got)
			}
			if !tt.found {
				return
			}
			f := got[0]
			if f.Where != path || (f.Problem != "") != tt.problem {
				t.Fatalf("found in %s, problem %q", f.Where, f.Problem)
			}
			if tt.problem {
				return
			}
			args, err := shellquote.Split(f.Draft.Reference)
			if err != nil {
				t.Fatal(err)
			}
			secret, _, err := credential.Command(args[0], args[1:]...).Resolve(t.Context())
			if err != nil || secret != tt.token || f.Draft.BaseURL != tt.address {
				t.Errorf("token %q, address %q, %v; want %q and %q", secret, f.Draft.BaseURL, err, tt.token, tt.address)
			}
		})
	}
	home := t.TempDir()
	if err := os.MkdirAll(filepath.Join(home, ".katapult"), 0o700); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(home, ".katapult", "katapult.yml")
	if err := os.WriteFile(other, []byte("api_token: kt-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := (katapultCLI{}).look(Machine{Home: home, GOOS: "linux"}); len(got) != 1 || got[0].Where != other || got[0].Problem != "" {
		t.Errorf("found %+v by the other name", got)
	}
	if got := (katapultCLI{}).look(Machine{Home: t.TempDir(), GOOS: "linux"}); got != nil {
		t.Errorf("found %+v in an empty home", got)
	}
}

// TestKatapultCLIAddress takes the address of the file for a token that is not in
// it, as the tool does.
func TestKatapultCLIAddress(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  map[string]string
		yaml string
		want string
	}{
		{"a file without a token", map[string]string{"KATAPULT_API_TOKEN": "k1"}, "api_url: https://k.example\n", "https://k.example"},
		{"a file with another token", map[string]string{"KATAPULT_API_TOKEN": "k1"}, "API_TOKEN: k2\n'Api_Url': \"https://k.example/core/v1\"\n", "https://k.example/core/v1"},
		{"a file in another form of YAML", map[string]string{"KATAPULT_API_TOKEN": "k1"}, "{api_token: k2, api_url: https://k.example}\n", "https://k.example"},
		{"keys of other parts", map[string]string{"KATAPULT_API_TOKEN": "k1"}, "other:\n  api_url: https://k.example\n", ""},
		{"an address in the environment", map[string]string{"KATAPULT_API_TOKEN": "k1", "KATAPULT_API_URL": "https://e.example"}, "api_url: https://k.example\n", "https://e.example"},
		{"a file without an address", map[string]string{"KATAPULT_API_TOKEN": "k1"}, "api_token: k2\n", ""},
		{"Terraform does not read the file", map[string]string{"KATAPULT_API_KEY": "k1"}, "api_url: https://k.example\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			home := t.TempDir()
			if err := os.Mkdir(filepath.Join(home, ".katapult"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(home, ".katapult", "katapult.yml"), []byte(tt.yaml), 0o600); err != nil {
				t.Fatal(err)
			}
			m := Machine{Getenv: func(k string) string { return tt.env[k] }, Home: home, GOOS: "linux"}
			if got := Accounts(m); len(got) == 0 || got[0].Draft.BaseURL != tt.want {
				t.Errorf("found %+v, want the address %q", got, tt.want)
			}
		})
	}
}

// TestKatapultCLIProblem says of a file that gives nothing what is the matter with
// it: that a token is in a form that no profile can refer to is not that there is
// none.
func TestKatapultCLIProblem(t *testing.T) {
	for yaml, want := range map[string]string{
		"{\"api_token\": \"kt-1\"}\n": "cannot refer", "? api_token\n: kt-1\n": "cannot refer", "api_token: |\n  kt-1\n": "cannot refer",
		"api_token:\n  kt-1\n": "cannot refer", "# api_token: kt-1\n": "holds no api_token", "other: {api_token: kt-1}\n": "holds no api_token",
		"api_token: ~\n": "holds no api_token", "api_token: [\n": "holds no api_token",
	} {
		home := t.TempDir()
		if err := os.Mkdir(filepath.Join(home, ".katapult"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(home, ".katapult", "katapult.yaml"), []byte(yaml), 0o600); err != nil {
			t.Fatal(err)
		}
		got := katapultCLI{}.look(Machine{Home: home, GOOS: "linux"})
		if len(got) != 1 || !strings.Contains(got[0].Problem, want) {
			t.Errorf("%q: %+v, want %q", yaml, got, want)
		}
	}
}
