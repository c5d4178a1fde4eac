package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"rollcall/config"
)

func (a *app) renameCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rename NAME NEW",
		Short: "Give a profile another name",
		Long: `Give a profile another name.

What rollcall knows of it goes along: its history, the user that it is tied to,
and the folders that are bound to it. An entry of the keyring keeps its name.`,
		Example:           `  rollcall rename work acme`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: a.completeFirstProfile,
		RunE: run(func(_ *cobra.Command, args []string) error {
			return a.change(config.Edit{Kind: config.EditRename, Profile: args[0], To: args[1]})
		}),
	}
}

func (a *app) duplicateCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "duplicate NAME NEW",
		Short:             "Copy a profile, to change the copy",
		Example:           `  rollcall duplicate work work-eu && rollcall edit work-eu`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: a.completeFirstProfile,
		RunE: run(func(_ *cobra.Command, args []string) error {
			return a.change(config.Edit{Kind: config.EditDuplicate, Profile: args[0], To: args[1]})
		}),
	}
}

func (a *app) moveCommand() *cobra.Command {
	var up, down bool
	var by int
	c := &cobra.Command{
		Use:   "move NAME",
		Short: "Move a profile up or down in the list",
		Long:  "Move a profile up or down in the list, not further than it goes.",
		Example: `  rollcall move work --up
  rollcall move work --by 3`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	f := c.Flags()
	f.BoolVar(&up, "up", false, "move it up by one")
	f.BoolVar(&down, "down", false, "move it down by one")
	f.IntVar(&by, "by", 0, "move it down by so many `places`, or up where they are less than none")
	completeNothing(c, "by")
	c.MarkFlagsMutuallyExclusive("up", "down", "by")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		switch {
		case up:
			by = -1
		case down:
			by = 1
		case !f.Changed("by"):
			return usageError(c, errors.New("say where to: --up, --down or --by"))
		}
		return a.change(config.Edit{Kind: config.EditMove, Profile: args[0], By: by})
	})
	return c
}
