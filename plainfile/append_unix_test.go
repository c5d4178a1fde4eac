//go:build unix

package plainfile_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"rollcall/plainfile"
)

// What is no ordinary file is not written to, and told of with what to do.
func TestAppendKinds(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		want := kind.want
		if errors.Is(want, fs.ErrNotExist) || errors.Is(want, plainfile.ErrLarge) {
			want = nil // One is made, and one more line makes no difference.
		}
		path := filepath.Join(shortDir(t), "log")
		if err := kind.make(path); err != nil {
			t.Fatal(err)
		}
		f, err := plainfile.Append(t.Context(), path)
		if f != nil {
			f.Close()
		}
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", kind.name, err, want)
		}
	}
}
