package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/client/account"
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
	if p.Identity != "" {
		return configError(fmt.Errorf("%s is tied to the user %s by its identity setting\n"+
			"Change that line in %s, or delete it and run this again", p.Name, p.Identity, l.Path))
	}
	s := a.open(l, []config.Profile{p})
	said, err := a.repin(ctx, s, p)
	if closeErr := s.close(); closeErr != nil && err == nil {
		err = configError(fmt.Errorf("%s could not be pinned: %w", p.Name, closeErr))
	}
	if err != nil {
		return err
	}
	return a.answer(said)
}

// repin gives the sentence to say once the state is written.
func (a *app) repin(ctx context.Context, s *session, p config.Profile) (said string, err error) {
	snap := s.poller.Stored()[0]
	before, wasPinned := s.store.Pin(p.Name, snap.Endpoint)
	snap = s.poller.Once(ctx)[0]
	if err := ctx.Err(); err != nil {
		return "", err
	}
	shown := a.shown(snap)
	if h := shown.Health; !h.State.Answered() && h.State != account.WrongAccount {
		return "", stateError(p.Name+" cannot be pinned", shown, a.now(), exitBad)
	}
	id := snap.Account.User.ID
	if err := s.store.Repin(p.Name, snap.Endpoint, id); err != nil {
		return "", configError(fmt.Errorf("%s could not be pinned: %w", p.Name, err))
	}
	who := shown.Account.User.Label()
	switch {
	case wasPinned && before == id:
		return fmt.Sprintf("%s is pinned to %s already.", p.Name, who), nil
	case wasPinned:
		return fmt.Sprintf("%s is now pinned to %s. It was pinned to %s.", p.Name, who, before), nil
	}
	return fmt.Sprintf("%s is now pinned to %s.", p.Name, who), nil
}
