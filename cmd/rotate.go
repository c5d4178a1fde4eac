package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/cmd/manage"
	"rollcall/config"
	"rollcall/config/credential"
)

// rotation is the change of a profile's secret for another.
type rotation struct {
	draft     config.Draft
	profile   config.Profile
	noBrowser bool
	force     bool
	// asks is set where a person is asked in place of --force, as it is with several.
	asks bool
}

func (a *app) rotateCommand() *cobra.Command {
	var r rotation
	var undo bool
	c := &cobra.Command{
		Use:   "rotate [NAME...]",
		Short: "Replace the secrets of profiles, once the new ones are proven",
		Long: `Replace the secret of a profile where it is kept: in the keyring, in a file, alone or
among other things, or in the configuration. What a command gives or a variable holds
you store yourself, and rollcall looks whether it is the new one.

rollcall opens the page where the service gives out tokens, takes the new one
without showing it or from what is piped in, and asks the service: the same user
must answer, with no scope less and a later end, as far as both are known. Only
then the old one is replaced. It is kept where the new one is, in the keyring or in
a file beside it, and --undo puts it back; it goes when the service refuses it, which
is asked at the end and now and then, or after 7 days.
Nothing is revoked: the old token stays good until you delete it at the service.

With several profiles it goes from one to the next, on a terminal. What is left, as with
ctrl+c, goes on with 'rollcall rotate' alone or in the dashboard. Of those that
--select or --view finds, it leaves out what cannot be rotated and what has no end.`,
		Example: `  rollcall rotate work
  rollcall rotate --select 'ends<14d'
  rollcall rotate work --undo`,
		ValidArgsFunction: a.completeProfiles,
	}
	f := c.Flags()
	f.BoolVar(&r.noBrowser, "no-browser", false, "print the address of the page, and do not open it")
	f.BoolVar(&r.force, "force", false, "accept fewer scopes, an end that is not later, and no way back where there is no keyring; with --undo, a secret that the service refuses")
	f.BoolVar(&undo, "undo", false, "put the former secret back")
	only := a.addSelectFlag(c)
	c.MarkFlagsMutuallyExclusive("undo", "select")
	c.MarkFlagsMutuallyExclusive("undo", "view")
	c.RunE = run(func(c *cobra.Command, args []string) error {
		w := only.of(args...)
		if len(args) != 1 || !w.Empty() || w.view != "" {
			if undo {
				return configError(errors.New("--undo wants the name of one profile"))
			}
			return a.rotateSeveral(c.Context(), w, r)
		}
		m, file, err := a.loadToManage()
		if err != nil {
			return err
		}
		if r.profile, err = existing(file, args[0]); err != nil {
			return err
		}
		r.draft = config.DraftOf(r.profile)
		if err := manage.Rotatable(r.draft); err != nil {
			return configError(err)
		}
		if undo {
			return a.putBack(c.Context(), m, file, r)
		}
		return a.rotate(c.Context(), m, file, r)
	})
	return c
}

// putBack exchanges the secret of a profile with the former one, if the service takes
// that still.
func (a *app) putBack(ctx context.Context, m *manage.Manager, c *config.Config, r rotation) error {
	if way := r.draft.Replacement(); !way.Kept {
		return configError(errors.New(way.First))
	}
	if !r.force {
		s, err := m.AskFormer(ctx, c, r.profile)
		switch {
		case err != nil:
			return configError(withHint(err))
		case ctx.Err() != nil:
			return ctx.Err()
		case s.Health.State == account.InvalidToken:
			return &exitError{exitBad, fmt.Errorf("the service refuses the former secret of %s, so that it was not put back\n"+
				"To put it back all the same, add --force", r.draft.Name)}
		}
	}
	if err := m.PutBack(ctx, r.draft); err != nil {
		return configError(withHint(err))
	}
	return a.say(fmt.Sprintf("put the former secret of %s back; another --undo takes that back", r.draft.Name))
}

// rotate replaces a secret by one that is proven.
func (a *app) rotate(ctx context.Context, m *manage.Manager, c *config.Config, r rotation) error {
	old, err := m.PresentSecret(ctx, r.profile)
	if err != nil {
		return configError(withHint(err))
	}
	way := r.draft.Replacement()
	if way.First != "" {
		fmt.Fprintln(a.stderr, text.Printable(way.First))
	}
	a.tellStays(r.draft)
	if way.By != credential.ByRollcall && !a.interactive() {
		// Nobody can be asked to do it once the new one is proven.
		fmt.Fprintln(a.stderr, text.Capitalized(way.Todo)+".")
	}
	var before account.Snapshot
	if old != "" {
		before = m.Present(ctx, c, r.profile)
	}
	a.showTokenPage(ctx, r)
	secret, err := a.readSecret(ctx, "New secret of "+r.draft.Name)
	if err != nil {
		return err
	}
	a.doubt(secret, r.draft.Username != "")
	same := secret == old
	if same && way.By == credential.ByRollcall {
		return configError(manage.AlreadyIts(r.draft))
	}
	after := m.TryProfile(ctx, manage.Trial{Config: c, Profile: r.profile, Secret: secret})
	if err := ctx.Err(); err != nil {
		return err
	}
	if !after.Health.State.Accepted() {
		return a.notProven(after)
	}
	if same && way.By == credential.ByRestart && !m.WaitsForRestart(r.draft.Name) {
		return a.givenAlready(r, way)
	}
	if !same { // Its end is not later than itself.
		if err := a.accept(ctx, before, after, r); err != nil {
			return err
		}
	}
	done, err := a.replace(ctx, m, r, secret, way)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, a.wouldBe(after))
	if err := a.say(done.Said); err != nil {
		return err
	}
	a.tellOld(r, done, old, same)
	return nil
}

// tellOld says how good the old secret still is that another one took the place of.
func (a *app) tellOld(r rotation, done manage.Exchanged, old string, same bool) {
	switch {
	case old == "" || done.Refused:
	case same && r.draft.Replacement().By == credential.ByPerson:
		fmt.Fprintln(a.stderr, "If that took the place of another one, the other one is good until you delete it at the service.")
	case !done.Kept:
		fmt.Fprintln(a.stderr, "The old one is good until you delete it at the service.")
	default:
		fmt.Fprintf(a.stderr, "The old one is good until you delete it at the service; 'rollcall rotate %s --undo' puts it back.\n", r.draft.Name)
	}
}

// givenAlready says that a variable has the secret already that was given. That is no
// failure where one profile was named: whoever has stored the new one looks so whether it
// is there. Among several it is, which are gone through until a new one is given.
func (a *app) givenAlready(r rotation, way credential.Replacement) error {
	err := manage.GivenAlready(r.profile, way)
	if r.asks {
		return configError(err)
	}
	return a.say(err.Error())
}

// tellStays tells of a second secret, which is not replaced.
func (a *app) tellStays(d config.Draft) {
	if stays := d.Stays(); stays != "" {
		fmt.Fprintln(a.stderr, text.Printable(a.told(stays)))
	}
}

// accept shows the old and the new secret side by side where several are rotated, and
// is an error where the new one is not taken.
func (a *app) accept(ctx context.Context, before, after account.Snapshot, r rotation) error {
	all := insight.Compare(a.shown(before), a.shown(after), a.now())
	err := notTaken(all, r.force)
	if r.asks {
		for _, c := range all {
			fmt.Fprintf(a.stderr, "  %-7s %s → %s\n", c.About, text.Printable(c.Was), text.Printable(c.Is))
		}
		if err != nil && notTaken(all, true) == nil {
			yes, asked := a.confirm(ctx, "It is worse than the old one. Take it all the same?", false)
			if asked != nil || yes {
				return asked
			}
		}
	}
	if err != nil {
		return &exitError{exitBad, err}
	}
	return nil
}

// replace puts a secret into its place. What the person stores themselves is looked at
// until it is there, where there is a person.
func (a *app) replace(ctx context.Context, m *manage.Manager, r rotation, secret string, way credential.Replacement) (done manage.Exchanged, err error) {
	lose := r.force
	for {
		done, err = m.Exchange(ctx, r.draft, secret, lose)
		switch {
		case err == nil:
			return done, nil
		case errors.Is(err, manage.ErrNotStored) && !errors.Is(err, manage.ErrRestart) && a.interactive():
			fmt.Fprintln(a.stderr, text.Capitalized(way.Todo)+".")
			if yes, asked := a.confirm(ctx, "Is it stored?", true); asked != nil || !yes {
				return done, errors.Join(asked, configError(err))
			}
			continue
		case errors.Is(err, manage.ErrNotKept) && r.asks:
			a.printError(withHint(err))
			yes, asked := a.confirm(ctx, "Replace it all the same, so that the present one is lost?", false)
			if asked != nil || !yes {
				return done, errors.Join(asked, configError(errors.New("nothing was changed")))
			}
			lose = true
			continue
		}
		err = withHint(err)
		if errors.Is(err, manage.ErrNotKept) {
			err = fmt.Errorf("%w\nTo replace it all the same, add --force", err)
		}
		return done, notSaved(err)
	}
}

// showTokenPage opens the page where the service gives out tokens, and prints
// its address.
func (a *app) showTokenPage(ctx context.Context, r rotation) {
	page := a.pageOf(r.profile)
	if page == "" {
		return
	}
	fmt.Fprintf(a.stderr, "Make a new token at %s\n", text.Printable(page))
	if r.noBrowser || !a.interactive() {
		return
	}
	if err := a.openURL(ctx, page); err != nil {
		a.warn(err.Error())
	}
}

// pageOf is where the service of a profile gives out tokens; empty where that is not
// known, and for a password.
func (a *app) pageOf(p config.Profile) string {
	if p.Username != "" {
		return ""
	}
	return a.services.TokenPage(p.Provider, p.BaseURL, p.Parts)
}

// notTaken says in what a new secret is worse than the old one; force lets
// through what a person can want.
func notTaken(all []insight.Comparison, force bool) error {
	var worse []string
	forced := "\nTo take it all the same, add --force"
	for _, c := range all {
		switch {
		case c.Severity == account.SeverityFail:
			forced = ""
		case c.Severity != account.SeverityWarn || force:
			continue
		}
		worse = append(worse, text.Printable(c.Text))
	}
	if len(worse) == 0 {
		return nil
	}
	return fmt.Errorf("the new secret was not taken: %s%s", strings.Join(worse, "; "), forced)
}
