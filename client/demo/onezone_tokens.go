package demo

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"reflect"
	"strings"
)

const (
	// tokenLimit is the longest token that is taken.
	tokenLimit = 1 << 20
	// bodyLimit bounds what is read of a body: a token, and some room.
	bodyLimit = 2 << 20
)

// tokenQuestion is the body of a question about a token. Null and absent
// differ for the address, which is why it is kept raw.
type tokenQuestion struct {
	Token     string          `json:"token"`
	PeerIP    json.RawMessage `json:"peerIp"`
	Interface string          `json:"interface"`
	AllowData bool            `json:"allowDataAccessCaveats"`
}

func readQuestion(r *http.Request) (tokenQuestion, token, *onezoneError) {
	var q tokenQuestion
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit))
	if err == nil {
		err = json.Unmarshal(body, &q)
	}
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case ok && wrong.Type.Kind() == reflect.Bool:
		return q, token{}, errValue("badValueBoolean", wrong.Field)
	case ok && wrong.Field != "":
		return q, token{}, errValue("badValueString", wrong.Field)
	case err != nil:
		return q, token{}, errMalformed()
	}
	if q.Token == "" {
		return q, token{}, errNoTokenArgument()
	}
	t, fail := decodeToken(q.Token)
	if fail != nil {
		return q, token{}, errTokenArgument(fail)
	}
	return q, t, nil
}

// examine tells what a token says of itself; nothing is verified.
func (o *onezone) examine(r *http.Request, _ visitor) (any, *onezoneError) {
	_, t, fail := readQuestion(r)
	if fail != nil {
		return nil, fail
	}
	caveats := []object{}
	for _, c := range t.caveats {
		caveats = append(caveats, c.json())
	}
	persistence := "named"
	if strings.HasPrefix(t.persistence, "tmp-") {
		persistence = "temporary"
	}
	return object{
		"onezoneDomain": t.macaroon.location, "id": t.id, "persistence": persistence,
		"subject": t.subjectJSON(), "type": t.typeJSON(), "caveats": caveats,
	}, nil
}

// verifyAccessToken checks a token for the use that the body describes. What
// is not told about the use satisfies no caveat.
func (o *onezone) verifyAccessToken(r *http.Request, who visitor) (any, *onezoneError) {
	q, t, fail := readQuestion(r)
	if fail != nil {
		return nil, fail
	}
	u := use{now: o.now(), peer: peer(r), inward: q.Interface, consumer: who.subject, allowData: q.AllowData}
	if q.PeerIP != nil {
		u.peer = netip.Addr{}
		var text string
		if err := json.Unmarshal(q.PeerIP, &text); err != nil {
			return nil, errValue("badValueIPv4Address", "peerIp")
		}
		if text != "" { // else it was null
			addr, err := netip.ParseAddr(text)
			if err != nil {
				return nil, errValue("badValueIPv4Address", "peerIp")
			}
			u.peer = addr
		}
	}
	if fail := o.verify(t, u); fail != nil {
		return nil, errTokenArgument(fail)
	}
	var ttl any
	if end, ok := t.end(); ok {
		ttl = end - o.now().Unix()
	}
	return object{"subject": t.subjectJSON(), "ttl": ttl}, nil
}

// inferScope verifies a token with most of the use assumed to be right, and
// tells what data it opens. Its errors come without a wrapper.
func (o *onezone) inferScope(r *http.Request, _ visitor) (any, *onezoneError) {
	_, t, fail := readQuestion(r)
	if fail != nil {
		return nil, fail
	}
	u := o.restUse(r, t.subject)
	u.allowData, u.anyDoor = true, true
	if fail := o.verify(t, u); fail != nil {
		return nil, fail
	}
	answer := object{"validUntil": nil, "dataAccessScope": nil}
	if end, ok := t.end(); ok {
		answer["validUntil"] = end
	}
	who := o.visitor(t.subject)
	if who.user == nil {
		return answer, nil
	}
	readonly := false
	for _, c := range t.caveats {
		readonly = readonly || c.kind == "data.readonly"
	}
	spaces := object{}
	for _, s := range who.spaces() {
		spaces[s.id] = object{"name": s.name, "supports": object{storage: object{"readonly": readonly}}}
	}
	answer["dataAccessScope"] = object{
		"readonly": readonly, "spaces": spaces,
		"providers": object{storage: object{
			"name": "Harbor", "domain": "harbor.example.com", "version": "21.02.7", "online": true,
		}},
	}
	return answer, nil
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
