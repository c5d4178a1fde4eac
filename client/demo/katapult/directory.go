package katapult

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/demo/web"
)

// directory finds accounts by their tokens, and counts what each token
// asks.
type directory struct {
	now     func() time.Time
	limits  *web.Limiter
	byToken map[string]*account
}

// authenticate finds the token's account, and tells the budget of the token
// in the headers of the answer. With an error the account is nil where the
// token is not known.
func (d *directory) authenticate(answer http.Header, r *http.Request) (*account, *refusal) {
	token := web.Bearer(r)
	if token == "" {
		return nil, errMissingToken()
	}
	acc := d.byToken[token].at(d.now())
	if acc == nil {
		return nil, errInvalidToken(nil)
	}
	if end := acc.record.ExpiresAt; end != nil && d.now().Unix() >= *end {
		why := "The token expired on " + time.Unix(*end, 0).UTC().Format(time.DateOnly)
		return acc, errInvalidToken(&why)
	}
	if nets := acc.record.Networks; len(nets) > 0 && !slices.ContainsFunc(web.Prefixes(nets),
		func(p netip.Prefix) bool { return p.Contains(web.Peer(r)) }) {
		return acc, errNetwork(web.Peer(r))
	}
	permitted := acc.record.RateLimit
	remaining, ok := 0, false
	if !acc.crowded {
		remaining, ok = d.limits.Take(token, permitted)
	}
	answer.Set("X-RateLimit-Permitted", strconv.Itoa(permitted))
	answer.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	if !ok {
		return acc, errRateLimit(permitted)
	}
	return acc, acc.fail
}

// recordsOf are the tokens of the accounts that belong to an organization. One that
// is spare is there for whoever shows it.
func (d *directory) recordsOf(o organization, asking *account) []token {
	var all []token
	for _, acc := range d.byToken {
		if acc.record.ID != "" && acc.record.OrganizationID == o.ID && (!acc.spare || acc.record.ID == asking.record.ID) {
			all = append(all, acc.record)
		}
	}
	slices.SortFunc(all, func(a, b token) int { return strings.Compare(a.ID, b.ID) })
	return all
}
