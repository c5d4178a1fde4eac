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
	var yes bool
	c := &cobra.Command{
		Use:   "undo",
		Short: "Take back the last change that was made with rollcall",
		Long: `Take back the last change that was made with rollcall, here or in the dashboard: of
the configuration file, of the active profile or the profile of a folder, of the
user that a profile is pinned to, of a snooze, or of a secret that was replaced.
It says what it takes back, and asks first on a terminal where something else was
done since.

A further undo takes back the change before, as far as that can be: the file has
one backup. Where nothing is left, it brings back what the last undo took away.`,
		Example: `  rollcall remove work && rollcall undo`,
		Args:    cobra.NoArgs,
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "take it back without a question")
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		m, _, err := a.loadToManage()
		if err != nil {
			return err
		}
		said, err := a.undo(c.Context(), m, yes)
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
	if err != nil {
		return "", notSaved(err)
	}
	take := m.Undo
	if !next.Last && !yes && a.interactive() {
		age := text.Age(a.now().Sub(next.At))
		yes, err = a.confirm(ctx, fmt.Sprintf("This is not the last that was done: %s, %s ago. Take it back?", text.Printable(a.told(next.Done)), age), false)
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
		return "", configError(fmt.Errorf("the last change cannot be taken back\nTo take back the one before it (%s), add --yes", next.Done))
	}
	if err != nil {
		return "", notSaved(err)
	}
	return said, nil
}
