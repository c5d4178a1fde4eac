package credential_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"rollcall/config/credential"
)

// However a credential or what holds it is printed, the secret does not show.
func TestRedaction(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-0123456789"
	c := credential.Literal(secret)
	hidden := struct{ c credential.Credential }{c} // fmt calls no methods here
	command := credential.Command("echo", secret)
	hiddenCommand := struct{ c credential.Credential }{command}
	holders := []any{command, &command, hiddenCommand, &hiddenCommand, c, &c,
		[]credential.Credential{c}, map[string]credential.Credential{"a": c}, hidden, &hidden}
	var out bytes.Buffer
	for _, h := range holders {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%10v"} {
			fmt.Fprintf(&out, verb+"\n", h)
		}
		if data, err := json.Marshal(h); err != nil {
			t.Error(err)
		} else {
			out.Write(data)
		}
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "c", h)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "c", h)
	}
	fmt.Fprintln(&out, c.String(), c.Source())
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret)} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the secret shows:\n%s", out.String())
		}
	}
	if got := fmt.Sprintf("%v %s %#v", c, credential.Env("A"), credential.Credential{}); got != "config file env A " {
		t.Errorf("got %q", got)
	}
}

func TestSource(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]credential.Credential{
		"":                       {},
		"config file":            credential.Literal("x"),
		"env KATAPULT_API_KEY":   credential.Env("KATAPULT_API_KEY"),
		"file /run/secrets/a":    credential.File("/run/secrets/a"),
		"command pass":           credential.Command("/usr/bin/pass", "show", "s3cret"),
		"keyring rollcall/admin": credential.Keyring("admin"),
		"keyring a/b/c":          credential.Keyring("a/b/c"),
	} {
		if got := c.Source(); got != want || c.IsZero() != (want == "") {
			t.Errorf("%q, want %q; zero: %v", got, want, c.IsZero())
		}
	}
}

func TestResolveEnv(t *testing.T) {
	t.Setenv("ROLLCALL_TEST_SET", "s3cret")
	t.Setenv("ROLLCALL_TEST_EMPTY", " ")
	t.Setenv("ROLLCALL_TEST_BROKEN", "s3cret\r")
	for _, test := range []struct {
		c                 credential.Credential
		secret, err, hint string
	}{
		{credential.Literal("s3cret"), "s3cret", "", ""},
		{credential.Env("ROLLCALL_TEST_SET"), "s3cret", "", ""},
		{credential.Env("ROLLCALL_TEST_EMPTY"), "", "the environment variable ROLLCALL_TEST_EMPTY is empty",
			"set it before you start rollcall: export ROLLCALL_TEST_EMPTY=…"},
		{credential.Env("ROLLCALL_TEST_UNSET"), "", "the environment variable ROLLCALL_TEST_UNSET is not set",
			"set it before you start rollcall: export ROLLCALL_TEST_UNSET=…"},
		{credential.Env("ROLLCALL_TEST_BROKEN"), "",
			"the credential from env ROLLCALL_TEST_BROKEN has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{credential.Literal("a\u0085b"), "",
			"the credential from config file has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{credential.Literal("\u00a0 "), "", "the credential (config file) is empty", "put the token or password there"},
		{credential.Credential{}, "", "the profile has no credential that can be used", "give it a token from env, file, command or keyring"},
	} {
		secret, warning, err := test.c.Resolve(t.Context())
		if secret != test.secret || warning != nil || test.err == "" && err != nil {
			t.Errorf("%v: %q, %q, %v", test.c, secret, warning, err)
		}
		if test.err != "" {
			wantError(t, err, test.err, test.hint)
		}
	}
}

// wantError checks an error and its remedy.
func wantError(t *testing.T, err error, message, remedy string) {
	t.Helper()
	hint, ok := errors.AsType[interface {
		error
		Remedy() string
	}](err)
	if !ok || err.Error() != message || hint.Remedy() != remedy {
		t.Errorf("got %v (%+v)\nwant %s (%s)", err, hint, message, remedy)
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for want, all := range map[bool][]credential.Credential{
		true:  {credential.Literal("x"), credential.File("x")},
		false: {{}, credential.Env("A"), credential.Command("pass"), credential.Keyring("a")},
	} {
		for _, c := range all {
			if c.PlainText() != want {
				t.Errorf("%v: %v", c, !want)
			}
		}
	}
	if got := credential.Keyring("a").Kind(); got != credential.SourceKeyring {
		t.Error(got)
	}
}
