package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"

	"rollcall/config"
)

// formerEntry is the entry of the keyring that has the secret which was
// replaced last, so that it can be put back.
func formerEntry(d config.Draft) string {
	if d.Source == config.SourceKeyring {
		return d.Reference + "~"
	}
	return defaultEntry(d.Name) + "~"
}

// defaultEntry is the entry of the keyring for a profile.
func defaultEntry(name string) string { return "rollcall/" + name }

// errNotKept says that a secret was not replaced since it would have been lost.
var errNotKept = errors.New("the keyring cannot keep the present secret for a return, so that it was not replaced")

// replaceSecret puts a secret where the draft refers to, if that can be
// written. The one that was there is kept in the keyring; lose says to go on
// where that is not possible. restore puts it back, for when what was to come
// after the replacement does not work.
func replaceSecret(ctx context.Context, d config.Draft, secret string, lose bool) (restore func() error, err error) {
	old, err := storedSecret(ctx, d)
	if err != nil {
		return nil, err
	}
	if old == secret {
		return func() error { return nil }, nil
	}
	if old != "" {
		if err := config.StoreInKeyring(ctx, formerEntry(d), old); err != nil && !lose {
			return nil, fmt.Errorf("%w: %w", errNotKept, err)
		}
	}
	if err := writeSecret(ctx, d, secret); err != nil {
		return nil, err
	}
	return func() error {
		ctx := context.WithoutCancel(ctx)
		if old != "" || d.Source == config.SourceFile {
			return writeSecret(ctx, d, old)
		}
		return config.DeleteFromKeyring(ctx, d.Reference)
	}, nil
}

// storedSecret is what the draft refers to now; empty where there is nothing.
// It is an error where it cannot be written.
func storedSecret(ctx context.Context, d config.Draft) (string, error) {
	switch d.Source {
	case config.SourceKeyring:
		secret, _, err := config.FromKeyring(ctx, d.Reference)
		return secret, withHint(err)
	case config.SourceFile:
		info, err := os.Stat(d.Reference)
		if err != nil {
			return "", err
		}
		if !info.Mode().IsRegular() {
			return "", fmt.Errorf("%s is no ordinary file, so that nothing can be kept in it", d.Reference)
		}
		data, err := os.ReadFile(d.Reference)
		return string(bytes.TrimSpace(data)), err
	}
	return "", fmt.Errorf("a secret cannot be stored in the source %s; choose the keyring", d.Source)
}

// writeSecret puts a secret where the draft refers to.
func writeSecret(ctx context.Context, d config.Draft, secret string) error {
	if d.Source == config.SourceKeyring {
		return withHint(config.StoreInKeyring(ctx, d.Reference, secret))
	}
	// Where the file is a link, what it leads to is replaced.
	path, err := filepath.EvalSymlinks(d.Reference)
	if err != nil {
		return err
	}
	// The new file gets the mode of the old one.
	if err := os.Chmod(path, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return atomic.WriteFile(path, bytes.NewReader([]byte(secret+"\n")))
}

// withHint adds what to do to an error that knows it.
func withHint(err error) error {
	if hint, ok := errors.AsType[interface {
		error
		Remedy() string
	}](err); ok && hint.Remedy() != "" {
		return fmt.Errorf("%w: %s", err, hint.Remedy())
	}
	return err
}
