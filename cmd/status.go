package cmd

import (
	"cmp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/cmd/export"
	"rollcall/config"
	"rollcall/ui/theme"
)

func (a *app) statusCommand() *cobra.Command {
	var strict, offline bool
	c := &cobra.Command{
		Use:   "status [NAME...]",
		Short: "Check profiles and print one line for each",
		Long: `Check the named profiles, or all of them, and print one line for each. Where the
terminal is too narrow, the columns that matter least are left out and long texts
cut; a pipe gets all of it.

The exit status is 0 when nothing is wrong, 1 when a profile is bad for
certain, 2 for bad usage or configuration, and 3 when a profile could not be
checked. A profile whose service refused its credential stays bad while the
service is down. Warnings count as nothing wrong unless --strict is given, and so
does a snoozed profile that is not named.`,
		Example: `  rollcall status
  rollcall status work datahub
  rollcall status -o json | jq -r '.profiles[] | select(.health.urgency == "now") | .name'
  rollcall status --strict || notify-send 'a token needs you'
  rollcall status --offline   what was last known, without asking anybody`,
		ValidArgsFunction: a.completeProfiles,
	}
	out := addFormatFlag(c, formatTable, formatJSON, formatOpenMetrics)
	c.Flags().BoolVar(&strict, "strict", false, "count warnings and snoozed profiles in the exit status, too")
	c.Flags().BoolVar(&offline, "offline", false, "print the last known answers, without asking anybody")
	c.RunE = run(func(c *cobra.Command, names []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		profiles, snapshots, err := a.check(c.Context(), l, names, offline)
		if err != nil {
			return err
		}
		switch out.value {
		case formatJSON:
			err = writeJSON(a.stdout, a.newStatusJSON(l, profiles, snapshots))
		case formatOpenMetrics:
			err = export.WriteOpenMetrics(a.stdout, profiles, snapshots, standings(l.Config, snapshots, a.now()))
		default:
			err = a.writeStatus(profiles, snapshots)
		}
		if err != nil {
			return err
		}
		if !strict && len(names) == 0 {
			snapshots = unsnoozed(snapshots, a.now())
		}
		return a.conclude(l, strict, profiles, snapshots)
	})
	return c
}

// writeStatus prints a line for each profile, and says once what many of them
// have in common.
func (a *app) writeStatus(profiles []config.Profile, snapshots []account.Snapshot) error {
	sc, incidents := a.screenOf(a.stdout), insight.Incidents(snapshots)
	rows := statusRows(sc, a.now(), profiles, snapshots, incidentTitles(incidents))
	if err := writeTable(a.stdout, sc, statusColumns(), rows); err != nil {
		return err
	}
	a.writeIncidents(incidents)
	return nil
}

func statusColumns() []column {
	return []column{
		{title: " ", whole: true}, {title: "PROFILE", whole: true}, {title: "STATE", whole: true}, {title: "USER", spare: 5},
		{title: "EXPIRES", whole: true, spare: 4}, {title: "LIMIT", whole: true, spare: 2},
		{title: "LATENCY", whole: true, spare: 1}, {title: "NOTE", least: 30, spare: 3},
	}
}

// statusRows makes the table. The title of an incident stands in place of the
// explanation, which is the same for all that it concerns.
func statusRows(
	sc screen, now time.Time, profiles []config.Profile, snapshots []account.Snapshot, titles map[string]string,
) [][]cell {
	var rows [][]cell
	for i, raw := range snapshots {
		s := raw.Printable()
		means := cmp.Or(titles[raw.Profile], s.Advice(now).Explanation)
		severity := s.Health.State.Severity()
		style := severityStyle(severity)
		rows = append(rows, []cell{
			{theme.Mark(severity, sc.ascii), style},
			{profiles[i].Name, bold()},
			{s.Health.State.Word(), style},
			{userCell(s), nil},
			{expiryWords(s, now), nil},
			{limitWords(s.RateLimit), nil},
			{latencyWords(s.Health.Latency), nil},
			{note(s, means, now), faint()},
		})
	}
	return rows
}

// userCell is the user's name.
func userCell(s account.Snapshot) string {
	if s.Account == nil {
		return "-"
	}
	return s.Account.User.Name()
}

func expiryWords(s account.Snapshot, now time.Time) string {
	switch e := s.Expiry(); e.KindOrUnknown() {
	case account.ExpiryNever:
		return "never"
	case account.ExpiryDate:
		if d := e.At.Sub(now); d > 0 {
			return "in " + text.Remaining(d)
		}
		return "ended"
	default:
		return "-"
	}
}

// note is what a person should know beyond the columns: what the state means, and
// how old the answer is.
func note(s account.Snapshot, means string, now time.Time) string {
	parts := text.FirstNonEmpty([]string{means})
	if s.Stale() {
		parts = append(parts, "Last good answer "+text.Age(now.Sub(s.AccountAt))+" ago.")
	}
	return strings.Join(parts, " ")
}

// standings are how profiles stand at a moment, in the order of the snapshots.
func standings(c *config.Config, snapshots []account.Snapshot, now time.Time) []insight.Standing {
	all := make([]insight.Standing, len(snapshots))
	for i, s := range snapshots {
		all[i] = insight.StandingOf(s, now, c.ExpiryWarning)
	}
	return all
}
