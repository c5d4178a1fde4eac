package credential

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"
	"golang.org/x/sync/semaphore"
)

const (
	commandTimeout = 10 * time.Second
	// maxCommands is how many commands run at once.
	maxCommands = 4
	// pipeGrace is how long to wait for the output of a program that has
	// ended: one that it started may hold it open for ever.
	pipeGrace = time.Second
)

// SourceCommand is the output of a program, such as a password manager.
const SourceCommand Source = "command"

// Command is a credential that a program prints.
func Command(program string, args ...string) Credential {
	line := strings.Join(append([]string{program}, args...), "\x00")
	return Credential{command{filepath.Base(program), &line}}
}

// command is a program with its arguments.
type command struct {
	program string
	// line is the program's path and the arguments, with a NUL between them.
	// People do write passwords among these, so that it is never printed. It
	// is no slice, since fmt prints what a pointer to a slice points to.
	line *string
}

func (command) source() Source        { return SourceCommand }
func (c command) name() string        { return "command " + c.program }
func (c command) reference() []string { return strings.Split(*c.line, "\x00") }
func (command) plainText() bool       { return false }

// commandSlots bounds how many commands run at once, in the whole process: what
// the bound spares is the machine. Ten thousand profiles with a command must not
// become ten thousand programs at once, nor as many questions of a password
// manager.
var commandSlots = semaphore.NewWeighted(maxCommands)

// secret runs the command when there is a slot for it. The time that it waits
// for the slot is no part of its own.
func (c command) secret(ctx context.Context) (secret string, warning, err error) {
	if err := commandSlots.Acquire(ctx, 1); err != nil {
		return "", nil, err
	}
	defer commandSlots.Release(1)
	secret, err = c.run(ctx, commandTimeout)
	return secret, nil, err
}

// run runs the command and takes the first line that it prints. It has no
// terminal to read from and the environment of rollcall.
func (c command) run(parent context.Context, limit time.Duration) (string, error) {
	ctx, stop := context.WithTimeout(parent, limit)
	defer stop()
	args := c.reference()
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
		return "", &Error{
			fmt.Sprintf("the command %s printed too much to be a credential", c.program),
			"correct the command in the profile; the first line that it prints must be the credential",
		}
	case err != nil && parent.Err() != nil:
		return "", parent.Err()
	case err != nil && ctx.Err() != nil:
		return "", &Error{
			fmt.Sprintf("the command %s did not finish within %s%s", c.program, limit, words),
			"it may wait for a password or a confirmation: unlock first what it asks, or run it in a terminal to see",
		}
	case err != nil:
		return "", c.explain(args[0], err, words)
	}
	line, _, _ := bytes.Cut(printed.data, []byte("\n"))
	secret := strings.TrimPrefix(strings.TrimRight(string(line), "\r"), "\ufeff")
	if strings.TrimSpace(secret) == "" {
		return "", &Error{
			fmt.Sprintf("the command %s printed nothing on its first line%s", c.program, words),
			"the first line that it prints must be the credential; run it in a terminal to see what it prints",
		}
	}
	return secret, nil
}

// explain says why the program did not run, or failed; words are those that it
// said.
func (c command) explain(program string, err error, words string) *Error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return &Error{
			fmt.Sprintf("the command %s failed: %s%s", c.program, exit, words),
			"run it in a terminal, and correct it there or in the profile",
		}
	}
	_, missing := os.Stat(program)
	switch {
	case errors.Is(err, exec.ErrNotFound) && filepath.Base(program) == program:
		return &Error{
			fmt.Sprintf("the command %s is in none of the folders of PATH", program),
			"install it, or write its full path in the profile",
		}
	case errors.Is(err, fs.ErrPermission):
		return &Error{
			fmt.Sprintf("the command %s may not be run by you", program),
			"name a program in the profile, and make it executable: chmod +x " + shellquote.Join(program),
		}
	case errors.Is(err, fs.ErrNotExist) && missing == nil:
		return &Error{
			fmt.Sprintf("the command %s cannot run: what its first line names does not exist", program),
			"correct the line that begins with #! in it, or install what it names",
		}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, exec.ErrNotFound):
		return &Error{
			fmt.Sprintf("the command %s does not exist", program),
			"install it, or correct the path in the profile",
		}
	}
	if cause := errors.Unwrap(err); cause != nil {
		err = cause
	}
	return &Error{
		fmt.Sprintf("the command %s cannot be run: %s", program, err),
		"correct the command in the profile",
	}
}

// commandExample is a command as a configuration has it.
const commandExample = `["pass", "show", "work"]`

// commandNotation is how a command is written: as a list of texts, and by a
// person in one line with the quotes of a shell. A program that is given with
// its path can be given relative to the configuration.
func commandNotation() Notation {
	return Notation{
		Source: SourceCommand, Example: commandExample, List: true,
		parse: parseCommand, Check: checkCommand, cannotReplace: cannotReplaceCommand,
	}
}

func parseCommand(line string) (Credential, error) {
	args, err := shellquote.Split(line)
	if err != nil {
		return Credential{}, errors.New("the command line has a quote without its end, or ends in a backslash")
	}
	if len(args) == 0 {
		return Credential{}, errors.New("the command line must not be empty; write one such as: pass show work")
	}
	return Command(args[0], args[1:]...), nil
}

func checkCommand(args []string, resolve func(string) string) (Credential, error) {
	unusable := func(arg string) bool { return strings.Contains(arg, "\x00") }
	if len(args) == 0 || args[0] == "" || !Sendable(args[0]) || plain(args[0]) != args[0] || slices.ContainsFunc(args, unusable) {
		return Credential{}, errors.New("command must be a list of texts, such as " + commandExample)
	}
	program := args[0]
	if strings.ContainsRune(program, '/') || strings.ContainsRune(program, filepath.Separator) {
		program = resolve(program)
	}
	return Command(program, args[1:]...), nil
}

func cannotReplaceCommand(profile, line string) (why, instead string) {
	args, err := shellquote.Split(line)
	if err != nil || len(args) == 0 {
		args = []string{line}
	}
	return "the secret of " + profile + " is given by the command " + args[0] + ", which rollcall cannot write to", storeHint(args)
}

// storeHint tells how to store a secret where a command takes it from.
func storeHint(args []string) string {
	if len(args) == 3 && (args[0] == "pass" || args[0] == "gopass") && args[1] == "show" {
		return "Store the new one with: " + shellquote.Join(args[0], "insert", "-f", args[2])
	}
	return "Store the new one in the program that it asks"
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
