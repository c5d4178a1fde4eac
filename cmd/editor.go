package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"

	"rollcall/client/text"
	"rollcall/plainfile"
)

// editor is the program that a person edits files with.
type editor struct {
	program string
	args    []string
	// holds is a lock that it holds as long as it runs; nil for none.
	holds *plainfile.Held
}

// newEditor is the editor that the environment names, which may have arguments
// in the quoting of a shell, or else the one that every system has.
func newEditor(getenv func(string) string) (editor, error) {
	fallback := "vi"
	if runtime.GOOS == "windows" {
		fallback = "notepad"
	}
	text := cmp.Or(getenv("VISUAL"), getenv("EDITOR"), fallback)
	if _, err := exec.LookPath(text); err == nil {
		// A path may have spaces in it, and on Windows it has backslashes.
		return editor{program: text}, nil
	}
	words, err := shellquote.Split(text)
	if err != nil || len(words) == 0 {
		return editor{}, errors.New("VISUAL or EDITOR is not the command of an editor; set it to one, such as: export EDITOR=nano")
	}
	return editor{program: words[0], args: words[1:]}, nil
}

// open runs the editor on a file and waits for its end. The keys that interrupt
// are its own meanwhile: they must not end us with the copy, which can hold secrets,
// left behind.
func (e editor) open(ctx context.Context, c *console, path string, line int) error {
	cmd := exec.Command(e.program, e.arguments(path, line)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.stdin, c.stdout, c.stderr
	cmd.Env = c.bystanderEnviron()
	if e.holds != nil && runtime.GOOS != "windows" {
		cmd.ExtraFiles = []*os.File{e.holds.File()}
	}
	defer yieldInterrupts(ctx)()
	err := cmd.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return configError(fmt.Errorf("the editor %s ended with %s; nothing was saved", text.Printable(e.program), exit))
	}
	if err != nil {
		return configError(fmt.Errorf("the editor does not start: %w\nSet VISUAL or EDITOR to another one, such as: export EDITOR=nano", err))
	}
	return nil
}

// arguments are those of the editor for a file, at a line unless that is 0.
// Editors with windows return at once unless they are told to wait.
func (e editor) arguments(path string, line int) []string {
	args := slices.Clone(e.args)
	name := strings.ToLower(strings.TrimSuffix(filepath.Base(e.program), ".exe"))
	switch name {
	case "code", "code-insiders", "codium", "cursor", "subl", "zed":
		if !slices.Contains(args, "--wait") && !slices.Contains(args, "-w") {
			args = append(args, "--wait")
		}
	}
	if line == 0 {
		return append(args, path)
	}
	switch name {
	case "code", "code-insiders", "codium", "cursor":
		return append(args, "--goto", fmt.Sprintf("%s:%d", path, line))
	case "subl", "zed", "hx", "helix":
		return append(args, fmt.Sprintf("%s:%d", path, line))
	case "vi", "vim", "nvim", "view", "gvim", "mvim", "nano", "pico", "emacs", "emacsclient", "joe", "jed", "kak", "micro", "ne", "mcedit":
		return append(args, fmt.Sprintf("+%d", line), path)
	}
	return append(args, path)
}
