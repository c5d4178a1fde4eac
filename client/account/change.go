package account

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rollcall/client/text"
)

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
	At   time.Time
	Kind ChangeKind
	// What is the part concerned where the kind does not say it: the
	// organization of a role, the "expiry" or "networks" of a token.
	What string
	// Was is zero for what was added, Is for what was removed.
	Was, Is Value
}

// Value is what something was before a change, or is after it. The kind of the
// change, and what of it is concerned, decide which field is set; the zero value
// is nothing.
type Value struct {
	// Name is a name, an address, a role, a scope or the id of a token; of a
	// linked account it is the identity provider.
	Name string
	// ID is that of a user, and the subject of a linked account.
	ID string
	// State is that of a profile.
	State State
	// Ends says whether a token ends, and At when.
	Ends ExpiryKind
	At   time.Time
	// Networks are those that a token may be used from, in order; empty for any
	// address.
	Networks []string
}

// IsZero reports whether the value is nothing.
func (v Value) IsZero() bool { return v.Same(Value{}) }

// Same reports whether the two are the same.
func (v Value) Same(o Value) bool {
	return v.Name == o.Name && v.ID == o.ID && v.State == o.State && v.Ends == o.Ends && v.At.Equal(o.At) &&
		(v.Networks == nil) == (o.Networks == nil) && slices.Equal(v.Networks, o.Networks)
}

// AnyAddress stands for networks that are not limited.
const AnyAddress = "any address"

// Texts are the two values for programs: a state by its key, a time as RFC 3339
// in UTC. What was nothing is empty.
func (c Change) Texts() (was, is string) {
	machine := func(v Value) string {
		switch {
		case v.State != "":
			return string(v.State)
		case v.Ends == ExpiryDate:
			return v.At.UTC().Format(time.RFC3339)
		}
		return c.name(v)
	}
	return machine(c.Was), machine(c.Is)
}

// Words are the two values for people. What was nothing is empty.
func (c Change) Words() (was, is string) {
	words := func(v Value) string {
		switch {
		case v.State != "":
			return v.State.Word()
		case v.Ends == ExpiryDate:
			return v.At.UTC().Format("2006-01-02 15:04 MST")
		}
		return c.name(v)
	}
	return words(c.Was), words(c.Is)
}

// name is a value that reads the same to programs and people.
func (c Change) name(v Value) string {
	switch {
	case v.Ends != "":
		return string(v.Ends)
	case v.Networks != nil:
		return text.Clip(cmp.Or(strings.Join(v.Networks, ", "), AnyAddress), text.MaxFact)
	case v.ID == "" || v.Name == "":
		return v.Name + v.ID
	case c.Kind == ChangeLinkedAccount:
		return text.Clip(v.Name+" "+v.ID, text.MaxFact)
	}
	return text.Clip(v.Name+" ("+v.ID+")", text.MaxFact)
}

// String is the change as [Change.Told] has it where the service is not known.
func (c Change) String() string { return c.Told(ServiceInfo{}) }

// Told is the change in one sentence without a full stop, in the words of the
// service: "group added: Acme", "state: healthy, was invalid token".
func (c Change) Told(by ServiceInfo) string {
	subject := c.subject(by)
	was, is := c.Words()
	switch {
	case was == "":
		return subject + " added: " + is
	case is == "":
		return subject + " removed: " + was
	}
	return subject + ": " + is + ", was " + was
}

// subject names what changed: "role in Acme", "token expiry", "full name".
func (c Change) subject(by ServiceInfo) string {
	kind := string(c.Kind)
	if c.Kind == ChangeOrganization {
		kind = by.Group()
	}
	switch {
	case c.What == "":
		return kind
	case c.Kind == ChangeRole:
		return "role in " + c.What
	case c.Kind == ChangeUser:
		return c.What
	}
	return kind + " " + c.What
}

// Equal reports whether the two are the same change at the same time.
func (c Change) Equal(o Change) bool {
	return c.At.Equal(o.At) && c.Kind == o.Kind && c.What == o.What && c.Was.Same(o.Was) && c.Is.Same(o.Is)
}

// Concerns reports whether the two are about the same thing: one value of it,
// or the values of which one takes the other's place.
func (c Change) Concerns(other Change) bool {
	if c.Kind != other.Kind || c.What != other.What {
		return false
	}
	same := func(x, y Value) bool { return !x.IsZero() && x.Same(y) }
	return same(c.Is, other.Is) || same(c.Is, other.Was) || same(c.Was, other.Is) || same(c.Was, other.Was)
}
