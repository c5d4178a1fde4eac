package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client"
	"rollcall/config"
)

func (a *app) listCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "list",
		Short: "Print the profiles, without asking anybody",
		Example: `  rollcall list
  rollcall list -o json | jq -r '.profiles[].name'`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.RunE = run(func(*cobra.Command, []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		if err := l.mustExist(); err != nil {
			return err
		}
		listed := a.listProfiles(l)
		if out.value == formatJSON {
			err = writeJSON(a.stdout, listJSON{Schema: schema, Profiles: listed})
		} else {
			err = writeTable(a.stdout, a.screenOf(a.stdout), listRows(listed, l.Profiles))
		}
		if err != nil {
			return err
		}
		return a.outcome(l, out.value == formatJSON, false, l.Profiles, misconfigured(l.Profiles))
	})
	return c
}

// misconfigured gives the states that are known without asking: those of the
// profiles that are wrong themselves.
func misconfigured(profiles []config.Profile) []client.Snapshot {
	var all []client.Snapshot
	for _, p := range profiles {
		if len(p.Problems) > 0 {
			all = append(all, client.Snapshot{Profile: p.Name, Health: client.Health{State: client.Misconfigured}})
		}
	}
	return all
}

func (a *app) listProfiles(l *loaded) []listedProfile {
	network := client.NewNetwork(a.userAgent())
	defer network.Close()
	all := []listedProfile{}
	for _, p := range l.Profiles {
		endpoint := client.New(clientProfile(l.Config, p), network).Endpoint()
		all = append(all, listedProfile{
			Name: p.Name, Provider: p.Provider, Label: p.Label, Tags: list(p.Tags),
			Active: p.Name == l.active(), Disabled: p.Disabled,
			Endpoint: endpoint, Source: p.Credential().Source(),
		})
	}
	return all
}

func listRows(listed []listedProfile, profiles []config.Profile) [][]cell {
	rows := [][]cell{heading(" ", "PROFILE", "SERVICE", "LABEL", "TAGS", "CREDENTIAL", "ADDRESS")}
	for i, p := range listed {
		mark, name := "", bold()
		switch {
		case len(profiles[i].Problems) > 0:
			mark = "!"
		case p.Active:
			mark = "*"
		}
		if p.Disabled {
			name = faint()
		}
		rows = append(rows, []cell{
			{mark, nil}, {p.Name, name}, {dash(p.Provider), nil}, {dash(p.Label), nil},
			{dash(strings.Join(p.Tags, ",")), nil}, {dash(p.Source), nil}, {dash(p.Endpoint), faint()},
		})
	}
	return rows
}

// dash stands for an empty text in a table, so that columns can be counted.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return client.Printable(s)
}
