package cmd

import (
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config/query"
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

// completeQuery offers to the shell how a query can go on. Nothing follows a colon
// or a comparison but what completes it, so that the shell adds no space there.
func (a *app) completeQuery(_ *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
	l, err := a.load()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer l.close()
	var snapshots []account.Snapshot
	values := func(key string) iter.Seq2[string, string] {
		if !inConfiguration(key) || key == "host" || key == "source" {
			if a.mask != nil {
				return query.Folded(nil) // They would name people.
			}
		}
		if snapshots == nil {
			snapshots = a.stored(l, l.Profiles)
		}
		return query.Folded(a.values(l.Config, l.Profiles, snapshots, key))
	}
	return queryCompletions(text, values)
}

// queryCompletions are whole queries that go on as the one that is written: shells
// offer no others.
func queryCompletions(written string, values func(key string) iter.Seq2[string, string]) (all []string, directive cobra.ShellCompDirective) {
	directive = cobra.ShellCompDirectiveNoFileComp
	for _, c := range query.Complete(written, utf8.RuneCountInString(written), vocabulary(), math.MaxInt, values) {
		whole := c.After(written)
		// The shell prints them as they are.
		if whole == "" || text.Printable(whole) != whole {
			continue
		}
		if strings.HasSuffix(whole, ":") || strings.HasSuffix(whole, "<") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		all = append(all, whole)
	}
	return all, directive
}
