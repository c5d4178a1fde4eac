package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/cmd/export"
	"rollcall/config"
)

func (a *app) statusCommand() *cobra.Command {
	o := statusOptions{failOn: new(queryFlag)}
	c := &cobra.Command{
		Use:               "status [NAME...]",
		Short:             "Check profiles and print a table of them",
		Long:              statusHelp,
		Example:           statusExamples,
		ValidArgsFunction: a.completeProfiles,
	}
	o.output = addFormatFlag(c, formatTable, formatJSON, formatOpenMetrics)
	c.Flags().BoolVar(&o.strict, "strict", false, "count warnings and snoozed profiles in the exit status, too")
	c.Flags().BoolVar(&o.how.offline, "offline", false, "print the last known answers, without asking anybody")
	c.Flags().BoolVar(&o.how.impatient, "ignore-wait", false, "ask a named profile's service although it wants no request yet, after a question")
	c.Flags().BoolVarP(&o.how.yes, "yes", "y", false, "with --ignore-wait, ask it without a question")
	c.Flags().StringVar(&o.textfile, "textfile", "", "write metrics to this `file` for Prometheus, and print nothing")
	_ = c.MarkFlagFilename("textfile", "prom")
	c.Flags().BoolVar(&o.watch, "watch", false, "go on, and tell of each change")
	o.only, o.table = a.addSelectFlag(c), addTableFlags(c, insight.OrderUrgency)
	c.Flags().Var(o.failOn, "fail-on", "end with 1 when a profile answers this `query`, such as 'now' or 'ends<30d'")
	_ = c.RegisterFlagCompletionFunc("fail-on", a.completeQuery)
	c.MarkFlagsMutuallyExclusive("strict", "fail-on")
	for _, other := range []string{"offline", "strict", "fail-on", "ignore-wait"} {
		c.MarkFlagsMutuallyExclusive("watch", other)
	}
	c.MarkFlagsMutuallyExclusive("offline", "ignore-wait")
	for _, other := range []string{"output", "watch"} {
		c.MarkFlagsMutuallyExclusive("textfile", other)
	}
	c.RunE = run(func(c *cobra.Command, names []string) error {
		if err := o.how.fits(names); err != nil {
			return err
		}
		if o.textfile == "-" {
			return usageError(c, errors.New("--textfile wants the name of a file; to print the metrics, use -o openmetrics"))
		}
		l, err := a.load()
		if err != nil {
			return err
		}
		defer l.close()
		if err := o.only.shape(l, o.table); err != nil {
			return err
		}
		o.failing = c.Flags().Changed("fail-on")
		if o.watch {
			return a.watch(c.Context(), l, names, o)
		}
		return a.status(c.Context(), l, names, o)
	})
	return c
}

const statusHelp = `Check the named profiles, or all of them, and print a table: those that need
somebody first, then those that end soon, wait for their service, and are fine. A
verdict is marked as stale while its service cannot be asked.

On a terminal the table has sections, a profile that is not fine is followed by
what is wrong and what to do, and the last line is the sum and who is next. What
many profiles have in common is said once. Where the terminal is too narrow, the
columns that matter least are left out and long texts cut; a pipe has the room of
160 columns. --sort file is the order of the configuration, which JSON and metrics
always have; a hyphen before a field turns it round (--sort=-due).

With --ignore-wait a service is asked that wants no request yet: a question quotes
it first. No service is waited for more than a day.

--watch goes on until it is interrupted, or for as long as --timeout says, which is
then no failure. On a terminal the table is drawn anew;
elsewhere, and with -o json, each change is a line of JSON: now, soon and fine tell
of an urgency, changed of the account, its token or its state, and incident of a
fault that several profiles have in common. What the first answers tell is only
who needs somebody now or soon.

--textfile writes metrics for the text-file collector of Prometheus' node exporter.
The file is there whole or as it was: where the configuration cannot be used or has no
profiles, or the command is interrupted, it stays.

The exit status is 0 when nothing is wrong, 1 when a profile is bad for
certain, 2 for bad usage or configuration, and 3 when a profile could not be
checked, for which --timeout may have left no time. A configuration without
profiles ends with 2, since nothing was checked. A profile whose service refused
its credential stays bad while the service is down. Warnings count as nothing wrong
unless --strict is given, and so does a snoozed profile that is not named. With
--fail-on, the status is 1 when a profile answers that query, and not otherwise; 2
and 3 are as without it.

With --select, only the profiles that answer a query are told of, and the exit
status is 2 when there are none. What it says of names, labels, tags, services,
hosts and sources decides whom to ask: 'tag:prod fail' sends nothing for a profile
without that tag. The rest is asked of the answers that come, or with --offline of
the last known ones.`

const statusExamples = `  rollcall status
  rollcall status work datahub
  rollcall status -o json | jq -r '.profiles[] | select(.health.urgency == "now") | .name'
  rollcall status --strict || notify-send 'a token needs you'
  rollcall status --select 'tag:prod' --fail-on 'ends<30d'
  rollcall status --sort=-due --columns profile,due,user,note
  rollcall status --view clients
  rollcall status --watch | jq -r --unbuffered '.profile.name + " " + .events[0]'
  rollcall status work --ignore-wait   although its service wants no request yet
  rollcall status --offline   what was last known, without asking anybody`

// statusOptions are what the command line says of how to check and to tell.
type statusOptions struct {
	output *formatFlag
	how    howToAsk
	strict bool
	watch  bool
	// textfile is the file that metrics go to; empty for none.
	textfile string
	only     *selectFlag
	failOn   *queryFlag
	table    *tableOptions
	// failing is set where failOn decides on the exit status 1.
	failing bool
}

// status checks profiles, prints how they are, and ends as that asks for.
func (a *app) status(ctx context.Context, l *loaded, names []string, o statusOptions) error {
	profiles, snapshots, err := a.check(ctx, l, o.only.of(names...), o.how)
	if err != nil {
		return err
	}
	shown := a.shownAll(slices.Clone(snapshots))
	switch {
	case o.textfile != "" && len(l.Profiles) == 0:
		// All series of the file would end in silence.
		a.warn("there is nothing to tell, so that " + o.textfile + " was not written")
	case o.textfile != "":
		err = writeTextfile(o.textfile, a.report(l.Config, profiles, shown, len(l.Problems)))
	case o.output.value == formatJSON:
		err = writeJSON(a.stdout, a.newStatusJSON(l, profiles, shown))
	case o.output.value == formatOpenMetrics:
		err = export.WriteOpenMetrics(a.stdout, a.report(l.Config, profiles, shown, len(l.Problems)))
	default:
		err = a.writeStatus(l, profiles, shown, o)
	}
	if err != nil {
		return err
	}
	if !o.strict && len(names) == 0 {
		snapshots = unsnoozed(snapshots, a.now())
	}
	err = a.conclude(l, a.badBy(l.Config, o), profiles, snapshots)
	// Where nothing was checked, nothing is known to be right.
	return cmp.Or(l.unfilled(), err)
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

// writeStatus prints a table of the profiles, and below it, where somebody reads
// along, the sum and who is next.
func (a *app) writeStatus(l *loaded, profiles []config.Profile, shown []account.Snapshot, o statusOptions) error {
	if len(profiles) == 0 {
		return nil
	}
	w := a.newWorklist(a.screenOf(a.stdout), l, profiles, shown, o.table)
	if err := printLines(a.stdout, w.lines()); err != nil {
		return err
	}
	a.writeIncidents(w.untold())
	if a.screenOf(a.stderr).terminal {
		fmt.Fprintln(a.stderr, w.sum())
	}
	return nil
}
