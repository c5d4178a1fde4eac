package cmd

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"rollcall/cmd/child"
	"rollcall/config"
	"rollcall/plainfile"
)

// Main runs the command line and returns the exit status of the process.
func Main() int {
	// Libraries write to the standard logger: net/http does it with the first bytes of an
	// answer that nobody asked for, in the middle of the dashboard.
	log.SetOutput(io.Discard)
	a := &app{
		console: console{
			stdin:   os.Stdin,
			stdout:  os.Stdout,
			stderr:  os.Stderr,
			getenv:  config.WithHome(os.Getenv),
			environ: os.Environ(),

			alone:      &child.Pack{},
			bystanders: &bystanders{},
			json:       asksJSON(os.Args[1:]),
			services:   builtIn(),
		},
		now:     time.Now,
		version: buildVersion(),
	}
	// Who waits for them may have given up.
	defer a.alone.Kill(restoringTime)
	ctx, stop := notifyContext(context.Background())
	defer stop()
	ctx, a.clock.expire = context.WithCancelCause(ctx)
	a.life = ctx
	defer a.endAtLast(ctx)()
	a.workDir, _ = plainfile.Within(ctx, ".", os.Getwd)
	state, _ := a.stateDir()
	var calm func()
	a.crashes, calm = a.watchCrashes(a.version, state, func() bool { return terminalYielded(ctx) })
	defer calm()
	root := a.rootCommand()
	chosen, err := root.ExecuteContextC(a.lend(ctx))
	a.closeLog()
	if sig := signalOf(ctx); sig != nil {
		a.failShell(chosen)
		return exitSignal(sig)
	}
	return a.finish(chosen, os.Args[1:], inTime(ctx, err))
}

func (a *app) rootCommand() *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:               "rollcall",
		Short:             "Who am I at each service, and is my token still good?",
		Long:              rootHelp,
		Example:           rootExamples,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return a.begin(c) },
		RunE: run(func(c *cobra.Command, _ []string) error {
			if version {
				return a.printVersion()
			}
			return a.runDashboard(c.Context())
		}),
	}
	a.help.to = a.stdout
	root.SetOut(&a.help)
	root.SetErr(a.stderr)
	// Where nothing is offered, names of files would be no better.
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usageError(c, err) })
	flags := root.PersistentFlags()
	flags.StringVar(&a.configFlag, "config", "", "read this `file` instead of the usual one")
	_ = root.MarkPersistentFlagFilename("config", "toml")
	flags.BoolVar(&a.demo, "demo", false, "use the built-in demo services")
	a.addPrivateFlag(flags)
	a.addTimeoutFlag(root, flags)
	a.addLogFlag(root, flags)
	root.Flags().BoolVar(&a.accessible, "accessible", false, "talk in plain lines instead of drawing on the screen")
	// Not the one of the library: to word its answer takes templates, with which
	// the linker keeps every method of every type, two megabytes of them.
	root.Flags().BoolVarP(&version, "version", "v", false, "print the version")
	root.Flags().StringVar(&a.profileFlag, "profile", "", "select the profile of this `name` at start")
	_ = root.RegisterFlagCompletionFunc("profile", a.completeProfiles)
	group := func(id, title string, commands ...*cobra.Command) {
		root.AddGroup(&cobra.Group{ID: id, Title: title})
		for _, c := range commands {
			c.GroupID = id
			root.AddCommand(c)
		}
	}
	group("look", "Look:",
		a.statusCommand(), a.showCommand(), a.listCommand(), a.changesCommand(), a.doctorCommand())
	group("profiles", "Profiles:",
		a.addCommand(), a.importCommand(), a.editCommand(), a.renameCommand(), a.duplicateCommand(), a.moveCommand(),
		a.disableCommand(), a.enableCommand(), a.removeCommand(), a.undoCommand(), a.pinCommand(), a.snoozeCommand())
	group("secrets", "Secrets:", a.loginCommand(), a.logoutCommand(), a.rotateCommand())
	group("use", "Use:", a.useCommand(), a.bindCommand(), a.whichCommand(), a.envCommand(), a.execCommand())
	root.AddCommand(a.serveCommand(), a.serviceCommand(), a.configCommand(), a.schemaCommand(), a.demoServerCommand(), a.manCommand(), a.versionCommand())
	strictly(root)
	return root
}

const rootHelp = `rollcall asks every service that you hold a token for who you are there,
and shows the answers side by side: user, organizations, linked accounts, and
how the token is doing. Without a command it opens the dashboard.

--timeout ends the whole command, whatever it waits for: a service, a credential
command, the keyring, a disk, a question. A profile that it left no time for could
not be checked: the exit status is 3, unless something else makes it 2 or 1. exec,
which has not begun its program then, ends with 125. The dashboard, serve, status
--watch and demo-server go on until they are ended: they end as if somebody had left
them, with 0, or with 2 where the configuration is wrong outside its profiles.

--log-file, or the variable ROLLCALL_LOG, names a file to which each request and
check adds a line of JSON, with the keys time, level, msg, profile, method, url,
status, state, duration_ms and attempt. No credential is in it. Several rollcalls
may write one file; where it is renamed, the next line begins a new one. One that is
there already must be open to its owner alone. The log has names and addresses as they
are: --log-file together with --private is an error, the variable is left alone then,
with a warning, and while P has stand-ins on the screen of the dashboard nothing is logged.`

const rootExamples = `  rollcall --demo             try it: no configuration, no network, no account
  rollcall                    open the dashboard
  rollcall --profile work     ... with this profile selected
  rollcall status             those that need you first, for people
  rollcall status -o json     ... and for scripts`

// finish tells what went wrong with a command line and gives the exit status for
// it.
func (a *app) finish(c *cobra.Command, args []string, err error) int {
	if a.help.err != nil {
		err = configError(a.help.err)
	}
	if err == nil {
		return exitOK
	}
	var status *exitError
	if !errors.As(err, &status) {
		status = usageError(c, err)
	}
	if status.err != nil {
		a.printError(status.err)
	}
	c = meant(c, args)
	a.failShell(c)
	if c.Name() == execName {
		return execStatus(status.code)
	}
	return status.code
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
