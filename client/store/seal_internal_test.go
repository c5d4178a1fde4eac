package store

import (
	"os"
	"runtime"
	"testing"
	"time"
)

// TestSeal shows that the cooldowns of others are read once as long as nobody writes, and
// anew as soon as somebody has.
func TestSeal(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not tell in time what is written")
	}
	dir := t.TempDir()
	open := func() *Store {
		s, notice, err := openIn(surroundings{func(string) (string, bool) { return "local", false }, patience}, dir, "/home/sam/config.toml")
		if err != nil || notice != "" {
			t.Fatalf("%q, %v", notice, err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	a, b := open(), open()
	const origin = "https://a.example"
	a.StartCooldown(origin, "one", time.Now().Add(time.Hour))
	// The last write was a while ago.
	age := func() {
		for _, path := range []string{a.db.path, a.db.path + "-wal"} {
			at := time.Now().Add(-time.Minute)
			if err := os.Chtimes(path, at, at); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
	last := func() *look {
		if _, held := b.Cooldown(origin, "one"); !held {
			t.Fatal("the cooldown of the other one is not known")
		}
		return b.cooldowns.last
	}
	if last() != nil {
		t.Error("what was written just now is taken to be the last")
	}
	age()
	first := last()
	if again := last(); first == nil || again != first {
		t.Error("it is read anew although nobody has written")
	}
	a.StartCooldown(origin, "two", time.Now().Add(time.Hour))
	if _, held := b.Cooldown(origin, "two"); !held {
		t.Error("what was written since is not known")
	}
	age()
	last()
	b.cooldowns.db.kind = remote
	age()
	if last() != nil {
		t.Error("it trusts a file system of the network")
	}
}
