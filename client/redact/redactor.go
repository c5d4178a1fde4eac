package redact

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"rollcall/client/account"
)

const (
	// Mark takes the place of a secret.
	Mark = "[redacted]"
	// minLength is the length in bytes from which a secret, or a part
	// of one, is looked for within other text.
	minLength = 4
)

// New returns a function that replaces the secret in a text, however
// it is written there: in upper or lower case, in base64 or hexadecimal, alone
// or with what goes before it, with any characters escaped as in JSON, in
// addresses, in HTML or in Go, and with characters in between that nobody sees.
// A secret too short to be told from ordinary letters is replaced only where
// it is the whole text.
func New(username, secret string) func(string) string {
	r := redactor{secret: string(newVisible(secret, false).text)}
	for _, n := range needles(username, secret) {
		r.plain = n.in(r.plain, newVisible(n.text, false))
		r.unescaped = n.in(r.unescaped, newVisible(n.text, false).unescaped())
	}
	for _, n := range slices.Concat(r.plain, r.unescaped) {
		r.shortest = min(cmp.Or(r.shortest, len(n.text)), len(n.text))
	}
	return r.text
}

// redactor looks for a secret in texts as they are seen, and in those where
// every escape is replaced by what it stands for.
type redactor struct {
	secret           string
	plain, unescaped []needle
	// shortest is the length of the shortest needle.
	shortest int
}

// needle is a form of a secret that is looked for.
type needle struct {
	text string
	// anyCase is set where upper and lower case mean the same.
	anyCase bool
	// before and after are how many characters next to it hold a part of the
	// secret, too.
	before, after int
}

// needles are the forms of a secret that do not differ by escapes alone.
func needles(username, secret string) []needle {
	packed := []needle{inBase64(username+":"+secret, 0)}
	if len(secret) < minLength {
		return packed
	}
	for phase := range 3 {
		packed = append(packed, inBase64(secret, phase))
	}
	for _, n := range packed {
		n.text = strings.NewReplacer("+", "-", "/", "_").Replace(n.text)
		packed = append(packed, n)
	}
	return append(packed,
		needle{text: secret, anyCase: true},
		needle{text: hex.EncodeToString([]byte(secret)), anyCase: true})
}

// inBase64 is the part of the base64 of a text, behind other bytes whose number
// leaves phase when divided by three, that does not depend on what is around it.
func inBase64(text string, phase int) needle {
	all := base64.RawStdEncoding.EncodeToString(append(make([]byte, phase), text...))
	begin, end := (8*phase+5)/6, 8*(phase+len(text))/6
	return needle{text: all[begin:end], before: min(1, phase), after: len(all) - end}
}

// in adds the needle, as it is seen, to others, unless it would be found
// everywhere.
func (n needle) in(all []needle, seen visible) []needle {
	n.text = string(seen.text)
	if n.anyCase {
		n.text = lower(n.text)
	}
	if len(n.text) < minLength || slices.Contains(all, n) {
		return all
	}
	return append(all, n)
}

// text is s without the secret.
func (r redactor) text(s string) string {
	if len(s) < r.shortest && !strings.Contains(s, Ellipsis) && len(s) < len(r.secret) {
		return s
	}
	seen := newVisible(s, false)
	if string(seen.text) == r.secret {
		return Mark
	}
	// Where in s something was found is worked out only where it was: that is
	// hardly ever.
	if !r.look(seen, nil) {
		return s
	}
	var found []extent
	r.look(newVisible(s, true), &found)
	slices.SortFunc(found, func(a, b extent) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var b strings.Builder
	end := 0
	for _, f := range found {
		if b.Len() == 0 || f.from >= end {
			b.WriteString(s[end:f.from])
			b.WriteString(Mark)
		}
		end = max(end, f.to)
	}
	b.WriteString(s[end:])
	return b.String()
}

// look reports whether the secret is in a text. It tells where, unless that is
// not wanted.
func (r redactor) look(seen visible, found *[]extent) bool {
	any := seen.find(r.plain, found)
	if any && found == nil || !bytes.ContainsAny(seen.text, escapeSigns) {
		return any
	}
	any = seen.unescaped().find(r.unescaped, found) || any
	if whole := seen.withoutOpenEscapes(); len(whole.text) < len(seen.text) {
		any = whole.unescaped().find(r.unescaped, found) || any
	}
	return any
}

// Snapshot is the snapshot without the secret. What comes from the profile and
// the states are our own words and stay, whatever the secret may be.
func Snapshot(s account.Snapshot, redactor func(string) string) account.Snapshot {
	t := s.MapText(redactor)
	t.Profile, t.Service, t.Endpoint, t.Health.State = s.Profile, s.Service, s.Endpoint, s.Health.State
	if s.Account != nil {
		t.Account.Token.Expiry.Kind = s.Account.Token.Expiry.Kind
	}
	return t
}
