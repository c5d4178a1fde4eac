package credential_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rollcall/config/credential"
	"rollcall/config/credential/extract"
)

// A file that holds more than the secret gives the one at its place, and says what
// is wrong without a word of what it holds.
func TestResolveWithin(t *testing.T) {
	t.Parallel()
	const hosts = "github.com:\n  oauth_token: s3cret-1\n  user: sam\n  empty: ''\ngitlab.com:\n  oauth_token: s3cret-2\n"
	dir := t.TempDir()
	path := filepath.Join(dir, "hosts.yml")
	if err := os.WriteFile(path, []byte(hosts), 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(format, place string) credential.Credential {
		return credential.File(path).In(extract.Place{Format: format, Path: place})
	}
	const again = "sign in with the tool that keeps the file, or correct the path in the profile"
	for _, tt := range []struct {
		c                    credential.Credential
		secret, want, remedy string
	}{
		{at("yaml", "$['github.com'].oauth_token"), "s3cret-1", "", ""},
		{at("yaml", "$['codeberg.org'].oauth_token"), "", "has nothing at $['codeberg.org'].oauth_token", again},
		{at("yaml", "$['github.com'].empty"), "", "has an empty text at $['github.com'].empty", again},
		{at("yaml", "$..oauth_token"), "", "has more than one text at $..oauth_token", "correct the path in the profile, so that it leads to one"},
		{at("yaml", "$['github.com']"), "", "has something other than a text at $['github.com']", "correct the path in the profile, so that it leads to the secret itself"},
		{at("json", "$.token"), "", "is not well formed as json", "correct the format in the profile, or the file"},
	} {
		secret, warning, err := tt.c.Resolve(t.Context())
		if secret != tt.secret || warning != nil || tt.want == "" && err != nil {
			t.Errorf("%v: %q, %q, %v", tt.c.Within(), secret, warning, err)
		}
		if tt.want != "" {
			wantError(t, err, "the credential file "+path+" "+tt.want, tt.remedy)
			if strings.Contains(err.Error(), "s3cret") {
				t.Errorf("it shows a secret: %v", err)
			}
		}
		if said := fmt.Sprintf("%v %+v %#v %s", tt.c, tt.c, tt.c, tt.c.Reference()); strings.Contains(said, "s3cret") {
			t.Errorf("it shows a secret: %s", said)
		}
	}
	c := at("yaml", "$['github.com'].oauth_token")
	if c.Source() != "file "+path || c.Kind() != credential.SourceFile || !c.PlainText() || c.Line() != path {
		t.Errorf("%s, %s, %v, %s", c.Source(), c.Kind(), c.PlainText(), c.Line())
	}
	if secret, err := c.Stored(t.Context()); secret != "s3cret-1" || err != nil {
		t.Errorf("stored is %q, %v", secret, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	secret, warning, err := c.Resolve(t.Context())
	told, _ := errors.AsType[*credential.Error](warning)
	if secret != "s3cret-1" || err != nil || told == nil || told.Error() != "others can read the credential file "+path {
		t.Errorf("%q, %v, %v", secret, warning, err)
	}
}

// A place is one of a file, and of nothing else.
func TestIn(t *testing.T) {
	t.Parallel()
	p := extract.Place{Format: "json", Path: "$.token"}
	if c := credential.Env("A").In(p); c != credential.Env("A") || !c.Within().IsZero() {
		t.Errorf("%v", c)
	}
	if c := credential.File("a").In(extract.Place{}); c != credential.File("a") {
		t.Errorf("%v", c)
	}
	if c := credential.File("a").In(p); c.Within() != p {
		t.Errorf("%v", c.Within())
	}
}

// A secret among other things is replaced alone, in a file that keeps its mode, and
// what it was is kept in a file beside that, of its own for each place.
func TestStoreWithin(t *testing.T) {
	t.Parallel()
	const hosts = "# c\r\ngithub.com:\r\n  oauth_token: %s # mine\r\ngitlab.com: {oauth_token: s3cret-2}\r\nshared: &x s3cret-3\r\nagain: *x\r\n"
	dir := t.TempDir()
	path := filepath.Join(dir, "hosts.yml")
	if err := os.WriteFile(path, fmt.Appendf(nil, hosts, "s3cret-1"), 0o640); err != nil {
		t.Fatal(err)
	}
	at := func(place string) credential.Credential {
		return credential.File(path).In(extract.Place{Format: "yaml", Path: place})
	}
	c := at("$['github.com'].oauth_token")
	if err := c.Store(t.Context(), "s3cret: 4"); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); string(data) != fmt.Sprintf(hosts, "'s3cret: 4'") || err != nil {
		t.Errorf("it has %q, %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info, err)
	}
	for _, empty := range []credential.Credential{c, at("$.shared"), at("$.nothing")} {
		if err := empty.Store(t.Context(), ""); err == nil {
			t.Errorf("%v: it was left without a secret", empty.Within())
		}
	}
	for place, want := range map[string]string{"$.shared": "by an anchor or alias", "$.nothing": "has nothing at"} {
		for _, err := range []error{at(place).Store(t.Context(), "s3cret-5"), second(at(place).Stored(t.Context()))} {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s: %v", place, err)
			}
		}
	}
	other := at("$['gitlab.com'].oauth_token")
	for _, tt := range []struct {
		c      credential.Credential
		secret string
	}{{c, "s3cret-1"}, {other, "s3cret-2"}, {credential.File(path), "s3cret-3"}} {
		if err := tt.c.Former().Store(t.Context(), tt.secret); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := c.Former().Stored(t.Context()); got != "s3cret-1" || err != nil {
		t.Errorf("the former one is %q, %v", got, err)
	}
	if kept, _ := filepath.Glob(path + "*.previous"); len(kept) != 3 {
		t.Errorf("kept are %v", kept)
	}
	for _, c := range []credential.Credential{credential.Env("A"), credential.Literal("x"), credential.Command("x"), {}} {
		if !c.Former().IsZero() {
			t.Errorf("%s has a place for a former one", c.Kind())
		}
	}
	if former := credential.Keyring("work").Former(); former.Line() != "rollcall/work.previous" {
		t.Error(former.Line())
	}
}

// A text that names a variable is no secret, and none is written over it.
func TestVariableWithin(t *testing.T) {
	t.Parallel()
	const key, line = "//registry.npmjs.org/:_authToken", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n"
	path := filepath.Join(t.TempDir(), ".npmrc")
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	c := credential.File(path).In(extract.Place{Format: "npmrc", Path: key})
	for _, err := range []error{c.Store(t.Context(), "s3cret"), second(c.Stored(t.Context()))} {
		wantError(t, err, "the credential file "+path+" takes what is at "+key+" from the variable NPM_TOKEN", "set that to the new secret")
	}
	if data, err := os.ReadFile(path); string(data) != line || err != nil {
		t.Errorf("it has %q, %v", data, err)
	}
}

// A file that is gone is told of in a sentence, with what to do.
func TestStoredInAFileThatIsGone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	_, err := credential.File(path).Stored(t.Context())
	told, ok := errors.AsType[*credential.Error](err)
	if !ok || err.Error() != "the credential file "+path+" does not exist" || !strings.Contains(told.Remedy(), "rollcall login NAME") {
		t.Errorf("%v", err)
	}
}

func second(_ string, err error) error { return err }

// Many secrets that are in one file are found in it with one look at it: what comes of each
// is that of a look of its own.
func TestReader(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "hosts.yml")
	if err := os.WriteFile(path, []byte("a: s3cret-1\nb: s3cret-2\nc: \"\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	at := func(format, place string) credential.Credential {
		return credential.File(path).In(extract.Place{Format: format, Path: place})
	}
	all := []credential.Credential{
		at("yaml", "$.a"), at("yaml", "$.b"), at("yaml", "$.c"), at("yaml", "$.d"), at("yaml", "$.*"), at("json", "$.a"), credential.File(path),
		credential.File(path + ".none").In(extract.Place{Format: "yaml", Path: "$.a"}), {},
	}
	told := func(secret string, warning, err error) string { return fmt.Sprintf("%q, %v, %v", secret, warning, err) }
	var want []string
	var r credential.Reader
	for _, c := range all {
		want = append(want, told(c.Resolve(t.Context())))
		if got := told(r.Resolve(t.Context(), c)); got != want[len(want)-1] {
			t.Errorf("%v: %s, want %s", c.Within(), got, want[len(want)-1])
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	for i, c := range all[:6] {
		if got := told(r.Resolve(t.Context(), c)); got != want[i] {
			t.Errorf("%v was looked for again: %s", c.Within(), got)
		}
	}
}
