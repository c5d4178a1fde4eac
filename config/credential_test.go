package config_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"rollcall/config"
)

// However a credential or what holds it is printed, the secret does not show.
func TestRedaction(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-0123456789"
	c := config.Literal(secret)
	hidden := struct{ c config.Credential }{c} // fmt calls no methods here
	command := config.Command("echo", secret)
	hiddenCommand := struct{ c config.Credential }{command}
	holders := []any{command, &command, hiddenCommand, &hiddenCommand, c, &c,
		[]config.Credential{c}, map[string]config.Credential{"a": c}, hidden, &hidden}
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
	if got := fmt.Sprintf("%v %s %#v", c, config.Env("A"), config.Credential{}); got != "config file env A " {
		t.Errorf("got %q", got)
	}
}

func TestSource(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]config.Credential{
		"":                       {},
		"config file":            config.Literal("x"),
		"env KATAPULT_API_KEY":   config.Env("KATAPULT_API_KEY"),
		"file /run/secrets/a":    config.File("/run/secrets/a"),
		"command pass":           config.Command("/usr/bin/pass", "show", "s3cret"),
		"keyring rollcall/admin": config.Keyring("admin"),
		"keyring a/b/c":          config.Keyring("a/b/c"),
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
		c                 config.Credential
		secret, err, hint string
	}{
		{config.Literal("s3cret"), "s3cret", "", ""},
		{config.Env("ROLLCALL_TEST_SET"), "s3cret", "", ""},
		{config.Env("ROLLCALL_TEST_EMPTY"), "", "the environment variable ROLLCALL_TEST_EMPTY is empty",
			"set it before you start rollcall: export ROLLCALL_TEST_EMPTY=…"},
		{config.Env("ROLLCALL_TEST_UNSET"), "", "the environment variable ROLLCALL_TEST_UNSET is not set",
			"set it before you start rollcall: export ROLLCALL_TEST_UNSET=…"},
		{config.Env("ROLLCALL_TEST_BROKEN"), "",
			"the credential from env ROLLCALL_TEST_BROKEN has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{config.Literal("a\u0085b"), "",
			"the credential from config file has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{config.Credential{}, "", "the profile has no credential that can be used", "give it a token from env, file, command or keyring"},
	} {
		secret, warning, err := test.c.Resolve(t.Context())
		if secret != test.secret || warning != "" || test.err == "" && err != nil {
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
	for want, all := range map[bool][]config.Credential{
		true:  {config.Literal("x"), config.File("x")},
		false: {{}, config.Env("A"), config.Command("pass"), config.Keyring("a")},
	} {
		for _, c := range all {
			if c.PlainText() != want {
				t.Errorf("%v: %v", c, !want)
			}
		}
	}
	if got := config.Keyring("a").Kind(); got != config.SourceKeyring {
		t.Error(got)
	}
}
