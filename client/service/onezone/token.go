package onezone

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// serviceSource says where facts come from that the service told of a token.
const serviceSource = "service"

// maxSpaces is how many of the spaces that a token opens are told.
const maxSpaces = 12

// tokenRecord is what the zone says of itself and of a token.
type tokenRecord struct {
	expiry account.Expiry
	facts  []account.Fact
	// notes say why some of it is missing, where that is of interest.
	notes account.Notes
}

// tell adds what the zone says of a token. It asks with calls that are open to
// everybody and get the token in their body: in a header, a caveat that does
// not hold for them would have them refused.
func (w *tokenRecord) tell(ctx context.Context, ask service.Ask, token string) {
	scope, err := inferScope(ctx, ask, token)
	switch {
	case err == nil:
		w.expiry, w.facts = scope.expiry(), append(w.facts, scope.facts()...)
	case ctx.Err() == nil && !unknownCall(err):
		w.notes = account.Notes{service.Unread(account.PartToken, "spaces that the token opens", err)}
	}
	if w.expiry.KindOrUnknown() == account.ExpiryUnknown {
		w.expiry = verifiedExpiry(ctx, ask, token)
	}
}

// unknownCall reports whether a service refused as one does that is too old to
// know the call.
func unknownCall(err error) bool {
	refused, ok := errors.AsType[service.RefusedError](err)
	return ok && refused.Code == "" && (refused.Status == http.StatusNotFound || refused.Status == http.StatusMethodNotAllowed)
}

// completes is the token with the zone's word, which goes before what the
// token says of itself. What an earlier word told stays where this one lacks
// it; known is the token as it was before.
func (w tokenRecord) completes(t, known account.Token) account.Token {
	if w.expiry.KindOrUnknown() != account.ExpiryUnknown {
		t.Expiry = w.expiry
	}
	t.Facts = append(t.Facts, w.facts...)
	if len(w.notes) == 0 || known.ID != t.ID {
		return t
	}
	for _, f := range known.Facts {
		told := slices.ContainsFunc(w.facts, func(g account.Fact) bool { return g.Name == f.Name })
		if f.Source == serviceSource && !told {
			t.Facts = append(t.Facts, f)
		}
	}
	return t
}

// inferredScope is what the service infers of a token.
type inferredScope struct {
	// ValidUntil is raw because null means never, and absence nothing.
	ValidUntil json.RawMessage        `json:"validUntil"`
	Data       service.Lenient[reach] `json:"dataAccessScope"`
}

type reach struct {
	Spaces    service.Keyed[space]                     `json:"spaces"`
	Providers service.Lenient[service.Keyed[provider]] `json:"providers"`
}

type space struct {
	Name     service.Lenient[string]                 `json:"name"`
	Supports service.Lenient[service.Keyed[support]] `json:"supports"`
}

// support is what a provider lets be done with a space.
type support struct {
	Readonly service.Lenient[bool] `json:"readonly"`
}

type provider struct {
	Name   service.Lenient[string] `json:"name"`
	Online service.Lenient[*bool]  `json:"online"`
}

func inferScope(ctx context.Context, ask service.Ask, token string) (scope inferredScope, err error) {
	r := service.About("/tokens/infer_access_token_scope", tokenQuestion{"token": token}.json())
	r.Bare = true
	err = askZone(ctx, ask, r, &scope)
	return scope, err
}

// tokenQuestion is the body of a question about a token.
type tokenQuestion map[string]any

func (q tokenQuestion) json() []byte {
	body, _ := json.Marshal(map[string]any(q)) // texts and booleans always can be
	return body
}

func (s inferredScope) expiry() account.Expiry {
	var seconds float64
	switch {
	case string(s.ValidUntil) == "null":
		return account.Expiry{Kind: account.ExpiryNever, Source: serviceSource}
	case json.Unmarshal(s.ValidUntil, &seconds) == nil:
		return account.Expiry{Kind: account.ExpiryDate, At: service.UnixTime(seconds), Source: serviceSource}
	}
	return account.Expiry{}
}

// facts are the spaces that the token opens, by name.
func (s inferredScope) facts() []account.Fact {
	var spaces []string
	for id, space := range s.Data.V.Spaces.Kept {
		at := s.Data.V.supporting(space)
		words := cmp.Or(space.Name.V, id)
		if len(at) > 0 {
			words += " at " + strings.Join(at, ", ")
		}
		spaces = append(spaces, text.Clip(words, text.MaxFact))
	}
	slices.Sort(spaces)
	if more := s.Data.V.Spaces.Told - maxSpaces; more > 0 {
		spaces = append(spaces[:min(len(spaces), maxSpaces)], fmt.Sprintf("and %d more", more))
	}
	var all []account.Fact
	for _, words := range spaces {
		all = append(all, account.Fact{Name: "space", Value: words, Source: serviceSource})
	}
	return all
}

// supporting are the providers of a space in words, by their ids.
func (r reach) supporting(s space) (at []string) {
	for _, id := range slices.Sorted(maps.Keys(s.Supports.V.Kept)) {
		p := r.Providers.V.Kept[id]
		words := cmp.Or(p.Name.V, id)
		if p.Online.V != nil && !*p.Online.V {
			words += " (offline)"
		}
		if s.Supports.V.Kept[id].Readonly.V {
			words += " (read-only)"
		}
		at = append(at, words)
	}
	return at
}

// verifiedExpiry asks how long the token is still good for calls like ours.
// It is unknown where the service does not say.
func verifiedExpiry(ctx context.Context, ask service.Ask, token string) account.Expiry {
	var verified struct {
		TTL json.RawMessage `json:"ttl"`
	}
	// Without an address, the service takes the one that it sees.
	body := tokenQuestion{"token": token, "interface": "rest", "allowDataAccessCaveats": true}.json()
	r := service.About("/tokens/verify_access_token", body)
	r.Bare = true
	if askZone(ctx, ask, r, &verified) != nil {
		return account.Expiry{}
	}
	var seconds float64
	switch {
	case string(verified.TTL) == "null":
		return account.Expiry{Kind: account.ExpiryNever, Source: serviceSource}
	case json.Unmarshal(verified.TTL, &seconds) == nil:
		return account.Expiry{Kind: account.ExpiryDate, At: service.UnixTime(float64(time.Now().Unix()) + seconds), Source: serviceSource}
	}
	return account.Expiry{}
}

// zoneFacts are the name and version of the zone; none where it does not say.
func zoneFacts(ctx context.Context, ask service.Ask) []account.Fact {
	var zone struct {
		Name    service.Lenient[string] `json:"name"`
		Domain  service.Lenient[string] `json:"domain"`
		Version service.Lenient[string] `json:"version"`
	}
	if askZone(ctx, ask, service.Request{Path: "/configuration", Bare: true}, &zone) != nil {
		return nil
	}
	var all []account.Fact
	for _, f := range []account.Fact{{Name: "zone", Value: cmp.Or(zone.Name.V, zone.Domain.V)}, {Name: "version", Value: zone.Version.V}} {
		if f.Value = text.Clip(f.Value, text.MaxFact); f.Value != "" {
			f.Source = serviceSource
			all = append(all, f)
		}
	}
	return all
}

func askZone(ctx context.Context, ask service.Ask, r service.Request, v any) error {
	return service.AskJSON(ctx, ask, r, v, func(body []byte) string {
		if layers := readRefusals(body, func(s string) string { return s }); len(layers) > 0 {
			return layers[len(layers)-1].ID.V
		}
		return ""
	})
}
