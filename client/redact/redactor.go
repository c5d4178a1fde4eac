package redact

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"rollcall/client/account"
)

// Mark takes the place of a secret in redacted text.
const Mark = "[redacted]"

// New returns a function that replaces a secret in any text with [Mark]. It
// finds the secret in upper and lower case; in base64 or hexadecimal, alone or
// behind the user name and a colon; escaped as in JSON, URLs, HTML or Go; and
// with invisible characters in between. A beginning of the secret is found as
// well where it stands right before an [Ellipsis]. A secret of fewer than four
// bytes could be a part of ordinary words, so it is replaced only where it is
// the whole text. An empty username stands for a credential without one.
func New(username, secret string) func(string) string {
	r := redactor{secret: string(newVisible(secret, false).text)}
	for _, n := range needles(username, secret) {
		r.plain = n.addTo(r.plain, newVisible(n.text, false))
		r.unescaped = n.addTo(r.unescaped, newVisible(n.text, false).unescaped())
	}
	for _, n := range slices.Concat(r.plain, r.unescaped) {
		r.shortest = min(cmp.Or(r.shortest, len(n.text)), len(n.text))
	}
	return r.text
}

// redactor searches a text twice for a secret: as a reader sees it, and with
// every escape replaced by the character that it stands for.
type redactor struct {
	secret           string
	plain, unescaped []needle
	// shortest is the length of the shortest needle.
	shortest int
}

// text returns s with every occurrence of the secret replaced.
func (r redactor) text(s string) string {
	if len(s) < r.shortest && !strings.Contains(s, Ellipsis) && len(s) < len(r.secret) {
		return s
	}
	seen := newVisible(s, false)
	if string(seen.text) == r.secret {
		return Mark
	}
	// Hardly any text holds the secret, so the first search does not keep track
	// of extents, which takes most of the time.
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

// look reports whether a text holds the secret. It appends the extents to
// found, unless found is nil.
func (r redactor) look(seen visible, found *[]extent) bool {
	any := findNeedles(r.plain, seen, found)
	if any && found == nil || !bytes.ContainsAny(seen.text, escapeSigns) {
		return any
	}
	any = findNeedles(r.unescaped, seen.unescaped(), found) || any
	if whole := seen.withoutOpenEscapes(); len(whole.text) < len(seen.text) {
		any = findNeedles(r.unescaped, whole.unescaped(), found) || any
	}
	return any
}

// Snapshot returns a copy of s in which redactor, a function from [New], was
// applied to every text that a service can have written. The names of the
// profile, the service, the state, the action, and the kinds of expiry and notes
// are rollcall's own words. They stay even where the secret happens to be one of them.
//
// own is the one for sentences of our own, of [Sentences].
func Snapshot(s account.Snapshot, redactor, own func(string) string) account.Snapshot {
	t := s.MapText(redactor)
	t.Profile, t.Service, t.Origin, t.Endpoint, t.Health.State = s.Profile, s.Service, s.Origin, s.Endpoint, s.Health.State
	t.Health.Action = s.Health.Action
	t.Health.Explanation, t.Health.Remedy, t.Health.Command = own(s.Health.Explanation), own(s.Health.Remedy), own(s.Health.Command)
	t.RateLimit.Source = own(s.RateLimit.Source)
	t.Notes, t.Details.Notes = t.Notes.WithKinds(s.Notes), t.Details.Notes.WithKinds(s.Details.Notes)
	if s.Account != nil {
		t.Account.Token.Expiry.Kind, t.Account.Token.Expiry.Source = s.Account.Token.Expiry.Kind, own(s.Account.Token.Expiry.Source)
	}
	if s.Stated != nil {
		t.Stated.Expiry.Kind, t.Stated.Expiry.Source = s.Stated.Expiry.Kind, own(s.Stated.Expiry.Source)
	}
	return t
}
