package config

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"rollcall/plainfile"
)

// projectFile names the profile of a folder and of those in it.
const projectFile = ".rollcall.toml"

// maxProject is more than a project file can need.
const maxProject = 4 << 10

// findProject reads the project file of a folder. There is none where its path
// is empty. A folder that may not be searched has none, but a file that may
// not be read is an error: it may name another account than what comes next.
func findProject(dir string) (name, path string, err error) {
	// Of its own, since whoever is no longer waited for may still read it.
	file := filepath.Join(dir, projectFile)
	_, err = plainfile.Within(context.Background(), file, func() (fs.FileInfo, error) { return os.Lstat(file) })
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return "", "", nil
	case err != nil:
		return "", "", err
	}
	name, err = readProject(file)
	return name, file, err
}

// ProjectProblem is what is wrong with the project file of a folder or of the nearest
// one above it that has one. It is nil where the file is right, and where there is none.
func ProjectProblem(dir string) error {
	for dir = Canonical(dir); ; dir = filepath.Dir(dir) {
		if _, path, err := findProject(dir); err != nil || path != "" || dir == filepath.Dir(dir) {
			return err
		}
	}
}

// readProject reads the profile that a project file names. It may come from
// anybody who wrote to the folder, so that it can name a profile, and nothing
// else: no address, and no secret.
func readProject(path string) (string, error) {
	data, _, err := plainfile.Read(context.Background(), path, maxProject)
	_, wrongFile := errors.AsType[*plainfile.Error](err)
	switch {
	case wrongFile, errors.Is(err, fs.ErrNotExist):
		return "", Problem{File: path, Message: `this is not a file that names a profile; write profile = "NAME" into it, or delete it`}
	case err != nil:
		return "", unreadable(err)
	}
	t, wrong := read(path, data)
	if wrong != nil {
		return "", wrong
	}
	name, ok := t.text("profile", "work")
	// Another key is most likely the one that was meant.
	if !ok && len(t.values) == 0 {
		t.missing("profile", nil, `profile is missing; write profile = "NAME"`)
	}
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		if key != "profile" {
			t.problem(key, "%s has no place here: this file names a profile, and nothing else; delete the line", quote(key))
		}
	}
	if found := problems(t.report); len(found) > 0 {
		return "", found[0]
	}
	return name, nil
}

// Canonical is a folder without symbolic links, so that one folder has one name;
// a folder that is gone keeps the name that it had.
func Canonical(dir string) string {
	if absolute, err := filepath.Abs(dir); err == nil {
		dir = absolute
	}
	if target, err := plainfile.Within(context.Background(), dir, func() (string, error) { return filepath.EvalSymlinks(dir) }); err == nil {
		return target
	}
	return dir
}

// WatchProjects calls changed whenever a project file of a folder or of those
// above it changes, until ctx ends.
func WatchProjects(ctx context.Context, dir string, changed func()) {
	versions := map[string]fileVersion{}
	for dir, below := Canonical(dir), ""; dir != below; dir, below = filepath.Dir(dir), dir {
		path := filepath.Join(dir, projectFile)
		versions[path] = versionOf(ctx, path)
	}
	watch(ctx, versions, func() map[string]fileVersion {
		changed()
		return nil
	})
}
