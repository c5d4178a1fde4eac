package onezone

import (
	"strings"

	"rollcall/client/demo/web"
)

// tokenLimit is the longest token that is taken.
const tokenLimit = 1 << 20

// token is a macaroon with its parts understood.
type token struct {
	identifier
	macaroon macaroon
	caveats  []caveat
	// unknown is the first caveat that was not understood.
	unknown string
}

// decodeToken reads a token without checking what it claims.
func decodeToken(text string) (token, *refusal) {
	if len(text) > tokenLimit {
		return token{}, errTokenTooLarge(tokenLimit)
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

// end is the earliest end that a caveat sets.
func (t token) end() (int64, bool) {
	var end int64
	found := false
	for _, c := range t.caveats {
		if c.kind == "time" && (!found || c.validUntil() < end) {
			end, found = c.validUntil(), true
		}
	}
	return end, found
}

func (i identifier) subjectJSON() web.Object {
	kind, id, _ := strings.Cut(i.subject, "-")
	switch kind {
	case "usr":
		return web.Object{"type": "user", "id": id}
	case "prv":
		return web.Object{"type": "oneprovider", "id": id}
	default:
		return web.Object{"type": "nobody", "id": nil}
	}
}

func (i identifier) typeJSON() web.Object {
	kind, session, _ := strings.Cut(i.kind, ":")
	switch {
	case kind == "idn":
		return web.Object{"identityToken": web.Object{}}
	case kind == "act" && session != "":
		return web.Object{"accessToken": web.Object{"sessionId": session}}
	case kind == "act" || kind == "":
		return web.Object{"accessToken": web.Object{}}
	default:
		return web.Object{"inviteToken": web.Object{"inviteType": kind}}
	}
}
