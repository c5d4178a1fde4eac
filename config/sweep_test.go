package config

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// The next run removes what was left beside the configuration, its backup and the
// secrets, wherever links lead.
func TestConfigSweep(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("what is left is known by its age there")
	}
	dir := t.TempDir()
	in := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	text := ""
	for _, name := range []string{"own", "linked", "real", "config", "dotfiles"} {
		if err := os.Mkdir(in(name), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, left := range []string{".token.rollcall-12.tmp", ".token.previous.rollcall-1.tmp", ".config.toml.rollcall-34.tmp", ".netrc.rollcall-20251130.tmp"} {
			if err := os.WriteFile(in(name, left), []byte("secret"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, folder := range map[string]string{"a": "own", "b": "linked"} {
		text += "[profiles." + name + "]\nprovider = \"katapult\"\ntoken = { file = \"" + in(folder, "token") + "\" }\n"
	}
	for link, target := range map[string]string{in("linked", "token"): "../real/token", in("config", "config.toml"): in("dotfiles", "config.toml")} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	for path, text := range map[string]string{in("own", "token"): "t", in("real", "token"): "t", in("dotfiles", "config.toml"): text, in("dotfiles", "config.toml.lock"): ""} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Load(in("config", "config.toml"), Services{Known: []Provider{{Name: "katapult", DefaultURL: "https://api.katapult.io"}}})
	if err != nil || len(c.Problems) > 0 {
		t.Fatal(err, c.Problems)
	}
	c.Sweep(t.Context())
	for folder, want := range map[string]int{"own": 3, "linked": 3, "real": 4, "dotfiles": 4, "config": 5} {
		if left, err := os.ReadDir(in(folder)); err != nil || len(left) != want {
			t.Errorf("%s has %v, %v", folder, left, err)
		}
	}
}

// A disk that does not answer holds up neither the others nor, once the time is over,
// whoever has begun it.
func TestSweepOfDiskThatHangs(t *testing.T) {
	t.Parallel()
	answer, done := make(chan struct{}), make(chan struct{})
	defer close(answer)
	ctx, cancel := context.WithCancel(t.Context())
	returned := make(chan struct{})
	go func() {
		together(ctx, []func(){func() { <-answer }, func() { close(done) }})
		close(returned)
	}()
	<-done
	select {
	case <-returned:
		t.Error("it has not waited for all")
	default:
	}
	cancel()
	<-returned
}
