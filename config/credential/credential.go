package credential

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Credential is a secret, or where to find it. The zero value is none.
//
// However it is printed, encoded or logged, it shows its source and never the
// secret.
type Credential struct {
	place place
}

// maxCredential is how much is read of a place: the longest token of Onezone and
// its line break.
const maxCredential = 1<<20 + 4<<10

// place is where a secret is. Each source has a type of it, in a file of its
// own. One that holds something secret holds it behind a pointer: fmt does not
// call the methods of unexported fields, so that of whatever holds a Credential
// in such a field it would print the secret. Of a pointer it prints the address.
type place interface {
	// source is the kind of place.
	source() Source
	// name tells, without anything secret, which place of its source it is.
	name() string
	// reference is what a configuration says to name the place: a text, or
	// the texts of a list. A place that is never written has none.
	reference() []string
	// plainText reports whether the secret lies readable on the disk.
	plainText() bool
	// secret reads the secret, and gives up when ctx ends. A warning says
	// what about the place should be mended.
	secret(ctx context.Context) (secret string, warning, err error)
}

// Source is a kind of place that a secret comes from, as the configuration
// calls it. The zero value is no credential.
type Source string

// IsZero reports whether there is no credential.
func (c Credential) IsZero() bool { return c.place == nil }

// Kind is the kind of place that the secret comes from; empty where there is no
// credential.
func (c Credential) Kind() Source {
	if c.place == nil {
		return ""
	}
	return c.place.source()
}

// PlainText reports whether the secret lies in plain text on the disk: in the
// configuration, or in a file of its own.
func (c Credential) PlainText() bool { return c.place != nil && c.place.plainText() }

// Source tells without the secret where it comes from: "env KATAPULT_API_KEY".
// It is empty where there is no credential.
func (c Credential) Source() string {
	if c.place == nil {
		return ""
	}
	return c.place.name()
}

// Reference is what a configuration says to name the place of the secret: a
// text, or the texts of a list. It is empty for a secret that stands in the
// configuration itself.
func (c Credential) Reference() []string {
	if c.place == nil {
		return nil
	}
	return c.place.reference()
}

// String is the source.
func (c Credential) String() string { return c.Source() }

// Format prints the source, whatever the verb.
func (c Credential) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.Source()) }

// MarshalText encodes the source.
func (c Credential) MarshalText() ([]byte, error) { return []byte(c.Source()), nil }

// Error says why a secret could not be had or stored, or what about its place
// should be mended. It holds nothing of the secret.
type Error struct {
	explanation, remedy string
	way                 Way
}

// Way is what of a remedy the program can do itself.
type Way string

// The ways. Their texts are the names that health has for its actions.
const (
	// ByLogIn stores the secret that is missing where it is looked for.
	ByLogIn Way = "log_in"
	// ByAgain asks the place again, which answers once a person has let it.
	ByAgain Way = "ask_again"
	// ByEdit corrects the lines of the profile.
	ByEdit Way = "edit"
	// ByOutside is done elsewhere, with what the remedy says.
	ByOutside Way = "copy"
)

// Error says what is wrong.
func (e *Error) Error() string { return e.explanation }

// Remedy says what to do about it.
func (e *Error) Remedy() string { return e.remedy }

// Way is what of it the program can do itself.
func (e *Error) Way() string { return string(e.way) }

// Sendable reports whether a request can carry a secret: one with a line break
// or a control character would end the header that it is part of.
func Sendable(secret string) bool {
	return !strings.ContainsFunc(secret, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}
