package demo

import "strings"

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
func decodeToken(text string) (token, *onezoneError) {
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

func (i identifier) subjectJSON() object {
	kind, id, _ := strings.Cut(i.subject, "-")
	switch kind {
	case "usr":
		return object{"type": "user", "id": id}
	case "prv":
		return object{"type": "oneprovider", "id": id}
	default:
		return object{"type": "nobody", "id": nil}
	}
}

func (i identifier) typeJSON() object {
	kind, session, _ := strings.Cut(i.kind, ":")
	switch {
	case kind == "idn":
		return object{"identityToken": object{}}
	case kind == "act" && session != "":
		return object{"accessToken": object{"sessionId": session}}
	case kind == "act" || kind == "":
		return object{"accessToken": object{}}
	default:
		return object{"inviteToken": object{"inviteType": kind}}
	}
}
