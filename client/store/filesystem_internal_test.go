package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestJournalMode has folders on file systems of several kinds.
func TestJournalMode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	real, linked := filepath.Join(dir, "remote", fileName), filepath.Join(dir, fileName)
	if err := os.MkdirAll(filepath.Dir(real), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(real, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, linked); err != nil {
		t.Skip(err)
	}
	there, err := filepath.EvalSymlinks(filepath.Dir(real))
	if err != nil {
		t.Fatal(err)
	}
	kind := func(dir string) (string, bool) { return "", dir == there }
	for path, want := range map[string]string{
		"": journalMemory, real: journalBack, linked: journalBack, filepath.Join(dir, "absent"): journalAhead,
	} {
		if got := journalMode(path, kind); got != want {
			t.Errorf("%s is written with %s, want %s", path, got, want)
		}
	}
	if got := journalMode(linked, fileSystem); got != journalAhead && got != journalBack {
		t.Errorf("here it is written with %s", got)
	}
}
