package cmd

import (
	"github.com/spf13/cobra"

	"rollcall/config"
)

func (a *app) disableCommand() *cobra.Command {
	return a.switchCommand(config.EditDisable, "disable", "Switch profiles off: they stay, and are not checked")
}

func (a *app) enableCommand() *cobra.Command {
	return a.switchCommand(config.EditEnable, "enable", "Switch profiles on again")
}

func (a *app) switchCommand(action config.EditKind, verb, short string) *cobra.Command {
	return &cobra.Command{
		Use:               verb + " NAME...",
		Short:             short,
		Example:           "  rollcall " + verb + " work staging",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: a.completeProfiles,
		RunE: run(func(_ *cobra.Command, names []string) error {
			return a.change(changesOf(action, names)...)
		}),
	}
}
