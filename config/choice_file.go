package config

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rollcall/config/atomicfile"
)

// choices are the profiles that people have chosen, as the state keeps them.
type choices struct {
	Active string `json:"active,omitempty"`
	// Folders have the profile that each is tied to.
	Folders map[string]string `json:"folders,omitempty"`
}

func choicesPath(stateDir string) string { return filepath.Join(stateDir, "choice.json") }

// readChoices reads what is kept; there is nothing without a folder for it.
func readChoices(stateDir string) (choices, error) {
	if stateDir == "" {
		return choices{}, nil
	}
	path := choicesPath(stateDir)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return choices{}, nil
	}
	if err != nil {
		return choices{}, unreadable(err)
	}
	var c choices
	if err := json.Unmarshal(data, &c); err != nil {
		return choices{}, fmt.Errorf("%s is not as rollcall wrote it; delete it, and choose again with rollcall use and bind", path)
	}
	return c, nil
}

// changeChoices changes what is kept. Of several rollcalls one does so at a
// time.
func changeChoices(stateDir string, change func(*choices)) error {
	if stateDir == "" {
		return errors.New("there is no folder for the state, so that a choice cannot be kept")
	}
	path := choicesPath(stateDir)
	unlock, err := atomicfile.Lock(path)
	defer unlock()
	if err != nil {
		return newSaveError(path, nil, nil, err)
	}
	c, err := readChoices(stateDir)
	if err != nil {
		return err
	}
	was, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	change(&c)
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil || bytes.Equal(data, was) {
		return err
	}
	fresh, err := atomicfile.Create(path, append(data, '\n'), nil)
	if err != nil {
		return newSaveError(path, nil, nil, err)
	}
	defer fresh.Discard()
	if err := fresh.Commit(); err != nil {
		return newSaveError(path, nil, nil, err)
	}
	return nil
}

// canonical is a folder without symbolic links, so that one folder has one
// name; a folder that is gone keeps the name that it had.
func canonical(dir string) string {
	if absolute, err := filepath.Abs(dir); err == nil {
		dir = absolute
	}
	if target, err := filepath.EvalSymlinks(dir); err == nil {
		return target
	}
	return dir
}

// Use makes a profile the active one, wherever nothing nearer names another; an
// empty name makes none of them active.
func Use(stateDir, name string) error {
	return changeChoices(stateDir, func(c *choices) { c.Active = name })
}

// Bind ties a folder, and those in it, to a profile.
func Bind(stateDir, dir, name string) error {
	return changeChoices(stateDir, func(c *choices) {
		if c.Folders == nil {
			c.Folders = map[string]string{}
		}
		c.Folders[canonical(dir)] = name
	})
}

// Unbind unties a folder, and reports whether it was tied.
func Unbind(stateDir, dir string) (tied bool, err error) {
	err = changeChoices(stateDir, func(c *choices) {
		_, tied = c.Folders[canonical(dir)]
		delete(c.Folders, canonical(dir))
	})
	return tied, err
}

// Renamed has what chose a profile choose it under its new name.
func Renamed(stateDir, name, to string) error {
	return changeChoices(stateDir, func(c *choices) {
		if c.Active == name {
			c.Active = to
		}
		for dir, bound := range c.Folders {
			if bound == name {
				c.Folders[dir] = to
			}
		}
	})
}

// WatchChoice calls changed whenever another choice is kept, or a project file
// of the folder or of those above it changes, until ctx ends.
func WatchChoice(ctx context.Context, stateDir, dir string, changed func()) {
	path := choicesPath(stateDir)
	versions := map[string]fileVersion{path: versionOf(path)}
	for dir, below := canonical(dir), ""; dir != below; dir, below = filepath.Dir(dir), dir {
		path := filepath.Join(dir, projectFile)
		versions[path] = versionOf(path)
	}
	watch(ctx, versions, func() map[string]fileVersion {
		changed()
		return nil
	})
}

// Bindings are the folders that are tied to a profile, and which.
func Bindings(stateDir string) (map[string]string, error) {
	c, err := readChoices(stateDir)
	return c.Folders, err
}
