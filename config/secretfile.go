package config

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"unicode"
)

// ReadSecretFile is the secret in the file of a credential; empty where there is
// none in it. Only an ordinary file will do, since another cannot be written
// again.
func ReadSecretFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no ordinary file, so that nothing can be kept in it", path)
	}
	data, _, err := readSmall(context.Background(), path)
	return string(bytes.TrimRightFunc(data, unicode.IsSpace)), err
}

// WriteSecretFile puts a secret into the file of a credential, which is there
// already. The file has the old secret or the new one as a whole. It keeps its
// owner and its mode; where the owner cannot be kept, nobody but the person who
// writes can read it.
func WriteSecretFile(path, secret string) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	if err != nil {
		return err
	}
	fresh, err := writeBeside(target, []byte(secret+"\n"), info)
	if err != nil {
		return err
	}
	defer os.Remove(fresh) // Only where it has not got its name.
	if err := keepMode(fresh, info); err != nil {
		return err
	}
	return install(fresh, target)
}

// keepMode gives a file the mode of another, if it has the owner and the group
// of that one: the rights of a group are for that group alone.
func keepMode(path string, of os.FileInfo) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if !keepOwner(f, of) {
		return nil
	}
	return f.Chmod(of.Mode().Perm())
}
