package account

import "time"

// ChangeKind says what changed.
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

// Change is one difference between an answer and the one before.
type Change struct {
	At   time.Time  `json:"at"`
	Kind ChangeKind `json:"kind"`
	// What is the part concerned where the kind does not say it: the
	// organization of a role, the "expiry" or "networks" of a token.
	What string `json:"what,omitempty"`
	// Was is empty for what was added, Is for what was removed.
	Was string `json:"was,omitempty"`
	Is  string `json:"is,omitempty"`
}

// String is the change in one plain sentence without a full stop:
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

// words is a value as people read it.
func (c Change) words(value string) string {
	if c.Kind == ChangeState {
		return State(value).Word()
	}
	if t, err := time.Parse(time.RFC3339, value); err == nil && c.Kind == ChangeToken {
		return t.UTC().Format("2006-01-02 15:04 MST")
	}
	return value
}

// Concerns reports whether the two are about the same thing: one value of it,
// or the values of which one takes the other's place.
func (c Change) Concerns(other Change) bool {
	if c.Kind != other.Kind || c.What != other.What {
		return false
	}
	same := func(x, y string) bool { return x != "" && x == y }
	return same(c.Is, other.Is) || same(c.Is, other.Was) || same(c.Was, other.Is) || same(c.Was, other.Was)
}
