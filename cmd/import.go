package cmd

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/client/text"
	"rollcall/cmd/discover"
	"rollcall/config"
)

func (a *app) importCommand() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "import",
		Short: "Find accounts that this machine has, and make profiles of them",
		Long: `Look for accounts where the tools of the services keep them: in the environment
(KATAPULT_API_KEY, KATAPULT_API_TOKEN, ONEZONE_API_KEY, ONEDATA_API_KEY,
ONECLIENT_ACCESS_TOKEN) and in the file of katapult-cli.

Each can become a profile that refers to that place: no secret is copied. On a
terminal, every one is asked for; elsewhere they are printed, and added with
--yes. Nobody is contacted.`,
		Example: `  rollcall import
  rollcall import --yes && rollcall status`,
		Args: cobra.NoArgs,
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "add all of them")
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		if err := a.notForTheDemo(); err != nil {
			return err
		}
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		offers := a.importOffers(c.Context(), l)
		switch {
		case len(offers) == 0:
			fmt.Fprintln(a.stderr, "rollcall: no account was found that could be added")
			return nil
		case yes:
			return a.importThem(offers)
		case a.interactive():
			chosen, err := a.askImports(c.Context(), offers)
			if err != nil || len(chosen) == 0 {
				return err
			}
			return a.importThem(chosen)
		}
		if err := writeTable(a.stdout, a.screenOf(a.stdout), importColumns(), a.importRows(offers)); err != nil {
			return err
		}
		fmt.Fprintln(a.stderr, "rollcall: nothing was changed; --yes adds them")
		return nil
	})
	return c
}

// importOffers are the accounts that can be added, under names of their own. It
// says which ones cannot be, and why.
func (a *app) importOffers(ctx context.Context, l *loaded) []config.Draft {
	var offers []config.Draft
	for _, f := range a.finds(l.Config) {
		if f.Problem != "" {
			fmt.Fprintf(a.stderr, "rollcall: %s: %s\n", text.Printable(a.told(f.Where)), text.Printable(a.told(f.Problem)))
			continue
		}
		a.doubtDraft(ctx, l.Config, f.Draft, "")
		offers = append(offers, f.Draft)
	}
	return offers
}

// finds are the accounts that this machine has, under names that are free in a
// configuration, and why no profile of it can refer to some of them.
func (a *app) finds(c *config.Config) []discover.Find {
	names, all := c.Names(), discover.Accounts(a.machine())
	for i := range all {
		f := &all[i]
		f.Draft.Name = freeName(f.Draft.Name, names)
		if known := referring(c.Profiles, f.Draft); known != "" {
			f.Problem = "it is the profile " + known + " already"
		} else if wrong := f.Draft.Check(c); f.Problem == "" && len(wrong) > 0 {
			f.Problem = wrong[slices.Sorted(maps.Keys(wrong))[0]]
		}
		if f.Problem == "" {
			names = append(names, f.Draft.Name)
		}
	}
	return all
}

// machine is what the tools of services find here.
func (c *console) machine() discover.Machine {
	m := discover.Machine{Getenv: c.getenv, GOOS: runtime.GOOS, Home: c.getenv("HOME")}
	if m.GOOS == "windows" {
		m.Home = c.getenv("USERPROFILE")
	}
	return m
}

// referring is the name of the profile that refers to the same place; empty
// where there is none.
func referring(profiles []config.Profile, d config.Draft) string {
	for _, p := range profiles {
		q := config.DraftOf(p)
		if q.Provider == d.Provider && q.Source == d.Source && q.Reference == d.Reference && d.Reference != "" {
			return p.Name
		}
	}
	return ""
}

// askImports asks for each account whether it is to be added.
func (a *app) askImports(ctx context.Context, offers []config.Draft) (chosen []config.Draft, err error) {
	for _, d := range offers {
		yes, err := a.confirm(ctx, fmt.Sprintf("Add the profile %s (%s, with the credential from %s)?",
			d.Name, d.Provider, credentialWords(d)), true)
		if err != nil {
			return nil, err
		}
		if yes {
			chosen = append(chosen, d)
		}
	}
	return chosen, nil
}

// importThem adds the profiles, all of them or none.
func (a *app) importThem(drafts []config.Draft) error {
	return a.change(additions(drafts)...)
}

// additions are the changes that add profiles.
func additions(drafts []config.Draft) (all []config.Edit) {
	for _, d := range drafts {
		all = append(all, config.Edit{Kind: config.EditAdd, Draft: d})
	}
	return all
}

// credentialWords say where a draft has its credential from.
func credentialWords(d config.Draft) string { return string(d.Source) + " " + d.Reference }

func importColumns() []column {
	return []column{{title: "PROFILE", whole: true}, {title: "SERVICE", whole: true}, {title: "ADDRESS"}, {title: "CREDENTIAL"}}
}

func (a *app) importRows(offers []config.Draft) [][]cell {
	var rows [][]cell
	for _, d := range offers {
		rows = append(rows, []cell{
			{d.Name, bold()}, {d.Provider, nil}, {dash(a.told(d.BaseURL)), nil},
			{a.told(credentialWords(d)), nil},
		})
	}
	return rows
}
