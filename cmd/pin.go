package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/cmd/manage"
	"rollcall/config"
)

func (a *app) pinCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "pin NAME",
		Short: "Tie a profile to the user who answers now",
		Long: `Check a profile, and tie it to the user who answers.

The first good answer ties a profile to its user: when another one answers
later, the profile is in the state wrong_account. Where the change is intended,
this command accepts it.`,
		Example:           `  rollcall pin work`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
		RunE: run(func(c *cobra.Command, names []string) error {
			if a.demo {
				return configError(errors.New("the demo forgets everything when it ends: there is nothing to pin"))
			}
			l, err := a.load()
			if err != nil {
				return err
			}
			defer l.close()
			if err := l.mustExist(); err != nil {
				return err
			}
			p, err := chooseOne(l.Config, names[0])
			if err != nil {
				return err
			}
			if err := a.pin(c.Context(), l, p); err != nil {
				return err
			}
			return a.conclude(l, isBad, []config.Profile{p}, nil)
		}),
	}
}

// pin checks the profile and ties it to the user who answers.
func (a *app) pin(ctx context.Context, l *loaded, p config.Profile) error {
	o := a.manageOptions(l.Path)
	o.Store = func() *store.Store { return l.store }
	done, err := manage.New(o).Pin(ctx, l.Config, p)
	if err != nil {
		return configError(err)
	}
	shown := a.shown(done.Answer)
	if !done.Done() {
		return stateError(p.Name+" cannot be pinned", shown, a.now(), exitBad)
	}
	who := shown.Account.User.Label()
	if done.Moved {
		who += ", asked at " + shown.Address()
	}
	switch done.Before {
	case done.Answer.Account.User.ID:
		if done.Moved {
			return a.answer(fmt.Sprintf("%s is pinned to %s from now on.", p.Name, who))
		}
		return a.answer(fmt.Sprintf("%s is pinned to %s already.", p.Name, who))
	case "":
		return a.answer(fmt.Sprintf("%s is now pinned to %s.", p.Name, who))
	}
	before := a.shown(account.Snapshot{Account: &account.Account{User: account.User{ID: done.Before}}}).Account.User.ID
	return a.answer(fmt.Sprintf("%s is now pinned to %s. It was pinned to %s.", p.Name, who, before))
}
