package onezone

import (
	"cmp"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"rollcall/client/demo/web"
)

// The zone's name, and the secret that its tokens are signed with. The secret
// is worth nothing: all that it opens is this demo.
const (
	zoneDomain = "zone.example.com"
	zoneSecret = "rollcall-demo"
)

// zone is what the zone knows: its users, and its named tokens.
type zone struct {
	now    func() time.Time
	users  map[string]*user      // by id
	tokens map[string]namedToken // by id
}

// namedToken is what the zone knows of a named token.
type namedToken struct {
	// subject is "usr-" or "prv-" and an id.
	subject        string
	revoked, spare bool
}

// newZone makes the zone that has these accounts.
func newZone(now func() time.Time, accounts []*account) *zone {
	z := &zone{now: now, users: map[string]*user{}, tokens: map[string]namedToken{}}
	for _, a := range accounts {
		if u := a.user; u != nil {
			z.users[u.id] = u
		}
		if a.tokenID != "" {
			z.tokens[a.tokenID] = namedToken{subject: a.subject(), revoked: a.revoked, spare: a.spare}
		}
	}
	return z
}

// tokenOf is the token of a request, from the first of the headers that is
// there.
func tokenOf(r *http.Request) string {
	return cmp.Or(r.Header.Get("X-Auth-Token"), web.Bearer(r), r.Header.Get("Macaroon"))
}

// authenticate finds out who makes a request.
func (z *zone) authenticate(r *http.Request) (visitor, *refusal) {
	token := tokenOf(r)
	if token == "" {
		return z.basic(r)
	}
	t, fail := decodeToken(token)
	if fail == nil {
		fail = z.verify(t, z.restUse(r, t.subject))
	}
	if fail != nil {
		return visitor{}, unauthorized(fail)
	}
	return z.visitor(t.subject), nil
}

// basic finds out who signs in with a password; nobody where none is sent.
func (z *zone) basic(r *http.Request) (visitor, *refusal) {
	name, password, ok := r.BasicAuth()
	if !ok {
		return visitor{}, nil
	}
	for _, u := range z.users {
		if name == "" || u.username != name {
			continue // some users have no name to sign in with
		}
		switch {
		case !u.basicAuth:
			return visitor{}, unauthorized(errBasicDisabled())
		case subtle.ConstantTimeCompare([]byte(password), []byte(u.password)) != 1:
			return visitor{}, unauthorized(errBasicCredentials())
		case u.blocked:
			return visitor{}, unauthorized(errUserBlocked())
		}
		return z.visitor("usr-" + u.id), nil
	}
	return visitor{}, unauthorized(errBasicCredentials())
}

// visitor is the one that a token's subject names.
func (z *zone) visitor(subject string) visitor {
	id, _ := strings.CutPrefix(subject, "usr-")
	return visitor{subject: subject, user: z.users[id].at(z.now())}
}

// restUse is a call of this API by the token's own subject.
func (z *zone) restUse(r *http.Request, consumer string) use {
	return use{now: z.now(), peer: web.Peer(r), inward: "rest", service: "ozw-onezone", consumer: consumer}
}

// verify reports why a token is no good for a use; nil where it is good.
func (z *zone) verify(t token, u use) *refusal {
	kind, session, _ := strings.Cut(t.kind, ":")
	switch {
	case !t.macaroon.signedWith(zoneSecret) || t.subject == "":
		return errTokenInvalid()
	case kind != "act":
		return errNotAccessToken(t.typeJSON())
	case session != "":
		return errTokenSession() // the demo has no web sessions
	}
	if t.persistence == "nmd" {
		known, ok := z.tokens[t.id]
		switch {
		case !ok || known.subject != t.subject:
			return errTokenInvalid()
		case known.revoked:
			return errTokenRevoked()
		}
	} else if t.persistence != "tmp-1" {
		return errTokenRevoked() // temporary ones are revoked all together
	}
	if strings.HasPrefix(t.subject, "usr-") {
		switch who := z.visitor(t.subject); {
		case who.user == nil:
			return errTokenSubject()
		case who.user.blocked:
			return errUserBlocked()
		}
	}
	for _, c := range t.caveats {
		if !u.satisfies(c) {
			return errCaveat(c)
		}
	}
	if t.unknown != "" {
		return errCaveatUnknown(t.unknown)
	}
	return nil
}
