package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"rollcall/plainfile"
)

// A file that was there again, or could be read again, right after it could not, has
// another version than the one that could not be read: it is read anew.
func TestUnreadVersion(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "services.toml")
	gone, _, err := readVersion(path)
	if err == nil || gone != versionOf(t.Context(), path) {
		t.Errorf("a file that is not there: %v, %v", gone, err)
	}
	if err := os.WriteFile(path, []byte("good"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, why := range []error{fs.ErrNotExist, fs.ErrPermission, plainfile.ErrHangs} {
		if unreadVersion(path, why) == versionOf(t.Context(), path) {
			t.Errorf("after %v, the file counts as read", why)
		}
	}
	dir := filepath.Dir(path)
	if v, _, err := readVersion(dir); err == nil || v != versionOf(t.Context(), dir) {
		t.Errorf("a folder that stays one is another each time: %v, %v", v, err)
	}
}
