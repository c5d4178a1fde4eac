package cmd

import (
	"fmt"
	"slices"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
)

// changesJSON is what changed at the services, the newest last.
type changesJSON struct {
	// Schema is the number of this format.
	Schema int `json:"schema"`
	// Changes are those that the checks so far have noticed.
	Changes []changeJSON `json:"changes"`
}

// changeJSON is one difference between two checks.
type changeJSON struct {
	// At is when it was noticed.
	At timeJSON `json:"at"`
	// Profile is the name of the one that it is of.
	Profile string `json:"profile"`
	// Kind is what it is about.
	Kind account.ChangeKind `json:"kind"`
	// What is the part concerned, such as the organization of a role; empty where the kind
	// says it.
	What string `json:"what"`
	// Was is the value before, a time as RFC 3339; empty where something was added.
	Was string `json:"was"`
	// Is is the value now; empty where something was removed.
	Is string `json:"is"`
}

func (a *app) changesCommand() *cobra.Command {
	since := period{7 * 24 * time.Hour, "7d"}
	c := &cobra.Command{
		Use:   "changes [NAME...]",
		Short: "Print what changed at the services, without asking anybody",
		Long: `Print what changed at the services: states, organizations, roles, e-mail
addresses, linked accounts, scopes and tokens, the newest last.

It tells what the checks so far have noticed, and asks nobody itself. Changes
are kept for 90 days. With --select, what a query asks of states and accounts is
what was last known.`,
		Example: `  rollcall changes
  rollcall changes work --since 12h
  rollcall changes --select 'tag:prod' --since 30d
  rollcall changes -o json | jq -r '.changes[] | select(.kind == "organization")'`,
		ValidArgsFunction: a.completeProfiles,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.Flags().Var(&since, "since", "how far to look back, 90d at most")
	completeWith(c, "since", "1d", "7d", "30d", "90d")
	only := a.addSelectFlag(c)
	c.RunE = run(func(c *cobra.Command, names []string) error {
		if since.length > store.KeptHistory {
			since = period{store.KeptHistory, "90d"}
			a.warn("changes are kept for 90d; of what was before, nothing is known")
		}
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		profiles, changes, err := a.changesOf(l, only.of(names...), a.now().Add(-since.length))
		if err != nil {
			return err
		}
		switch {
		case out.value == formatJSON:
			err = writeJSON(a.stdout, newChangesJSON(changes))
		case len(l.Profiles) == 0:
			a.warn(l.unfilled().Error())
		case len(changes) == 0:
			fmt.Fprintf(a.stderr, "rollcall: no changes in the last %s\n", since.text)
		default:
			err = writeTable(a.stdout, a.screenOf(a.stdout), changeColumns(), changeRows(changes, a.now().Location()))
		}
		if err != nil {
			return err
		}
		// How the profiles are doing is not what was asked.
		return a.conclude(l, isBad, profiles, nil)
	})
	return c
}

// profileChange is a change with the profile that it is of, and what the service of
// that says of itself.
type profileChange struct {
	profile string
	about   account.ServiceInfo
	account.Change
}

// changesOf lists the changes of the profiles that are wanted since a moment.
func (a *app) changesOf(l *loaded, w wanted, since time.Time) ([]config.Profile, []profileChange, error) {
	if err := l.mustExist(); err != nil {
		return nil, nil, err
	}
	profiles, err := a.selectStored(l, w)
	if err != nil {
		return nil, nil, err
	}
	s := a.open(l, profiles)
	defer func() { a.warnNotKept(s.close()) }()
	// Stand-ins are numbered by what is known now, as in other commands.
	a.shownAll(s.poller.Stored())
	all := atEndpoints(s.store.ChangesSince(since), profiles, a.services)
	abouts := make(map[string]account.ServiceInfo, len(profiles))
	for i, p := range all {
		all[i] = a.shownPast(p)
		at := slices.IndexFunc(profiles, func(q config.Profile) bool { return q.Name == p.Profile })
		abouts[all[i].Profile] = a.services.Info(profiles[at].Provider)
	}
	changes := changesSince(all, since)
	for i := range changes {
		changes[i].about = abouts[changes[i].profile]
	}
	return profiles, changes, nil
}

// changesSince lists the changes after a moment, the newest last.
func changesSince(pasts []account.Past, since time.Time) []profileChange {
	var all []profileChange
	for _, p := range pasts {
		for _, c := range p.Changes {
			if !c.At.Before(since) {
				all = append(all, profileChange{profile: p.Profile, Change: c})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b profileChange) int { return a.At.Compare(b.At) })
	return all
}

func newChangesJSON(changes []profileChange) changesJSON {
	out := changesJSON{Schema: schema, Changes: []changeJSON{}}
	for _, c := range changes {
		was, is := c.Texts()
		out.Changes = append(out.Changes, changeJSON{
			At: timeJSON(c.At), Profile: c.profile, Kind: c.Kind, What: c.What, Was: was, Is: is,
		})
	}
	return out
}

func changeColumns() []column {
	return []column{{title: "WHEN", whole: true}, {title: "PROFILE", whole: true}, {title: "CHANGE"}}
}

func changeRows(changes []profileChange, zone *time.Location) [][]cell {
	var rows [][]cell
	for _, c := range changes {
		rows = append(rows, []cell{
			{c.At.In(zone).Format("2006-01-02 15:04"), faint()},
			{c.profile, bold()},
			{c.Told(c.about), changeStyle(c.Change)},
		})
	}
	return rows
}

// changeStyle colours a new state.
func changeStyle(c account.Change) *ansi.Style {
	if c.Kind != account.ChangeState {
		return nil
	}
	return severityStyle(c.Is.State.Severity())
}
