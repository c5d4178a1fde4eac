package config

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// However a credential or what holds it is printed, the secret does not show.
func TestRedaction(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-0123456789"
	c := Literal(secret)
	hidden := struct{ c Credential }{c} // fmt calls no methods here
	command := Command("echo", secret)
	hiddenCommand := struct{ c Credential }{command}
	holders := []any{command, &command, hiddenCommand, &hiddenCommand, Profile{Token: command}, c, &c, Profile{Token: c, Password: c}, Config{Profiles: []Profile{{Token: c}}},
		[]Credential{c}, map[string]Credential{"a": c}, hidden, &hidden}
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
	if got := fmt.Sprintf("%v %s %#v", c, Env("A"), Credential{}); got != "config file env A " {
		t.Errorf("got %q", got)
	}
}

func TestSource(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Credential{
		"":                       {},
		"config file":            Literal("x"),
		"env KATAPULT_API_KEY":   Env("KATAPULT_API_KEY"),
		"file /run/secrets/a":    {kind: SourceFile, ref: "/run/secrets/a"},
		"command pass":           Command("/usr/bin/pass", "show", "s3cret"),
		"keyring rollcall/admin": Keyring("admin"),
		"keyring a/b/c":          Keyring("a/b/c"),
	} {
		if got := c.Source(); got != want || c.IsZero() != (want == "") {
			t.Errorf("%q, want %q; zero: %v", got, want, c.IsZero())
		}
	}
}

func TestProfileCredential(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]Profile{
		"":      {},
		"env A": {Token: Env("A")},
		"env B": {Username: "u", Password: Env("B")},
	} {
		if got := p.Credential().Source(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestResolveEnv(t *testing.T) {
	t.Setenv("ROLLCALL_TEST_SET", "s3cret")
	t.Setenv("ROLLCALL_TEST_EMPTY", " ")
	t.Setenv("ROLLCALL_TEST_BROKEN", "s3cret\r")
	for _, test := range []struct {
		c                 Credential
		secret, err, hint string
	}{
		{Literal("s3cret"), "s3cret", "", ""},
		{Env("ROLLCALL_TEST_SET"), "s3cret", "", ""},
		{Env("ROLLCALL_TEST_EMPTY"), "", "the environment variable ROLLCALL_TEST_EMPTY is empty",
			"set it before you start rollcall: export ROLLCALL_TEST_EMPTY=…"},
		{Env("ROLLCALL_TEST_UNSET"), "", "the environment variable ROLLCALL_TEST_UNSET is not set",
			"set it before you start rollcall: export ROLLCALL_TEST_UNSET=…"},
		{Env("ROLLCALL_TEST_BROKEN"), "",
			"the credential from env ROLLCALL_TEST_BROKEN has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{Literal("a\u0085b"), "",
			"the credential from config file has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{Credential{}, "", "the profile has no credential that can be used", "give it a token from env, file, command or keyring"},
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

func TestResolveFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the errors of Windows have other words")
	}
	t.Parallel()
	dir := t.TempDir()
	long := strings.Repeat("x", 1<<20)
	write := func(name, text string) Credential {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return Credential{kind: SourceFile, ref: path}
	}
	at := func(name string) string { return "the credential file " + filepath.Join(dir, name) }
	tests := []struct {
		c                    Credential
		secret, want, remedy string
	}{
		{write("plain", "s3cret"), "s3cret", "", ""},
		{write("trimmed", "\ufeff s3 cret \t\r\n\n"), " s3 cret", "", ""},
		{write("long", long+"\n"), long, "", ""},
		{write("empty", ""), "", at("empty") + " is empty", "write the credential into it"},
		{write("blank", " \n"), "", at("blank") + " is empty", "write the credential into it"},
		{write("lines", "s3cret\nmore\n"), "",
			"the credential from file " + filepath.Join(dir, "lines") + " has a line break or control character in it, so it is not used",
			"store the credential again, on one line and with nothing else"},
		{write("large", long+long), "", at("large") + " is too large to be a credential",
			"correct the path in the profile; the file must hold the credential and nothing else"},
		{Credential{kind: SourceFile, ref: filepath.Join(dir, "none")}, "", at("none") + " does not exist",
			"write the credential into it, or correct the path in the profile"},
		{Credential{kind: SourceFile, ref: filepath.Join(dir, "plain", "x")}, "",
			at(filepath.Join("plain", "x")) + " cannot be read: not a directory",
			"correct the path in the profile, or the file"},
		{Credential{kind: SourceFile, ref: dir}, "", "the credential file " + dir + " is a folder",
			"name the file in it in the profile"},
	}
	for _, test := range tests {
		secret, warning, err := test.c.Resolve(t.Context())
		if secret != test.secret || warning != "" || test.want == "" && err != nil {
			t.Errorf("%v: %.20q, %q, %v", test.c, secret, warning, err)
		}
		if test.want != "" {
			wantError(t, err, test.want, test.remedy)
		}
	}
}

func TestResolveFileOfOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes on Windows")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "to ken")
	if err := os.WriteFile(path, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	c := Credential{kind: SourceFile, ref: path}
	secret, warning, err := c.Resolve(t.Context())
	want := "others can read the credential file " + path + "; run chmod 600 '" + path + "'"
	if secret != "s3cret" || warning != want || err != nil {
		t.Errorf("%q, %q, %v", secret, warning, err)
	}
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	_, _, err = c.Resolve(t.Context())
	if os.Geteuid() == 0 { // Root may read it all the same.
		err = c.fileError(&fs.PathError{Op: "open", Path: path, Err: syscall.EACCES})
	}
	wantError(t, err, "the credential file "+path+" may not be read by you",
		"let its owner give you the right to read it, or name another file in the profile")
}

// The end of the context ends a file's reading.
func TestResolveCancelled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("s3cret"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := Credential{kind: SourceFile, ref: path}
	if secret, _, err := c.Resolve(ctx); secret != "" || !errors.Is(err, context.Canceled) {
		t.Errorf("%q, %v", secret, err)
	}
}

// A secret where a variable's name belongs is not shown as one.
func TestSecretAsName(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte("[profiles.a]\nprovider = 'katapult'\ntoken.env = 's3cret-0123'\n"), testProviders())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Problems) != 1 || strings.Contains(fmt.Sprintf("%+v", *c), "s3cret") {
		t.Errorf("%+v", *c)
	}
}
