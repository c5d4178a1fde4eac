package config

import (
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"
)

// notations are those of all sources but the secret itself. This is the one list
// that a new source is added to.
func notations() []notation {
	return []notation{envNotation(), fileNotation(), commandNotation(), keyringNotation()}
}

// sourceNames are the names of these sources in a sentence: "env, file, command
// and keyring".
func sourceNames(conjunction string) string {
	text := ""
	for i, n := range notations() {
		switch {
		case i == 0:
		case i == len(notations())-1:
			text += " " + conjunction + " "
		default:
			text += ", "
		}
		text += string(n.source)
	}
	return text
}

// notationOf is the notation of a source; ok is false where there is none.
func notationOf(source Source) (n notation, ok bool) {
	i := slices.IndexFunc(notations(), func(n notation) bool { return n.source == source })
	if i < 0 {
		return notation{}, false
	}
	return notations()[i], true
}

// line is the place of the secret as a person writes it, to be read again by
// [parseCredential]; empty where the source is no more than the secret itself.
func (c Credential) line() string {
	if n, ok := notationOf(c.Kind()); ok && n.list {
		return shellquote.Join(c.reference()...)
	}
	return strings.Join(c.reference(), "")
}

// parseCredential is the credential of a source whose place a person has
// written. It is none for a source that has no notation.
func parseCredential(source Source, line string) (Credential, error) {
	n, ok := notationOf(source)
	if !ok {
		return Credential{}, nil
	}
	return n.parse(line)
}

// cannotReplace says why the secret of a profile cannot be replaced where it is
// kept, and what to do instead; both are empty where it can.
func cannotReplace(profile string, source Source, line string) (why, instead string) {
	n, ok := notationOf(source)
	switch {
	case source == SourceLiteral:
		return cannotReplaceLiteral(profile)
	case !ok:
		return "the profile " + profile + " has no secret", "Give it one: rollcall login " + shellquote.Join(profile)
	case n.cannotReplace == nil:
		return "", ""
	}
	return n.cannotReplace(profile, line)
}
