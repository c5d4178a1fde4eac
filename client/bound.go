package client

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// The bounds of what is kept of an answer: of texts in runes, of lists in items.
// They are far above what services send, and keep what a broken or hostile one
// sends from filling memory, the state file and the screen.
const (
	maxName          = 500
	maxSentence      = 2000
	maxOrganizations = 20000
	maxListed        = 2000
	// maxMarks is how many marks in a row one character may have: more than in
	// any script.
	maxMarks = 10
	// maxUserID, maxAddress and maxCustom are in bytes. Of these texts, a part
	// would mean something else.
	maxUserID  = 500
	maxAddress = 8 << 10
	maxCustom  = 16 << 10
)

// bound shortens a text to n runes, and what is piled up on one character.
func bound(s string, n int) string { return clip(boundMarks(s), n) }

func boundName(s string) string { return bound(s, maxName) }

// boundMarks puts … in place of the marks that are too many on one character.
func boundMarks(s string) string {
	var b strings.Builder
	row, kept := 0, 0
	for i, r := range s {
		row++
		if r < 0x300 || !unicode.In(r, unicode.M, unicode.Cf) {
			row = 0
		}
		switch {
		case row == maxMarks+1:
			b.WriteString(s[kept:i] + "…")
			fallthrough
		case row > maxMarks:
			kept = i + len(string(r))
		}
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
}

// boundAddress leaves out an address that is too long to be one.
func boundAddress(s string) string {
	if len(s) > maxAddress || boundMarks(s) != s {
		return ""
	}
	return s
}

// boundJSON replaces JSON that is too long.
func boundJSON(s string) string {
	if len(s) > maxCustom || boundMarks(s) != s {
		return `"…"`
	}
	return s
}

// boundList is the first n of a list. What it leaves out is added to the notes.
func boundList[T any](list []T, n int, what string, notes *[]string) []T {
	if len(list) <= n {
		return list
	}
	note := fmt.Sprintf("The service told of %d %s, of which the first %d are kept.", len(list), what, n)
	if !slices.Contains(*notes, note) {
		*notes = append(*notes, note)
	}
	return list[:n]
}

// bounded is what one check found, with every text and list in it bounded. A
// list that is not whole is a warning.
func (s Snapshot) bounded() Snapshot {
	h := &s.Health
	h.Code, h.Description = bound(h.Code, maxCode), bound(h.Description, maxDescription)
	h.Explanation, h.Remedy = bound(h.Explanation, maxSentence), bound(h.Remedy, maxSentence)
	if s.Account != nil {
		a, notes := s.Account.bounded()
		s.Account, s.Warnings = &a, slices.Concat(s.Warnings, notes)
	}
	return s
}

// bounded is the account with every text and list in it bounded, and notes in
// sentences on what that left out.
func (a Account) bounded() (_ Account, notes []string) {
	a.User.Emails = boundList(a.User.Emails, maxListed, "e-mail addresses", &notes)
	a.Organizations = boundList(a.Organizations, maxOrganizations, "organizations", &notes)
	a.LinkedAccounts = slices.Clone(boundList(a.LinkedAccounts, maxListed, "linked accounts", &notes))
	for i := range a.LinkedAccounts {
		l := &a.LinkedAccounts[i]
		l.Emails = boundList(l.Emails, maxListed, "e-mail addresses of a linked account", &notes)
		l.Entitlements = boundList(l.Entitlements, maxListed, "entitlements", &notes)
	}
	t := &a.Token
	t.Scopes = boundList(t.Scopes, maxListed, "scopes", &notes)
	t.Networks = boundList(t.Networks, maxListed, "networks", &notes)
	t.Caveats = boundList(t.Caveats, maxListed, "conditions", &notes)
	t.Facts = boundList(t.Facts, maxListed, "facts", &notes)

	b := a.mapText(boundName)
	b.User.AvatarURL, b.User.URL = boundAddress(a.User.AvatarURL), boundAddress(a.User.URL)
	for i, o := range a.Organizations {
		b.Organizations[i].URL = boundAddress(o.URL)
	}
	for i, l := range a.LinkedAccounts {
		b.LinkedAccounts[i].Custom = boundJSON(l.Custom)
	}
	return b, notes
}

// bounded is the details with every text and list in them bounded.
func (d details) bounded() details {
	a := Account{Organizations: d.organizations}
	if d.token != nil {
		a.Token = *d.token
	}
	a, notes := a.bounded()
	d.organizations = a.Organizations
	if d.token != nil {
		d.token = &a.Token
	}
	d.problem = strings.Join(filled(append([]string{bound(d.problem, maxSentence)}, notes...)), " ")
	return d
}
