package account

import (
	"fmt"
	"strings"

	"rollcall/client/text"
)

// NoteKind says what a [Note] tells.
type NoteKind string

// The kinds of note.
const (
	// NoteCredential: the place of the credential works, but should be corrected.
	// Cause says why, Remedy what to do.
	NoteCredential NoteKind = "credential"
	// NoteCut: of the Total What that the service told of, the first Count are
	// kept.
	NoteCut NoteKind = "cut"
	// NoteUnread: the What could not be read. Count of Total were not, where Total
	// is not zero; Cause says why.
	NoteUnread NoteKind = "unread"
	// NoteLimited: only Count of Total What were asked for.
	NoteLimited NoteKind = "limited"
	// NoteRefused: the token itself does not allow its What to be read. It lacks
	// the Scope; where that is empty, its caveats are in the way.
	NoteRefused NoteKind = "refused"
	// NoteUnfound: the What was not among what Count requests brought, and no more
	// were sent.
	NoteUnfound NoteKind = "unfound"
	// NoteUnlisted: none of the What lists the token, so that its end is unknown.
	NoteUnlisted NoteKind = "unlisted"
)

// Part is a part of an [Account] that is read and shown by itself.
type Part string

// The parts of an account.
const (
	PartUser           Part = "user"
	PartOrganizations  Part = "organizations"
	PartLinkedAccounts Part = "linked_accounts"
	PartToken          Part = "token"
)

// Note says what works but should be corrected, or what of an account is not all
// there. Its JSON form is part of the stored state.
type Note struct {
	Kind NoteKind `json:"kind"`
	// About is the part of the account that is concerned; empty where it is none
	// or the whole.
	About Part `json:"about,omitempty"`
	// What names what is concerned in the service's words, without an article:
	// "groups".
	What  string `json:"what,omitempty"`
	Count int    `json:"count,omitempty"`
	Total int    `json:"total,omitempty"`
	Scope string `json:"scope,omitempty"`
	// Cause and Remedy are sentences without a full stop; empty where there is
	// nothing to say.
	Cause  string `json:"cause,omitempty"`
	Remedy string `json:"remedy,omitempty"`
}

// String is the note in a sentence.
func (n Note) String() string {
	switch n.Kind {
	case NoteCut:
		return fmt.Sprintf("The service told of %d %s, of which the first %d are kept.", n.Total, n.What, n.Count)
	case NoteLimited:
		return fmt.Sprintf("Only %d of %d %s were read.", n.Count, n.Total, n.What)
	case NoteRefused:
		if n.Scope != "" {
			return "The token's scopes do not allow its " + n.What + " to be read (" + n.Scope + ")."
		}
		return "The token's caveats do not allow its " + n.What + " to be read."
	case NoteUnfound:
		return fmt.Sprintf("The %s was not found with %s, and no more were sent.", n.What, text.Plural(n.Count, "request"))
	case NoteUnlisted:
		return "None of the " + n.What + " lists this token, so when it ends is not known."
	case NoteUnread:
		if n.Total > 0 {
			return fmt.Sprintf("%d of %d %s could not be read: %s.", n.Count, n.Total, n.What, n.Cause)
		}
		return "The " + n.What + " could not be read: " + n.Cause + "."
	}
	if n.Remedy != "" {
		// A full stop would be copied along with the command that it can end with.
		return text.Capitalized(n.Cause) + "; " + n.Remedy
	}
	return text.Sentence(n.Cause)
}

// MapText is a copy of the note with f applied to every text in it.
func (n Note) MapText(f func(string) string) Note {
	n.Kind, n.About = NoteKind(f(string(n.Kind))), Part(f(string(n.About)))
	n.What, n.Scope, n.Cause, n.Remedy = f(n.What), f(n.Scope), f(n.Cause), f(n.Remedy)
	return n
}

// bounded is a copy of the note with every text of the service's bounded.
func (n Note) bounded() Note {
	n.What, n.Scope = text.Bound(n.What, text.MaxFact), text.Bound(n.Scope, text.MaxFact)
	n.Cause, n.Remedy = text.Bound(n.Cause, text.MaxSentence), text.Bound(n.Remedy, text.MaxSentence)
	return n
}

// Notes are the notes of one snapshot, or of the details in it.
type Notes []Note

// About are the notes that concern a part of the account.
func (all Notes) About(part Part) (some Notes) {
	for _, n := range all {
		if n.About == part {
			some = append(some, n)
		}
	}
	return some
}

// Texts are the notes, a sentence each.
func (all Notes) Texts() []string {
	texts := make([]string, 0, len(all))
	for _, n := range all {
		texts = append(texts, n.String())
	}
	return texts
}

// String is the notes in sentences, one behind the other.
func (all Notes) String() string { return strings.Join(all.Texts(), " ") }

// MapText is a copy of the notes with f applied to every text in them.
func (all Notes) MapText(f func(string) string) Notes {
	return all.each(func(n Note) Note { return n.MapText(f) })
}

// WithKinds is a copy of the notes with kinds and parts, which are rollcall's own
// words, as the notes that they were made from have them.
func (all Notes) WithKinds(from Notes) Notes {
	all = append(Notes(nil), all...)
	for i, n := range from {
		all[i].Kind, all[i].About = n.Kind, n.About
	}
	return all
}

// Bounded is a copy of the notes with every text and their number bounded.
func (all Notes) Bounded() Notes {
	return all[:min(len(all), maxNotes)].each(Note.bounded)
}

// each is a copy of the notes with f applied to each; nil stays nil.
func (all Notes) each(f func(Note) Note) (changed Notes) {
	for _, n := range all {
		changed = append(changed, f(n))
	}
	return changed
}
