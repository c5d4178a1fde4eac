package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"rollcall/config"
)

type bindingsJSON struct {
	Schema   int           `json:"schema"`
	Bindings []bindingJSON `json:"bindings"`
}

type bindingJSON struct {
	Folder  string `json:"folder"`
	Profile string `json:"profile"`
}

func (a *app) bindCommand() *cobra.Command {
	var remove string
	c := &cobra.Command{
		Use:   "bind [DIR NAME]",
		Short: "Tie a folder to a profile",
		Long: `Tie a folder, and all in it, to a profile: there it is the active one, whatever
'rollcall use' says elsewhere. So two terminals in two folders never fight over
it. Without arguments, print the folders that are tied.

For a folder that others share, write a project file .rollcall.toml with the line
profile = "NAME" into it instead. It can name a profile, and nothing else.`,
		Example: `  rollcall bind ~/clients/otter work
  rollcall bind . work
  rollcall bind
  rollcall bind --remove ~/clients/otter`,
		Args: func(c *cobra.Command, args []string) error {
			if remove != "" {
				return cobra.NoArgs(c, args)
			}
			if len(args) == 1 || len(args) > 2 {
				return errors.New("name a folder and a profile, as in: rollcall bind . work")
			}
			return nil
		},
		ValidArgsFunction: a.completeBind,
	}
	out := addFormatFlag(c, formatTable, formatJSON)
	c.Flags().StringVar(&remove, "remove", "", "untie this `folder`")
	_ = c.MarkFlagDirname("remove")
	c.RunE = run(func(_ *cobra.Command, args []string) error {
		switch {
		case remove != "":
			return a.unbind(remove)
		case len(args) == 2:
			return a.bind(args[0], args[1])
		}
		return a.printBindings(out.value == formatJSON)
	})
	return c
}

func (a *app) bind(dir, name string) error {
	l, err := a.loadToChoose()
	if err != nil {
		return err
	}
	defer l.close()
	if _, err := chooseOne(l.Config, name); err != nil {
		return err
	}
	if dir, err = a.absolute(dir); err != nil {
		return err
	}
	if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return configError(fmt.Errorf("there is no folder %s, so that nothing was tied; correct the path, or make the folder", dir))
	} else if err != nil {
		return configError(fmt.Errorf("the folder cannot be tied: %w", err))
	} else if !info.IsDir() {
		return configError(fmt.Errorf("%s is a file; name the folder that it is in", dir))
	}
	if _, err := l.store.Choose(config.Canonical(dir), name); err != nil {
		return notSaved(err)
	}
	return a.answer(fmt.Sprintf("%s is now tied to %s.", dir, name))
}

func (a *app) unbind(dir string) error {
	l, err := a.loadToChoose()
	if err != nil {
		return err
	}
	defer l.close()
	if dir, err = a.absolute(dir); err != nil {
		return err
	}
	switch tied, err := l.store.Choose(config.Canonical(dir), ""); {
	case err != nil:
		return notSaved(err)
	case !tied:
		return configError(fmt.Errorf("%s is not tied to a profile; 'rollcall bind' shows the folders that are", dir))
	}
	return a.answer(dir + " is no longer tied to a profile.")
}

func (a *app) printBindings(asJSON bool) error {
	l, err := a.loadToChoose()
	if err != nil {
		return err
	}
	defer l.close()
	kept, err := l.store.Choices()
	if err != nil {
		return configError(err)
	}
	tied := kept.Folders
	a.shownAll(l.store.Snapshots())
	listed := bindingsJSON{Schema: schema, Bindings: []bindingJSON{}}
	columns := []column{{title: "PROFILE", whole: true}, {title: "FOLDER"}}
	var rows [][]cell
	for _, dir := range slices.Sorted(maps.Keys(tied)) {
		listed.Bindings = append(listed.Bindings, bindingJSON{a.told(dir), a.named(config.Profile{Name: tied[dir]}).Name})
		rows = append(rows, []cell{{a.named(config.Profile{Name: tied[dir]}).Name, bold()}, {a.told(dir), nil}})
	}
	switch {
	case asJSON:
		return writeJSON(a.stdout, listed)
	case len(tied) == 0:
		fmt.Fprintln(a.stderr, "rollcall: no folder is tied to a profile")
		return nil
	}
	return writeTable(a.stdout, a.screenOf(a.stdout), columns, rows)
}

// absolute is a path from the working folder.
func (a *app) absolute(path string) (string, error) {
	switch {
	case filepath.IsAbs(path):
		return filepath.Clean(path), nil
	case a.workDir == "":
		return "", configError(errors.New("the folder that you are in is gone; go to another, or name one in full"))
	}
	return filepath.Join(a.workDir, path), nil
}
