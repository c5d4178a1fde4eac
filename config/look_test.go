package config

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A file that has settled is not read again until the system tells of a change; what
// it tells cannot be set back.
func TestLook(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.toml")
	writeFile(t, path, "a = 1\n")
	later := time.Now().Add(time.Hour)
	young := lookAt(t.Context(), path, look{}, time.Now())
	if young.info != nil {
		t.Error("a file that has just been written is not read again")
	}
	settled := lookAt(t.Context(), path, young, later)
	if settled.info == nil {
		t.Skip("this system does not tell when a file was changed")
	}
	if settled.version != young.version {
		t.Error("the same file has two versions")
	}
	wrong := settled
	wrong.version.empty = true
	if again := lookAt(t.Context(), path, wrong, later); !again.version.empty {
		t.Error("a file that has not changed is read again")
	}
	info, err := os.Stat(path)
	must(t, err)
	writeFile(t, path, "a = 2\n")
	must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
	if again := lookAt(t.Context(), path, settled, later); again.version == settled.version {
		t.Error("a change that is as long and as old as what was there is not seen")
	}
	must(t, os.Remove(path))
	if gone := lookAt(t.Context(), path, settled, later); !gone.version.empty {
		t.Error("a file that is gone is seen")
	}
}
