package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"rollcall/client/text"
)

// completeProfiles offers to the shell the names of profiles that are not on
// the line yet.
func (a *app) completeProfiles(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	l, err := a.load()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer l.close()
	var names []string
	for _, p := range l.Profiles {
		// The shell prints them as they are.
		if text.Printable(p.Name) == p.Name && !slices.Contains(args, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeFirstProfile offers the names of profiles for the first argument.
func (a *app) completeFirstProfile(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.completeProfiles(c, nil, word)
}

// completeExec offers profiles, and then what the shell itself would.
func (a *app) completeExec(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return a.completeProfiles(c, nil, word)
}

// completeBind offers folders, and then profiles.
func (a *app) completeBind(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		return nil, cobra.ShellCompDirectiveFilterDirs
	case 1:
		return a.completeProfiles(c, nil, word)
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}
