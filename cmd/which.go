package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
)

// whichJSON is the active profile, and why it is. By is one of environment,
// folder, project file, use, default and only.
type whichJSON struct {
	Schema  int    `json:"schema"`
	Profile string `json:"profile"`
	By      string `json:"by"`
	Where   string `json:"where"`
}

func (a *app) whichCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "which",
		Short: "Print the active profile, and why it is the one",
		Long: `Print the name of the active profile, and on a terminal why it is the one.

These are asked in turn, and the first that names a profile decides:

  1  the variable ` + config.ProfileVariable + `, which 'rollcall env' and 'rollcall exec' set
  2  the nearest folder from here upwards that is tied to a profile with
     'rollcall bind', or that has a project file .rollcall.toml with the line
     profile = "NAME"; in one folder the tie wins
  3  'rollcall use'
  4  default_profile in the configuration
  5  the only profile, where there is no other

Where none of them names one, no profile is active, and env and exec want a name.
One that names a profile which is not there is an error: another account is
never taken in its place.`,
		Example: `  rollcall which
  rollcall which -o json | jq -r .by`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatText, formatJSON)
	c.RunE = run(func(*cobra.Command, []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		if _, err := l.one(""); err != nil {
			return err
		}
		a.shownAll(l.store.Snapshots())
		chosen := l.chosen
		chosen.Profile = a.named(config.Profile{Name: chosen.Profile}).Name
		if out.value == formatJSON {
			return writeJSON(a.stdout, whichJSON{schema, chosen.Profile, chosen.By, a.told(chosen.Where)})
		}
		if _, err := fmt.Fprintln(a.stdout, text.Printable(chosen.Profile)); err != nil {
			return err
		}
		if a.screenOf(a.stdout).terminal {
			fmt.Fprintln(a.stderr, text.Printable(a.told(manage.Reason(chosen))))
		}
		return nil
	})
	return c
}
