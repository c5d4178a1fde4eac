package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/config"
)

func (a *app) removeCommand() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "remove NAME...",
		Short: "Remove profiles",
		Long: `Remove profiles with the comments that belong to them. It asks before; 'rollcall undo'
takes it back. A secret in the keyring stays there: 'rollcall logout' removes it.`,
		Example: `  rollcall remove work
  rollcall remove work staging --yes`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: a.completeProfiles,
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "remove without a question")
	c.RunE = run(func(c *cobra.Command, names []string) error {
		_, file, err := a.loadToManage()
		if err != nil {
			return err
		}
		if _, err := choose(file, names); err != nil {
			return err
		}
		if !yes {
			if err := a.sure(c, fmt.Sprintf("Remove %s from %s?", strings.Join(names, ", "), file.Path)); err != nil {
				return err
			}
		}
		if err := a.change(changesOf(config.EditRemove, names)...); err != nil {
			return err
		}
		fmt.Fprintln(a.stderr, "'rollcall undo' takes it back.")
		return nil
	})
	return c
}
