package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/client/account"
	"rollcall/client/text"
)

// begin does what comes before every command: its time begins, and its log. What a shell
// asks while somebody types a command line has neither.
func (a *app) begin(c *cobra.Command) error {
	if completing(c) {
		plainUsages(c.Root())
		return nil
	}
	a.clock.start(func(up timeUp) { a.giveUp(c, os.Args[1:], up) })
	return a.openLog(c.Context())
}

// addTimeoutFlag adds the flag for the time of the whole command.
func (a *app) addTimeoutFlag(root *cobra.Command, flags *pflag.FlagSet) {
	flags.Var(&a.clock.limit, timeoutFlag, "end after this time, whatever is not done yet: 30s, 5m or 1h")
	completeWith(root, timeoutFlag, "10s", "30s", "1m", "5m", "1h")
}

// addLogFlag adds the flag for the log.
func (a *app) addLogFlag(root *cobra.Command, flags *pflag.FlagSet) {
	flags.StringVar(&a.logPath, logFlag, "", "add a line of JSON to this `file` for each request and check")
	_ = root.RegisterFlagCompletionFunc(logFlag, cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
}

// openLog begins the log, where one is wanted. There is none with --private: names and
// addresses would stand there before anybody knows whose they are. Who asks for both is
// told so; a variable may be set for all that a shell runs.
func (a *app) openLog(ctx context.Context) error {
	path, by := a.logPath, "--"+logFlag
	if path == "" {
		path, by = a.getenv(logVariable), logVariable
	}
	switch {
	case path == "":
		return nil
	case path == "-":
		return configError(errors.New(by + " wants the name of a file; what is printed is no log"))
	case a.mask != nil && a.logPath == "":
		a.warn("nothing is logged to the file of " + logVariable + ": the log would have names and addresses as they are; leave out --private for one")
		return nil
	case a.mask != nil:
		return configError(errors.New("--private and " + by + " cannot be used together: the log has names and addresses as they are; leave out one of them"))
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.workDir, path)
	}
	l, err := newLogFile(ctx, path)
	if err != nil {
		return configError(fmt.Errorf("the log that %s names cannot be written: %w%s", by, err, logRemedy(err)))
	}
	a.logFile, a.log = l, l.logger()
	return nil
}

// closeLog ends the log, and says where it could not be written.
func (a *app) closeLog() {
	if a.logFile == nil {
		return
	}
	if err := a.logFile.close(); err != nil {
		a.warn(fmt.Sprintf("not all of the log could be written: %v%s", err, logRemedy(err)))
	}
}

// giveUp ends the process where a command does not end that should: something does not
// hear that it is over, such as a disk that does not answer.
func (a *app) giveUp(c *cobra.Command, args []string, up timeUp) {
	a.alone.Kill(restoringTime)
	a.crashes.letGo()
	os.Exit(a.finish(c, args, &exitError{exitUnchecked, up}))
}

// unchecked says of the profiles that were not checked that the time was up, which is no
// fault of theirs, and how many they are.
func (a *app) unchecked(up timeUp, all []account.Snapshot) {
	missing := 0
	for i := range all {
		h := &all[i].Health
		if h.State != account.Checking {
			continue
		}
		missing++
		h.State, h.Code = account.Unreachable, account.CodeOutOfTime
		h.Explanation = "The check was not done within the " + up.limit + " of --" + timeoutFlag + "."
		h.Remedy, h.Action = "Give it longer; 'rollcall doctor' tells what is slow.", account.ActionAsk
	}
	if missing > 0 {
		a.warn(fmt.Sprintf("%d of %s could not be checked within the %s of --%s; give it longer",
			missing, text.Plural(len(all), "profile"), up.limit, timeoutFlag))
	}
}

// ended says why a screen is gone that goes on until it is left.
func (a *app) ended(ctx context.Context) {
	if up, is := timeUpOf(ctx); is {
		fmt.Fprintf(a.stderr, "rollcall: ended after the %s of --%s\n", up.limit, timeoutFlag)
	}
}
