package onezone

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"reflect"
	"strings"

	"rollcall/client/demo/web"
)

// bodyLimit bounds what is read of a body: a token, and some room.
const bodyLimit = 2 * tokenLimit

// tokenQuestion is the body of a question about a token. Null and absent
// differ for the address, which is why it is kept raw.
type tokenQuestion struct {
	Token     string          `json:"token"`
	PeerIP    json.RawMessage `json:"peerIp"`
	Interface string          `json:"interface"`
	AllowData bool            `json:"allowDataAccessCaveats"`
}

// peer is the address that the question is about: the zero one where it says
// null, the caller's own where it says nothing.
func (q tokenQuestion) peer(own netip.Addr) (netip.Addr, *refusal) {
	if q.PeerIP == nil {
		return own, nil
	}
	var text string
	if err := json.Unmarshal(q.PeerIP, &text); err != nil {
		return netip.Addr{}, errValue("badValueIPv4Address", "peerIp")
	}
	if text == "" { // it was null
		return netip.Addr{}, nil
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Addr{}, errValue("badValueIPv4Address", "peerIp")
	}
	return addr, nil
}

// readQuestion reads the body of a request, and the token in it.
func readQuestion(r *http.Request) (tokenQuestion, token, *refusal) {
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
func examine(r *http.Request, _ visitor) (any, *refusal) {
	_, t, fail := readQuestion(r)
	if fail != nil {
		return nil, fail
	}
	caveats := []web.Object{}
	for _, c := range t.caveats {
		caveats = append(caveats, c.json())
	}
	persistence := "named"
	if strings.HasPrefix(t.persistence, "tmp-") {
		persistence = "temporary"
	}
	return web.Object{
		"onezoneDomain": t.macaroon.location, "id": t.id, "persistence": persistence,
		"subject": t.subjectJSON(), "type": t.typeJSON(), "caveats": caveats,
	}, nil
}

// verifyAccessToken checks a token for the use that the body describes. What
// is not told about the use satisfies no caveat.
func verifyAccessToken(z *zone) endpoint {
	return func(r *http.Request, who visitor) (any, *refusal) {
		q, t, fail := readQuestion(r)
		if fail != nil {
			return nil, fail
		}
		from, fail := q.peer(web.Peer(r))
		if fail != nil {
			return nil, fail
		}
		u := use{now: z.now(), peer: from, inward: q.Interface, consumer: who.subject, allowData: q.AllowData}
		if fail := z.verify(t, u); fail != nil {
			return nil, errTokenArgument(fail)
		}
		var ttl any
		if end, ok := t.end(); ok {
			ttl = end - z.now().Unix()
		}
		return web.Object{"subject": t.subjectJSON(), "ttl": ttl}, nil
	}
}

// inferScope verifies a token with most of the use assumed to be right, and
// tells what data it opens. Its errors come without a wrapper.
func inferScope(z *zone) endpoint {
	return func(r *http.Request, _ visitor) (any, *refusal) {
		_, t, fail := readQuestion(r)
		if fail != nil {
			return nil, fail
		}
		u := z.restUse(r, t.subject)
		u.allowData, u.anyDoor = true, true
		if fail := z.verify(t, u); fail != nil {
			return nil, fail
		}
		answer := web.Object{"validUntil": nil, "dataAccessScope": nil}
		if end, ok := t.end(); ok {
			answer["validUntil"] = end
		}
		who := z.visitor(t.subject)
		if who.user == nil {
			return answer, nil
		}
		readonly := false
		for _, c := range t.caveats {
			readonly = readonly || c.kind == "data.readonly"
		}
		spaces := web.Object{}
		for _, s := range who.spaces() {
			spaces[s.id] = web.Object{"name": s.name, "supports": web.Object{storage: web.Object{"readonly": readonly}}}
		}
		answer["dataAccessScope"] = web.Object{
			"readonly": readonly, "spaces": spaces,
			"providers": web.Object{storage: web.Object{
				"name": "Harbor", "domain": "harbor.example.com", "version": "21.02.7", "online": true,
			}},
		}
		return answer, nil
	}
}
