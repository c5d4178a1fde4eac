package config

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestSecretFile(t *testing.T) {
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
	if got, err := ReadSecretFile(link); err != nil || got != "\tfirst" {
		t.Fatalf("%q, %v", got, err)
	}
	if err := WriteSecretFile(link, "second"); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadSecretFile(file); err != nil || got != "second" {
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

func TestSecretFileRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := ReadSecretFile(dir); err == nil {
		t.Error("a folder was read")
	}
	missing := filepath.Join(dir, "missing")
	if err := WriteSecretFile(missing, "secret"); err == nil {
		t.Error("a file was made that was not there")
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the file is there")
	}
}
