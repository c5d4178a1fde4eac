package config

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/kballard/go-shellquote"
)

const (
	// maxCredential is the longest Onezone token and its line break.
	maxCredential = 1<<20 + 4<<10
	// fileTimeout bounds the wait for the other end of a pipe.
	fileTimeout = 10 * time.Second
	// pipePoll is how often to look whether a pipe has got a writer.
	pipePoll = 20 * time.Millisecond
)

var errTooLarge = errors.New("too large")

// fromFile reads the credential of a file.
func (c Credential) fromFile(ctx context.Context) (secret, warning string, err error) {
	limited, cancel := context.WithTimeout(ctx, fileTimeout)
	defer cancel()
	data, mode, err := readSmall(limited, c.ref)
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	if err != nil {
		return "", "", c.fileError(err)
	}
	// Some editors of Windows begin a file with a byte order mark.
	secret = strings.TrimRightFunc(strings.TrimPrefix(string(data), "\ufeff"), unicode.IsSpace)
	if secret == "" {
		return "", "", &CredentialError{
			fmt.Sprintf("the credential file %s is empty", c.ref), "write the credential into it",
		}
	}
	if othersCanRead(mode) {
		warning = fmt.Sprintf("others can read the credential file %s; run chmod 600 %s", c.ref, shellquote.Join(c.ref))
	}
	return secret, warning, nil
}

// fileError explains why the file could not be read.
func (c Credential) fileError(err error) *CredentialError {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &CredentialError{
			fmt.Sprintf("the credential file %s does not exist", c.ref),
			"write the credential into it, or correct the path in the profile",
		}
	case errors.Is(err, fs.ErrPermission):
		return &CredentialError{
			fmt.Sprintf("the credential file %s may not be read by you", c.ref),
			"let its owner give you the right to read it, or name another file in the profile",
		}
	case errors.Is(err, syscall.EISDIR):
		return &CredentialError{
			fmt.Sprintf("the credential file %s is a folder", c.ref),
			"name the file in it in the profile",
		}
	case errors.Is(err, errTooLarge):
		return &CredentialError{
			fmt.Sprintf("the credential file %s is too large to be a credential", c.ref),
			"correct the path in the profile; the file must hold the credential and nothing else",
		}
	case errors.Is(err, context.DeadlineExceeded):
		return &CredentialError{
			fmt.Sprintf("nothing was written to the credential file %s within %s", c.ref, fileTimeout),
			"the file is a pipe: start what writes the credential to it",
		}
	}
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	return &CredentialError{
		fmt.Sprintf("the credential file %s cannot be read: %s", c.ref, err),
		"correct the path in the profile, or the file",
	}
}

// readSmall reads a file whole. A pipe is opened without waiting for who
// writes to it, since nothing could end that wait.
func readSmall(ctx context.Context, path string) ([]byte, fs.FileMode, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return nil, 0, syscall.EISDIR
	}
	// To close the file ends a read that waits for a writer.
	stop := context.AfterFunc(ctx, func() { _ = f.Close() })
	defer stop()
	pipe := info.Mode()&fs.ModeNamedPipe != 0
	var data []byte
	buf := make([]byte, 16<<10)
	for len(data) <= maxCredential {
		n, err := f.Read(buf)
		data = append(data, buf[:n]...)
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return nil, 0, ctx.Err()
		case errors.Is(err, syscall.EAGAIN), errors.Is(err, io.EOF) && pipe && len(data) == 0:
			// A pipe without a writer is at its end, or has nothing yet.
			select {
			case <-ctx.Done():
			case <-time.After(pipePoll):
			}
		case errors.Is(err, io.EOF):
			return data, info.Mode(), nil
		default:
			return nil, 0, err
		}
	}
	return nil, 0, errTooLarge
}
