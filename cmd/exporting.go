package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/atomicfile"
)

// export writes what is known of profiles to a new file, as 'rollcall status -o json
// --offline' prints it; where others are to read it, as with --private. The
// configuration is the one that holds now.
func (a *app) export(l *loaded, c *config.Config, names []string, path string, private bool) (said string, err error) {
	if path, err = a.newFile(path); err != nil {
		return "", err
	}
	profiles, err := chooseSome(c, names)
	if err != nil {
		return "", err
	}
	if len(profiles) == 0 {
		return "", errors.New("no profile was named, so that nothing was written")
	}
	teller := *a
	if teller.mask = nil; private {
		teller.mask = a.maskOf(c)
	}
	now := *l
	now.Config = c
	now.chosen, _ = a.chooseActive(c, l.store) // Without a choice, no profile is active.
	var b bytes.Buffer
	shown := teller.shownAll(a.stored(&now, profiles))
	if err := writeJSON(&b, teller.newStatusJSON(&now, profiles, shown)); err != nil {
		return "", err
	}
	if err := writeNew(path, b.Bytes()); err != nil {
		return "", err
	}
	return "wrote " + text.Plural(len(profiles), "profile") + " to " + path, nil
}

// newFile is the path of a file to write, as a person writes it: from the folder that
// rollcall runs in, or from the home folder.
func (a *app) newFile(path string) (string, error) {
	path = strings.TrimSpace(path)
	below, athome := strings.CutPrefix(path, "~")
	switch {
	case path == "":
		return "", errors.New("name a file to write to, such as rollcall.json")
	case athome && (below == "" || os.IsPathSeparator(below[0])):
		home := a.home()
		if home == "" {
			return "", errors.New("there is no home folder that ~ could stand for; write the whole path")
		}
		path = home + below
	}
	return a.absolute(path)
}

// writeNew writes a file for its owner alone, which is there whole or not at all.
// One that has the name already stays.
func writeNew(path string, data []byte) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name a file in it", path)
	}
	atomicfile.Sweep(filepath.Dir(path), filepath.Base(path))
	p, err := atomicfile.Create(path, data, nil)
	if err == nil {
		defer p.Discard()
		err = p.CommitNew()
	}
	cause := err
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		cause = e.Err
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already, so that nothing was written; name another file", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s, so that nothing was written", filepath.Dir(path))
	}
	return fmt.Errorf("%s cannot be written: %w", path, cause)
}
