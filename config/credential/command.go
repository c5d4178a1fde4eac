package credential

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"
	"golang.org/x/sync/semaphore"
)

const (
	commandTimeout = 10 * time.Second
	// lentTimeout is how long a command may have the terminal: a person reads
	// what it asks, and types.
	lentTimeout = 2 * time.Minute
	// maxCommands is how many commands run at once without the terminal.
	maxCommands = 4
)

// SourceCommand is the output of a program, such as a password manager.
const SourceCommand Source = "command"

// Command is a credential that a program prints.
func Command(program string, args ...string) Credential {
	line := strings.Join(append([]string{program}, args...), "\x00")
	return Credential{command{program: filepath.Base(program), line: &line}}
}

// command is a program with its arguments.
type command struct {
	program string
	// line is the program's path and the arguments, with a NUL between them.
	// People do write passwords among these, so that it is never printed. It
	// is no slice, since fmt prints what a pointer to a slice points to.
	line *string
	// withheld are the variables that it does not get; nil for none. refused says why
	// it is not run at all; nil where it is.
	withheld *[]string
	refused  *Error
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

// secret runs the command in a session without a terminal. Where it fails so, it
// runs once more on the terminal, if ctx has one that can be lent.
func (c command) secret(ctx context.Context) (secret string, warning, err error) {
	if c.refused != nil {
		return "", nil, c.refused
	}
	if err := commandSlots.Acquire(ctx, 1); err != nil {
		return "", nil, err
	}
	// The time that it waited for the slot is no part of its own.
	secret, err = c.run(ctx, setting{limit: commandTimeout})
	commandSlots.Release(1)
	if !failedAlone(err) {
		return secret, nil, err
	}
	lender := lenderOf(ctx)
	lender.Lend(ctx, c.program, func(t Terminal) error {
		secret, err = c.run(ctx, setting{terminal: &t, limit: lentTimeout})
		return err
	})
	return secret, nil, err
}

// commandExample is a command as a configuration has it.
const commandExample = `["pass", "show", "work"]`

// commandNotation is how a command is written: as a list of texts, and by a
// person in one line with the quotes of a shell. A program that is given with
// its path can be given relative to the configuration.
func commandNotation() Notation {
	return Notation{
		Source: SourceCommand, Example: commandExample, List: true,
		parse: parseCommand, Check: checkCommand, replace: replaceOfCommand,
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

func replaceOfCommand(line string) Replacement {
	args, err := shellquote.Split(line)
	if err != nil || len(args) == 0 {
		args = []string{line}
	}
	return Replacement{
		By:    ByPerson,
		First: "rollcall cannot write where the command " + args[0] + " takes the secret from, and keeps none of it: there is no undo.",
		Todo:  storeHint(args),
	}
}

// storeHint tells how to store a secret where a command takes it from.
func storeHint(args []string) string {
	if len(args) == 3 && (args[0] == "pass" || args[0] == "gopass") && args[1] == "show" {
		return "store the new secret with: " + shellquote.Join(args[0], "insert", "-f", args[2])
	}
	return "store the new secret in the program that the command asks"
}
