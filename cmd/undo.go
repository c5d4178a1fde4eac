package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/client/text"
	"rollcall/cmd/manage"
)

func (a *app) undoCommand() *cobra.Command {
	var yes, redo bool
	c := &cobra.Command{
		Use:   "undo",
		Short: "Take back the last change that was made with rollcall",
		Long: `Take back the last change that was made with rollcall, here or in the dashboard: of
the configuration file, of the active profile or the profile of a folder, of the
user that a profile is pinned to, of a snooze, or of a secret that was replaced. What
was done to many profiles at once is taken back at once. It says what it takes back,
and asks first on a terminal where something else was done since.

A further undo takes back the change before. The file has one backup, and a secret
one that was before: an earlier change of them can be taken back where it was made
while the same dashboard ran, and otherwise undo says that it cannot, and what comes
before that. Where nothing is left to take back, it says so, with exit status 2.

--redo does again what undo took back last, as long as nothing else was done since.`,
		Example: `  rollcall remove work && rollcall undo
  rollcall undo --redo`,
		Args: cobra.NoArgs,
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "take it back without a question")
	c.Flags().BoolVar(&redo, "redo", false, "do again what undo took back last")
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		m, _, err := a.loadToManage()
		if err != nil {
			return err
		}
		undo := a.undo
		if redo {
			undo = a.redo
		}
		said, err := undo(c.Context(), m, yes)
		if err != nil {
			return err
		}
		return a.say(said)
	})
	return c
}

// undo takes back a change, after a question where a person may not expect which.
func (a *app) undo(ctx context.Context, m *manage.Manager, yes bool) (said string, err error) {
	next, err := m.Next()
	if nothing, ok := errors.AsType[*manage.NothingError](err); ok && nothing.Undone != "" {
		err = fmt.Errorf("%w\nTo do again what was taken back last (%s), run 'rollcall undo --redo'", err, nothing.Undone)
	}
	if err != nil {
		return "", notSaved(err)
	}
	take := m.Undo
	if !next.Last && !yes && a.interactive() {
		yes, err = a.confirm(ctx, text.Printable(a.told(next.Question(a.now()))), false)
		if err == nil && !yes {
			err = configError(errors.New("nothing was changed"))
		}
		if err != nil {
			return "", err
		}
	}
	if yes {
		take = m.UndoEarlier
	}
	said, err = take(ctx)
	if errors.Is(err, manage.ErrNotLast) {
		return "", configError(fmt.Errorf("%s\nTo take back what was done before (%s), add --yes", next.Lost, next.Done))
	}
	if err != nil {
		return "", notSaved(err)
	}
	return said + a.takenAgain(ctx, m, next.Secrets), nil
}

// takenAgain says what the services say of the secrets that profiles have again.
func (a *app) takenAgain(ctx context.Context, m *manage.Manager, names []string) (said string) {
	c, err := m.Load()
	if err != nil {
		return ""
	}
	for _, name := range names {
		if p, ok := c.Profile(name); ok && ctx.Err() == nil {
			said += fmt.Sprintf("; the service says of %s: %s", name, m.TryProfile(ctx, manage.Trial{Config: c, Profile: p}).Health.State.Word())
		}
	}
	return said
}

// redo does again what was taken back. Who asks for it needs no further question.
func (*app) redo(ctx context.Context, m *manage.Manager, _ bool) (said string, err error) {
	if said, err = m.Redo(ctx); err != nil {
		return "", notSaved(err)
	}
	return said, nil
}
