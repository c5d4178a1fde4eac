package insight

import (
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Comparison compares a new secret of a profile with its old one in one
// respect.
type Comparison struct {
	// About is the respect: "user", "scopes" or "end".
	About string
	// Severity is ok where the new secret is as good as the old one, warn where
	// it is worse but can be used, fail where it must not be used, and none where
	// this is not known of one of the two.
	Severity account.Severity
	// Text is the result as a part of a sentence, such as "it lacks the scope
	// read".
	Text string
	// Was and Is are what the old and the new secret have, in a few words.
	Was, Is string
}

// Compare compares the snapshots of a profile with its old secret and a new
// one. It always returns one comparison for each respect. The account of an old
// secret in the state [account.WrongAccount] does not count.
func Compare(old, fresh account.Snapshot, now time.Time) []Comparison {
	var was, is account.Account
	if old.Account != nil && old.Health.State != account.WrongAccount {
		was = *old.Account
	}
	if fresh.Account != nil {
		is = *fresh.Account
	}
	users, scopes, ends := compareUsers(was.User, is.User), compareScopes(was.Token, is.Token), compareEnds(was.Token.Expiry, is.Token.Expiry, now)
	users.Was, users.Is = userWords(was.User), userWords(is.User)
	scopes.Was, scopes.Is = scopeWords(was.Token.Scopes), scopeWords(is.Token.Scopes)
	ends.Was, ends.Is = endWords(was.Token.Expiry, now), endWords(is.Token.Expiry, now)
	return []Comparison{users, scopes, ends}
}

// notKnown stands where nothing is known of one of the two.
const notKnown = "not known"

func userWords(u account.User) string {
	if u.ID == "" {
		return notKnown
	}
	return u.Label()
}

func scopeWords(scopes []string) string {
	switch {
	case scopes == nil:
		return notKnown
	case len(scopes) == 0:
		return "not restricted"
	}
	return strings.Join(scopes, ", ")
}

func endWords(e account.Expiry, now time.Time) string {
	switch e.KindOrUnknown() {
	case account.ExpiryNever:
		return "never"
	case account.ExpiryDate:
		if !e.At.After(now) {
			return text.Age(now.Sub(e.At)) + " ago"
		}
		return "in " + text.Remaining(e.At.Sub(now))
	}
	return notKnown
}

// compareUsers says whether both secrets belong to one user.
func compareUsers(was, is account.User) Comparison {
	switch {
	case is.ID == "":
		return Comparison{About: "user", Severity: account.SeverityNone, Text: "not known, so not compared"}
	case was.ID == "":
		return Comparison{About: "user", Severity: account.SeverityNone, Text: is.Label() + "; the old one is not known"}
	case was.ID != is.ID:
		return Comparison{About: "user", Severity: account.SeverityFail, Text: "it belongs to " + is.Label() + ", and the old one to " + was.Label()}
	}
	return Comparison{About: "user", Severity: account.SeverityOK, Text: is.Label() + ", as before"}
}

// compareScopes says which scopes the new secret lacks. An empty list means
// that a token is not restricted, and nil that its scopes are unknown.
func compareScopes(before, after account.Token) Comparison {
	c := Comparison{About: "scopes", Severity: account.SeverityOK, Text: "none less"}
	was, is := before.Scopes, after.Scopes
	if before.Totals.Scopes+after.Totals.Scopes > 0 {
		return Comparison{About: "scopes", Severity: account.SeverityNone, Text: "not all known, so not compared"}
	}
	missing := slices.DeleteFunc(slices.Clone(was), func(s string) bool { return slices.Contains(is, s) })
	switch {
	case was == nil || is == nil:
		c.Severity, c.Text = account.SeverityNone, "not known, so not compared"
	case len(is) == 0:
		c.Text = "not restricted"
	case len(was) == 0:
		c.Severity, c.Text = account.SeverityWarn, "it is restricted to "+strings.Join(is, ", ")+", and the old one is not"
	case len(missing) == 1:
		c.Severity, c.Text = account.SeverityWarn, "it lacks the scope "+missing[0]
	case len(missing) > 0:
		c.Severity, c.Text = account.SeverityWarn, "it lacks the scopes "+strings.Join(missing, ", ")
	}
	return c
}

// compareEnds says whether the new secret ends later than the old one.
func compareEnds(was, is account.Expiry, now time.Time) Comparison {
	c := Comparison{About: "end", Severity: account.SeverityOK, Text: "it never ends"}
	before, after := was.KindOrUnknown(), is.KindOrUnknown()
	in := "it ends in " + text.Remaining(is.At.Sub(now))
	switch {
	case after == account.ExpiryUnknown:
		c.Severity, c.Text = account.SeverityNone, "not known, so not compared"
	case after == account.ExpiryNever:
	case before == account.ExpiryUnknown:
		c.Severity, c.Text = account.SeverityNone, in+"; the old end is not known"
	case before == account.ExpiryNever:
		c.Severity, c.Text = account.SeverityWarn, in+", and the old one never does"
	case !is.At.After(was.At):
		c.Severity, c.Text = account.SeverityWarn, in+", which is not later than the old one"
	default:
		c.Text = in + ", later than the old one"
	}
	return c
}
