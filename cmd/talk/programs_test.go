package talk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rollcall/config"
)

// TestPrograms runs a shell and commands for the profiles that a line names, and for
// nobody where it is wrong.
func TestPrograms(t *testing.T) {
	w := newWorld(t, settings("work", "home", "lab"))
	o := w.options()
	var asked []string
	o.Shell = func(_ context.Context, profile string) (string, error) {
		asked = append(asked, "shell "+profile)
		if profile == "lab" {
			return "", errors.New("lab is disabled")
		}
		return "the shell of " + profile + " ended with 3", nil
	}
	o.Program = func(_ context.Context, profiles []string, command string) (said, printed string, err error) {
		asked = append(asked, fmt.Sprint(command, profiles))
		return command + " ended", "a\x1b[31m\nb\n", nil
	}
	var out strings.Builder
	c := New(t.Context(), strings.NewReader(""), &out, o)
	told := func(line, want string) {
		t.Helper()
		if got := strings.Join(c.do(t.Context(), line), "|"); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	told("commands", "You have no commands of your own; the configuration takes them under [[commands]].")
	told("run say 1", "You have no commands of your own; the configuration takes them under [[commands]].")
	c.config.Commands = []config.Command{{Name: "say", Run: []string{"echo"}}, {Name: "say more", Run: []string{"x"}, Credential: true}}
	told("commands", "say: runs echo.|say more: runs x with the credential of the profile.|Type run, its name and the number of a profile.")
	told("shell 1", "the shell of work ended with 3.")
	told("shell", "Which profile? Add its number.")
	told("shell 9", `"9" is neither a number from 1 to 3 nor the name of a profile.`)
	if got := c.do(t.Context(), "shell lab"); !strings.Contains(strings.Join(got, " "), "ab is disabled") {
		t.Errorf("%q", got)
	}
	told("run say more 1-2 lab", "a\x1b[31m|b|say more ended.")
	told("run say home", "a\x1b[31m|b|say ended.")
	c.do(t.Context(), "mark 1 3")
	told("run say marked", "a\x1b[31m|b|say ended.")
	told("run say all", "a\x1b[31m|b|say ended.")
	told("run say 2-3, 1", "a\x1b[31m|b|say ended.")
	told("run", "Which command? Add its name: say, say more.")
	told("run sey 1", `You have no command "sey". Did you mean say? Type commands to hear which there are.`)
	told("run say", "Which profile? Add its number.")
	told("run say 1 later", `"later" is neither a number from 1 to 3 nor the name of a profile.`)
	if want := []string{"shell work", "shell lab", "say more[work home lab]", "say[home]", "say[work lab]", "say[work home lab]", "say[work home lab]"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	c.Program = func(context.Context, []string, string) (said, printed string, err error) {
		return "", "", fmt.Errorf("wrapped: %w", &config.NotRunError{Command: "say", Err: errors.New("no")})
	}
	told("run say 1", "wrapped: say is not run: no.")
	c.Shell, c.Program = nil, nil
	told("shell 1", "There is no terminal here for a shell.")
	told("run say 1", "No program can be run here.")
}
