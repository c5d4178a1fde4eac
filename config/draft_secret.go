package config

import (
	"github.com/kballard/go-shellquote"
)

// CannotReplace says why the secret cannot be replaced where it is kept, and
// what to do instead; both are empty where it can.
func (d Draft) CannotReplace() (why, instead string) {
	switch d.Source {
	case SourceKeyring, SourceFile:
		return "", ""
	case SourceLiteral:
		return "the secret of " + d.Name + " stands in the configuration file, where rollcall writes none",
			"Move it to the keyring: rollcall login " + shellquote.Join(d.Name)
	case SourceEnv:
		return "the secret of " + d.Name + " is in the environment variable " + d.Reference + ", which rollcall cannot set for other programs",
			"Change it where it is set, and start rollcall anew from there"
	case SourceCommand:
		args, err := shellquote.Split(d.Reference)
		if err != nil || len(args) == 0 {
			args = []string{d.Reference}
		}
		return "the secret of " + d.Name + " is given by the command " + args[0] + ", which rollcall cannot write to", storeHint(args)
	}
	return "the profile " + d.Name + " has no secret", "Give it one: rollcall login " + shellquote.Join(d.Name)
}

// storeHint tells how to store a secret where a command takes it from.
func storeHint(args []string) string {
	if len(args) == 3 && (args[0] == "pass" || args[0] == "gopass") && args[1] == "show" {
		return "Store the new one with: " + shellquote.Join(args[0], "insert", "-f", args[2])
	}
	return "Store the new one in the program that it asks"
}
