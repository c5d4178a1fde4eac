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
)

// rotation is the change of a profile's secret for another.
type rotation struct {
	draft     config.Draft
	profile   config.Profile
	noBrowser bool
	force     bool
}

func (a *app) rotateCommand() *cobra.Command {
	var r rotation
	var undo bool
	c := &cobra.Command{
		Use:   "rotate NAME",
		Short: "Replace the secret of a profile, once the new one is proven",
		Long: `Replace the secret of a profile where it is kept, in the keyring or in a file.

rollcall opens the page where the service gives out tokens, takes the new one
without showing it or from what is piped in, and asks the service: the same user
must answer, with no scope less and a later end, as far as both are known. Only
then the old one is replaced. It is kept where the new one is, in the keyring or in
a file beside it, and --undo puts it back.
Nothing is revoked: the old token stays good until you delete it at the service.`,
		Example: `  rollcall rotate work
  rollcall rotate work --undo`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
	}
	f := c.Flags()
	f.BoolVar(&r.noBrowser, "no-browser", false, "print the address of the page, and do not open it")
	f.BoolVar(&r.force, "force", false, "accept fewer scopes, an end that is not later, and no way back where there is no keyring")
	f.BoolVar(&undo, "undo", false, "put the former secret back")
	c.MarkFlagsMutuallyExclusive("undo", "force")
	c.RunE = run(func(c *cobra.Command, args []string) error {
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
			if err := m.PutBack(c.Context(), r.draft); err != nil {
				return configError(withHint(err))
			}
			return a.say(fmt.Sprintf("put the former secret of %s back; another --undo takes that back", r.draft.Name))
		}
		return a.rotate(c.Context(), m, file, r)
	})
	return c
}

// rotate replaces a secret by one that is proven.
func (a *app) rotate(ctx context.Context, m *manage.Manager, c *config.Config, r rotation) error {
	old, err := manage.StoredSecret(ctx, r.draft)
	if err != nil {
		return configError(withHint(err))
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
	if secret == old {
		return configError(manage.AlreadyIts(r.draft))
	}
	after := m.TryProfile(ctx, manage.Trial{Config: c, Profile: r.profile, Secret: secret})
	if err := ctx.Err(); err != nil {
		return err
	}
	if !after.Health.State.Accepted() {
		return a.notProven(after)
	}
	if err := notTaken(insight.Compare(before, after, a.now()), r.force); err != nil {
		return &exitError{exitBad, err}
	}
	said, err := m.Rotate(ctx, r.draft, secret, r.force)
	if err != nil {
		err = withHint(err)
		if errors.Is(err, manage.ErrNotKept) {
			err = fmt.Errorf("%w\nTo replace it all the same, add --force", err)
		}
		return configError(err)
	}
	fmt.Fprintln(a.stderr, a.wouldBe(after))
	if err := a.say(said); err != nil {
		return err
	}
	switch {
	case old == "":
	case r.force:
		fmt.Fprintln(a.stderr, "The old one is good until you delete it at the service.")
	default:
		fmt.Fprintf(a.stderr, "The old one is good until you delete it at the service; 'rollcall rotate %s --undo' puts it back.\n", r.draft.Name)
	}
	return nil
}

// showTokenPage opens the page where the service gives out tokens, and prints
// its address.
func (a *app) showTokenPage(ctx context.Context, r rotation) {
	if r.draft.Username != "" {
		return
	}
	page := a.services.TokenPage(r.draft.Provider, r.draft.BaseURL, r.draft.Parts)
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
