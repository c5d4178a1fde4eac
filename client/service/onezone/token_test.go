package onezone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
	"rollcall/client/text"
)

// zone answers the questions about a token; what it has no answer to, the
// line is dead for. All that was asked is kept.
type zone struct {
	answers map[string]service.Answer

	mu    sync.Mutex
	asked []service.Request
}

func (z *zone) ask(_ context.Context, r service.Request) (service.Answer, error) {
	path := r.Path
	z.mu.Lock()
	z.asked = append(z.asked, r)
	z.mu.Unlock()
	a, ok := z.answers[path]
	if !ok {
		return service.Answer{}, errors.New("the line is dead")
	}
	return a, nil
}

const (
	groupsPath = "/user/effective_groups"
	inferPath  = "/tokens/infer_access_token_scope"
	verifyPath = "/tokens/verify_access_token"
	zonePath   = "/configuration"
)

// fullZone answers everything.
func fullZone() *zone {
	return &zone{answers: map[string]service.Answer{
		groupsPath: okAnswer(`{"groups":[]}`),
		inferPath: okAnswer(`{"validUntil":1893456000,"dataAccessScope":{"readonly":false,
			"spaces":{"s2":{"name":"Sensor archive","supports":{"p1":{"readonly":true},"p2":{"readonly":false}}},"s1":{"name":"Attic","supports":{}},"s3":{}},
			"providers":{"p1":{"name":"Harbor","online":true},"p2":{"name":"Lisbon","online":false}}}}`),
		zonePath: okAnswer(`{"name":"Otter Zone","version":"21.02.7"}`),
	}}
}

func serviceFacts(pairs ...string) []account.Fact {
	var all []account.Fact
	for p := range slices.Chunk(pairs, 2) {
		all = append(all, account.Fact{Name: p[0], Value: p[1], Source: "service"})
	}
	return all
}

func TestOnezoneWord(t *testing.T) {
	z := fullZone()
	d := Service{}.Details(t.Context(), z.ask, servicetest.AskedWith(vectors[1].token, false), account.Account{})
	want := vectors[1].account
	want.Expiry = account.Expiry{Kind: account.ExpiryDate, At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Source: "service"}
	want.Facts = slices.Concat(want.Facts, serviceFacts("zone", "Otter Zone", "version", "21.02.7",
		"space", "Attic", "space", "Sensor archive at Harbor (read-only), Lisbon (offline)", "space", "s3"))
	if d.Notes != nil || d.Token == nil || !reflect.DeepEqual(*d.Token, want) {
		t.Errorf("%+v, notes %q\nwant %+v", d.Token, d.Notes.String(), want)
	}
	for _, r := range z.asked {
		question := strings.HasPrefix(r.Path, "/tokens/")
		if (r.Method == http.MethodPost) != question || (r.Body != nil) != question || r.Bare != (question || r.Path == zonePath) {
			t.Errorf("%s %s: bare %v, body %s", r.Method, r.Path, r.Bare, r.Body)
		}
		if r.Path == inferPath && string(r.Body) != `{"token":"`+vectors[1].token+`"}` {
			t.Errorf("the body is %s", r.Body)
		}
	}
	if len(z.asked) != 3 {
		t.Errorf("%d requests", len(z.asked))
	}
}

// TestOnezoneWordExpiry holds the order of those who know when a token ends.
func TestOnezoneWordExpiry(t *testing.T) {
	caveat, inTheToken := vectors[0].account.Expiry, vectors[1].account.Expiry
	service := func(kind account.ExpiryKind) account.Expiry { return account.Expiry{Kind: kind, Source: "service"} }
	dated := account.Expiry{Kind: account.ExpiryDate, At: time.Unix(1800000000, 0).UTC(), Source: "service"}
	for _, tt := range []struct {
		name, infer, verify string
		caveat, none        account.Expiry
	}{
		{"a date", `{"validUntil":1800000000}`, ``, dated, dated},
		{"never", `{"validUntil":null,"dataAccessScope":null}`, ``, service(account.ExpiryNever), service(account.ExpiryNever)},
		{"a text, and verified never", `{"validUntil":"1700276800,"}`, `{"ttl":null}`, service(account.ExpiryNever), service(account.ExpiryNever)},
		{"nothing, and nothing verified", `{}`, `{}`, caveat, inTheToken},
		{"nothing, and not verified", `{}`, ``, caveat, inTheToken},
	} {
		for vector, want := range map[int]account.Expiry{0: tt.caveat, 1: tt.none} {
			z := fullZone()
			z.answers[inferPath] = okAnswer(tt.infer)
			if tt.verify != "" {
				z.answers[verifyPath] = okAnswer(tt.verify)
			}
			d := Service{}.Details(t.Context(), z.ask, servicetest.AskedWith(vectors[vector].token, false), account.Account{})
			if d.Token.Expiry != want {
				t.Errorf("%s, vector %d: %+v, want %+v", tt.name, vector, d.Token.Expiry, want)
			}
		}
	}
}

func TestOnezoneVerifies(t *testing.T) {
	z := fullZone()
	z.answers[inferPath] = service.Answer{Status: 404}
	z.answers[verifyPath] = okAnswer(`{"subject":{"type":"user","id":"u"},"ttl":3600}`)
	before := time.Now().Unix()
	d := Service{}.Details(t.Context(), z.ask, servicetest.AskedWith(vectors[1].token, false), account.Account{})
	if e := d.Token.Expiry; e.Kind != account.ExpiryDate || e.Source != "service" || e.At.Unix() < before+3600 || e.At.Unix() > time.Now().Unix()+3600 {
		t.Errorf("expiry = %+v", e)
	}
	i := slices.IndexFunc(z.asked, func(r service.Request) bool { return r.Path == verifyPath })
	var body map[string]any
	if err := json.Unmarshal(z.asked[i].Body, &body); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"token": vectors[1].token, "interface": "rest", "allowDataAccessCaveats": true}
	if !z.asked[i].Bare || z.asked[i].Method != http.MethodPost || !reflect.DeepEqual(body, want) {
		t.Errorf("asked %+v", body)
	}
}

// TestOnezoneWordFails loses no more than could not be had.
func TestOnezoneWordFails(t *testing.T) {
	spaces := serviceFacts("space", "Attic")
	for _, tt := range []struct {
		name    string
		infer   service.Answer
		problem string
		kept    bool
	}{
		{"an old zone", service.Answer{Status: 404}, "", false},
		{"a method not known", service.Answer{Status: 405}, "", false},
		{"a token refused", service.Answer{Status: 400, Body: []byte(`{"error":{"id":"badValueToken","details":{"tokenError":{"id":"tokenRevoked"}}}}`)}, "The spaces that the token opens could not be read: the service answered with status 400 (tokenRevoked).", true},
		{"too many", service.Answer{Status: 429}, "The spaces that the token opens could not be read: the service answered with status 429.", true},
		{"a fault", service.Answer{Status: 500}, "The spaces that the token opens could not be read: the service answered with status 500.", true},
		{"nonsense", okAnswer(`{`), "The spaces that the token opens could not be read: The answer is JSON that breaks off after 1 bytes.", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			z := fullZone()
			z.answers[inferPath] = tt.infer
			known := vectors[1].account
			known.Facts = append(slices.Clone(spaces), account.Fact{Name: "issuer", Value: "x", Source: "JWT, not verified"})
			d := Service{}.Details(t.Context(), z.ask, servicetest.AskedWith(vectors[1].token, false), account.Account{Token: known})
			if d.Notes.String() != tt.problem || d.Organizations == nil {
				t.Errorf("notes = %q", d.Notes.String())
			}
			want := append(vectorFacts("named"), serviceFacts("zone", "Otter Zone", "version", "21.02.7")...)
			if tt.kept {
				want = append(want, spaces...)
			}
			if !reflect.DeepEqual(d.Token.Facts, want) || d.Token.Expiry != vectors[1].account.Expiry {
				t.Errorf("token = %+v", d.Token)
			}
		})
	}
	z := &zone{answers: map[string]service.Answer{groupsPath: okAnswer(`{"groups":[]}`)}}
	d := Service{}.Details(t.Context(), z.ask, servicetest.AskedWith(vectors[0].token, false), account.Account{})
	if !reflect.DeepEqual(*d.Token, vectors[0].account) || d.Notes.String() != "The spaces that the token opens could not be read: the line is dead." {
		t.Errorf("on a dead line: %+v, notes %q", d.Token, d.Notes.String())
	}
}

// TestOnezoneWordWithoutToken asks nothing about what is no token of a zone,
// and tells of the zone all the same.
func TestOnezoneWordWithoutToken(t *testing.T) {
	for name, tt := range map[string]struct{ kind, secret string }{
		"a password":         {passwordKind, vectors[0].token},
		"no token of a zone": {"", "google:ya29.a0AfH6SMB"},
	} {
		z := fullZone()
		z.answers[zonePath] = okAnswer(`{"name":null,"domain":"zone.example.com","version":"21.02.7"}`)
		known := account.Token{Kind: tt.kind, Facts: serviceFacts("zone", "Old name")}
		d := Service{}.Details(t.Context(), z.ask, servicetest.AskedWith(tt.secret, false), account.Account{Token: known})
		want := account.Token{Kind: tt.kind, Facts: serviceFacts("zone", "zone.example.com", "version", "21.02.7")}
		if d.Notes != nil || !reflect.DeepEqual(*d.Token, want) {
			t.Errorf("%s: %+v, notes %q", name, d.Token, d.Notes.String())
		}
		for _, r := range z.asked {
			if r.Body != nil {
				t.Errorf("%s: %s was asked about it", name, r.Path)
			}
		}
	}
}

func TestSpacesAreBounded(t *testing.T) {
	z := fullZone()
	var spaces []string
	for i := range 40 {
		spaces = append(spaces, fmt.Sprintf(`"s%02d":{"name":%q}`, i, fmt.Sprintf("%02d%s", i, strings.Repeat("x", 1000))))
	}
	z.answers[inferPath] = okAnswer(`{"validUntil":null,"dataAccessScope":{"spaces":{` + strings.Join(spaces, ",") + `}}}`)
	scope, err := inferScope(t.Context(), z.ask, "t")
	facts := scope.facts()
	if err != nil || len(facts) != maxSpaces+1 || facts[maxSpaces].Value != "and 28 more" || len(facts[0].Value) > text.MaxFact+len("…") {
		t.Errorf("%d facts, %v: %+v", len(facts), err, facts)
	}
}

func FuzzOnezoneScope(f *testing.F) {
	f.Add(fullZone().answers[inferPath].Body)
	f.Add([]byte(`{"validUntil":1e300,"dataAccessScope":{"spaces":{"":{"supports":[]}},"providers":7}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var s inferredScope
		if json.Unmarshal(body, &s) != nil {
			return
		}
		if _, err := json.Marshal(account.Token{Expiry: s.expiry(), Facts: s.facts()}); err != nil {
			t.Error(err)
		}
	})
}
