package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"rollcall/config"
)

// change saves changes, all or none, and says so.
func (a *app) change(changes ...config.Edit) error {
	m, _, err := a.loadToManage()
	if err != nil {
		return err
	}
	said, err := m.Change(changes...)
	if err != nil {
		return notSaved(err)
	}
	if len(said) == 0 {
		return a.say("nothing to change: it is so already")
	}
	for _, s := range said {
		if err := a.say(s); err != nil {
			return err
		}
	}
	return nil
}

// changesOf is the same change for many profiles.
func changesOf(action config.EditKind, names []string) []config.Edit {
	var all []config.Edit
	for _, name := range names {
		all = append(all, config.Edit{Kind: action, Profile: name})
	}
	return all
}

// sure asks a person to confirm what is not easily taken back. Where nobody can
// be asked, the flag --yes is needed.
func (a *app) sure(c *cobra.Command, question string) error {
	if !a.interactive() {
		return usageError(c, errors.New("there is nobody to ask here; say --yes"))
	}
	yes, err := a.confirm(c.Context(), question, false)
	if err == nil && !yes {
		err = configError(errors.New("nothing was changed"))
	}
	return err
}
