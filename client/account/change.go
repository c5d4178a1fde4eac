package account

import "time"

// ChangeKind says what a [Change] is about.
type ChangeKind string

// The kinds of change.
const (
	ChangeState         ChangeKind = "state"
	ChangeUser          ChangeKind = "user"
	ChangeEmail         ChangeKind = "email"
	ChangeOrganization  ChangeKind = "organization"
	ChangeRole          ChangeKind = "role"
	ChangeLinkedAccount ChangeKind = "linked account"
	ChangeScope         ChangeKind = "scope"
	ChangeToken         ChangeKind = "token"
)

// Change is one difference between two successive checks of a profile.
type Change struct {
	// At is when the change was noticed.
	At   time.Time  `json:"at"`
	Kind ChangeKind `json:"kind"`
	// What names the part that changed where the kind alone does not: the
	// organization of a role, or "expiry" or "networks" of a token.
	What string `json:"what,omitempty"`
	// Was and Is are the old and the new value. Was is empty for something that
	// was added, Is for something that was removed.
	Was string `json:"was,omitempty"`
	Is  string `json:"is,omitempty"`
}

// String is the change in one sentence without a full stop:
// "organization added: Acme", "state: healthy, was invalid token".
func (c Change) String() string {
	subject, was, is := c.subject(), c.words(c.Was), c.words(c.Is)
	switch {
	case was == "":
		return subject + " added: " + is
	case is == "":
		return subject + " removed: " + was
	}
	return subject + ": " + is + ", was " + was
}

// subject names what changed: "role in Acme", "token expiry", "full name".
func (c Change) subject() string {
	switch {
	case c.What == "":
		return string(c.Kind)
	case c.Kind == ChangeRole:
		return "role in " + c.What
	case c.Kind == ChangeUser:
		return c.What
	}
	return string(c.Kind) + " " + c.What
}

// words is an old or new value in the form that people read.
func (c Change) words(value string) string {
	if c.Kind == ChangeState {
		return State(value).Word()
	}
	if t, err := time.Parse(time.RFC3339, value); err == nil && c.Kind == ChangeToken {
		return t.UTC().Format("2006-01-02 15:04 MST")
	}
	return value
}

// Concerns reports whether two changes are about the same value: one of them
// added, removed or replaced what the other one did.
func (c Change) Concerns(other Change) bool {
	if c.Kind != other.Kind || c.What != other.What {
		return false
	}
	same := func(x, y string) bool { return x != "" && x == y }
	return same(c.Is, other.Is) || same(c.Is, other.Was) || same(c.Was, other.Is) || same(c.Was, other.Was)
}
