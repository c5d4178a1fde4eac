//go:build unix

package credential_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"rollcall/config/credential"
)

// pipe is a credential in a named pipe, and the path of that.
func pipe(t *testing.T) (c credential.Credential, path string) {
	path = filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return credential.File(path), path
}

// A pipe is read from whoever opens it for writing, early or late.
func TestResolvePipe(t *testing.T) {
	t.Parallel()
	c, path := pipe(t)
	written := make(chan error, 1)
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0) // Waits for the reader.
		if err == nil {
			_, err = f.WriteString("s3cret\n")
			err = errors.Join(err, f.Close())
		}
		written <- err
	}()
	secret, warning, err := c.Resolve(t.Context())
	if secret != "s3cret" || warning != nil || err != nil {
		t.Errorf("%q, %q, %v", secret, warning, err)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
}

// A pipe that nobody writes to holds nobody up for longer than the context,
// with a writer that is silent or with none.
func TestResolvePipeCancelled(t *testing.T) {
	t.Parallel()
	for _, silent := range []bool{false, true} {
		c, path := pipe(t)
		if silent {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
		defer cancel()
		if _, _, err := c.Resolve(ctx); err != ctx.Err() {
			t.Errorf("silent writer %v: %v", silent, err)
		}
	}
}

// A credential that systemd hands to a service looks as if its group could read it.
func TestResolveHandedBySystemd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens_work")
	if err := os.WriteFile(path, []byte("s3cret\n"), 0o440); err != nil {
		t.Fatal(err)
	}
	for dir, warned := range map[string]bool{"": true, filepath.Dir(path) + "/": false, filepath.Dir(filepath.Dir(path)): true} {
		t.Setenv("CREDENTIALS_DIRECTORY", dir)
		secret, warning, err := credential.File(path).Resolve(t.Context())
		if secret != "s3cret" || (warning != nil) != warned || err != nil {
			t.Errorf("%q: %q, %v, %v", dir, secret, warning, err)
		}
	}
}
