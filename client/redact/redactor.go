package redact

import (
	"cmp"
	"slices"
	"strings"

	"rollcall/client/account"
)

// Mark takes the place of a secret in redacted text.
const Mark = "[redacted]"

// New returns a function that replaces a secret in any text with [Mark]. It
// finds the secret in upper and lower case, and in base64 or hexadecimal, alone or
// behind the user name and a colon. A beginning of the secret is found as well
// where it stands right before an [Ellipsis]. A text that holds it escaped, as in
// JSON, URLs, HTML or Go, or with invisible characters in between, is replaced as a
// whole. A secret of fewer than four bytes could be a part of ordinary words, so
// it is replaced only where it is the whole text. One that is made of escapes itself,
// such as "a\\n%41", may be missed where a text holds it escaped once more. An empty
// username stands for a credential without one.
func New(username, secret string) func(string) string {
	r := redactor{secret: shown(secret), needles: needles(username, secret)}
	r.shortest = len(r.secret)
	for _, n := range r.needles {
		r.shortest = min(r.shortest, len(n.text))
	}
	return r.text
}

// redactor searches texts for the needles of a secret.
type redactor struct {
	secret  string
	needles []needle
	// shortest is the length of the shortest text that can be found.
	shortest int
}

// text returns s with every occurrence of the secret replaced.
func (r redactor) text(s string) string {
	if len(s) < r.shortest && !strings.Contains(s, Ellipsis) {
		return s
	}
	if shown(s) == r.secret {
		return Mark
	}
	s = r.replaced(s)
	for form := range forms(s) {
		if len(r.places(form)) > 0 {
			return Mark
		}
	}
	return s
}

// replaced returns a text with the secret replaced where it stands as it is.
func (r redactor) replaced(s string) string {
	var b strings.Builder
	end := 0
	for _, p := range r.places(s) {
		if b.Len() == 0 || p.from >= end {
			b.WriteString(s[end:p.from])
			b.WriteString(Mark)
		}
		end = max(end, p.to)
	}
	return b.String() + s[end:]
}

// places lists where a text holds the secret, in order.
func (r redactor) places(s string) (all []extent) {
	folded := fold(s)
	for _, n := range r.needles {
		all = append(all, n.places(s, folded)...)
	}
	slices.SortFunc(all, func(a, b extent) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	return all
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

// Beginning redacts the beginning of a text, of which the rest was cut off: an [Ellipsis]
// makes the redactor find the beginning of a secret, too.
func Beginning(words string, redactor func(string) string) string {
	return strings.TrimSuffix(redactor(words+Ellipsis), Ellipsis)
}
