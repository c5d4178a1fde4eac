package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
)

// shell leaves the terminal to a shell as a profile.
func (c *Conversation) shell(ctx context.Context, i int) []string {
	if c.Shell == nil {
		return []string{"There is no terminal here for a shell."}
	}
	c.say()
	said, err := c.Shell(ctx, c.profiles[i].Name)
	return c.ended(ctx, said, "", err)
}

// runCommand runs a command of the person's own: its name, and behind it a profile. The
// name can have spaces.
func (c *Conversation) runCommand(ctx context.Context, argument string) []string {
	at := slices.IndexFunc(c.config.Commands, func(k config.Command) bool {
		return argument == k.Name || strings.HasPrefix(argument, k.Name+" ")
	})
	switch {
	case len(c.config.Commands) == 0:
		return c.ownCommands()
	case argument == "":
		return []string{"Which command? Add its name: " + strings.Join(c.ownNames(), ", ") + "."}
	case at < 0:
		word, _, _ := strings.Cut(argument, " ")
		return []string{sentences(fmt.Sprintf("You have no command %q.", word), didYouMean(word, c.ownNames()), "Type commands to hear which there are.")}
	}
	name := c.config.Commands[at].Name
	which := strings.TrimSpace(strings.TrimPrefix(argument, name))
	i := c.find(which)
	if i < 0 {
		return []string{noProfile(which, len(c.profiles))}
	}
	if c.Program == nil {
		return []string{"No program can be run here."}
	}
	c.say()
	said, printed, err := c.Program(ctx, []string{c.profiles[i].Name}, name)
	return c.ended(ctx, said, printed, err)
}

// ended tells how a program ended, below what it printed.
func (c *Conversation) ended(ctx context.Context, said, printed string, err error) []string {
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return c.failed(err)
	}
	var lines []string
	if printed = strings.TrimRight(printed, "\n"); printed != "" {
		lines = strings.Split(c.Told(printed), "\n")
	}
	return append(lines, c.Told(text.Printable(said))+".")
}

// ownCommands tells which commands of the person's own there are.
func (c *Conversation) ownCommands() []string {
	if len(c.config.Commands) == 0 {
		return []string{"You have no commands of your own; the configuration takes them under [[commands]]."}
	}
	var lines []string
	for _, k := range c.config.Commands {
		line := k.Name + ": runs " + k.Run[0]
		if k.Credential {
			line += " with the credential of the profile"
		}
		lines = append(lines, line+".")
	}
	return append(lines, "Type run, its name and the number of a profile.")
}

func (c *Conversation) ownNames() (names []string) {
	for _, k := range c.config.Commands {
		names = append(names, k.Name)
	}
	return names
}
