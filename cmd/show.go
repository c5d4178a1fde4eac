package cmd

import (
	"github.com/spf13/cobra"
)

func (a *app) showCommand() *cobra.Command {
	var offline bool
	c := &cobra.Command{
		Use:   "show NAME",
		Short: "Check one profile and print its account in full",
		Long: `Check one profile and print all that is known of it: first how it is and what to do
about it, with the command that does it where there is one; then who its user is,
its token, organizations and linked accounts, and last the profile and the check.`,
		Example: `  rollcall show work
  rollcall show work -o json | jq .organizations`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	out := addFormatFlag(c, formatText, formatJSON)
	c.Flags().BoolVar(&offline, "offline", false, "print the last known answer, without asking anybody")
	c.RunE = run(func(c *cobra.Command, names []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		profiles, snapshots, err := a.check(c.Context(), l, wanted{names: names}, howToAsk{offline: offline})
		if err != nil {
			return err
		}
		shown := a.shown(snapshots[0])
		if out.value == formatJSON {
			err = writeJSON(a.stdout, a.newProfileJSON(l, profiles[0], shown))
		} else {
			page := a.newAccountPage(profiles[0], shown, l.ExpiryWarning)
			page.active = profiles[0].Name == l.active()
			err = writeAccount(a.stdout, a.screenOf(a.stdout), a.now(), page)
		}
		if err != nil {
			return err
		}
		return a.conclude(l, isBad, profiles, snapshots)
	})
	return c
}
