package credential

import (
	"github.com/kballard/go-shellquote"

	"rollcall/config/credential/extract"
)

// Replacer is who puts another secret into the place of one.
type Replacer string

// The replacers. ByRollcall writes the secret. ByPerson has the person store it where
// the credential command takes it from, which is then run again. ByRestart has the
// person set it for the next start of rollcall.
const (
	ByRollcall Replacer = "rollcall"
	ByPerson   Replacer = "person"
	ByRestart  Replacer = "restart"
)

// Replacement is how another secret gets to the place of one.
type Replacement struct {
	By Replacer
	// Kept is set where the one that is replaced is kept for undo.
	Kept bool
	// First is a sentence for a person to know before: why there is no way back. It is
	// empty where there is one.
	First string
	// Todo is what the person does, in the imperative; empty where rollcall does it.
	Todo string
}

// ReplacementOf is how another secret gets to a place of a source, which is written on
// a line, in a file that holds more at a place within that. It is of no use where there
// is no such source.
func ReplacementOf(source Source, line string, within extract.Place) Replacement {
	if source == SourceLiteral {
		return Replacement{
			By:    ByRollcall,
			First: "The secret stands in the configuration file, where the old one is not kept: there is no undo.",
		}
	}
	n, ok := NotationOf(source)
	if !ok || n.replace == nil {
		return Replacement{By: ByRollcall, Kept: true}
	}
	return n.replace(line)
}

// CannotReplace says why the secret of a profile cannot be replaced at all, and what
// to do instead; both are empty where it can.
func CannotReplace(profile string, source Source) (why, instead string) {
	if _, ok := NotationOf(source); ok || source == SourceLiteral {
		return "", ""
	}
	return "the profile " + profile + " has no secret", "Give it one: rollcall login " + shellquote.Join(profile)
}
