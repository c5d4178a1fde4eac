package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"rollcall/config/atomicfile"
	"rollcall/plainfile"
)

// saveTries is how often an edit is made anew since the file changed
// meanwhile.
const saveTries = 10

// Save makes an edit of the file at path, which need not be there, and keeps
// what it held before beside it, with "~" after its name. Symbolic links stay,
// and lead to the new file. It has mode 0600, and is there as a whole or not at
// all: where anything fails, the old one stays.
//
// The edit gets what the file holds, and may be asked again: when somebody else
// changes the file meanwhile, it is made anew. Of several rollcalls one saves
// at a time. An error is that of the edit, or a [*SaveError].
func Save(path string, edit func([]byte) ([]byte, error)) error {
	return save(path, edit, nil)
}

// save is [Save] with something else to be done about the backup than to put there
// what the file held before.
func save(path string, edit func([]byte) ([]byte, error), renew func(target string) error) error {
	target, err := follow(path)
	if err != nil {
		return newSaveError(path, nil, nil, err)
	}
	// A folder that cannot be written is told of together with what would
	// have been saved, so the edit is made all the same.
	unlock, stuck := atomicfile.Lock(target)
	defer unlock()
	for range saveTries {
		old, err := ReadSaved(target)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return newSaveError(path, nil, nil, err)
		}
		text, err := edit(bytes.Clone(old))
		if err != nil || bytes.Equal(text, old) {
			return err
		}
		err = stuck
		if err == nil {
			err = acceptable(text)
		}
		if err == nil {
			err = replaceFile(target, old, text, renew)
		}
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errChanged):
			return newSaveError(path, old, text, err)
		}
	}
	return newSaveError(path, nil, nil, errRestless)
}

// acceptable checks that a text could be read again.
func acceptable(text []byte) error {
	if len(text) > maxConfig {
		return errHuge
	}
	if _, _, err := contents(bytes.TrimPrefix(text, []byte(byteOrderMark))); err != nil {
		return fmt.Errorf("%w (%w)", errNotTOML, err)
	}
	return nil
}

// replaceFile puts a text in the place of the old one of a file.
func replaceFile(target string, old, text []byte, renew func(target string) error) error {
	info, err := plainfile.Stat(context.Background(), target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	there := err == nil
	if there {
		// To replace a file takes the right to write its folder alone; who
		// has made the file read-only means it, though.
		if info.Mode().Perm()&0o200 == 0 {
			return errReadOnly
		}
		if err := writable(target); err != nil {
			return err
		}
	}
	fresh, err := atomicfile.Create(target, text, info)
	if err != nil {
		return err
	}
	defer fresh.Discard()
	switch {
	case there && renew != nil:
		err = renew(target)
	case there:
		err = keepBackup(target, old, info)
	}
	if err != nil {
		return err
	}
	now, err := ReadSaved(target)
	if (err == nil) != there || !bytes.Equal(now, old) {
		return errChanged
	}
	return fresh.Commit()
}

// writable is an error where a file may not be written.
func writable(path string) error {
	_, err := plainfile.Written(context.Background(), path, func(context.Context) (struct{}, error) {
		f, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, f.Close()
	}, nil)
	return err
}

// ReadSaved reads what a file holds that is saved, or its backup.
func ReadSaved(path string) ([]byte, error) {
	data, _, err := plainfile.Read(context.Background(), path, maxConfig)
	return data, err
}

// keepBackup puts a text beside a file as its backup.
func keepBackup(target string, old []byte, info fs.FileInfo) error {
	backup, err := atomicfile.Create(target, old, info)
	if err != nil {
		return err
	}
	defer backup.Discard()
	return backup.CommitAs(target + "~")
}

// follow is the file that a path leads to through symbolic links.
func follow(path string) (string, error) {
	return plainfile.Within(context.Background(), path, func() (string, error) { return target(path) })
}

func target(path string) (string, error) {
	for range maxLinks {
		if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
			path = filepath.Join(dir, filepath.Base(path))
		}
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil // It is no link.
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", errors.New("it is a symbolic link that leads nowhere")
}
