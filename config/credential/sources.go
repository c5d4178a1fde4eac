package credential

import (
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"

	"rollcall/config/credential/extract"
)

// Notations are those of all sources but the secret itself. This is the one list
// that a new source is added to.
func Notations() []Notation {
	return []Notation{envNotation(), fileNotation(), commandNotation(), keyringNotation()}
}

// SourceNames are the names of these sources in a sentence: "env, file, command
// and keyring".
func SourceNames(conjunction string) string {
	text := ""
	for i, n := range Notations() {
		switch {
		case i == 0:
		case i == len(Notations())-1:
			text += " " + conjunction + " "
		default:
			text += ", "
		}
		text += string(n.Source)
	}
	return text
}

// NotationOf is the notation of a source; ok is false where there is none.
func NotationOf(source Source) (n Notation, ok bool) {
	i := slices.IndexFunc(Notations(), func(n Notation) bool { return n.Source == source })
	if i < 0 {
		return Notation{}, false
	}
	return Notations()[i], true
}

// Line is the place of the secret as a person writes it, to be read again by
// [Parse]; empty where the source is no more than the secret itself.
func (c Credential) Line() string {
	if n, ok := NotationOf(c.Kind()); ok && n.List {
		return shellquote.Join(c.Reference()...)
	}
	return strings.Join(c.Reference(), "")
}

// Parse is the credential of a source whose place a person has
// written. It is none for a source that has no notation.
func Parse(source Source, line string) (Credential, error) {
	n, ok := NotationOf(source)
	if !ok {
		return Credential{}, nil
	}
	return n.parse(line)
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
