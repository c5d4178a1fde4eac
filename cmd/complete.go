package cmd

import (
	"cmp"
	"iter"
	"math"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
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

// completeExec offers profiles, behind two dashes the programs that there are, and then
// what the shell itself would. The library does not tell where the dashes were.
func (a *app) completeExec(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	line := os.Args[:len(os.Args)-1]
	switch dashes := slices.Index(line, "--"); {
	case dashes == len(line)-1:
		return a.completeProgram(c, args, word)
	case dashes >= 0:
		return nil, cobra.ShellCompDirectiveDefault
	case len(args) > 0:
		return []string{"--"}, cobra.ShellCompDirectiveNoFileComp
	}
	return a.completeProfiles(c, nil, word)
}

// completeTags offers the tags that profiles have.
func (a *app) completeTags(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return a.completeFrom(func(l *loaded) (all []string) {
		for _, p := range l.Profiles {
			all = append(all, p.Tags...)
		}
		return all
	})
}

// completeOrganizations offers the organizations of the profile that is named first, or
// of the active one, as they are known. They would name people.
func (a *app) completeOrganizations(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return a.completeFrom(func(l *loaded) (all []string) {
		name := l.active()
		if len(args) > 0 {
			name = args[0]
		}
		p, ok := l.Profile(name)
		if !ok || a.mask != nil {
			return nil
		}
		for _, s := range a.stored(l, []config.Profile{p}) {
			if s.Account == nil {
				continue
			}
			for _, o := range s.Account.Organizations {
				all = append(all, cmp.Or(o.SubDomain, o.ID))
			}
		}
		return all
	})
}

// completeFrom offers what the configuration and its state have, each once, as far as a
// shell may print it as it is.
func (a *app) completeFrom(values func(*loaded) []string) ([]string, cobra.ShellCompDirective) {
	l, err := a.load()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer l.close()
	all := slices.DeleteFunc(values(l), func(s string) bool { return s == "" || text.Printable(s) != s })
	slices.Sort(all)
	return slices.Compact(all), cobra.ShellCompDirectiveNoFileComp
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
