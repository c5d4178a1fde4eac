package cmd

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
)

type snoozesJSON struct {
	Schema  int          `json:"schema"`
	Snoozes []snoozeJSON `json:"snoozes"`
}

type snoozeJSON struct {
	Profile string   `json:"profile"`
	Until   timeJSON `json:"until"`
	Note    string   `json:"note"`
	// Verdict is the one that the snooze ends without; empty where there is none.
	Verdict account.State `json:"verdict"`
}

func (a *app) snoozeCommand() *cobra.Command {
	var note string
	c := &cobra.Command{
		Use:   "snooze [NAME TIME]",
		Short: "Have a profile not called for a while",
		Long: `Have a profile not called for a while: it goes to the end of the list, and counts
in the exit status of 'rollcall status' only where it is named or --strict is
given. It is checked as before. Without arguments, print the profiles that are
snoozed.

The time is a span such as 12h, 7d or 2w, a date such as 2026-12-24, when that day
begins, or off. A snooze ends before its time when the service says something
else of the token than it did when the snooze began. It lasts a year at most.`,
		Example: `  rollcall snooze work 7d --note 'Kim makes a new one'
  rollcall snooze work 2026-12-24
  rollcall snooze work off
  rollcall snooze`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 1:
				return fmt.Errorf("say for how long, as in: rollcall snooze %s 7d", text.Printable(args[0]))
			case len(args) > 2:
				return errors.New("name one profile and a time, as in: rollcall snooze work 7d")
			}
			return nil
		},
		ValidArgsFunction: a.completeSnooze,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.Flags().StringVar(&note, "note", "", "say why, in one `line`")
	completeNothing(c, "note")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		noted := c.Flags().Changed("note")
		switch {
		case noted && len(args) == 0:
			return usageError(c, errors.New("--note goes with a profile and a time, as in: rollcall snooze work 7d --note TEXT"))
		case noted && args[1] == manage.SnoozeOff:
			return usageError(c, errors.New("--note goes with a snooze that begins; leave it out to end one"))
		case len(args) == 0:
			return a.printSnoozes(out.value == formatJSON)
		}
		return a.snooze(args[0], args[1], note, out.value == formatJSON)
	})
	return c
}

// snooze begins or ends the snooze of a profile.
func (a *app) snooze(name, when, note string, asJSON bool) error {
	z, err := manage.NewSnooze(when, note, a.now())
	if err != nil {
		return configError(err)
	}
	l, err := a.loadToChoose()
	if err != nil {
		return err
	}
	defer l.close()
	p, err := chooseOne(l.Config, name)
	if err != nil {
		return err
	}
	known := a.stored(l, []config.Profile{p})[0]
	o := a.manageOptions(l.Path)
	o.Store = func() *store.Store { return l.store }
	if z, err = manage.New(o).Snooze(p, z); err != nil {
		return notSaved(err)
	}
	switch {
	case asJSON:
		known.Snooze = z
		return writeJSON(a.stdout, a.newSnoozesJSON([]account.Snapshot{known}))
	case z.Until.IsZero() && !insight.Snoozed(&known, a.now()):
		return a.answer(p.Name + " is not snoozed.")
	case z.Until.IsZero():
		return a.answer(p.Name + " is no longer snoozed.")
	}
	return a.answer(fmt.Sprintf("%s is snoozed until %s. It ends sooner %s.", p.Name, snoozeEnd(z.Until, a.now()), endsSooner(z)))
}

// snoozeEnd is the end of a snooze for people: the day, with the time where it is
// not the beginning of that day.
func snoozeEnd(until, now time.Time) string {
	until = until.In(now.Location())
	layout := "2006-01-02 15:04"
	if until.Equal(time.Date(until.Year(), until.Month(), until.Day(), 0, 0, 0, 0, until.Location())) {
		layout = time.DateOnly
	}
	return until.Format(layout)
}

// endsSooner says what ends a snooze before its time.
func endsSooner(z account.Snooze) string {
	if z.Verdict == "" {
		return "when the service first judges the token"
	}
	return "when the service says something else than " + z.Verdict.Word()
}

// printSnoozes prints the profiles that are snoozed, those first whose snooze ends
// first.
func (a *app) printSnoozes(asJSON bool) error {
	l, err := a.load()
	if err != nil {
		return err
	}
	defer l.close()
	if err := l.mustExist(); err != nil {
		return err
	}
	snoozed := slices.DeleteFunc(a.shownAll(a.stored(l, l.Profiles)), func(s account.Snapshot) bool { return !insight.Snoozed(&s, a.now()) })
	slices.SortStableFunc(snoozed, func(a, b account.Snapshot) int { return a.Snooze.Until.Compare(b.Snooze.Until) })
	switch {
	case asJSON:
		return writeJSON(a.stdout, a.newSnoozesJSON(snoozed))
	case len(snoozed) == 0:
		fmt.Fprintln(a.stderr, "rollcall: no profile is snoozed")
		return nil
	}
	columns := []column{{title: "PROFILE", whole: true}, {title: "UNTIL", whole: true}, {title: "VERDICT", whole: true, spare: 1}, {title: "NOTE"}}
	var rows [][]cell
	for _, s := range snoozed {
		rows = append(rows, []cell{
			{s.Profile, bold()}, {snoozeEnd(s.Snooze.Until, a.now()), nil},
			{dash(s.Snooze.Verdict.Word()), severityStyle(s.Snooze.Verdict.Severity())}, {dash(s.Snooze.Note), nil},
		})
	}
	return writeTable(a.stdout, a.screenOf(a.stdout), columns, rows)
}

// newSnoozesJSON are the snoozes of profiles that have one.
func (a *app) newSnoozesJSON(all []account.Snapshot) snoozesJSON {
	out := snoozesJSON{Schema: schema, Snoozes: []snoozeJSON{}}
	for _, s := range all {
		if z := s.Snooze; !z.Until.IsZero() {
			out.Snoozes = append(out.Snoozes, snoozeJSON{s.Profile, timeJSON(z.Until), z.Note, z.Verdict})
		}
	}
	return out
}

// completeSnooze offers profiles, and then times.
func (a *app) completeSnooze(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		return a.completeProfiles(c, nil, word)
	case 1:
		return []string{"1d", "7d", "30d", manage.SnoozeOff}, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}
