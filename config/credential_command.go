package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"
)

const (
	commandTimeout = 10 * time.Second
	// maxCommands is how many commands run at once.
	maxCommands = 4
	// pipeGrace is how long to wait for the output of a program that has
	// ended: one that it started may hold it open for ever.
	pipeGrace = time.Second
	// maxSaid is how much of what a program says about its failure is read.
	maxSaid = 4 << 10
)

// commandPlaces holds a value for each command that runs. The bound is one of
// the whole process, as what it spares is the machine: ten thousand profiles
// with a command must not become ten thousand programs at once, nor as many
// questions of a password manager. The time that a command waits here is no
// part of its own.
var commandPlaces = make(chan struct{}, maxCommands)

// fromCommand runs the command when there is a place for it.
func (c Credential) fromCommand(ctx context.Context) (string, error) {
	select {
	case commandPlaces <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-commandPlaces }()
	return c.runCommand(ctx, commandTimeout)
}

// runCommand runs the command and takes the first line that it prints. It has
// no terminal to read from and the environment of rollcall.
func (c Credential) runCommand(parent context.Context, limit time.Duration) (string, error) {
	ctx, stop := context.WithTimeout(parent, limit)
	defer stop()
	args := strings.Split(*c.secret, "\x00")
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	printed := &capture{max: maxCredential, full: stop}
	said := &capture{max: maxSaid}
	cmd.Stdout, cmd.Stderr = printed, said
	cmd.WaitDelay = pipeGrace
	ownGroup(cmd)
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		// The program itself has ended well.
		err = nil
	}
	words := excerpt(said.data, printed.data)
	switch {
	case printed.over:
		return "", &CredentialError{
			fmt.Sprintf("the command %s printed too much to be a credential", c.ref),
			"correct the command in the profile; the first line that it prints must be the credential",
		}
	case err != nil && parent.Err() != nil:
		return "", parent.Err()
	case err != nil && ctx.Err() != nil:
		return "", &CredentialError{
			fmt.Sprintf("the command %s did not finish within %s%s", c.ref, limit, words),
			"it may wait for a password or a confirmation: unlock first what it asks, or run it in a terminal to see",
		}
	case err != nil:
		return "", c.commandError(args[0], err, words)
	}
	line, _, _ := bytes.Cut(printed.data, []byte("\n"))
	secret := strings.TrimPrefix(strings.TrimRight(string(line), "\r"), "\ufeff")
	if strings.TrimSpace(secret) == "" {
		return "", &CredentialError{
			fmt.Sprintf("the command %s printed nothing on its first line%s", c.ref, words),
			"the first line that it prints must be the credential; run it in a terminal to see what it prints",
		}
	}
	return secret, nil
}

// commandError explains why a program did not run, or failed; words are those
// that it said.
func (c Credential) commandError(program string, err error, words string) *CredentialError {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return &CredentialError{
			fmt.Sprintf("the command %s failed: %s%s", c.ref, exit, words),
			"run it in a terminal, and correct it there or in the profile",
		}
	}
	_, missing := os.Stat(program)
	switch {
	case errors.Is(err, exec.ErrNotFound) && filepath.Base(program) == program:
		return &CredentialError{
			fmt.Sprintf("the command %s is in none of the folders of PATH", program),
			"install it, or write its full path in the profile",
		}
	case errors.Is(err, fs.ErrPermission):
		return &CredentialError{
			fmt.Sprintf("the command %s may not be run by you", program),
			"name a program in the profile, and make it executable: chmod +x " + shellquote.Join(program),
		}
	case errors.Is(err, fs.ErrNotExist) && missing == nil:
		return &CredentialError{
			fmt.Sprintf("the command %s cannot run: what its first line names does not exist", program),
			"correct the line that begins with #! in it, or install what it names",
		}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, exec.ErrNotFound):
		return &CredentialError{
			fmt.Sprintf("the command %s does not exist", program),
			"install it, or correct the path in the profile",
		}
	}
	if cause := errors.Unwrap(err); cause != nil {
		err = cause
	}
	return &CredentialError{
		fmt.Sprintf("the command %s cannot be run: %s", program, err),
		"correct the command in the profile",
	}
}

// capture keeps the beginning of what is written to it.
type capture struct {
	data []byte
	max  int
	// over is set when there was more than max.
	over bool
	// full, if there is one, is called then.
	full func()
}

// Write never fails: a program that says more than is kept goes on.
func (c *capture) Write(p []byte) (int, error) {
	keep := min(len(p), c.max-len(c.data))
	c.data = append(c.data, p[:keep]...)
	if keep < len(p) && !c.over {
		c.over = true
		if c.full != nil {
			c.full()
		}
	}
	return len(p), nil
}
