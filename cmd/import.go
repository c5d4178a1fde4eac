package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/config/credential"
	"rollcall/config/spelling"
)

// importing is what the command line says of an import.
type importing struct {
	// finds are the names of those to add; all adds every one that can be.
	finds []string
	all   bool
	// dry changes nothing, check asks the services who each one is.
	dry, check bool
	format     format
	// asks is set where a person is asked which to add.
	asks bool
}

func (a *app) importCommand() *cobra.Command {
	var w importing
	var yes bool
	c := &cobra.Command{
		Use:   "import [FIND...]",
		Short: "Find accounts that this machine has, and make profiles of them",
		Long: `Look for accounts where the tools of the services keep them: in the variables and
files of gh, glab, tea, doctl, hcloud, heroku, flyctl, npm, sentry-cli, vault,
terraform, pulumi, netrc, git and some thirty others.

Each can become a profile that refers to that place: no secret is copied, and the
file is only read. On a terminal you choose from a list; elsewhere it is printed,
and those are added that are named, or all with --all. One secret that several
tools have is one profile. Nobody is contacted, but with --check, which asks each
service whose the account is.`,
		Example: `  rollcall import
  rollcall import --check
  rollcall import gh:github.com env:HCLOUD_TOKEN
  rollcall import --all && rollcall status
  rollcall import -o json | jq -r '.finds[] | select(.problem == "") | .find'`,
		ValidArgsFunction: a.completeFinds,
	}
	f := c.Flags()
	f.BoolVar(&w.all, "all", false, "add all of them")
	f.BoolVarP(&yes, "yes", "y", false, "the same as --all")
	f.BoolVar(&w.dry, "dry-run", false, "print what would be added, and change nothing")
	f.BoolVar(&w.check, "check", false, "ask the services whose accounts they are")
	out := addFormatFlag(c, formatTable, formatJSON)
	c.RunE = run(func(c *cobra.Command, args []string) error {
		w.finds, w.all, w.format = args, w.all || yes, out.value
		if w.all && len(args) > 0 {
			return configError(errors.New("--all adds every account; name some, or leave it out"))
		}
		return a.importAccounts(c.Context(), w)
	})
	return c
}

// importAccounts finds accounts, and adds those that are wanted.
func (a *app) importAccounts(ctx context.Context, w importing) error {
	if err := a.notForTheDemo(); err != nil {
		return err
	}
	l, err := a.loadToAdd()
	if err != nil {
		return err
	}
	defer l.close()
	all := a.finds(ctx, l.Config)
	w.asks = !w.all && !w.dry && len(w.finds) == 0 && w.format != formatJSON && a.interactive()
	listed := w.asks && len(all) > 0 && a.listsFinds()
	if w.check && !listed {
		a.checkFinds(ctx, all)
	}
	// What was not looked at any more looks as if it could not be read.
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.format == formatJSON {
		if err := a.writeFinds(all); err != nil {
			return err
		}
	} else if len(w.finds) == 0 && !listed {
		a.tellUnusable(all)
	}
	var chosen []find
	if listed {
		chosen, err = a.listFinds(ctx, l, all, w.check)
	} else {
		chosen, err = a.chooseFinds(ctx, all, w)
	}
	if err != nil || len(chosen) == 0 {
		return err
	}
	return a.change(additions(draftsOf(chosen))...)
}

// chooseFinds are those that are to be added. Where nobody said which and nobody can
// be asked, they are printed.
func (a *app) chooseFinds(ctx context.Context, all []find, w importing) (chosen []find, err error) {
	chosen = slices.DeleteFunc(slices.Clone(all), func(f find) bool { return !f.usable() })
	advice := "without --dry-run they are added"
	switch {
	case len(w.finds) > 0:
		if chosen, err = named(all, w.finds); err != nil {
			return nil, err
		}
	case w.all, w.dry:
	case w.format == formatJSON:
		return nil, nil
	case len(chosen) > 0 && w.asks:
		return a.askFinds(ctx, chosen)
	default:
		w.dry, advice = true, "name those to add, or add them with --all"
	}
	switch {
	case len(chosen) == 0 && w.format != formatJSON:
		fmt.Fprintln(a.stderr, "rollcall: no account was found that could be added")
		return nil, nil
	case !w.dry:
		return chosen, nil
	case w.format == formatJSON:
		return nil, nil
	}
	if err := writeTable(a.stdout, a.screenOf(a.stdout), findColumns(w.check), a.findRows(chosen, w.check)); err != nil {
		return nil, err
	}
	fmt.Fprintln(a.stderr, "rollcall: nothing was changed; "+advice)
	return nil, nil
}

// named are the finds with names, or with the names that their profiles would have.
func named(all []find, names []string) (chosen []find, err error) {
	var known []string
	for _, f := range all {
		known = append(known, f.Name)
	}
	for _, name := range names {
		i := slices.IndexFunc(all, func(f find) bool { return f.Name == name })
		if i < 0 {
			i = slices.IndexFunc(all, func(f find) bool { return f.usable() && f.Draft.Name == name })
		}
		switch {
		case i < 0:
			return nil, configError(fmt.Errorf("nothing was found that is called %q%s", name, spelling.DidYouMean(name, known)))
		case !all[i].usable():
			return nil, configError(fmt.Errorf("%s: %s", name, cmp.Or(all[i].knownWords(), all[i].Problem)))
		case !slices.ContainsFunc(chosen, func(f find) bool { return f.Name == all[i].Name }):
			chosen = append(chosen, all[i])
		}
	}
	return chosen, nil
}

// tellUnusable says which accounts cannot be added, and why.
func (a *app) tellUnusable(all []find) {
	for _, f := range all {
		if !f.usable() {
			name := f.Name
			if f.Draft.Source != credential.SourceEnv {
				name += " in " + f.Where
			}
			fmt.Fprintf(a.stderr, "rollcall: %s: %s\n", text.Printable(a.told(name)), text.Printable(a.told(cmp.Or(f.knownWords(), f.Problem))))
		}
	}
}

// additions are the changes that add profiles.
func additions(drafts []config.Draft) (all []config.Edit) {
	for _, d := range drafts {
		all = append(all, config.Edit{Kind: config.EditAdd, Draft: d})
	}
	return all
}

func findColumns(checked bool) []column {
	all := []column{{title: "FIND", whole: true}, {title: "PROFILE", whole: true}, {title: "SERVICE", whole: true}, {title: "ADDRESS", spare: 1}, {title: "CREDENTIAL"}}
	if checked {
		all = append(all, column{title: "WHO"})
	}
	return all
}

func (a *app) findRows(offers []find, checked bool) [][]cell {
	var rows [][]cell
	for _, f := range offers {
		d := f.Draft
		row := []cell{
			{f.Name, nil}, {d.Name, bold()}, {d.Provider, nil}, {dash(a.told(d.BaseURL)), nil}, {a.told(f.place()), nil},
		}
		if checked {
			row = append(row, cell{a.told(f.who), nil})
		}
		rows = append(rows, row)
	}
	return rows
}

// completeFinds offers the names of what was found.
func (a *app) completeFinds(c *cobra.Command, _ []string, _ string) (names []string, _ cobra.ShellCompDirective) {
	l, err := a.loadToAdd()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer l.close()
	for _, f := range a.finds(c.Context(), l.Config) {
		if f.usable() {
			names = append(names, f.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
