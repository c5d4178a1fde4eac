package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
)

func (a *app) useCommand() *cobra.Command {
	var clear bool
	c := &cobra.Command{
		Use:   "use [NAME]",
		Short: "Make a profile the active one",
		Long: `Make a profile the active one: the one that is selected when the dashboard opens,
and that env and exec take where none is named. Without a name, print the one
that is active here.

A folder that is tied to a profile, a project file and ` + config.ProfileVariable + ` win over it;
'rollcall which' tells which of them does. The choice is kept beside the last
answers: the configuration stays as it is.`,
		Example: `  rollcall use work
  rollcall use --clear   back to default_profile`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	c.Flags().BoolVar(&clear, "clear", false, "forget the choice")
	c.RunE = run(func(c *cobra.Command, names []string) error {
		switch {
		case len(names) == 1 && clear:
			return usageError(c, fmt.Errorf("--clear takes no name; leave out %q", names[0]))
		case len(names) == 1:
			return a.use(names[0])
		case clear:
			return a.clearUse()
		}
		return a.printActive()
	})
	return c
}

// use makes a profile the active one, and says where that shows nothing yet.
func (a *app) use(name string) error {
	l, err := a.loadToChoose()
	if err != nil {
		return err
	}
	defer l.close()
	if _, err := chooseOne(l.Config, name); err != nil {
		return err
	}
	_, but, err := manage.New(a.manageOptions(l.Path)).MakeActive(l.Config, name)
	if err != nil {
		return notSaved(err)
	}
	if err := a.answer(name + " is now the active profile."); err != nil {
		return err
	}
	if but != "" {
		a.warn(but)
	}
	return nil
}

// clearUse forgets which profile was made the active one.
func (a *app) clearUse() error {
	l, err := a.loadToChoose()
	if err != nil {
		return err
	}
	defer l.close()
	if _, err := l.store.Choose("", ""); err != nil {
		return notSaved(err)
	}
	return a.answer("No profile is chosen as the active one any more.")
}

// printActive prints the name of the active profile.
func (a *app) printActive() error {
	l, err := a.load()
	if err != nil {
		return err
	}
	defer l.close()
	p, err := l.one("")
	if err != nil {
		return err
	}
	a.shownAll(l.store.Snapshots())
	_, err = fmt.Fprintln(a.stdout, text.Printable(a.named(p).Name))
	return err
}
