package cmd

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
)

// viewWords are the words that a saved view is made of.
func viewWords() config.ViewWords {
	return config.ViewWords{Query: vocabulary(), Sorts: insight.OrderNames(), Columns: insight.Columns()}
}

// viewOf is the saved view of a name. One of which something is wrong is an error.
func viewOf(c *config.Config, name string) (config.View, error) {
	v, ok := c.View(name)
	switch {
	case !ok && len(c.Views) == 0:
		return v, configError(fmt.Errorf("there is no view %q; %s has none: write one as [views.NAME], or keep one in the dashboard", name, c.Path))
	case !ok:
		return v, configError(unknownWord("view", name, c.ViewNames()))
	}
	var wrong []error
	for _, p := range v.Problems {
		wrong = append(wrong, p)
	}
	if len(wrong) > 0 {
		return v, configError(errors.Join(wrong...))
	}
	return v, nil
}

// shape has a table look as the saved view says, but for what the command line says.
func (f *selectFlag) shape(l *loaded, o *tableOptions) error {
	if f.view == "" {
		return nil
	}
	if err := l.mustExist(); err != nil {
		return err
	}
	v, err := viewOf(l.Config, f.view)
	if err != nil {
		return err
	}
	return o.follow(v)
}

// completeViews offers the saved views to the shell.
func (a *app) completeViews(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	l, err := a.load()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer l.close()
	// The shell prints them as they are.
	names := slices.DeleteFunc(l.ViewNames(), func(name string) bool { return text.Printable(name) != name })
	return names, cobra.ShellCompDirectiveNoFileComp
}
