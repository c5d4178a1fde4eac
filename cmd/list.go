package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui/theme"
)

func (a *app) listCommand() *cobra.Command {
	var sources bool
	c := &cobra.Command{
		Use:   "list",
		Short: "Print the profiles, without asking anybody",
		Long: `Print the profiles, without asking anybody. No credential is read for it. The
mark * is beside the active one, ! beside one that is misconfigured, and a circle
beside one that is switched off.

With --sources, print instead where the secret of each profile comes from:
whether it lies in plain text on the disk, which profiles hold the same secret,
and which variables of this shell would have the service's own tools act as
somebody else. This reads the credentials, for which a keyring or a password
manager may ask you to unlock it.

With --select, what a query asks of states and accounts is what was last known.`,
		Example: `  rollcall list
  rollcall list --sources
  rollcall list --select 'tag:prod'
  rollcall list -o json | jq -r '.profiles[].name'`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.Flags().BoolVar(&sources, "sources", false, "print where each secret comes from, and what else holds or hides it")
	only := a.addSelectFlag(c)
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		if err := l.mustExist(); err != nil {
			return err
		}
		profiles, err := a.selectStored(l, wanted{Query: only.query})
		if err != nil {
			return err
		}
		listed := a.listProfiles(l, profiles)
		sc := a.screenOf(a.stdout)
		columns, rows := listColumns(), listRows(sc, listed, profiles)
		if sources {
			if err := a.addSources(c.Context(), l, listed); err != nil {
				return err
			}
			columns, rows = sourceColumns(), sourceRows(listed)
		}
		if out.value == formatJSON {
			err = writeJSON(a.stdout, listJSON{Schema: schema, Profiles: listed})
		} else {
			err = writeTable(a.stdout, sc, columns, rows)
			a.warnOfSources(listed)
		}
		if err != nil {
			return err
		}
		return a.conclude(l, isBad, profiles, misconfigured(profiles))
	})
	return c
}

// misconfigured gives the states that are known without asking: those of the
// profiles that are wrong themselves.
func misconfigured(profiles []config.Profile) []account.Snapshot {
	var all []account.Snapshot
	for _, p := range profiles {
		if len(p.Problems) > 0 {
			all = append(all, account.Snapshot{Profile: p.Name, Health: account.Health{State: account.Misconfigured}})
		}
	}
	return all
}

func (a *app) listProfiles(l *loaded, profiles []config.Profile) []listedProfile {
	all := []listedProfile{}
	a.shownAll(l.store.Snapshots())
	for _, p := range profiles {
		shown := a.named(p)
		endpoint := ""
		if len(p.Problems) == 0 {
			endpoint = a.services.Endpoint(p.Provider, p.BaseURL)
		}
		all = append(all, listedProfile{
			Name: shown.Name, Provider: p.Provider, Label: shown.Label, Tags: list(shown.Tags),
			Active: p.Name == l.active(), Disabled: p.Disabled,
			Endpoint: a.shown(account.Snapshot{Endpoint: endpoint}).Endpoint, Source: a.source(p),
		})
	}
	return all
}

func listColumns() []column {
	return []column{
		{title: " ", whole: true}, {title: "PROFILE", whole: true}, {title: "SERVICE", whole: true, spare: 4},
		{title: "LABEL", spare: 2}, {title: "TAGS", spare: 1}, {title: "CREDENTIAL"}, {title: "ADDRESS", spare: 3},
	}
}

func listRows(sc screen, listed []listedProfile, profiles []config.Profile) [][]cell {
	var rows [][]cell
	for i, p := range listed {
		mark, name := "", bold()
		switch {
		case len(profiles[i].Problems) > 0:
			mark = "!"
		case p.Disabled:
			mark, name = theme.Mark(account.SeverityNone, sc.ascii), faint()
		case p.Active:
			mark = "*"
		}
		rows = append(rows, []cell{
			{mark, nil}, {p.Name, name}, {dash(p.Provider), nil}, {dash(p.Label), nil},
			{dash(strings.Join(p.Tags, ",")), nil}, {dash(p.Source), nil}, {dash(p.Endpoint), faint()},
		})
	}
	return rows
}
