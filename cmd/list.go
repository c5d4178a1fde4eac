package cmd

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
	"rollcall/ui/theme"
)

func (a *app) listCommand() *cobra.Command {
	var sources bool
	c := &cobra.Command{
		Use:   "list",
		Short: "Print the profiles, without asking anybody",
		Long: `Print the profiles, without asking anybody, in the order of the configuration. No
credential is read for it. What is the same for all is left out, unless it is asked
for with --columns. The star is beside the active one, ! beside one that is
misconfigured, and a circle beside one that is switched off.

With --sources, print instead where the secret of each profile comes from:
whether it lies in plain text on the disk, which profiles hold the same secret,
and which variables of this shell would have the service's own tools act as
somebody else. This reads the credentials, for which a keyring or a password
manager may ask you to unlock it.

States and accounts, in --select, --sort and --columns, are what was last known.`,
		Example: `  rollcall list
  rollcall list --columns profile,due,email
  rollcall list --sources
  rollcall list --select 'tag:prod'
  rollcall list -o json | jq -r '.profiles[].name'`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.Flags().BoolVar(&sources, "sources", false, "print where each secret comes from, and what else holds or hides it")
	only, table := a.addSelectFlag(c), addTableFlags(c, insight.OrderFile)
	c.MarkFlagsMutuallyExclusive("sources", "columns")
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		if err := l.mustExist(); err != nil {
			return err
		}
		if err := only.shape(l, table); err != nil {
			return err
		}
		profiles, err := a.selectStored(l, only.of())
		if err != nil {
			return err
		}
		if err := a.list(c.Context(), l, profiles, listOptions{out.value, sources, table}); err != nil {
			return err
		}
		if none := l.unfilled(); none != nil {
			a.warn(none.Error())
		}
		return a.conclude(l, isBad, profiles, misconfigured(profiles))
	})
	return c
}

// listOptions are what the command line says of what to print.
type listOptions struct {
	format  format
	sources bool
	table   *tableOptions
}

// list prints profiles, or where their secrets come from.
func (a *app) list(ctx context.Context, l *loaded, profiles []config.Profile, o listOptions) error {
	sc := a.screenOf(a.stdout)
	w := a.newWorklist(sc, l, profiles, a.shownAll(a.stored(l, profiles)), o.table)
	listed := a.listProfiles(l, profiles)
	if o.sources {
		if err := a.addSources(ctx, l, profiles, listed); err != nil {
			return err
		}
	}
	switch {
	case o.format == formatJSON:
		return writeJSON(a.stdout, listJSON{Schema: schema, Profiles: listed})
	case len(profiles) == 0:
		return nil
	case o.sources:
		var sorted []listedProfile
		for _, i := range w.order() {
			sorted = append(sorted, listed[i])
		}
		err := writeTable(a.stdout, sc, sourceColumns(), sourceRows(sorted))
		a.warnOfSources(listed)
		return err
	}
	var rows []*profileRow
	for _, i := range w.order() {
		rows = append(rows, &w.rows[i])
	}
	return printLines(a.stdout, listLines(sc, w.columns, rows))
}

// listLines are a table of profiles of which nothing may be known but what the
// configuration says. Nothing and what is the same for all tell nothing, unless
// somebody asks for it.
func listLines(sc screen, asked []profileColumn, rows []*profileRow) []string {
	columns := chosen(asked)
	if len(asked) == 0 {
		columns = slices.DeleteFunc(columnsNamed([]string{"profile", "service", "label", "tags", "source", "host"}), func(c profileColumn) bool {
			return c.name != "profile" && alike(rows, c)
		})
	}
	return tableOf(sc, listMark, columns, rows)
}

// alike reports whether a column tells nothing: the same of several rows, or
// nothing at all.
func alike(rows []*profileRow, c profileColumn) bool {
	first := ""
	for i, r := range rows {
		is := dash(c.cell(r).text)
		if i == 0 {
			first = is
		}
		if is != first {
			return false
		}
	}
	return len(rows) > 1 || first == "-"
}

// listMark says of a profile what is known without asking.
func listMark(r *profileRow) cell {
	switch {
	case len(r.profile.Problems) > 0:
		return cell{"!", severityStyle(account.SeverityFail)}
	case r.profile.Disabled:
		return cell{theme.Mark(account.SeverityNone, r.ascii), faint()}
	}
	return cell{}
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
			endpoint = a.services.Endpoint(p.Provider, p.BaseURL, p.Parts)
		}
		all = append(all, listedProfile{
			Name: shown.Name, Provider: p.Provider, Label: shown.Label, Tags: list(shown.Tags),
			Active: p.Name == l.active(), Disabled: p.Disabled,
			Endpoint: a.shown(account.Snapshot{Endpoint: endpoint}).Endpoint, Source: a.source(p),
		})
	}
	return all
}
