package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/cmd/manage"
	"rollcall/config"
)

func (a *app) editCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "edit [NAME]",
		Short: "Edit the configuration file in your editor",
		Long: `Edit a copy of the configuration file in $VISUAL or $EDITOR, at a profile where one
is named. The file changes once the copy is saved and makes sense; where it does
not, the editor can be opened again at the line. What somebody else changed in the
meantime is not overwritten.`,
		Example: `  rollcall edit
  EDITOR="code --wait" rollcall edit work`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completeFirstProfile,
		RunE: run(func(c *cobra.Command, args []string) error {
			if a.demo {
				return configError(errors.New("the demo has no file to edit; leave --demo out"))
			}
			path, _, err := config.Path(a.configFlag, a.getenv)
			if err != nil {
				return configError(err)
			}
			said, err := a.editFile(c.Context(), manage.New(a.manageOptions(path)), strings.Join(args, ""))
			switch {
			case err != nil:
				return err
			case said == "":
				fmt.Fprintln(a.stderr, "Nothing was changed.")
				return nil
			}
			return a.say(said)
		}),
	}
}

// copied is a private copy of the file while it is edited.
type copied struct {
	path     string
	original []byte
	editor   editor
}

// editFile has a person edit the file, from the line of a profile where one is
// named. What it says is empty where nothing was changed.
func (a *app) editFile(ctx context.Context, m *manage.Manager, name string) (said string, err error) {
	original, err := config.ReadSaved(m.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", configError(err)
	}
	if !a.interactive() && a.getenv("VISUAL") == "" && a.getenv("EDITOR") == "" {
		return "", configError(errors.New("there is no terminal here for an editor; set EDITOR to one that needs none, or edit the file itself"))
	}
	e, err := newEditor(a.getenv)
	if err != nil {
		return "", configError(err)
	}
	a.learnFrom(m.Path, original)
	line, err := a.lineOf(m.Path, original, name)
	if err != nil {
		return "", err
	}
	// What the editor leaves beside the file goes with the folder. The editor holds its
	// lock, too: should rollcall be killed, it stays as long as somebody writes in it.
	folder, err := newWorkFolder(editPrefix)
	if err != nil {
		return "", configError(err)
	}
	e.holds = folder.held
	w := copied{filepath.Join(folder.path, "config.toml"), original, e}
	if err := os.WriteFile(w.path, original, 0o600); err != nil {
		return "", configError(errors.Join(err, folder.remove()))
	}
	said, keep, err := a.editCopy(ctx, m, w, line)
	if keep {
		folder.keep()
		return "", configError(fmt.Errorf("%w\nWhat you wrote is kept in %s", err, w.path))
	}
	if gone := folder.remove(); gone != nil {
		a.warn(fmt.Sprintf("the copy %s could not be removed: %v", folder.path, gone))
	}
	return said, err
}

// editFromScreen is editFile for a dashboard that has left the terminal, whatever
// the standard streams of the process are.
func (a *app) editFromScreen(ctx context.Context, m *manage.Manager, name string) (said string, err error) {
	t, done, ok := a.openTerminal()
	if !ok {
		return "", configError(errors.New("there is no terminal here for an editor"))
	}
	defer done()
	own := *a
	own.stdin, own.stdout, own.stderr = t.In, t.Out, t.Out
	return own.editFile(ctx, m, name)
}

// lineOf is the line at which the editor opens the file: the first one that is not
// TOML, else that of a problem of the named profile, or of the profile; 0 for no
// line.
func (a *app) lineOf(path string, data []byte, name string) (int, error) {
	c, err := config.Parse(path, data, a.knownProviders())
	if p, ok := errors.AsType[*config.Problem](err); ok {
		return p.Line, nil
	}
	if err != nil || name == "" {
		return 0, err
	}
	p, err := existing(c, name)
	if i := slices.IndexFunc(p.Problems, func(q config.Problem) bool { return q.Line > 0 }); i >= 0 {
		return p.Problems[i].Line, err
	}
	return p.Line, err
}

// editCopy opens the editor until what it leaves can be saved. The copy is to
// be kept where that fails, so that nothing is lost.
func (a *app) editCopy(ctx context.Context, m *manage.Manager, w copied, line int) (said string, keep bool, err error) {
	for {
		if err := w.editor.open(ctx, &a.console, w.path, line); err != nil {
			return "", false, err
		}
		text, err := config.ReadSaved(w.path)
		if err != nil {
			return "", !errors.Is(err, fs.ErrNotExist), configError(err)
		}
		if bytes.Equal(text, w.original) {
			return "", false, nil
		}
		again, at, err := a.review(ctx, m.Path, w.original, text)
		if err != nil {
			return "", false, err
		}
		if again {
			line = at
			continue
		}
		but, err := m.Replace(w.original, text)
		if err != nil {
			return "", true, notSaved(err)
		}
		return "saved " + m.Path + but, false, nil
	}
}

// review shows what is wrong with a text, and asks what to do about it. It is an
// error where the text is not to be saved. Where there is nobody to ask, what
// was wrong before may stay.
func (a *app) review(ctx context.Context, path string, original, text []byte) (again bool, line int, err error) {
	found, broken, err := a.problemsOf(path, text)
	if err != nil || len(found) == 0 {
		return false, 0, err
	}
	var problems []error
	for _, p := range found {
		problems = append(problems, p)
	}
	all := errors.Join(problems...)
	switch old, _, err := a.problemsOf(path, original); {
	case a.interactive():
	case !broken && err == nil && !anyNew(found, old):
		for _, p := range problems {
			a.warn(p.Error())
		}
		return false, 0, nil
	default:
		return false, 0, configError(errors.Join(all, errors.New("nothing was saved")))
	}
	a.printError(all)
	again, err = a.editAgain(ctx, !broken)
	return again, found[0].Line, err
}

// problemsOf is what is wrong with a text; it is broken where it is not TOML.
func (a *app) problemsOf(path string, text []byte) (all []config.Problem, broken bool, err error) {
	c, err := config.Parse(path, text, a.knownProviders())
	if p, ok := errors.AsType[*config.Problem](err); ok {
		return []config.Problem{*p}, true, nil
	}
	if err != nil {
		return nil, false, configError(err)
	}
	return c.Problems, false, nil
}

// anyNew reports whether a problem was not there before, on whatever line.
func anyNew(found, old []config.Problem) bool {
	return slices.ContainsFunc(found, func(p config.Problem) bool {
		return !slices.ContainsFunc(old, func(o config.Problem) bool {
			return o.Profile == p.Profile && o.Key == p.Key && o.Message == p.Message
		})
	})
}

// editAgain asks what to do about a text that is not right. It is an error where
// the text is not to be saved.
func (a *app) editAgain(ctx context.Context, canSave bool) (again bool, err error) {
	question := "Edit again (e) or discard it (d)?"
	if canSave {
		question = "Edit again (e), save it as it is (s) or discard it (d)?"
	}
	for {
		answer, err := a.ask(ctx, question, "e")
		switch {
		case err != nil:
			return false, err
		case answer == "e":
			return true, nil
		case answer == "s" && canSave:
			return false, nil
		case answer == "d":
			return false, configError(errors.New("nothing was saved"))
		}
	}
}
