package account

import (
	"fmt"

	"rollcall/client/text"
)

// NoteKind says what a [Note] is about.
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
	// NoteRefused: the token itself does not allow its What to be read.
	NoteRefused NoteKind = "refused"
)

// Note says what works but should be corrected, or what of an account is not all
// there.
type Note struct {
	Kind NoteKind
	// What names what is concerned in the plural: "groups".
	What         string
	Count, Total int
	// Cause and Remedy are sentences without a full stop; empty where there is
	// nothing to say.
	Cause, Remedy string
}

// String is the note in sentences.
func (n Note) String() string {
	switch n.Kind {
	case NoteCut:
		return fmt.Sprintf("The service told of %d %s, of which the first %d are kept.", n.Total, n.What, n.Count)
	case NoteLimited:
		return fmt.Sprintf("Only %d of %d %s were read.", n.Count, n.Total, n.What)
	case NoteRefused:
		return "The token's caveats do not allow its " + n.What + " to be read."
	case NoteUnread:
		if n.Total > 0 {
			return fmt.Sprintf("%d of %d %s could not be read: %s.", n.Count, n.Total, n.What, n.Cause)
		}
		return "The " + n.What + " could not be read: " + n.Cause + "."
	}
	said := text.Capitalized(n.Cause)
	if n.Remedy != "" {
		said += "; " + n.Remedy
	}
	return said + "."
}
