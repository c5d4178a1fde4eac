package cmd

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/config"
)

// envName and shellFlag are the names of the command and of its flag for the
// language.
const (
	envName   = "env"
	shellFlag = "shell"
)

func (a *app) envCommand() *cobra.Command {
	sh := userShell(runtime.GOOS, a.getenv)
	var unset bool
	var rules handoverRules
	c := &cobra.Command{
		Use:   envName + " [NAME]",
		Short: "Print shell lines that give the credential of a profile to other programs",
		Long: `Print the lines by which a shell gives the credential of a profile, the active
one where none is named, to the programs that it starts: they set each variable
that the tools of the service read, remove those that would win over them, and
set ` + config.ProfileVariable + ` to the name of the profile.

The lines hold the secret, so they are never printed on a terminal. Let the
shell read them as the examples show. For one program, 'rollcall exec' is safer.
Where it fails, a line that fails is printed in their place, so that the shell
goes no further behind && or under set -e.

A profile is refused while another user than it is tied to answers.`,
		Example: `  eval "$(rollcall env work)" && terraform plan                  sh, bash, zsh
  rollcall env work --shell fish | source                        fish
  rollcall env work | Out-String | Invoke-Expression             PowerShell
  eval "$(rollcall env --unset)"                                 take it all back`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	c.Flags().Var(&sh, shellFlag, "the language of the lines: sh, bash, zsh, dash, fish or powershell")
	completeWith(c, shellFlag, shellNames()...)
	c.Flags().BoolVar(&unset, "unset", false, "print the lines that remove all of these variables")
	c.Flags().StringVar(&rules.organization, "organization", "", "have the tools work on this `organization`")
	_ = c.RegisterFlagCompletionFunc("organization", a.completeOrganizations)
	c.MarkFlagsMutuallyExclusive("unset", "organization")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		name := strings.Join(args, "") // One at most.
		switch {
		case unset && name != "":
			return usageError(c, fmt.Errorf("--unset is for all profiles; leave out %q", name))
		case unset:
			return writeLines(a.stdout, a.unsetLines(sh))
		}
		return a.env(c.Context(), name, sh, rules)
	})
	return c
}

// env prints the lines for the named profile, or for the active one where the
// name is empty.
func (a *app) env(ctx context.Context, name string, sh shell, rules handoverRules) error {
	if err := a.notForTheDemo(); err != nil {
		return err
	}
	if a.screenOf(a.stdout).terminal {
		return configError(fmt.Errorf("the lines hold the secret, so they are not shown on a terminal\n"+
			"Let the shell read them: %s", sh.use(strings.TrimSpace("rollcall env "+name))))
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
	h, err := a.handOver(ctx, l, p, rules)
	if err != nil {
		return err
	}
	return writeLines(a.stdout, h.lines(sh))
}

// failShell prints the line that fails in the shell that reads the lines of a
// command, where it reads any. On a terminal nobody does.
func (a *app) failShell(c *cobra.Command) {
	if a.screenOf(a.stdout).terminal {
		return
	}
	if f := c.Flags().Lookup(shellFlag); f != nil {
		if s, ok := f.Value.(*shell); ok {
			// There is nothing else to say where this cannot be written either.
			_ = writeLines(a.stdout, []string{s.fail()})
		}
	}
}

// lines are those of a shell that give it the variables.
func (h handover) lines(s shell) []string {
	var all []string
	for _, name := range h.variables.Unset {
		all = append(all, s.hide(name))
	}
	for _, v := range h.variables.Set {
		all = append(all, s.set(v.Name, v.Value))
	}
	return append(all, s.set(config.ProfileVariable, h.profile))
}

// unsetLines remove every variable that lines of any profile may have set.
func (c *console) unsetLines(s shell) []string {
	var all []string
	for _, name := range append(c.allVariables(), config.ProfileVariable) {
		all = append(all, s.unset(name))
	}
	return all
}

func writeLines(w io.Writer, lines []string) error {
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}
