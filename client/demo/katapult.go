package demo

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"time"
)

// katapult serves the part of Katapult's core API that rollcall asks.
type katapult struct {
	now      func() time.Time
	limits   *limiter
	accounts map[string]*katapultAccount // by token
	routes   *http.ServeMux
}

// katapultAccount is what Katapult knows of a token and its owner.
type katapultAccount struct {
	// user is nil for a token that belongs to an organization.
	user *katapultUser
	orgs []katapultOrg
	// record is the token's own; without an id it is not told, as with OAuth.
	record katapultToken
	// crowded means that others always use up the token's budget.
	crowded bool
	// flat has errors sent as the published description has them, without
	// the object around them.
	flat bool
	// fail is answered to every request, once the token has been accepted.
	fail *katapultError
	// cut is set where something on the way drops the end of each answer.
	cut bool
	// joined is an organization that the user belongs to from a moment on.
	joined katapultOrg
	from   time.Time
}

// at is the account as it is at a moment.
func (acc *katapultAccount) at(now time.Time) *katapultAccount {
	if acc == nil || acc.from.IsZero() || now.Before(acc.from) {
		return acc
	}
	later := *acc
	later.orgs = append(slices.Clone(acc.orgs), acc.joined)
	return &later
}

type katapultUser struct {
	ID        string `json:"id"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	AvatarURL string `json:"avatar_url"`
}

type katapultOrg struct {
	ID, Name, SubDomain string
	created             int64
	suspended           bool
	// tokens is how many others the organization has.
	tokens int
}

type katapultToken struct {
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	OrganizationID string   `json:"organization_id"`
	Networks       []string `json:"authorized_ip_addresses"`
	ExpiresAt      *int64   `json:"expires_at"`
	RateLimit      int      `json:"rate_limit"`
	Scopes         []string `json:"scopes"`
	// Secret is only ever told when a token is made.
	Secret *string `json:"secret"`
}

// katapultEndpoint answers a request whose token was accepted.
type katapultEndpoint func(r *http.Request, acc *katapultAccount) (any, *katapultError)

func newKatapult(now func() time.Time, samples []sample) *katapult {
	k := &katapult{
		now: now, limits: newLimiter(now),
		accounts: map[string]*katapultAccount{}, routes: http.NewServeMux(),
	}
	for _, s := range samples {
		if s.katapult != nil {
			k.accounts[s.token] = s.katapult
		}
	}
	k.handle("GET /core/v1/users/current", k.currentUser)
	k.handle("GET /core/v1/organizations", k.organizations)
	k.handle("GET /core/v1/organizations/{organization}", k.organization)
	k.handle("GET /core/v1/organizations/{organization}/api_tokens", k.apiTokens)
	k.routes.HandleFunc("GET /avatars/{picture}", serveAvatar) // for anybody
	k.routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		errRouteNotFound().write(w, false) // found before the token is looked at
	})
	return k
}

func (k *katapult) ServeHTTP(w http.ResponseWriter, r *http.Request) { k.routes.ServeHTTP(w, r) }

func (k *katapult) handle(pattern string, answer katapultEndpoint) {
	k.routes.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		acc, fail := k.authenticate(w, r)
		var body any
		if fail == nil {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			body, fail = answer(r, acc)
		}
		if fail != nil {
			fail.write(w, acc != nil && acc.flat)
			return
		}
		text := encode(body)
		if acc.cut {
			text = text[:len(text)/2]
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(text)
	})
}

// authenticate finds the token's account. With an error the account is nil
// where the token is not known.
func (k *katapult) authenticate(w http.ResponseWriter, r *http.Request) (*katapultAccount, *katapultError) {
	token := bearer(r)
	if token == "" {
		return nil, errMissingToken()
	}
	acc := k.accounts[token].at(k.now())
	if acc == nil {
		return nil, errInvalidToken(nil)
	}
	if end := acc.record.ExpiresAt; end != nil && k.now().Unix() >= *end {
		why := "The token expired on " + time.Unix(*end, 0).UTC().Format(time.DateOnly)
		return acc, errInvalidToken(&why)
	}
	if nets := acc.record.Networks; len(nets) > 0 && !slices.ContainsFunc(prefixes(nets),
		func(p netip.Prefix) bool { return p.Contains(peer(r)) }) {
		return acc, errNetwork(peer(r))
	}
	permitted := acc.record.RateLimit
	remaining, ok := 0, false
	if !acc.crowded {
		remaining, ok = k.limits.take(token, permitted)
	}
	w.Header().Set("X-RateLimit-Permitted", strconv.Itoa(permitted))
	w.Header().Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	if !ok {
		return acc, errRateLimit(permitted)
	}
	return acc, acc.fail
}

func (k *katapult) currentUser(r *http.Request, acc *katapultAccount) (any, *katapultError) {
	if acc.user == nil {
		return nil, errNoUser()
	}
	orgs := []object{}
	for _, o := range acc.orgs {
		orgs = append(orgs, object{"id": o.ID, "name": o.Name, "sub_domain": o.SubDomain})
	}
	user := *acc.user
	user.AvatarURL = avatarAddress(r.Host, user.ID)
	answer := object{"user": user, "organizations": orgs, "api_token_id": nil}
	if acc.record.ID != "" {
		answer["api_token_id"] = acc.record.ID
	}
	return answer, nil
}

// needs refuses a token that has none of the scopes. One without any scope is
// not restricted.
func (acc *katapultAccount) needs(scopes ...string) *katapultError {
	has := acc.record.Scopes
	if len(has) == 0 || slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(has, s) }) {
		return nil
	}
	return errScope(scopes...)
}
