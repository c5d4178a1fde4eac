package insight

import (
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Comparison is what a new secret of a profile is in one respect beside the
// one that the profile has.
type Comparison struct {
	// About is user, scopes or end.
	About string
	// Severity is ok where it is as good, warn where it is worse and can be
	// taken all the same, fail where it cannot be taken, and none where one
	// of the two is not known.
	Severity account.Severity
	// Text goes on after "the new secret was not taken:".
	Text string
}

// Compare sets the answer to a new secret beside the last one to the old. An
// old one that is of a wrong account says nothing about the new one.
func Compare(old, fresh account.Snapshot, now time.Time) []Comparison {
	var was, is account.Account
	if old.Account != nil && old.Health.State != account.WrongAccount {
		was = *old.Account
	}
	if fresh.Account != nil {
		is = *fresh.Account
	}
	return []Comparison{
		compareUsers(was.User, is.User),
		compareScopes(was.Token.Scopes, is.Token.Scopes),
		compareEnds(was.Token.Expiry, is.Token.Expiry, now),
	}
}

func compareUsers(was, is account.User) Comparison {
	switch {
	case is.ID == "":
		return Comparison{"user", account.SeverityNone, "not known, so not compared"}
	case was.ID == "":
		return Comparison{"user", account.SeverityNone, is.Label() + "; the old one is not known"}
	case was.ID != is.ID:
		return Comparison{"user", account.SeverityFail, "it belongs to " + is.Label() + ", and the old one to " + was.Label()}
	}
	return Comparison{"user", account.SeverityOK, is.Label() + ", as before"}
}

// compareScopes takes a token without any scope for one that is not restricted,
// and nil for what is not known.
func compareScopes(was, is []string) Comparison {
	c := Comparison{"scopes", account.SeverityOK, "none less"}
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

func compareEnds(was, is account.Expiry, now time.Time) Comparison {
	c := Comparison{"end", account.SeverityOK, "it never ends"}
	before, after := was.KindOrUnknown(), is.KindOrUnknown()
	in := "it ends in " + text.Age(is.At.Sub(now))
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
