package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/plainfile"
)

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Tell where the configuration is, and what is wrong with it",
		Long: `Tell where the configuration is, or what is wrong with it. Nobody is asked, and
nothing is written; 'rollcall doctor' looks at the way to the services, too.`,
	}
	c.AddCommand(a.configPathCommand(), a.configCheckCommand())
	return c
}

// configPathJSON is where the configuration is. By is one of flag, environment and
// default.
type configPathJSON struct {
	Schema int    `json:"schema"`
	Path   string `json:"path"`
	By     string `json:"by"`
	Exists bool   `json:"exists"`
}

func (a *app) configPathCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "path",
		Short: "Print where the configuration is, and what decides that",
		Long: `Print the path of the configuration, whether the file is there or not, and on a
terminal what decides on it: --config, else the variable ROLLCALL_CONFIG, else the
folder of the user: $XDG_CONFIG_HOME/rollcall or ~/.config/rollcall, on Windows
%AppData%\rollcall.`,
		Example: `  rollcall config path
  less "$(rollcall config path)"
  rollcall config path -o json | jq -r .by`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatText, formatJSON)
	c.RunE = run(func(*cobra.Command, []string) error {
		found, why, err := a.configPlace()
		if err != nil {
			return err
		}
		if found.Path = a.told(found.Path); out.value == formatJSON {
			return writeJSON(a.stdout, found)
		}
		if _, err := fmt.Fprintln(a.stdout, text.Printable(found.Path)); err != nil {
			return err
		}
		if a.screenOf(a.stdout).terminal {
			fmt.Fprintln(a.stderr, why)
		}
		return nil
	})
	return c
}

// configPlace is where the configuration is, and why there, in words.
func (a *app) configPlace() (found configPathJSON, why string, err error) {
	if err := a.notForTheDemo(); err != nil {
		return found, "", err
	}
	path, chosen, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return found, "", configError(err)
	}
	found = configPathJSON{Schema: schema, Path: path, By: "default"}
	why = "It is the usual place."
	switch {
	case a.configFlag != "":
		found.By, why = "flag", "It is named by --config."
	case chosen:
		found.By, why = "environment", "It is named by the variable ROLLCALL_CONFIG."
	}
	if absolute, err := filepath.Abs(path); err == nil {
		found.Path = absolute
	}
	if _, err := plainfile.Stat(a.ending(), path); err == nil {
		found.Exists = true
	} else if errors.Is(err, fs.ErrNotExist) {
		why += " The file does not exist yet; 'rollcall add' makes it."
	}
	return found, why, nil
}

// configCheckJSON is what is wrong with the configuration.
type configCheckJSON struct {
	Schema   int           `json:"schema"`
	Path     string        `json:"path"`
	Profiles int           `json:"profiles"`
	Problems []problemJSON `json:"problems"`
}

type problemJSON struct {
	File string `json:"file"`
	// Line counts from 1; null where the file as a whole is wrong.
	Line    *int   `json:"line"`
	Profile string `json:"profile"`
	Key     string `json:"key"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

func (a *app) configCheckCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check",
		Short: "Print what is wrong with the configuration",
		Long: `Print all that is wrong with the configuration, a line each as FILE:LINE: what is
wrong, and what would be right: with its profiles, views, commands and hooks, the
theme that it names, the services that it describes itself or in services.d, and the
project file of this folder. No secret is looked up, and nobody is asked.

The exit status is 0 where nothing is wrong, and 2 otherwise.`,
		Example: `  rollcall config check
  rollcall config check --config new.toml && mv new.toml "$(rollcall config path)"
  rollcall config check -o json | jq -r '.problems[].message'`,
		Args: cobra.NoArgs,
	}
	out := addFormatFlag(c, formatText, formatJSON)
	c.RunE = run(func(c *cobra.Command, _ []string) error {
		checked, found, err := a.checkConfig(c.Context())
		if err != nil {
			return err
		}
		if out.value == formatJSON {
			err = writeJSON(a.stdout, a.newConfigCheckJSON(checked, found))
		} else {
			err = a.writeConfigCheck(checked, found)
		}
		if err == nil && len(found) > 0 {
			err = &exitError{code: exitUsage}
		}
		return err
	})
	return c
}

// checkConfig reads the configuration, and is all that is wrong with it. Where it cannot
// be read at all, nothing but its path is known of it.
func (a *app) checkConfig(ctx context.Context) (*config.Config, []config.Problem, error) {
	if err := a.notForTheDemo(); err != nil {
		return nil, nil, err
	}
	path, chosen, err := config.Path(a.configFlag, a.getenv)
	if err != nil {
		return nil, nil, configError(err)
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	c, err := config.LoadContext(ctx, path, a.knownProviders())
	p, wrong := configProblem(err)
	switch {
	case wrong:
		return &config.Config{Path: path}, []config.Problem{p}, nil
	case errors.Is(err, fs.ErrNotExist):
		p := config.Problem{File: path, Message: "there is no such file", Remedy: "Correct the path, or make it with 'rollcall import' or 'rollcall add'."}
		if !chosen {
			p.Message, p.Remedy = "there is no configuration yet", "Make one with 'rollcall import' or 'rollcall add'."
		}
		return &config.Config{Path: path}, []config.Problem{p}, nil
	case err != nil:
		return nil, nil, configError(err)
	}
	a.services.take(c.Declarations)
	found := append(slices.Clone(c.Problems), a.services.unread(c)...)
	slices.SortStableFunc(found, func(x, y config.Problem) int {
		if own := x.File == path; own != (y.File == path) {
			return map[bool]int{true: -1, false: 1}[own]
		}
		return cmp.Or(strings.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line))
	})
	if err := config.ProjectProblem(a.workDir); err != nil {
		p, is := configProblem(err)
		if !is {
			p = config.Problem{File: path, Message: err.Error()}
		}
		found = append(found, p)
	}
	return c, found, nil
}

func (a *app) newConfigCheckJSON(c *config.Config, found []config.Problem) configCheckJSON {
	out := configCheckJSON{Schema: schema, Path: a.told(c.Path), Profiles: len(c.Profiles), Problems: []problemJSON{}}
	for _, p := range found {
		one := problemJSON{
			File: a.told(p.File), Profile: a.named(config.Profile{Name: p.Profile}).Name, Key: p.Key,
			Message: a.told(p.Message), Remedy: a.told(p.Remedy),
		}
		if p.Line > 0 {
			one.Line = &p.Line
		}
		out.Problems = append(out.Problems, one)
	}
	return out
}

// writeConfigCheck prints a line for each problem, or that there is none.
func (a *app) writeConfigCheck(c *config.Config, found []config.Problem) error {
	for _, p := range found {
		if err := a.answer(withRemedy(p.Error(), p.Remedy)); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		return nil
	}
	return a.answer(fmt.Sprintf("Nothing is wrong with %s, which has %s.", c.Path, text.Plural(len(c.Profiles), "profile")))
}
