package talk

import (
	"context"
	"fmt"
	"strings"

	"rollcall/client/text"
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

// runCommand runs a command of the person's own: its name, and behind it the profiles.
// The name can have spaces.
func (c *Conversation) runCommand(ctx context.Context, argument string) []string {
	name := ""
	for _, k := range c.config.Commands {
		if (argument == k.Name || strings.HasPrefix(argument, k.Name+" ")) && len(k.Name) > len(name) {
			name = k.Name
		}
	}
	switch {
	case len(c.config.Commands) == 0:
		return c.ownCommands()
	case argument == "":
		return []string{"Which command? Add its name: " + strings.Join(c.ownNames(), ", ") + "."}
	case name == "":
		word, _, _ := strings.Cut(argument, " ")
		return []string{sentences(fmt.Sprintf("You have no command %q.", word), didYouMean(word, c.ownNames()), "Type commands to hear which there are.")}
	}
	which := strings.TrimSpace(strings.TrimPrefix(argument, name))
	all, rest, wrong := c.picked(which)
	switch {
	case wrong != "":
		return []string{wrong}
	case rest != "":
		return []string{noProfile(rest, len(c.profiles))}
	case c.Program == nil:
		return []string{"No program can be run here."}
	}
	var profiles []string
	for _, i := range all {
		profiles = append(profiles, c.profiles[i].Name)
	}
	c.say()
	said, printed, err := c.Program(ctx, profiles, name)
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
		line := k.Name + ": runs " + c.Told(k.Run[0])
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
