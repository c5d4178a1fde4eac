package credential

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/kballard/go-shellquote"
)

// pipeGrace is how long to wait for the output of a program that has ended: one
// that it started may hold it open.
const pipeGrace = time.Second

// setting is where a command runs, and for how long at most.
type setting struct {
	// terminal is what was lent to the command. It is nil where the command runs
	// in a session of its own, so that it cannot reach the terminal of rollcall.
	terminal *Terminal
	limit    time.Duration
}

// run runs the command and takes the first line that it prints. What it started
// ends with it.
func (c command) run(parent context.Context, s setting) (string, error) {
	ctx, stop := context.WithTimeout(parent, s.limit)
	defer stop()
	args := c.reference()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	missed := c.withhold(cmd)
	printed := &capture{max: maxCredential, full: stop}
	said := &capture{max: maxSaid}
	cmd.Stdout, cmd.Stderr = printed, said
	cmd.WaitDelay = pipeGrace
	err := s.wait(cmd)
	if errors.Is(err, exec.ErrWaitDelay) {
		// The program itself has ended well.
		err = nil
	}
	words := excerpt(said.data, printed.data)
	switch {
	case printed.over:
		return "", &Error{
			fmt.Sprintf("the command %s printed too much to be a credential", c.program),
			"correct the command in the profile; the first line that it prints must be the credential", ByEdit,
		}
	case err != nil && parent.Err() != nil:
		return "", parent.Err()
	case err != nil && ctx.Err() != nil:
		return "", s.failed(fmt.Sprintf("the command %s did not finish within %s%s", c.program, spoken(s.limit), words),
			"it may wait for a password or a confirmation: run it in a terminal, give what it asks for, and check again"+missed)
	case err != nil:
		return "", c.explain(s, args[0], err, words, missed)
	}
	line, _, _ := bytes.Cut(printed.data, []byte("\n"))
	secret := strings.TrimPrefix(strings.TrimRight(string(line), "\r"), "\ufeff")
	if strings.TrimSpace(secret) == "" {
		return "", s.failed(fmt.Sprintf("the command %s printed nothing on its first line%s", c.program, words),
			"the first line that it prints must be the credential; run it in a terminal to see what it prints, and check again"+missed)
	}
	return secret, nil
}

// withhold gives a program the environment that is for it, and tells what of ours it
// does not get, to be said where it fails.
func (c command) withhold(cmd *exec.Cmd) (missed string) {
	if c.withheld == nil {
		return ""
	}
	needed := func(name string) bool { return names(*c.line, name) }
	cmd.Env = withhold(cmd.Environ(), *c.withheld, needed)
	var there []string
	for _, name := range *c.withheld {
		if _, set := os.LookupEnv(name); set && !needed(name) {
			there = append(there, name)
		}
	}
	if len(there) == 0 {
		return ""
	}
	return "; it ran without " + strings.Join(there, ", ") + ", where profiles have their secrets: name what it needs in its arguments"
}

// wait runs the program to its end, where it belongs, and ends what it left
// behind.
func (s setting) wait(cmd *exec.Cmd) error {
	if s.terminal == nil {
		alone(cmd)
	} else {
		back, err := s.terminal.give(cmd)
		if err != nil {
			return err
		}
		defer back()
	}
	err := cmd.Run()
	if cmd.Process != nil {
		_ = endGroup(cmd.Process)
	}
	return err
}

// fruitless is the error of a program that ran and gave no secret.
type fruitless struct {
	told *Error
	// alone is set where it had no terminal, interrupted where it had one and a
	// person ended it.
	alone, interrupted bool
}

// Error says what is wrong.
func (f *fruitless) Error() string { return f.told.Error() }

// Unwrap gives what there is to say about it.
func (f *fruitless) Unwrap() error { return f.told }

func (s setting) failed(explanation, remedy string) *fruitless {
	return &fruitless{told: &Error{explanation, remedy, ByAgain}, alone: s.terminal == nil}
}

// explain says why the program did not run, or failed; words are those that it
// said, and missed tells what it did not get.
func (c command) explain(s setting, program string, err error, words, missed string) error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		what := "failed: " + exit.String()
		ended := s.terminal != nil && interrupted(exit.ProcessState)
		if ended {
			what = "was interrupted"
		}
		e := s.failed(fmt.Sprintf("the command %s %s%s", c.program, what, words),
			"run it in a terminal, give what it asks for or correct it, and check again"+missed)
		e.interrupted = ended
		return e
	}
	_, missing := os.Stat(program)
	switch {
	case errors.Is(err, exec.ErrNotFound) && filepath.Base(program) == program:
		return &Error{
			fmt.Sprintf("the command %s is in none of the folders of PATH", program),
			"install it, or write its full path in the profile", ByEdit,
		}
	case errors.Is(err, fs.ErrPermission):
		return &Error{
			fmt.Sprintf("the command %s may not be run by you", program),
			"name a program in the profile, and make it executable: chmod +x " + shellquote.Join(program), ByEdit,
		}
	case errors.Is(err, fs.ErrNotExist) && missing == nil:
		return &Error{
			fmt.Sprintf("the command %s cannot run: what its first line names does not exist", program),
			"correct the line that begins with #! in it, or install what it names", ByEdit,
		}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, exec.ErrNotFound):
		return &Error{
			fmt.Sprintf("the command %s does not exist", program),
			"install it, or correct the path in the profile", ByEdit,
		}
	}
	if cause := errors.Unwrap(err); cause != nil {
		err = cause
	}
	return &Error{
		fmt.Sprintf("the command %s cannot be run: %s", program, err),
		"correct the command in the profile", ByEdit,
	}
}

// spoken is a span of time as people write it.
func spoken(d time.Duration) string {
	if d >= time.Minute && d%time.Minute == 0 {
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return d.String()
}

// capture keeps the beginning of what is written to it.
type capture struct {
	data []byte
	max  int
	// over is set when there was more than max.
	over bool
	// full, if there is one, is called then.
	full func()
}

// Write never fails: a program that says more than is kept goes on.
func (c *capture) Write(p []byte) (int, error) {
	keep := min(len(p), c.max-len(c.data))
	c.data = append(c.data, p[:keep]...)
	if keep < len(p) && !c.over {
		c.over = true
		if c.full != nil {
			c.full()
		}
	}
	return len(p), nil
}
