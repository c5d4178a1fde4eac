package credential_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rollcall/config/credential"
)

func TestResolveFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the errors of Windows have other words")
	}
	t.Parallel()
	dir := t.TempDir()
	long := strings.Repeat("x", 1<<20)
	write := func(name, text string) credential.Credential {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return credential.File(path)
	}
	at := func(name string) string { return "the credential file " + filepath.Join(dir, name) }
	tests := []struct {
		c                    credential.Credential
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
		{credential.File(filepath.Join(dir, "none")), "", at("none") + " does not exist",
			"write the credential into it, or correct the path in the profile"},
		{credential.File(filepath.Join(dir, "plain", "x")), "",
			at(filepath.Join("plain", "x")) + " is in no folder, but in a file",
			"correct the path, or put a folder in place of the file"},
		{credential.File(dir), "", "the credential file " + dir + " is a folder",
			"name the file in it in the profile"},
	}
	for _, test := range tests {
		secret, warning, err := test.c.Resolve(t.Context())
		if secret != test.secret || warning != nil || test.want == "" && err != nil {
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
	c := credential.File(path)
	secret, warning, err := c.Resolve(t.Context())
	told, _ := errors.AsType[*credential.Error](warning)
	if secret != "s3cret" || told == nil || err != nil {
		t.Fatalf("%q, %v, %v", secret, warning, err)
	}
	if told.Error() != "others can read the credential file "+path || told.Remedy() != "run chmod 600 '"+path+"'" {
		t.Errorf("%q, %q", told.Error(), told.Remedy())
	}
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	_, _, err = c.Resolve(t.Context())
	if os.Geteuid() == 0 {
		return // Root may read it all the same.
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
	c := credential.File(path)
	if secret, _, err := c.Resolve(ctx); secret != "" || !errors.Is(err, context.Canceled) {
		t.Errorf("%q, %v", secret, err)
	}
}

func TestStoreFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link := filepath.Join(dir, "token"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("\tfirst \n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("token", link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	if got, err := credential.File(link).Stored(t.Context()); err != nil || got != "\tfirst" {
		t.Fatalf("%q, %v", got, err)
	}
	if err := credential.File(link).Store(t.Context(), "second"); err != nil {
		t.Fatal(err)
	}
	if got, err := credential.File(file).Stored(t.Context()); err != nil || got != "second" {
		t.Errorf("%q, %v", got, err)
	}
	if to, err := os.Readlink(link); err != nil || to != "token" {
		t.Errorf("the link is %q, %v", to, err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o640 {
		t.Errorf("the mode is %o", mode)
	}
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("something was left: %v", left)
	}
}

func TestStoreFileRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := credential.File(dir).Stored(t.Context()); err == nil {
		t.Error("a folder was read")
	}
	missing := filepath.Join(dir, "missing")
	if err := credential.File(missing).Store(t.Context(), "secret"); err == nil {
		t.Error("a file was made that was not there")
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the file is there")
	}
}
