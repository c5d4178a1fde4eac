package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/config"
	"rollcall/ui"
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
checked. Warnings count as nothing wrong unless --strict is given.`,
		Example: `  rollcall status
  rollcall status work datahub
  rollcall status -o json | jq -r '.profiles[] | select(.health.severity == "fail") | .name'
  rollcall status --strict || notify-send 'a token needs you'
  rollcall status --offline   what was last known, without asking anybody`,
		ValidArgsFunction: a.completeProfiles,
	}
	out := addFormatFlag(c, formatTable, formatJSON, formatOpenMetrics)
	c.Flags().BoolVar(&strict, "strict", false, "count warnings as failures in the exit status")
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
			err = writeOpenMetrics(a.stdout, profiles, snapshots)
		default:
			err = a.writeStatus(profiles, snapshots)
		}
		if err != nil {
			return err
		}
		return a.outcome(l, strict, profiles, snapshots)
	})
	return c
}

// check asks for the named profiles, or all, and returns them with what came.
func (a *app) check(ctx context.Context, l *loaded, names []string, offline bool) ([]config.Profile, []account.Snapshot, error) {
	if err := l.mustExist(); err != nil {
		return nil, nil, err
	}
	profiles, err := choose(l.Config, names)
	if err != nil {
		return nil, nil, err
	}
	s, err := a.open(l, profiles)
	if err != nil {
		return nil, nil, err
	}
	defer func() { a.warnNotKept(s.close()) }()
	if s.notice != "" {
		a.warn(s.notice)
	}
	if offline {
		return profiles, a.shownAll(s.poller.Stored()), nil
	}
	snapshots := s.poller.Once(ctx)
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	for _, snap := range snapshots {
		if a.json {
			break // They are in the result.
		}
		for _, w := range snap.Warnings {
			a.warn(snap.Profile + ": " + w)
		}
	}
	return profiles, a.shownAll(snapshots), nil
}

// outcome reports the problems of the configuration that concern the whole
// file or the profiles, and gives the exit status.
func (a *app) outcome(l *loaded, strict bool, profiles []config.Profile, snapshots []account.Snapshot) error {
	var problems []error
	badFile := false
	for _, p := range l.Problems {
		if p.Profile == "" {
			badFile = true
		} else if !slices.ContainsFunc(profiles, func(q config.Profile) bool { return q.Name == p.Profile }) {
			continue
		}
		problems = append(problems, p)
	}
	if err := l.unclear(); err != nil {
		a.warn(err.Error())
	}
	if len(problems) > 0 {
		a.printError(errors.Join(problems...))
	}
	if code := exitStatus(badFile, strict, snapshots); code != exitOK {
		return &exitError{code: code}
	}
	return nil
}

// writeStatus prints a line for each profile, and says once what many of them
// have in common.
func (a *app) writeStatus(profiles []config.Profile, snapshots []account.Snapshot) error {
	sc, incidents := a.screenOf(a.stdout), client.Incidents(snapshots)
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
		if t := titles[raw.Profile]; t != "" {
			s.Health.Explanation = t
		}
		severity := s.Health.State.Severity()
		style := severityStyle(severity)
		rows = append(rows, []cell{
			{ui.Mark(severity, sc.ascii), style},
			{profiles[i].Name, bold()},
			{s.Health.State.Word(), style},
			{userCell(s), nil},
			{expiryWords(s, now), nil},
			{limitWords(s.RateLimit), nil},
			{latencyWords(s.Health.Latency), nil},
			{note(s, now), faint()},
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
	if s.Account == nil {
		return "-"
	}
	switch e := s.Account.Token.Expiry; e.KindOrUnknown() {
	case account.ExpiryNever:
		return "never"
	case account.ExpiryDate:
		if d := e.At.Sub(now); d > 0 {
			return "in " + ui.Age(d)
		}
		return "ended"
	default:
		return "-"
	}
}

func limitWords(r account.RateLimit) string {
	switch {
	case r.Limit != nil && r.Remaining != nil:
		return fmt.Sprintf("%d/%d", *r.Remaining, *r.Limit)
	case r.Remaining != nil:
		return fmt.Sprintf("%d left", *r.Remaining)
	case r.Limit != nil:
		return fmt.Sprintf("%d in all", *r.Limit)
	default:
		return "-"
	}
}

func latencyWords(d time.Duration) string {
	if d <= 0 {
		return "-"
	}
	return ui.Latency(d)
}

// note is what a person should know beyond the columns.
func note(s account.Snapshot, now time.Time) string {
	var parts []string
	if e := s.Health.Explanation; e != "" {
		parts = append(parts, e)
	}
	if s.Stale() {
		parts = append(parts, "Last good answer "+ui.Age(now.Sub(s.AccountAt))+" ago.")
	}
	return strings.Join(parts, " ")
}
