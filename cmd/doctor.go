package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/config"
)

func (a *app) doctorCommand() *cobra.Command {
	var strict, all bool
	c := &cobra.Command{
		Use:   "doctor [NAME...]",
		Short: "Check the set-up, and the way to each service",
		Long: `Check the set-up, and the way to the service of each named profile, or of all:
the configuration and who can read it, the folder of the state, the terminal;
then the credential, which is never shown, the name of the host, the connection,
the certificate, the clock, and the answer. What is wrong is printed, with what to do
about it, and -v prints all that was looked at; JSON always has all.

The exit status is that of status: 0 when nothing is wrong, 1 when something is
bad for certain, 2 for bad usage or configuration, one without profiles among that,
and 3 when a service could not be asked. Warnings count as nothing wrong unless
--strict is given. With --timeout, what was still waited for when the time was up is
told of each profile.

With --select, what a query asks of states and accounts is what was last known:
'rollcall doctor --select fail' looks into what failed.`,
		Example: `  rollcall doctor
  rollcall doctor work datahub
  rollcall doctor -v work     all that was looked at
  rollcall doctor -o json | jq '.checks[] | select(.severity == "fail")'`,
		ValidArgsFunction: a.completeProfiles,
	}
	out := addFormatFlag(c, formatText, formatJSON)
	c.Flags().BoolVar(&strict, "strict", false, "count warnings as failures in the exit status")
	c.Flags().BoolVarP(&all, "verbose", "v", false, "print what is fine, too")
	only := a.addSelectFlag(c)
	c.RunE = run(func(c *cobra.Command, names []string) error {
		d, err := a.newDoctor(c.Context(), only.of(names...))
		if err != nil {
			return err
		}
		var findings []finding
		w := &findingWriter{to: a.stdout, sc: a.screenOf(a.stdout), all: all}
		tell := func(f finding) {
			f = a.shownFinding(f)
			if out.value == formatText && !interrupted(c.Context()) {
				w.write(f)
			}
			findings = append(findings, f)
		}
		d.examineAll(c.Context(), tell)
		a.warnNotKept(d.close())
		if interrupted(c.Context()) {
			return c.Context().Err()
		}
		if out.value == formatJSON {
			err = writeJSON(a.stdout, newDoctorJSON(a.now(), findings))
		} else {
			_, err = fmt.Fprintln(a.stdout, w.tally(findings))
		}
		if code := findingsStatus(strict, findings); err == nil && code != exitOK {
			err = &exitError{code: code}
		}
		return err
	})
	return c
}

// interrupted reports whether a command was ended, and not because its time was up.
func interrupted(ctx context.Context) bool {
	_, late := timeUpOf(ctx)
	return ctx.Err() != nil && !late
}

// examineAll tells each finding as soon as may be. What is only to be shown with
// stand-ins waits for all answers: a name in the first finding may be that of the
// person whom the last one knows.
func (d *doctor) examineAll(ctx context.Context, tell func(finding)) {
	if d.app.mask == nil {
		examine(ctx, d.sections, tell)
		return
	}
	var all []finding
	examine(ctx, d.sections, func(f finding) {
		d.app.shown(f.answer)
		all = append(all, f)
	})
	// Who answered earlier, where nobody does now.
	d.app.shownAll(d.store.Snapshots())
	for _, f := range all {
		tell(f)
	}
}

// shownFinding is what the doctor found, as it can be shown.
func (a *app) shownFinding(f finding) finding {
	f.profile = a.named(config.Profile{Name: f.profile}).Name
	f.text, f.remedy = a.told(f.text), a.told(f.remedy)
	return f
}

// newDoctor opens what there is. A set-up that is wrong is no error here, but
// for names of profiles that there are not.
func (a *app) newDoctor(ctx context.Context, w wanted) (*doctor, error) {
	d := &doctor{app: a, network: a.newNetwork()}
	d.sections = []section{d.setUp}
	d.loaded, d.unusable = a.read()
	if d.unusable != nil && a.demo {
		return nil, d.unusable
	}
	if err := d.openState(); err != nil {
		return nil, errors.Join(err, d.close())
	}
	if d.unusable != nil || d.loaded.firstRun {
		return d, nil
	}
	profiles, err := a.selectStored(d.loaded, w)
	if err != nil {
		return nil, errors.Join(err, d.close())
	}
	d.addProfiles(ctx, profiles)
	return d, nil
}
