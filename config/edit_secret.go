package config

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"rollcall/plainfile"

	"github.com/BurntSushi/toml"
)

// SaveSecret puts another secret in the place of the one that stands in the file at
// path itself, for the profile of a draft. Comments, order and form stay as they are.
// The backup beside the file stays that of the last change: it gets the new secret,
// too, so that the old one is nowhere afterwards. A former state of the file that
// somebody has of this run becomes that of now by the edit, which is returned.
func SaveSecret(path string, d Draft, secret string) (edited func([]byte) []byte, err error) {
	replace := func(data []byte) ([]byte, error) {
		return edit(data, func(r *document) error { return r.setSecret(d, secret) })
	}
	edited = func(data []byte) []byte {
		if text, err := replace(data); err == nil {
			return text
		}
		return data
	}
	return edited, save(path, replace, func(target string) error { return renewBackup(target, edited) })
}

// setSecret gives the key of a profile that has its secret another one.
func (d *document) setSecret(of Draft, secret string) error {
	if err := d.find(of.Name); err != nil {
		return err
	}
	table := toml.Key{"profiles", of.Name}
	if _, there := d.table(table)[of.secretKey()].(string); !there {
		return errNoLiteral
	}
	return d.set(table, setting{of.secretKey(), secret})
}

// renewBackup edits the backup of a file. One that is older than the file stays so: it
// is not the backup of what the file holds.
func renewBackup(target string, edited func([]byte) []byte) error {
	backup := target + "~"
	was, err := plainfile.Stat(context.Background(), backup)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	file, err := plainfile.Stat(context.Background(), target)
	if err != nil {
		return err
	}
	old, err := ReadSaved(backup)
	if err != nil {
		return err
	}
	if err := keepBackup(target, edited(old), was); err != nil {
		return err
	}
	if file.ModTime().After(was.ModTime()) {
		_, err = plainfile.Written(context.Background(), target, func(context.Context) (struct{}, error) {
			return struct{}{}, os.Chtimes(backup, was.ModTime(), was.ModTime())
		}, nil)
	}
	return err
}
