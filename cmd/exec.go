package cmd

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"

	"github.com/spf13/cobra"

	"rollcall/config"
)

// The statuses of exec itself: it refused, or could not run the program, which
// a shell says by the same.
const (
	exitRefused       = 125
	exitNotExecutable = 126
	exitNotFound      = 127
)

// execName is the name of the command.
const execName = "exec"

func (a *app) execCommand() *cobra.Command {
	var nested bool
	var rules handoverRules
	var minTTL period
	c := &cobra.Command{
		Use:   execName + " [NAME] [flags] -- CMD [ARG...]",
		Short: "Run a program with the credential of a profile",
		Long: `Run a program with the credential of a profile, the active one where none is
named. The program gets each variable that the tools of the service read, and
none that would win over them; ` + config.ProfileVariable + ` has the name of the profile.

It takes the place of rollcall: signals reach it, and its exit status is that of
the command. The exit status is 127 where there is no such program, 126 where it
cannot be run, and 125 where rollcall itself refuses to run it.

Nobody is asked first, unless another user than the profile is tied to answered
the last time: while that is so, the profile is refused. --check always asks, and
refuses whatever 'rollcall status' would call bad or could not check. --min-ttl
asks where the last answer is older than the refresh interval. A token whose end
is not known is used, with a warning; one that never ends lasts for any time.
--timeout is for rollcall's own part: the program has all the time that it wants.`,
		Example: `  rollcall exec work -- terraform plan
  rollcall exec -- katapult vms list
  rollcall exec work --min-ttl 1h -- ./migrate.sh
  rollcall exec work --organization otter-labs -- terraform apply
  rollcall exec work -- sh         a shell that has them; leave it with exit`,
		Args:              execArgs,
		ValidArgsFunction: a.completeExec,
	}
	c.Flags().BoolVar(&rules.check, "check", false, "ask the service first, and run the program only if the credential is good")
	c.Flags().Var(&minTTL, "min-ttl", "run the program only if the token lasts so long")
	c.Flags().StringVar(&rules.organization, "organization", "", "have the tools work on this `organization`")
	completeWith(c, "min-ttl", "10m", "1h", "8h", "1d", "7d")
	_ = c.RegisterFlagCompletionFunc("organization", a.completeOrganizations)
	c.Flags().BoolVar(&nested, "nested", false, "also where the credential of another profile is in the environment already")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		name, dash := "", c.ArgsLenAtDash()
		if dash == 1 {
			name = args[0]
		}
		rules.minTTL = minTTL.length
		return a.exec(c.Context(), name, args[dash:], rules, nested)
	})
	return c
}

// exec becomes a command with the credential of the named profile, or of the
// active one where the name is empty.
func (a *app) exec(ctx context.Context, name string, command []string, rules handoverRules, nested bool) error {
	if err := a.notForTheDemo(); err != nil {
		return err
	}
	l, err := a.load()
	if err != nil {
		return err
	}
	defer l.close()
	p, err := l.one(name)
	if err != nil {
		return err
	}
	if outer := a.getenv(config.ProfileVariable); outer != "" && outer != p.Name && !nested {
		return configError(fmt.Errorf("%s says that this shell has the credential of %s already\n"+
			"Leave it first, or add --nested to use %s inside of it", config.ProfileVariable, outer, p.Name))
	}
	path, err := lookProgram(command[0])
	if err != nil {
		return err
	}
	h, err := a.handOver(ctx, l, p, rules)
	if err != nil {
		return err
	}
	if !a.clock.done() {
		return ctx.Err()
	}
	return programError(command[0], become(path, command, h.environ(a.environ)))
}

// execArgs wants a command behind two dashes, and at most one name before.
func execArgs(c *cobra.Command, args []string) error {
	const example = "as in: rollcall exec work -- terraform plan"
	switch dash := c.ArgsLenAtDash(); {
	case dash < 0:
		return errors.New("write -- before the command, " + example)
	case dash > 1:
		return errors.New("name one profile before --, " + example)
	case dash == len(args):
		return errors.New("write the command after --, " + example)
	}
	return nil
}

// lookProgram finds a program as a shell does. A folder of PATH that is
// relative is the wish of the person.
func lookProgram(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil || errors.Is(err, exec.ErrDot) {
		return path, nil
	}
	return "", programError(name, err)
}

// execStatus is the status for an error of exec, which must not be taken for one
// of the program.
func execStatus(code int) int {
	if code == exitNotExecutable || code == exitNotFound || code > exitSignalBase {
		return code
	}
	return exitRefused
}

// programError says why a program does not run.
func programError(name string, err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return &exitError{exitNotFound, fmt.Errorf("the program %s is in none of the folders of PATH", name)}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &exitError{exitNotFound, fmt.Errorf("the program %s, or what its first line names, does not exist", name)}
	}
	if cause, ok := errors.AsType[*exec.Error](err); ok {
		err = cause.Err
	}
	return &exitError{exitNotExecutable, fmt.Errorf("the program %s cannot be run: %w", name, err)}
}
