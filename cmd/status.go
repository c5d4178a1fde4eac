package cmd

import (
	"cmp"
	"context"
	"slices"
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
	o := statusOptions{failOn: new(queryFlag)}
	c := &cobra.Command{
		Use:   "status [NAME...]",
		Short: "Check profiles and print one line for each",
		Long: `Check the named profiles, or all of them, and print one line for each. Where the
terminal is too narrow, the columns that matter least are left out and long texts
cut; a pipe has the room of 160 columns.

The exit status is 0 when nothing is wrong, 1 when a profile is bad for
certain, 2 for bad usage or configuration, and 3 when a profile could not be
checked. A profile whose service refused its credential stays bad while the
service is down. Warnings count as nothing wrong unless --strict is given, and so
does a snoozed profile that is not named. With --fail-on, the status is 1 when a
profile answers that query, and not otherwise; 2 and 3 are as without it.

With --select, only the profiles that answer a query are told of, and the exit
status is 2 when there are none. What it says of names, labels, tags, services,
hosts and sources decides whom to ask: 'tag:prod fail' sends nothing for a profile
without that tag. The rest is asked of the answers that come, or with --offline of
the last known ones.`,
		Example: `  rollcall status
  rollcall status work datahub
  rollcall status -o json | jq -r '.profiles[] | select(.health.urgency == "now") | .name'
  rollcall status --strict || notify-send 'a token needs you'
  rollcall status --select 'tag:prod' --fail-on 'ends<30d'
  rollcall status --offline   what was last known, without asking anybody`,
		ValidArgsFunction: a.completeProfiles,
	}
	o.output = addFormatFlag(c, formatTable, formatJSON, formatOpenMetrics)
	c.Flags().BoolVar(&o.strict, "strict", false, "count warnings and snoozed profiles in the exit status, too")
	c.Flags().BoolVar(&o.offline, "offline", false, "print the last known answers, without asking anybody")
	o.only = a.addSelectFlag(c)
	c.Flags().Var(o.failOn, "fail-on", "end with 1 when a profile answers this `query`, such as 'now' or 'ends<30d'")
	_ = c.RegisterFlagCompletionFunc("fail-on", a.completeQuery)
	c.MarkFlagsMutuallyExclusive("strict", "fail-on")
	c.RunE = run(func(c *cobra.Command, names []string) error {
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		o.failing = c.Flags().Changed("fail-on")
		return a.status(c.Context(), l, names, o)
	})
	return c
}

// statusOptions are what the command line says of how to check and to tell.
type statusOptions struct {
	output          *formatFlag
	strict, offline bool
	only, failOn    *queryFlag
	// failing is set where failOn decides on the exit status 1.
	failing bool
}

// status checks profiles, prints how they are, and ends as that asks for.
func (a *app) status(ctx context.Context, l *loaded, names []string, o statusOptions) error {
	profiles, snapshots, err := a.check(ctx, l, wanted{names, o.only.query}, o.offline)
	if err != nil {
		return err
	}
	shown := a.shownAll(slices.Clone(snapshots))
	switch o.output.value {
	case formatJSON:
		err = writeJSON(a.stdout, a.newStatusJSON(l, profiles, shown))
	case formatOpenMetrics:
		err = export.WriteOpenMetrics(a.stdout, profiles, shown, standings(l.Config, shown, a.now()))
	default:
		err = a.writeStatus(profiles, shown)
	}
	if err != nil {
		return err
	}
	if !o.strict && len(names) == 0 {
		snapshots = unsnoozed(snapshots, a.now())
	}
	return a.conclude(l, a.badBy(l.Config, o), profiles, snapshots)
}

// badBy says which profiles are bad for certain.
func (a *app) badBy(c *config.Config, o statusOptions) func(account.Snapshot) bool {
	switch {
	case o.failing:
		return func(s account.Snapshot) bool {
			p, _ := c.Profile(s.Profile)
			return a.answers(c, p, s, o.failOn.query)
		}
	case o.strict:
		return isDoubtful
	}
	return isBad
}

// writeStatus prints a line for each profile, and says once what many of them
// have in common.
func (a *app) writeStatus(profiles []config.Profile, snapshots []account.Snapshot) error {
	sc, incidents := a.screenOf(a.stdout), insight.Incidents(snapshots)
	rows := statusRows(sc, a.now(), a.namedAll(profiles), snapshots, incidentTitles(incidents))
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

// note is what a person should know beyond the columns: what the state means, or
// why it is snoozed, and how old the answer is.
func note(s account.Snapshot, means string, now time.Time) string {
	parts := text.FirstNonEmpty([]string{means})
	if insight.Snoozed(s, now) {
		parts = text.FirstNonEmpty([]string{"Snoozed until " + s.Snooze.Until.In(now.Location()).Format(time.DateOnly) + ".", cmp.Or(s.Snooze.Note, means)})
	}
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
