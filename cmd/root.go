package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
)

// app is what the commands share: the world around the process, and the flags
// that every command takes.
type app struct {
	stdout, stderr *os.File
	getenv         func(string) string
	environ        []string
	now            func() time.Time
	version        string

	configFlag  string
	profileFlag string
	demo        bool
}

// Main runs the command line and returns the exit status of the process.
func Main() int {
	a := &app{
		stdout:  os.Stdout,
		stderr:  os.Stderr,
		getenv:  os.Getenv,
		environ: os.Environ(),
		now:     time.Now,
		version: buildVersion(),
	}
	ctx, caught, stop := notifyContext(context.Background())
	defer stop()
	root := a.rootCommand()
	chosen, err := root.ExecuteContextC(ctx)
	if sig := caught(); sig != nil {
		return exitSignal(sig)
	}
	return a.finish(chosen, err)
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "rollcall",
		Short: "Who am I at each service, and is my token still good?",
		Long: `rollcall asks every service that you hold a token for who you are there,
and shows the answers side by side: user, organizations, linked accounts, and
how the token is doing. Without a command it opens the dashboard.`,
		Example: `  rollcall --demo             try it: no configuration, no network, no account
  rollcall                    open the dashboard
  rollcall --profile work     … with this profile selected
  rollcall status             one line a profile, for people
  rollcall status -o json     … and for scripts`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       a.version,
		RunE: run(func(c *cobra.Command, _ []string) error {
			return a.runDashboard(c.Context())
		}),
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("rollcall {{.Version}}\n")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usageError(c, err) })
	flags := root.PersistentFlags()
	flags.StringVar(&a.configFlag, "config", "", "read this `file` instead of the usual one")
	flags.BoolVar(&a.demo, "demo", false, "use the built-in demo services")
	root.Flags().StringVar(&a.profileFlag, "profile", "", "select this profile (`name`) at start")
	_ = root.RegisterFlagCompletionFunc("profile", a.completeProfiles)
	root.AddCommand(a.statusCommand(), a.showCommand(), a.listCommand(), a.changesCommand(), a.pinCommand(),
		a.demoServerCommand(), a.versionCommand())
	return root
}

// run marks the errors of a command as its own. Those that cobra finds before
// (an unknown command, a wrong argument) come bare, and finish adds a hint.
func run(f func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		err := f(c, args)
		var status *exitError
		if err == nil || errors.As(err, &status) {
			return err
		}
		return configError(err)
	}
}

// finish tells what went wrong and gives the exit status for it.
func (a *app) finish(c *cobra.Command, err error) int {
	if err == nil {
		return exitOK
	}
	var status *exitError
	if !errors.As(err, &status) {
		status = usageError(c, err)
	}
	if status.err != nil {
		a.printError(wantsJSON(c), status.err)
	}
	return status.code
}

// wantsJSON reports whether the command was asked for JSON, in which case its
// errors are JSON too.
func wantsJSON(c *cobra.Command) bool {
	f := c.Flags().Lookup("output")
	return f != nil && f.Value.String() == string(formatJSON)
}

// printError writes an error to stderr, one line for each that it joins.
func (a *app) printError(asJSON bool, err error) {
	if asJSON {
		writeJSON(a.stderr, errorsJSON(err))
		return
	}
	for _, e := range flatten(err) {
		text := e.Error()
		if p, ok := configProblem(e); ok {
			text = withRemedy(text, p.Remedy)
		}
		fmt.Fprintf(a.stderr, "rollcall: %s\n", printableLines(text))
	}
}

// flatten lists the errors that errors.Join put together.
func flatten(err error) []error {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range many.Unwrap() {
			all = append(all, flatten(e)...)
		}
		return all
	}
	return []error{err}
}

// buildVersion is the version of the module that was built, "dev" for a
// working copy.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
