package demo

import (
	"crypto/subtle"
	"net/http"
	"strings"
)

// authenticate finds out who makes a request, by the first of the headers
// that is there.
func (o *onezone) authenticate(r *http.Request) (visitor, *onezoneError) {
	token := r.Header.Get("X-Auth-Token")
	if token == "" {
		token = bearer(r)
	}
	if token == "" {
		token = r.Header.Get("Macaroon")
	}
	if token == "" {
		return o.basic(r)
	}
	t, fail := decodeToken(token)
	if fail == nil {
		fail = o.verify(t, o.restUse(r, t.subject))
	}
	if fail != nil {
		return visitor{}, unauthorized(fail)
	}
	return o.visitor(t.subject), nil
}

func (o *onezone) basic(r *http.Request) (visitor, *onezoneError) {
	name, password, ok := r.BasicAuth()
	if !ok {
		return visitor{}, nil
	}
	for _, u := range o.users {
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
		return o.visitor("usr-" + u.id), nil
	}
	return visitor{}, unauthorized(errBasicCredentials())
}

func (o *onezone) visitor(subject string) visitor {
	id, _ := strings.CutPrefix(subject, "usr-")
	return visitor{subject: subject, user: o.users[id].at(o.now())}
}

// restUse is a call of this API by the token's own subject.
func (o *onezone) restUse(r *http.Request, consumer string) use {
	return use{now: o.now(), peer: peer(r), inward: "rest", service: "ozw-onezone", consumer: consumer}
}

// token is a macaroon with its parts understood.
type token struct {
	identifier
	macaroon macaroon
	caveats  []caveat
	// unknown is the first caveat that was not understood.
	unknown string
}

// decodeToken reads a token without checking what it claims.
func decodeToken(text string) (token, *onezoneError) {
	if len(text) > tokenLimit {
		return token{}, errTokenTooLarge()
	}
	m, err := parseMacaroon(text)
	if err != nil {
		return token{}, errToken()
	}
	t := token{identifier: parseIdentifier(m.identifier), macaroon: m}
	for _, cid := range m.caveats {
		c, ok := parseCaveat(cid)
		if ok {
			t.caveats = append(t.caveats, c)
		} else if t.unknown == "" {
			t.unknown = cid
		}
	}
	return t, nil
}

// verify reports why a token is no good for a use; nil where it is good.
func (o *onezone) verify(t token, u use) *onezoneError {
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
		known := o.tokens[t.id]
		switch {
		case known == nil || known.subject != t.subject:
			return errTokenInvalid()
		case known.revoked:
			return errTokenRevoked()
		}
	} else if t.persistence != "tmp-1" {
		return errTokenRevoked() // temporary ones are revoked all together
	}
	if strings.HasPrefix(t.subject, "usr-") {
		switch who := o.visitor(t.subject); {
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
